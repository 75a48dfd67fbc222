"""What a desk that was put back from a backup knows of that: it refuses to sign a place that it may have signed before."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from g20desk.clock import iso
from g20desk.errors import Refused
from g20desk.ledger.store import Store
from g20desk.settings_file import known

BACKUP = "restored/backup"


@dataclass(frozen=True, slots=True)
class Restored:
    """When the backup was made and when it was put back (milliseconds), and the last place that it holds."""

    made: int
    at: int
    place: int

    def sentence(self) -> str:
        """For people."""
        return f"This desk was put back from a backup of {iso(self.made)[:16]}Z, which ends at place {self.place}"


def keep(store: Store, said: Restored) -> None:
    """Inside a write transaction."""
    store.set_meta(BACKUP, json.dumps(asdict(said)))


def of(store: Store) -> Restored | None:
    """What this desk was put back from, if it was."""
    text = store.meta(BACKUP)
    return known(Restored, json.loads(text)) if text else None


def refuse(store: Store) -> None:
    """On a desk that keeps the order and was put back. Raises Refused."""
    said = of(store)
    if said is not None:
        raise Refused("restored-keeper", f"{said.sentence()}. It keeps the order, and may have signed later places.",
                      "See what to do: g20desk office restored")  # fmt: skip
