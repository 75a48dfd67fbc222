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

_COLUMNS = [
    "bigint",
    "bigint",
    "bytea",
    "bytea",
    "bytea",
    "bytea",
    "bytea",
    "bigint",
    "bytea",
    "bytea",
    "bytea",
    "bytea",
    "bytea",
    "bytea",
    "bigint",
    "bigint",
    "bigint",
    "bytea",
    "boolean",
    "boolean",
    "bytea",
]
_PLACE = f"select hub.place(%b, {', '.join(f'%b::{one}[]' for one in _COLUMNS)})"
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

    def renewed(self, office: str, known: tuple[int, Roster], rows: Iterable[Sequence[Any]]) -> Roster:
        """The roster with the rows that came since it was `known`."""
        place, roster = known
        made: list[Change] = []
        for n, device, entering, manages, by in rows:
            place = n
            made.append(Change(device, Standing(entering, manages, by)))
        if made:
            roster = applied(roster, made)
            if self.known(office)[0] == known[0]:  # else it was forgotten meanwhile, or another has read further
                self._read[office] = (place, roster)
        return roster

    def forget(self) -> None:
        """Read anew: the database may be another one than before."""
        self._read.clear()


async def lock(db: Connection, office: str) -> None:
    """Wait for the office's lock, which falls with the transaction."""
    await (await db.execute("select hub.lock(%s)", (bytes.fromhex(office),))).fetchone()


async def read(db: Connection, office: str, given: Sequence[Given], rosters: Rosters) -> State:
    """The state that these envelopes meet, under the office's lock."""
    links = list(
        dict.fromkeys((g.head.device, g.head.chain, seq) for g in given for seq in (g.head.seq - 1, g.head.seq))
    )
    pieces = sorted({piece for g in given for piece in g.head.pieces})
    devices = sorted({g.head.device for g in given})
    known = rosters.known(office)
    cursor = await db.execute(
        "select hub.look(%b, %b::bytea[], %b::bytea[], %b::bytea[], %b::bigint[], %b::bytea[], %b::bigint)",
        (
            bytes.fromhex(office), _raw(devices), _raw(device for device, _, _ in links), _raw(chain for _, chain, _ in links),
            [seq for _, _, seq in links], _raw(pieces), known[0],
        ),
    )  # fmt: skip
    row = await cursor.fetchone()
    assert row is not None
    found: dict[str, Any] = row[0]
    n, running, stamp, size = found["tip"] or (0, envelope.first_hash(office), 0, 0)
    return State(
        office, n, running, stamp, size, found["now"], found["keeper"] or "", found["founder"] or "",
        rosters.renewed(office, known, found["roster"] or ()),
        {
            links[at - 1]: (event, Placed(place, when, digest, hash, bytes.fromhex(receipt)))
            for at, event, place, when, digest, hash, receipt in found["links"] or ()
        },
        frozenset(found["missing"] or ()), dict(zip(devices, found["bytes"] or (), strict=True)),
    )  # fmt: skip


async def write(db: Connection, state: State) -> None:
    """All that was added, and word to whoever waits."""
    if not state.added:
        return
    total = state.bytes - sum(given.size for given, _, _ in state.added)
    rows = []
    for given, placed, of_device in state.added:
        total += given.size
        rows.append(_row(given, placed, total, of_device))
    changes = [
        (n, bytes.fromhex(one.device), one.standing.entering, one.standing.manages, bytes.fromhex(one.standing.by))
        for n, one in state.changed
    ]
    columns = [*map(list, zip(*rows, strict=True)), *(map(list, zip(*changes, strict=True)) if changes else [[]] * 5)]
    await db.execute(_PLACE, (bytes.fromhex(state.office), *columns))


def _raw(ids: Iterable[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in ids]


def _row(given: Given, placed: Placed, total: int, of_device: int) -> tuple[Any, ...]:
    head, one = given.head, given.envelope
    return (
        placed.n, placed.stamp, bytes.fromhex(placed.digest), bytes.fromhex(placed.hash), placed.receipt,
        bytes.fromhex(head.device), bytes.fromhex(head.chain), head.seq, bytes.fromhex(head.event),
        bytes.fromhex(head.ring), one.head_bytes, one.signature, one.sealed or None, one.clear, total, of_device,
    )  # fmt: skip
