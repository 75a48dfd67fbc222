"""Acts of other desks that have no place yet: kept in the envelopes that their authors signed, and handed on as they are.

A desk carries those too that it can't read: an act has its place only after what its author did before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from g20desk.desk import carrying, copying
from g20desk.desk.acting import Ledger
from g20desk.desk.unplaced import Waiting
from g20desk.desk.unsealing import Keys
from g20desk.desk.verifying import differs
from g20desk.ledger import canonical, chain, envelope, pieces, sealing
from g20desk.ledger.envelope import BadEnvelope, Envelope, Head
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Epoch, Unsealed
from g20desk.ledger.store import Store

LARGEST = 4 << 20  # an envelope, as a hub takes it
STRANGER = "It was signed on a device that is not in the office, or no longer."
GAP = "What its author did before it is not here."
OTHER = "Another act of its author stands in its place."
FALSE = "It does not hold: {why}."

# The sealed bytes of a piece by their digest, None where they did not come along.
Pieces = Callable[[str], bytes | None]
_SELECT = "select number, head, signature, sealed, clear from carried"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An act that was not taken in, and why."""

    event: str
    why: str


class Carried:
    """Takes acts without a place into the store of one desk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._store, self._keys = ledger, ledger.store, Keys(ledger)
        self.again: list[copying.Undone] = []

    def take(self, found: Envelope, piece: Pieces, streams: set[str]) -> str | None:
        """Take in one act: None where that is done, "" where it was here already, else why not. `streams`: gets those that
        it touched. Inside a write transaction."""
        try:
            head = envelope.check(found)
            envelope.read_clear(found.clear)
        except BadEnvelope as error:
            return FALSE.format(why=error)
        size = len(found.head_bytes) + len(found.sealed) + len(found.clear)
        if (
            head.office != self._store.meta("office")
            or head.v != canonical.FORMAT
            or not found.sealed
            or size > LARGEST
        ):
            return FALSE.format(why="another office, format or size")
        own = head.device in self._store.metas("device/").values()
        if (there := self._there(head)) is not None:
            if there and own and self._store.meta(f"chain/{head.device}") == head.chain:
                copying.begin_anew(self._store, head.device)
            return there
        office = self._ledger.office()
        if head.device in office.gone or not office.author(head.device).person:
            return STRANGER
        if own:
            self.again += copying.noticed(self._store, head, streams)
        if self._end(head) != (head.seq - 1, head.prev):
            return GAP
        return self._keep(head, found, piece, streams)

    def reread(self, streams: set[str]) -> None:
        """Open what could not be read when it came, and can be now. Inside a write transaction."""
        for number, *row in self._store.db.execute(_SELECT + " where sealed <> x'' order by number").fetchall():
            found = Envelope(*map(bytes, row))
            head = found.head
            if self._store.epoch(head.epoch) is not None:
                held = dict(self._store.db.execute("select digest, data from carried_pieces").fetchall())
                self._store.db.execute("delete from carried where number = ?", (number,))
                self._keep(head, found, lambda digest, held=held: held.get(digest), streams, number)  # type: ignore[misc]
        _forget_pieces(self._store)

    def _there(self, head: Head) -> str | None:
        """ "" for an act that this desk holds, why not for one whose place in its chain is taken."""
        link = (head.device, head.chain, head.seq)
        for query in (
            "select named from places where device = ? and chain = ? and seq = ?",
            "select id from events where device = ? and chain = ? and seq = ?",
            "select event from carried where device = ? and chain = ? and seq = ?",
        ):
            row = self._store.db.execute(query, link).fetchone()
            if row is not None:
                return "" if row[0] == head.event else OTHER
        return "" if self._store.get(head.event) is not None else None

    def _end(self, head: Head) -> tuple[int, str]:
        row = self._store.db.execute(
            "select seq, event from carried where device = ? and chain = ? order by seq desc limit 1",
            (head.device, head.chain),
        ).fetchone()
        return max(self._store.chain_end(head.device, head.chain), (int(row[0]), str(row[1])) if row else (0, ""))

    def _keep(
        self, head: Head, found: Envelope, piece: Pieces, streams: set[str], number: int | None = None
    ) -> str | None:
        self._keys.unwrap(head, found)
        epoch = self._store.epoch(head.epoch)
        item: Event | None = None
        if epoch is not None:
            try:
                item = _opened(head, found, epoch)
            except (Unsealed, chain.Broken) as error:
                return FALSE.format(why=error)
        row = (
            number, head.device, head.chain, head.seq, head.event, found.head_bytes, found.signature,
            b"" if item else found.sealed, found.clear,
        )  # fmt: skip
        self._store.db.execute("insert into carried values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if item is None:
            gone = _taken_out(self._store)
            for digest in head.pieces:
                if digest not in gone and (data := piece(digest)) is not None:
                    self._store.db.execute("insert or ignore into carried_pieces values (?, ?)", (digest, data))
            return None
        self._store.add(item, found.clear)
        for digest in head.pieces:
            if not _has(self._store, digest) and (data := piece(digest)) is not None:
                carrying.keep_piece(self._store, item, digest, data)
        self._store.want(head.pieces, item.id)
        streams.add(item.header.stream or item.id)
        return None


def _opened(head: Head, found: Envelope, epoch: Epoch) -> Event:
    made = sealing.opened(found, epoch)
    item = chain.proved(made.header, made.signature, made.body)
    if why := differs(head, item):
        raise Unsealed(why)
    return item


def _has(store: Store, digest: str) -> bool:
    return store.db.execute("select 1 from pieces where sealed = ?", (digest,)).fetchone() is not None


def lacks(store: Store, found: Envelope) -> bool:
    """Whether a piece of an act is not here, so that no keeper may place it yet."""
    gone = _taken_out(store)
    return any(
        not _has(store, digest) and digest not in gone and not sealed_piece(store, digest)
        for digest in found.head.pieces
    )


def _taken_out(store: Store) -> set[str]:
    """The digests of pieces that were taken out of the record."""
    return set(store.metas(pieces.REDACTED).values())


def sealed_piece(store: Store, digest: str) -> bytes | None:
    """A sealed piece of an act that this desk can't read."""
    with store.guard():
        row = store.db.execute("select data from carried_pieces where digest = ?", (digest,)).fetchone()
    return bytes(row[0]) if row else None


def sealed_pieces(
    store: Store, given: Iterable[Waiting], wanted: set[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The pieces of acts as they travel, each once with its digest, as far as they are here; `wanted`: only these."""
    seen: set[str] = set()

    def new(digest: str | None) -> bool:
        return bool(digest) and digest not in seen and (wanted is None or digest in wanted)

    for one in given:
        refs = list(carrying.item_refs(one.item)) if one.item else []
        with store.write():
            digests = [pieces.sealed_digest(store, ref) for ref in refs]
        for digest, ref in zip(digests, refs, strict=True):
            data = pieces.get(store, ref) if new(digest) else None
            if digest and data is not None:
                seen.add(digest)
                yield digest, sealing.seal_piece(ref["key"], data)
        for digest in one.envelope.head.pieces if one.envelope and not one.item else ():
            sealed = sealed_piece(store, digest) if new(digest) else None
            if sealed is not None:
                seen.add(digest)
                yield digest, sealed


def gives_way(store: Store, head: Head, streams: set[str]) -> None:
    """An act has its place now: its envelope is carried no longer, and what stood in the place of it in its chain, and
    behind that, can get none any more. Inside a write transaction."""
    other = store.db.execute(
        "select id from events where device = ? and chain = ? and seq = ? and place is null",
        (head.device, head.chain, head.seq),
    ).fetchone() or store.db.execute(
        "select event from carried where device = ? and chain = ? and seq = ?", (head.device, head.chain, head.seq)
    ).fetchone()  # fmt: skip
    if other is not None and other[0] != head.event:
        drop(store, head.device, head.chain, head.seq, streams)
    store.db.execute(
        "delete from carried where device = ? and chain = ? and seq <= ?", (head.device, head.chain, head.seq)
    )
    _forget_pieces(store)


def drop(store: Store, device: str, chain_id: str, seq: int, streams: set[str]) -> None:
    """Take out a chain's acts without a place from a seq on. Inside a write transaction."""
    link = (device, chain_id, seq)
    rows = store.db.execute(
        "select id, stream from events where device = ? and chain = ? and seq >= ? and place is null", link
    ).fetchall()
    for event, stream in rows:
        store.remove_tentative(event)
        streams.add(str(stream))
    store.db.execute("delete from carried where device = ? and chain = ? and seq >= ?", link)
    _forget_pieces(store)


def _forget_pieces(store: Store) -> None:
    if store.db.execute("select 1 from carried_pieces limit 1").fetchone() is None:
        return
    needed = {
        digest
        for head, signature in store.db.execute("select head, signature from carried where sealed <> x''").fetchall()
        for digest in Envelope(bytes(head), bytes(signature)).head.pieces
    }
    for (digest,) in store.db.execute("select digest from carried_pieces").fetchall():
        if digest not in needed:
            store.db.execute("delete from carried_pieces where digest = ?", (digest,))
