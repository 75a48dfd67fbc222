"""When this desk was last backed up: what it was told by whoever made the backup here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from g20desk.ledger.store import Store

LAST = "backup/last"


@dataclass(frozen=True, slots=True)
class Last:
    """When (milliseconds since 1970), up to which place, into which file."""

    made: int
    place: int
    file: str


def note(store: Store, last: Last) -> None:
    """A backup was made and proved."""
    store.set_meta(LAST, json.dumps(asdict(last)))


def last(store: Store) -> Last | None:
    """The last one; None where none was made on this desk."""
    kept = store.meta(LAST)
    return Last(**json.loads(kept)) if kept else None
