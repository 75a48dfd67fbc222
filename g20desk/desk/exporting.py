"""The record on paper: an export that others can check without this program, and one digest over all that it means.

`docs/ledger.md` fixes the lines of an export, `tools/check_export.py` checks one. Both here read the stored bytes as they
are, so that a damaged record can be exported too, and the checker finds the damage.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from g20desk.desk.whole_file import replacing
from g20desk.ledger import body, canonical, pieces
from g20desk.ledger.event import Event
from g20desk.ledger.store import Store
from g20desk.office import acts, fold

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

_PLACED = (
    "select p.named, e.header, e.signature, e.body, p.n, p.stamp, p.hash, p.signature, p.head, p.head_signature, p.clear, "
    "v.why, e.stream, e.kind, e.device, e.chain, e.seq, p.device, p.chain, p.seq "
    "from places p left join events e on e.id = p.named and e.place = p.n left join voids v on v.n = p.n order by p.n"
)
# In the order of their chains, so that each stands behind the one before it: those that this desk carries unread, too.
_TENTATIVE = (
    "select e.id, header, e.signature, body, null, null, null, null, null, null, e.clear, null, stream, kind, e.device, "
    "e.chain, e.seq, e.device, e.chain, e.seq from events e left join places p on p.n = e.place and p.named = e.id "
    "where p.n is null union all select event, null, null, null, null, null, null, null, head, signature, clear, null, null, "
    "null, null, null, null, device, chain, seq from carried where sealed <> x'' order by 20"
)


class Stored(NamedTuple):
    """An event's row, its envelope's and its place's, nothing parsed. Of an event that this desk can't read there is
    only the envelope's head; a tentative one that it reads has neither head nor place. `why`: why its envelope is void."""

    id: str
    header: bytes | None
    signature: bytes | None
    body: bytes | None
    place: int | None
    stamp: int | None
    running: str | None
    receipt: bytes | None
    head: bytes | None
    head_signature: bytes | None
    clear: bytes
    why: str | None
    stream: str | None
    kind: str | None
    device: str | None
    chain: str | None
    seq: int | None
    head_device: str
    head_chain: str
    head_seq: int

    @property
    def where(self) -> str:
        """What a fault calls it."""
        return f"place {self.place}" if self.place else f"event {self.id[:12]}"


def stored(store: Store) -> Iterator[Stored]:
    """All places in order with their events, then the tentative events."""
    with store.guard():
        for query in (_PLACED, _TENTATIVE):
            for row in store.db.execute(query):
                yield Stored._make(row)


def export(desk: Desk, path: str | Path) -> dict[str, Any]:
    """`ledger export FILE` of CLI.md. Raises Usage where the file can't be written; what stood there then stays."""
    return export_store(desk.store, Path(path))


def export_store(store: Store, path: Path) -> dict[str, Any]:
    """Export a store that need not be whole. What it answers: how many events and lines, and the digest of the file."""
    with replacing(path) as file, still(store):
        whole, lines = hashlib.sha256(), 0
        for line in _lines(store):
            file.write(line)
            whole.update(line)
            lines += 1
        end = canonical.dumps({"end": True, "lines": lines, "sha256": whole.hexdigest()}) + b"\n"
        file.write(end)
        whole.update(end)
    return {"events": lines - 1, "lines": lines + 1, "sha256": whole.hexdigest()}


@contextmanager
def still(store: Store) -> Iterator[None]:
    """One state of the store for all that is read inside, whatever others append meanwhile."""
    with store.guard():
        store.db.execute("begin")
        try:
            yield
        finally:
            if store.db.in_transaction:
                store.db.execute("rollback")


def _lines(store: Store) -> Iterator[bytes]:
    def count(table: str) -> int:
        return int(store.db.execute(f"select count(*) from {table}").fetchone()[0])

    sound, _ = _sound(store, referred(store))
    first = {
        "format": canonical.FORMAT,
        "office": store.meta("office"),
        "events": count("events"),
        "places": count("places"),
    }
    yield canonical.dumps(first) + b"\n"
    shown: set[str] = set()
    for one in stored(store):
        line = {
            "event": one.id, "header": _text(one.header), "signature": _hex(one.signature), "body": _text(one.body),
            "head": _text(one.head), "head_signature": _hex(one.head_signature), "clear": _text(one.clear),
            "place": _number(one.place), "stamp": _number(one.stamp), "hash": one.running, "receipt": _hex(one.receipt),
            "pieces": _shown(store, one.body or b"", sound, shown),
        }  # fmt: skip
        yield canonical.dumps(line) + b"\n"


def _text(data: bytes | None) -> str | None:
    """Bytes that are UTF-8 unless they were damaged; the mark that replaces a damaged one does not verify."""
    return None if data is None else data.decode("utf-8", "replace")


def _hex(data: bytes | None) -> str | None:
    return None if data is None else data.hex()


def _number(value: int | None) -> int | str | None:
    """A number that damage may have made too large for the format."""
    return str(value) if value is not None and abs(value) > canonical.MAX_INT else value


def _shown(store: Store, data: bytes, sound: set[str], shown: set[str]) -> dict[str, Any]:
    """The pieces that a body is the first to refer to: text, or base64, or null for what the desk does not hold."""
    made: dict[str, Any] = {}
    for ref in references(data):
        if ref["piece"] in shown:
            continue
        found = pieces.get(store, ref)
        # Where another event's reference fits, this one names a piece that does not exist.
        if found is None or (ref["piece"] in sound and not _fits(ref, found)):
            made.setdefault(ref["piece"], None)
            continue
        try:
            made[ref["piece"]] = {"text": found.decode("utf-8")}
        except UnicodeDecodeError:
            made[ref["piece"]] = {"base64": base64.b64encode(found).decode()}
    shown.update(name for name, value in made.items() if value is not None)
    return made


def references(data: bytes) -> list[pieces.Ref]:
    """The well-formed references in a body's bytes; none in bytes that are not a body."""
    try:
        parts = body.decode(data)
    except canonical.NotCanonical:
        return []
    return list(pieces.refs([part.value for part in parts.values()]))


def _fits(ref: pieces.Ref, data: bytes) -> bool:
    return bool(len(data) == ref["size"] and pieces.piece_id(ref["key"], data) == ref["piece"])


Referred = list[tuple[str, pieces.Ref]]


def referred(store: Store) -> Referred:
    """Every well-formed reference to a piece, with the event that makes it."""
    return [(one.where, ref) for one in stored(store) for ref in references(one.body or b"")]


def _sound(store: Store, found: Referred) -> tuple[set[str], set[str]]:
    """The pieces that are what at least one event says they are, and all that are held. Nobody can spoil one by
    referring to it wrongly."""
    said: dict[str, list[pieces.Ref]] = {}
    for _, ref in found:
        said.setdefault(ref["piece"], []).append(ref)
    sound, held = set(), set()
    for name, data in store.db.execute("select id, data from pieces"):
        held.add(name)
        if any(_fits(ref, data) for ref in said.get(name, ())):
            sound.add(name)
    return sound, held


def check_pieces(store: Store, found: Referred | None = None) -> tuple[int, list[str]]:
    """For `ledger verify`: how many pieces are referred to and not held, and the faults of those that are. `found`:
    what `referred` finds, where that is known already."""
    with still(store):
        listed = referred(store) if found is None else found
        sound, held = _sound(store, listed)
    spoilt = held - sound
    faults = [f"{where}: piece {ref['piece'][:12]}" for where, ref in listed if ref["piece"] in spoilt]
    return len({ref["piece"] for _, ref in listed} - held), faults


def digest(desk: Desk) -> str:
    """`ledger digest` of CLI.md: one SHA-256, the same on every desk that holds the same placed events."""
    return canonical.digest("ledger", canonical.dumps([desk.store.meta("office"), ring_digests(desk)]))


def ring_digests(desk: Desk) -> dict[str, str]:
    """Per ring, over its placed events and their places, and the state and verdicts of each stream that it opened.
    The founding event's ring is empty, and so is that of the office's stream."""
    return {ring: canonical.digest("ring", canonical.dumps(found)) for ring, found in ring_contents(desk).items()}


def ring_contents(desk: Desk) -> dict[str, list[Any]]:
    """What the digest of each ring is over."""
    placed: dict[str, list[Any]] = {}
    streams: dict[str, list[Event]] = {}
    for item in desk.store.all():
        if item.place is not None:
            placed.setdefault(item.header.ring, []).append([item.place, item.id, item.stamp])
            streams.setdefault(item.header.stream or item.id, []).append(item)
    folded: dict[str, list[Any]] = {}
    for stream, events in streams.items():
        # An act may name a stream of another ring. Not all who read one of them read the other: it stands in neither.
        opening = next((one for one in events if one.id == stream), None)
        if opening is not None:
            ring = opening.header.ring or desk.office.members_ring
            own = [one for one in events if one is opening or one.header.ring == ring]
            folded.setdefault(opening.header.ring, []).append([stream, *_folded(desk, opening, own)])
    return {ring: [placed[ring], sorted(folded.get(ring, []))] for ring in placed}


def _folded(desk: Desk, opening: Event, events: list[Event]) -> list[Any]:
    noun = acts.NOUNS.get(opening.header.kind.split(".")[0])
    if noun is None:
        return [None, []]
    office = desk.store.meta("office")
    state, verdicts = fold.fold(
        acts.START[noun],
        events,
        lambda item: desk.ledger.office(item.place) if item.id != office else None,
        noun,
        desk.ledger.folds.reader,
    )
    return [_plain(state), [[v.event.id, v.counts, v.code] for v in verdicts]]


def _plain(value: Any) -> Any:
    """A state as a value that has canonical bytes."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
