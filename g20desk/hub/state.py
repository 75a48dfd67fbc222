"""What the order of an office looks like under its lock: its end, its keeper, its roster, and what stands at given places
of its chains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg

from g20desk.hub.roster import Change, Roster, Standing, applied
from g20desk.ledger import envelope
from g20desk.ledger.envelope import Envelope, Head
from g20desk.ledger.wire import Placed

Connection = psycopg.AsyncConnection[tuple[Any, ...]]
Link = tuple[str, str, int]  # device, chain, seq

_TIP = (
    "select n, hash, stamp, office_bytes, (extract(epoch from clock_timestamp()) * 1000)::bigint, "
    "(select keeper from hub.hand_overs where office = %(o)s order by number desc limit 1), "
    "(select device from hub.entries where office = %(o)s and n = 1) "
    "from (values (1)) one left join lateral "
    "(select n, hash, stamp, office_bytes from hub.entries where office = %(o)s order by n desc limit 1) e on true"
)
_LINKS = (
    "select e.device, e.chain, e.seq, e.event, e.n, e.stamp, e.digest, e.hash, e.receipt "
    "from unnest(%s::bytea[], %s::bytea[], %s::bigint[]) w (device, chain, seq) "
    "join hub.entries e on e.office = %s and (e.device, e.chain, e.seq) = (w.device, w.chain, w.seq)"
)
_MISSING = (
    "select d from unnest(%s::bytea[]) d where not exists (select from hub.pieces where office = %s and digest = d) "
    "and not exists (select from hub.dropped where office = %s and digest = d)"
)
_BYTES = (
    "select d, (select device_bytes from hub.entries where office = %s and device = d order by n desc limit 1) "
    "from unnest(%s::bytea[]) d"
)
_ROSTER = "select n, device, entering, manages, by from hub.roster where office = %s and n > %s order by n, part"
_ENTRY = (
    "insert into hub.entries (office, n, stamp, digest, hash, receipt, device, chain, seq, event, ring, head, signature, "
    "sealed, clear, office_bytes, device_bytes) select %b::bytea, * from unnest(%b::bigint[], %b::bigint[], %b::bytea[], "
    "%b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[], %b::bigint[], %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[], "
    "%b::bytea[], %b::bytea[], %b::bigint[], %b::bigint[])"
)
_CHANGE = (
    "insert into hub.roster (office, n, part, device, entering, manages, by) select %s, * from "
    "unnest(%s::bigint[], %s::int[], %s::bytea[], %s::boolean[], %s::boolean[], %s::bytea[])"
)
OVERHEAD = 400  # bytes that an entry costs besides its own


@dataclass(frozen=True, slots=True)
class Given:
    """An envelope that was handed in, with its head and what it says in the clear."""

    envelope: Envelope
    head: Head
    clear: dict[str, Any]

    @property
    def size(self) -> int:
        """What it costs to keep, in bytes."""
        one = self.envelope
        return len(one.head_bytes) + len(one.signature) + len(one.sealed) + len(one.clear) + OVERHEAD


@dataclass(slots=True)
class State:
    """The order as it stands, and as it grows while a batch is judged. `now` is the database's clock."""

    office: str
    n: int
    hash: str
    stamp: int
    bytes: int
    now: int
    keeper: str
    founder: str
    roster: Roster
    links: dict[Link, tuple[str, Placed]]
    missing: frozenset[str]
    device_bytes: dict[str, int]
    added: list[tuple[Given, Placed, int]] = field(default_factory=list)
    changed: list[tuple[int, Change]] = field(default_factory=list)

    def add(self, given: Given, placed: Placed, made: Sequence[Change]) -> None:
        """The next entry."""
        head = given.head
        self.n, self.hash, self.stamp = placed.n, placed.hash, placed.stamp
        self.bytes += given.size
        self.device_bytes[head.device] = self.device_bytes.get(head.device, 0) + given.size
        self.links[(head.device, head.chain, head.seq)] = (head.event, placed)
        self.added.append((given, placed, self.device_bytes[head.device]))
        if made:
            self.roster = applied(self.roster, made)
            self.changed += [(placed.n, change) for change in made]

    def mark(self) -> Mark:
        """Where to go back to."""
        return Mark(self.n, self.hash, self.stamp, self.bytes, self.roster, len(self.added), len(self.changed))

    def back(self, to: Mark) -> None:
        """As if what came since had not."""
        for given, _, _ in self.added[to.added :]:
            del self.links[(given.head.device, given.head.chain, given.head.seq)]
            self.device_bytes[given.head.device] -= given.size
        del self.added[to.added :], self.changed[to.changed :]
        self.n, self.hash, self.stamp, self.bytes, self.roster = to.n, to.hash, to.stamp, to.bytes, to.roster


@dataclass(frozen=True, slots=True)
class Mark:
    """A state to go back to."""

    n: int
    hash: str
    stamp: int
    bytes: int
    roster: Roster
    added: int
    changed: int


class Rosters:
    """The rosters of this process, each as far as it was read: rows are only ever added."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[int, Roster]] = {}

    def known(self, office: str) -> tuple[int, Roster]:
        """The roster as far as it was read, and up to which place that is."""
        return self._read.get(office, (0, {}))

    def renewed(self, office: str, known: tuple[int, Roster], rows: Iterable[tuple[Any, ...]]) -> Roster:
        """The roster with the rows that came since it was `known`."""
        place, roster = known
        made: list[Change] = []
        for n, device, entering, manages, by in rows:
            place = int(n)
            made.append(Change(bytes(device).hex(), Standing(entering, manages, bytes(by).hex())))
        if made:
            roster = applied(roster, made)
            if self.known(office)[0] == known[0]:  # else it was forgotten meanwhile, or another has read further
                self._read[office] = (place, roster)
        return roster

    def forget(self) -> None:
        """Read anew: the database may be another one than before."""
        self._read.clear()


async def read(db: Connection, office: str, given: Sequence[Given], rosters: Rosters) -> State:
    """The state that these envelopes meet. Takes the office's lock, which falls with the transaction; inside a pipeline
    this is one round trip."""
    raw = bytes.fromhex(office)
    links = {(g.head.device, g.head.chain, seq) for g in given for seq in (g.head.seq, g.head.seq - 1)}
    split = (
        [bytes.fromhex(device) for device, _, _ in links], [bytes.fromhex(chain) for _, chain, _ in links],
        [seq for _, _, seq in links],
    )  # fmt: skip
    pieces = [bytes.fromhex(piece) for piece in {piece for g in given for piece in g.head.pieces}]
    devices = [bytes.fromhex(device) for device in {g.head.device for g in given}]
    known = rosters.known(office)
    await db.execute("select hub.lock(%s)", (raw,))
    asked = [
        await db.execute(_TIP, {"o": raw}, binary=True),
        await db.execute(_LINKS, (*split, raw), binary=True),
        await db.execute(_BYTES, (raw, devices), binary=True),
        await db.execute(_ROSTER, (raw, known[0]), binary=True),
    ]
    if pieces:
        asked.append(await db.execute(_MISSING, (pieces, raw, raw), binary=True))
    tip, found, sizes, roster, *missing = [await one.fetchall() for one in asked]
    n, running, stamp, size, now, keeper, founder = tip[0]
    return State(
        office, n or 0, running.hex() if running else envelope.first_hash(office), stamp or 0, size or 0, now,
        keeper.hex() if keeper else "", founder.hex() if founder else "", rosters.renewed(office, known, roster),
        {
            (device.hex(), chain.hex(), seq): (event.hex(), Placed(n, stamp, digest.hex(), running.hex(), receipt))
            for device, chain, seq, event, n, stamp, digest, running, receipt in found
        },
        frozenset(row[0].hex() for rows in missing for row in rows),
        {device.hex(): size or 0 for device, size in sizes},
    )  # fmt: skip


async def write(db: Connection, state: State) -> None:
    """All that was added, in one statement a table, and word to whoever waits."""
    raw = bytes.fromhex(state.office)
    if state.added:
        total = state.bytes - sum(given.size for given, _, _ in state.added)
        rows = []
        for given, placed, of_device in state.added:
            total += given.size
            rows.append(_row(given, placed, total, of_device))
        await db.execute(_ENTRY, (raw, *map(list, zip(*rows, strict=True))))
    if state.changed:
        columns = [
            (
                n,
                part,
                bytes.fromhex(one.device),
                one.standing.entering,
                one.standing.manages,
                bytes.fromhex(one.standing.by),
            )
            for part, (n, one) in enumerate(state.changed)
        ]
        await db.execute(_CHANGE, (raw, *map(list, zip(*columns, strict=True))))
    if state.added:
        await db.execute("select pg_notify('hub', %s)", (f"{state.office} {state.n}",))


def _row(given: Given, placed: Placed, total: int, of_device: int) -> tuple[Any, ...]:
    head, one = given.head, given.envelope
    return (
        placed.n, placed.stamp, bytes.fromhex(placed.digest), bytes.fromhex(placed.hash), placed.receipt,
        bytes.fromhex(head.device), bytes.fromhex(head.chain), head.seq, bytes.fromhex(head.event),
        bytes.fromhex(head.ring), one.head_bytes, one.signature, one.sealed or None, one.clear, total, of_device,
    )  # fmt: skip
