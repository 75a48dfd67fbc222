"""One office's encrypted store: events, the keeper's places, pieces, kept drafts and views in one SQLite file.

Reading `seq`, signing and appending are one write transaction, so several processes may share a desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from g20desk.ledger import event
from g20desk.ledger.canonical import NotCanonical
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.file import File, damaged
from g20desk.ledger.sealing import Epoch
from g20desk.ledger.wire import Entry, Placed

_EVENT = "select e.id, e.header, e.signature, e.body, p.n, p.stamp"
_JOIN = f"{_EVENT} from events e left join places p on p.event = e.id"
_TENTATIVE = (
    # A cross join is done from the left: tentative events are few, and left to choose SQLite reads all events.
    "tentative t cross join events e on e.id = t.event"
)


class Store(File):
    """What is kept of events, envelopes, places and keys."""

    def add(self, item: Event, clear: bytes = b"", *, tentative: bool = True) -> None:
        """Append an event; `clear`: what travels beside it. Inside a write transaction, in which one that is not
        tentative gets its place."""
        head = item.header
        row = (item.id, item.header_bytes, item.signature, item.body)
        stream = head.stream or item.id
        self.db.execute(
            "insert into events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, stream, head.kind, head.device, head.chain, head.seq, clear),
        )
        if tentative:
            self.db.execute("insert into tentative (event) values (?)", (item.id,))

    def keep_head(self, found: Envelope) -> None:
        """Keep an envelope's head. Inside a write transaction."""
        head = found.head
        self.db.execute(
            "insert or replace into heads values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                found.digest,
                head.event,
                found.head_bytes,
                found.signature,
                found.clear,
                head.device,
                head.chain,
                head.seq,
            ),
        )

    def place(self, found: Envelope, at: Placed, event_id: str | None) -> None:
        """Keep an envelope's head and the place that the keeper gave it; `event_id`: what is inside, where that is known
        and what the head shows. Inside a write transaction."""
        self.keep_head(found)
        row = (at.n, found.digest, event_id, at.hash, at.stamp, at.receipt)
        self.db.execute("insert into places values (?, ?, ?, ?, ?, ?)", row)
        self.db.execute("delete from tentative where event = ?", (event_id,))

    def void(self, head_digest: str, why: str) -> None:
        """An envelope that opens to other than its head shows. Inside a write transaction."""
        self.db.execute("insert into voids values (?, ?)", (head_digest, why))

    def head_end(self, device: str, chain: str) -> tuple[int, str]:
        """The newest placed seq of a chain and its event's id; (0, "") for a new one."""
        row = self.db.execute(
            "select h.seq, h.event from heads h join places p on p.head = h.digest where h.device = ? and h.chain = ? "
            "order by h.seq desc limit 1", (device, chain)
        ).fetchone()  # fmt: skip
        return (int(row[0]), str(row[1])) if row else (0, "")

    def want(self, digests: Iterable[str], event_id: str) -> None:
        """Note the sealed pieces of an event that this desk does not hold. Inside a write transaction."""
        self.db.executemany(
            "insert or ignore into wanted select ?, ? where not exists (select 1 from pieces where sealed = ?)",
            [(one, event_id, one) for one in digests],
        )

    def wanted(self) -> list[tuple[str, str]]:
        """The sealed pieces that this desk does not hold yet: digest, and an event that refers to it."""
        with self.guard():
            return [(str(one), str(event_id)) for one, event_id in self.db.execute("select * from wanted").fetchall()]

    def tentative(self) -> list[Event]:
        """The events that have no place yet, in the order in which they came."""
        with self.guard():
            found = self.db.execute(
                f"{_EVENT} from {_TENTATIVE} left join places p on p.event = e.id order by t.number"
            ).fetchall()
        return [_event(row) for row in found]

    def tentative_count(self) -> int:
        """How many events have no place yet."""
        with self.guard():
            return int(self.db.execute("select count(*) from tentative").fetchone()[0])

    def tentative_streams(self) -> set[str]:
        """The streams with events that have no place yet."""
        found = self.db.execute(f"select distinct e.stream from {_TENTATIVE}")
        return {str(row[0]) for row in found}

    def clear_of(self, event_id: str) -> bytes:
        """What travels beside an event in the clear."""
        row = self.db.execute("select clear from events where id = ?", (event_id,)).fetchone()
        return bytes(row[0]) if row else b""

    def envelope(self, event_id: str) -> Envelope | None:
        """The envelope of an event, without its sealed bytes, where it has one."""
        row = self.db.execute(
            "select h.head, h.signature, h.clear from events e join heads h on h.event = e.id and h.device = e.device "
            "and h.chain = e.chain and h.seq = e.seq where e.id = ?", (event_id,)
        ).fetchone()  # fmt: skip
        return Envelope(bytes(row[0]), bytes(row[1]), b"", bytes(row[2])) if row else None

    def entry(self, place: int) -> Entry | None:
        """A place with its envelope, without the sealed bytes."""
        row = self.db.execute(
            "select p.stamp, p.hash, p.signature, h.head, h.signature, h.clear from places p join heads h on h.digest = p.head "
            "where p.n = ?", (place,)
        ).fetchone()  # fmt: skip
        if row is None:
            return None
        found = Envelope(bytes(row[3]), bytes(row[4]), b"", bytes(row[5]))
        return Entry(Placed(place, int(row[0]), found.digest, str(row[1]), bytes(row[2])), found)

    def epoch(self, name: str) -> Epoch | None:
        """The key of an epoch, where this desk holds it."""
        with self.guard():
            row = self.db.execute("select key from epochs where id = ?", (name,)).fetchone()
        return Epoch(bytes(row[0])) if row else None

    def keep_epoch(self, epoch: Epoch) -> None:
        """Keep the key of an epoch."""
        with self.guard():
            self.db.execute("insert or ignore into epochs values (?, ?)", (epoch.id, epoch.key))

    def last_place(self) -> tuple[int, str, int]:
        """Number, running hash and stamp of the newest place; (0, "", 0) before the first."""
        row = self.db.execute("select n, hash, stamp from places order by n desc limit 1").fetchone()
        return (int(row[0]), str(row[1]), int(row[2])) if row else (0, "", 0)

    def chain_end(self, device: str, chain: str) -> tuple[int, str]:
        """The newest seq of a chain and its event's id; (0, "") for a new one."""
        row = self.db.execute(
            "select seq, id from events where device = ? and chain = ? order by seq desc limit 1", (device, chain)
        ).fetchone()
        return (int(row[0]), str(row[1])) if row else (0, "")

    def unplaced_ends(self, device: str) -> tuple[str, ...]:
        """The newest events of other devices that have no place yet, in the order of their ids; 64 at most."""
        found = self.db.execute(
            f"select e.id, max(e.seq) from {_TENTATIVE} where e.device <> ? "
            "group by e.device, e.chain order by e.id limit 64",
            (device,),
        )
        return tuple(sorted(str(row[0]) for row in found))

    def stream(self, stream: str, since: int = 0) -> list[Event]:
        """A stream's events: the placed ones (after `since`) in order, then the tentative ones."""
        with self.guard():
            found = self.db.execute(
                _JOIN + " where e.stream = ? and (p.n is null or p.n > ?) order by p.n is null, p.n, e.rowid",
                (stream, since),
            ).fetchall()
        return [_event(row) for row in found]

    def get(self, event_id: str) -> Event | None:
        """One event."""
        with self.guard():
            row = self.db.execute(_JOIN + " where e.id = ?", (event_id,)).fetchone()
        return _event(row) if row else None

    def at(self, place: int) -> Event | None:
        """The event at a place, where this desk can read it."""
        with self.guard():
            row = self.db.execute(_JOIN + " where p.n = ?", (place,)).fetchone()
        return _event(row) if row else None

    def all(self) -> Iterator[Event]:
        """Every event in order, tentative ones last."""
        with self.guard():
            for row in self.db.execute(_JOIN + " order by p.n is null, p.n, e.rowid"):
                yield _event(row)


def _event(row: Any) -> Event:
    header = bytes(row[1])
    try:
        head = event.decode(header)
    except NotCanonical as error:
        raise damaged() from error
    return Event(str(row[0]), head, header, bytes(row[2]), bytes(row[3]), row[4], row[5])
