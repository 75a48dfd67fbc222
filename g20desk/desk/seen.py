"""What this person has not seen yet of what is under way: texts that are new or changed, and words of others.

Kept on this desk alone and not in the record: what one looked at is nobody's business.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.ledger import views
from g20desk.ledger.store import Store

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

# What is told of; a draft is its authors', and what is over needs nobody.
UNDER_WAY = ("submitted", "objected", "approved", "scheduled")
CHUNK = 200


@dataclass(frozen=True, slots=True)
class News:
    """What of a message a person has not seen. `text`: "new", "changed" or, where they have seen it as it stands, empty;
    `words`: how many decisions and comments of others came since."""

    text: str = ""
    words: int = 0

    def __bool__(self) -> bool:
        return bool(self.text or self.words)


NOTHING = News()


def mark(desk: Desk, message: str, digest: str) -> None:
    """This person has a message in front: the content with this digest, and all that was said on it. The content before
    it stays to compare with."""
    row = views.get(desk.store, "message", message)
    if row is None:
        return
    before, known, digest = of_rows(desk, [row])[message], digests(desk, message), digest or _asked(row.value)
    if not known or known[-1][0] != digest:
        kept = [*known[-1:], (digest, desk.clock.now_ms())]
        desk.store.set_meta(f"read/{desk.person.id}/{message}", json.dumps(kept))
    heard = str(_words(row.value, desk.person.id))
    name = f"heard/{desk.person.id}/{message}"
    if desk.store.meta(name) != heard:
        desk.store.set_meta(name, heard)
    if before:
        desk.announce(frozenset({("seen", message)}))


def digests(desk: Desk, message: str) -> list[tuple[str, int]]:
    """The contents of a message that this person had in front last, two at most, and when."""
    kept = desk.store.meta(f"read/{desk.person.id}/{message}")
    return [(str(digest), int(at)) for digest, at in json.loads(kept)] if kept else []


def of_rows(desk: Desk, rows: Sequence[views.Row]) -> dict[str, News]:
    """What this person has not seen of each of these messages, by its id."""
    me = desk.person.id
    told = [row for row in rows if row.kind == "message" and row.state in UNDER_WAY]
    kept = _kept(desk.store, [f"{what}/{me}/{row.id}" for row in told for what in ("read", "heard")])
    joined = _joined(desk) if told else 0
    made = dict.fromkeys((row.id for row in rows), NOTHING)
    for row in told:
        if row.updated < joined:
            continue  # from before their time
        seen, heard = kept.get(f"read/{me}/{row.id}", ""), int(kept.get(f"heard/{me}/{row.id}", "0"))
        mine = me in row.value.get("authors", ())
        text = "" if mine or _asked(row.value) in seen else "changed" if seen else "new"
        made[row.id] = News(text, max(0, _words(row.value, me) - heard))
    return made


def forget(store: Store, message: str) -> None:
    """Nothing of a message is remembered as seen; inside a write transaction."""
    for what in ("read", "heard"):
        store.db.execute("delete from meta where name like ? || '/%/' || ?", (what, message))


def _asked(value: dict[str, Any]) -> str:
    """The digest of what is read: of a relay that nobody has taken on, that of the line that it asks for."""
    return str(value["digest"] or (value.get("relay") or {}).get("digest", ""))


def _words(value: dict[str, Any], me: str) -> int:
    """How many decisions and comments others made on a message, as its row says."""
    return sum(n for person, n in value.get("words", {}).items() if person != me)


def _joined(desk: Desk) -> int:
    """When this person came into the office, in milliseconds."""
    admitted = desk.store.get(desk.person.id)
    return (admitted.stamp or 0) if admitted is not None else 0


def _kept(store: Store, names: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    with store.guard():
        for at in range(0, len(names), CHUNK):
            some = names[at : at + CHUNK]
            query = f"select name, value from meta where name in ({','.join('?' * len(some))})"
            found |= {str(name): str(value) for name, value in store.db.execute(query, some)}
    return found
