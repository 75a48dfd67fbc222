"""One office's encrypted store: events, the keeper's places, pieces, kept drafts and views in one SQLite file.

Reading `seq`, signing and appending are one write transaction, so several processes may share a desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from g20desk.ledger import event
from g20desk.ledger.canonical import NotCanonical
from g20desk.ledger.event import Event
from g20desk.ledger.file import File, damaged
from g20desk.ledger.sealing import Epoch

if TYPE_CHECKING:
    from g20desk.ledger.envelope import Envelope
    from g20desk.ledger.wire import Entry, Placed

_JOIN = "select e.id, e.header, e.signature, e.body, e.place, p.stamp from events e left join places p on p.n = e.place"
# From the place on: an event is found by its id, by its place only with its stream.
_AT = _JOIN.replace("from events e left join places p on p.n = e.place", "from places p cross join events e") + (
    " where p.n = ? and e.id = p.named and e.place = p.n"
)
# Tentative events are few, and left to choose SQLite reads all.
_TENTATIVE = "from events indexed by events_tentative where place is null"


class Store(File):
    """What is kept of events, envelopes, places and keys."""

    def add(self, item: Event, clear: bytes = b"") -> None:
        """Append an event; `clear`: what travels beside it. Inside a write transaction."""
        head = item.header
        row = (item.id, item.header_bytes, item.signature, item.body)
        stream = head.stream or item.id
        self.db.execute(
            "insert into events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, stream, head.kind, head.device, head.chain, head.seq, clear, item.place),
        )

    def place(self, found: Envelope, at: Placed, event_id: str | None) -> None:
        """Keep an envelope's head and the place that the keeper gave it; `event_id`: the event
        inside that has no place yet, where this desk reads it and it is what the head shows. Inside a write
        transaction."""
        head = found.head
        row = (
            at.n, at.hash, at.stamp, at.receipt, found.head_bytes, found.signature, found.clear, head.event,
            head.device, head.chain, head.seq,
        )  # fmt: skip
        self.db.execute("insert into places values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if event_id is not None:
            self.db.execute("update events set place = ? where id = ? and place is null", (at.n, event_id))

    def void(self, place: int, why: str, sealed: bytes) -> None:
        """An envelope that opens to other than its head shows, or is sealed as it may not be. Its sealed bytes are
        evidence, and whoever rebuilds a hub needs them. Inside a write transaction."""
        self.db.execute("insert into voids values (?, ?, ?)", (place, why, sealed))

    def void_sealed(self, place: int) -> bytes:
        """The sealed bytes of a void envelope; empty where none are kept."""
        row = self.db.execute("select sealed from voids where n = ?", (place,)).fetchone()
        return bytes(row[0]) if row else b""

    def placed_end(self, device: str, chain: str) -> tuple[int, str]:
        """The newest placed seq of a chain and its event's id; (0, "") for a new one."""
        row = self.db.execute(
            "select seq, named from places where device = ? and chain = ? order by seq desc limit 1", (device, chain)
        ).fetchone()
        return (int(row[0]), str(row[1])) if row else (0, "")

    def want(self, digests: Iterable[str], event_id: str) -> None:
        """Note the sealed pieces of an event that this desk does not hold. Inside a write transaction."""
        self.db.executemany(
            "insert or ignore into wanted select ?, ? where not exists (select 1 from pieces where sealed = ?)",
            [(one, event_id, one) for one in digests],
        )

    def wanted(self) -> list[tuple[str, str]]:
        """The sealed pieces that this desk does not hold yet: digest, and an event that refers to it, in the order of the
        events. What events refer to that are here no more is wanted no longer."""
        with self.guard():
            self.db.execute("delete from wanted where event not in (select id from events)")
            found = self.db.execute(
                "select w.digest, w.event from wanted w join events e on e.id = w.event "
                "order by e.place is null, e.place, e.rowid, w.digest"
            ).fetchall()
        return [(str(digest), str(event_id)) for digest, event_id in found]

    def tentative(self) -> list[Event]:
        """The events that have no place yet, in the order in which they came."""
        with self.guard():
            found = self.db.execute(
                f"select id, header, signature, body, null, null {_TENTATIVE} order by rowid"
            ).fetchall()
        return [_event(row) for row in found]

    def remove_tentative(self, event_id: str) -> None:
        """Take out an event that can get no place. Inside a write transaction."""
        self.db.execute("delete from events where id = ? and place is null", (event_id,))

    def tentative_count(self) -> int:
        """How many events have no place yet."""
        with self.guard():
            return int(self.db.execute(f"select count(*) {_TENTATIVE}").fetchone()[0])

    def tentative_streams(self) -> set[str]:
        """The streams with events that have no place yet."""
        found = self.db.execute(f"select distinct stream {_TENTATIVE}")
        return {str(row[0]) for row in found}

    def clear_of(self, event_id: str) -> bytes:
        """What travels beside an event in the clear."""
        row = self.db.execute("select clear from events where id = ?", (event_id,)).fetchone()
        return bytes(row[0]) if row else b""

    def set_clear(self, event_id: str, clear: bytes) -> None:
        """What is to travel beside an event that has no place yet. Inside a write transaction."""
        self.db.execute("update events set clear = ? where id = ? and place is null", (clear, event_id))

    def unread(self, ring: str, after: int, limit: int) -> list[int]:
        """Places after one whose envelopes are of a ring, and whose content this desk does not hold: it could not read it then.
        Void ones are left out."""
        with self.guard():
            found = self.db.execute(
                "select p.n from places p where p.n > ? and instr(cast(p.head as text), ?) > 0 "
                "and not exists (select 1 from voids v where v.n = p.n) "
                "and not exists (select 1 from events e where e.id = p.named and e.place = p.n) order by p.n limit ?",
                (after, f'"ring":"{ring}"', limit),
            ).fetchall()
        return [int(n) for (n,) in found]

    def entry(self, place: int) -> Entry | None:
        """A place with its envelope, without the sealed bytes."""
        from g20desk.ledger.envelope import Envelope
        from g20desk.ledger.wire import Entry, Placed

        row = self.db.execute(
            "select stamp, hash, signature, head, head_signature, clear from places where n = ?", (place,)
        ).fetchone()
        if row is None:
            return None
        found = Envelope(bytes(row[3]), bytes(row[4]), b"", bytes(row[5]))
        return Entry(Placed(place, int(row[0]), found.digest, str(row[1]), bytes(row[2])), found)

    def clears(self, after: int = 0) -> list[tuple[int, str, bytes]]:
        """What travels in the clear beside the envelopes of places after one, in order, where anything does; each with its
        place and device."""
        with self.guard():
            found = self.db.execute(
                "select n, device, clear from places where clear <> x'' and n > ? order by n", (after,)
            ).fetchall()
        return [(int(n), str(device), bytes(clear)) for n, device, clear in found]

    def epoch(self, name: str) -> Epoch | None:
        """The key of an epoch, where this desk holds it."""
        with self.guard():
            row = self.db.execute("select key from epochs where id = ?", (name,)).fetchone()
        return Epoch(bytes(row[0])) if row else None

    def epochs(self) -> dict[str, bytes]:
        """The keys that this desk holds, by their epochs' names."""
        with self.guard():
            return {str(name): bytes(key) for name, key in self.db.execute("select id, key from epochs").fetchall()}

    def keep_epoch(self, epoch: Epoch) -> None:
        """Keep the key of an epoch."""
        with self.guard():
            self.db.execute("insert or ignore into epochs values (?, ?)", (epoch.id, epoch.key))

    def last_place(self) -> tuple[int, str, int]:
        """Number, running hash and stamp of the newest place; (0, "", 0) before the first."""
        row = self.db.execute("select n, hash, stamp from places order by n desc limit 1").fetchone()
        return (int(row[0]), str(row[1]), int(row[2])) if row else (0, "", 0)

    def knows(self, running: str) -> bool:
        """Whether a running hash is one of this order."""
        return self.db.execute("select 1 from places where hash = ?", (running,)).fetchone() is not None

    def chain_end(self, device: str, chain: str) -> tuple[int, str]:
        """The newest seq of a chain and its event's id; (0, "") for a new one. An act that is void has its place too."""
        row = self.db.execute(
            "select seq, id from events where device = ? and chain = ? order by seq desc limit 1", (device, chain)
        ).fetchone()
        return max((int(row[0]), str(row[1])) if row else (0, ""), self.placed_end(device, chain))

    def unplaced_ends(self, device: str) -> tuple[str, ...]:
        """The newest events of other devices that have no place yet, in the order of their ids; 64 at most."""
        found = self.db.execute(
            f"select id, max(seq) {_TENTATIVE} and device <> ? group by device, chain order by id limit 64", (device,)
        )
        return tuple(sorted(str(row[0]) for row in found))

    def stream(self, stream: str, since: int = 0) -> list[Event]:
        """A stream's events: the placed ones (after `since`) in order, then the tentative ones."""
        with self.guard():
            # Each part is found by the index: what a stream has got since costs nothing of what it had.
            found = self.db.execute(
                _JOIN + " where e.stream = ? and e.place > ? order by e.place", (stream, since)
            ).fetchall()
            found += self.db.execute(
                _JOIN + " where e.stream = ? and e.place is null order by e.rowid", (stream,)
            ).fetchall()
        return [_event(row) for row in found]

    def kind(self, event_id: str) -> str:
        """The kind of the event that opened a stream; empty where it is not here, or opened none."""
        with self.guard():
            row = self.db.execute("select kind from events where id = ? and stream = id", (event_id,)).fetchone()
        return str(row[0]) if row else ""

    def get(self, event_id: str) -> Event | None:
        """One event."""
        with self.guard():
            row = self.db.execute(_JOIN + " where e.id = ?", (event_id,)).fetchone()
        return _event(row) if row else None

    def at(self, place: int) -> Event | None:
        """The event at a place, where this desk can read it."""
        with self.guard():
            row = self.db.execute(_AT, (place,)).fetchone()
        return _event(row) if row else None

    def all(self) -> Iterator[Event]:
        """Every event in order, tentative ones last."""
        with self.guard():
            for row in self.db.execute(_JOIN + " order by e.place is null, e.place, e.rowid"):
                yield _event(row)


def _event(row: Any) -> Event:
    header = bytes(row[1])
    try:
        head = event.decode(header)
    except NotCanonical as error:
        raise damaged() from error
    return Event(str(row[0]), head, header, bytes(row[2]), bytes(row[3]), row[4], row[5])
