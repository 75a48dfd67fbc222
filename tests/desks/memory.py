"""A hub in this process, its order in memory: judged by the hub's own code, without a database and without a network.

A test holds its key, and so can make it lie. `Line` is a desk's way to it, with the methods of `hub_client.Hub`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from g20desk.errors import Refused, Unreachable
from g20desk.hub.appending import Appender, looked_at
from g20desk.hub.limits import Limits
from g20desk.hub.refusals import Refusal
from g20desk.hub.state import Rosters, State
from g20desk.hub.taking import Taking
from g20desk.ledger import envelope
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.hub_client import Status
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.wire import Entry, HandOver, Placed

URL = "https://hub.test"
T = TypeVar("T")


@dataclass
class Order:
    """What a hub keeps of its office."""

    state: State
    entries: list[Entry]
    pieces: dict[str, bytes]
    dropped: set[str] = field(default_factory=set)

    def copied(self) -> Order:
        """As it is now, whatever comes."""
        state = replace(
            self.state, links=dict(self.state.links), roster=dict(self.state.roster), added=[], changed=[],
            device_bytes=dict(self.state.device_bytes),
        )  # fmt: skip
        return Order(state, list(self.entries), dict(self.pieces), set(self.dropped))


class MemoryHub:
    """One office's hub."""

    def __init__(self, now: Callable[[], int], key: DeviceKey | None = None) -> None:
        self.key = key or DeviceKey.fresh()
        self.now = now
        self.order: Order | None = None
        limits, rosters = Limits(), Rosters()
        nothing: Any = None
        self._appender = Appender(nothing, self.key, limits, rosters, nothing)
        self._taking = Taking(nothing, self.key.device, limits, rosters, True)
        self._limits = limits
        self.heard: list[list[Envelope]] = []

    @property
    def entries(self) -> list[Entry]:
        """All that it holds."""
        return self.order.entries if self.order else []

    def begun(self, office: str) -> Order:
        """The order of the office, begun where there is none."""
        if self.order is None:
            first = envelope.first_hash(office)
            self.order = Order(
                State(office, 0, first, 0, 0, 0, "", "", {}, {}, frozenset(), {}), [], {}
            )  # fmt: skip
        return self.order

    def judged(self, do: Callable[[State], T], given: Sequence[Any] = ()) -> T:
        """Something done to the order, wholly or not at all. Raises Refused."""
        assert self.order is not None
        state = self.order.state
        state.now = self.now()
        state.missing = frozenset(
            p for one in given for p in one.head.pieces if p not in {*self.order.pieces, *self.order.dropped}
        )
        before, keeper, founder = state.mark(), state.keeper, state.founder
        try:
            made = do(state)
        except Refusal as refusal:
            state.back(before)
            state.keeper, state.founder = keeper, founder
            raise Refused(refusal.code, refusal.message, refusal.help, **refusal.params) from refusal
        self.order.entries += [Entry(placed, one.envelope) for one, placed, _ in state.added]
        state.added.clear()
        state.changed.clear()
        return made

    def append(self, office: str, envelopes: Sequence[Envelope]) -> list[Placed]:
        """As the service does it."""
        try:
            given = looked_at(office, envelopes, self._limits)
        except Refusal as refusal:
            raise Refused(refusal.code, refusal.message, refusal.help, **refusal.params) from refusal
        return self.judged(lambda state: [self._appender._placed(state, one) for one in given], given)

    def take(self, office: str, entries: Sequence[Entry]) -> int:
        """As the service does it."""
        order = self.begun(office)
        given = looked_at(office, [one.envelope for one in entries], self._limits, whole=False)
        there = {one.placed.n: one for one in order.entries}

        def do(state: State) -> int:
            for one, about in zip(entries, given, strict=True):
                known = there.get(one.placed.n)
                if known is None:
                    self._taking._next(state, one.placed, about)
                elif known.placed.digest != one.placed.digest:
                    raise Refusal(409, "other-history", f"Another act has place {one.placed.n} here.")
                elif one.envelope.sealed and not known.envelope.sealed:
                    order.entries[one.placed.n - 1] = replace(known, envelope=one.envelope)
            return state.n

        return self.judged(do)

    def hand_over(self, statement: HandOver) -> None:
        """As the service does it."""
        statement.check()

        def do(state: State) -> None:
            if (state.n, state.hash) != (statement.place, statement.hash):
                raise Refusal(409, "gap", "The statement is about another place.", place=state.n)
            standing = state.roster.get(statement.by)
            if statement.by != (state.keeper or state.founder) and not (
                standing and standing.entering and standing.manages
            ):
                raise Refusal(403, "not-keeper", "The keeper before hands an order over.")
            state.keeper = statement.keeper

        self.judged(do)

    def sign(self, office: str, n: int, before: str, one: Envelope, stamp: int) -> Entry:
        """A place as the hub would sign it, whatever it has signed already."""
        running = envelope.next_hash(office, n, before, one.digest, stamp)
        receipt = self.key.sign("receipt", envelope.receipt_bytes(office, n, running, stamp))
        return Entry(Placed(n, stamp, one.digest, running, receipt), one)

    def back(self, order: Order) -> None:
        """As if an old copy of its database had been put back."""
        self.order = order.copied()


class Line:
    """A desk's way to a hub. `meet` is called with the name of each request before and after it takes effect, and may
    raise: then the request, or its answer, is lost."""

    def __init__(self, hub: MemoryHub, office: str, key: DeviceKey, url: str = URL) -> None:
        self.hub, self.office, self.key, self.url = hub, office, key, url
        self.meet: Callable[[str, str], None] = lambda name, when: None
        self.skew = 0

    def close(self) -> None:
        pass

    def keeper(self) -> str:
        return self.hub.key.device

    def _asked(self, name: str, do: Callable[[], T], *, stranger: bool = False) -> T:
        self.meet(name, "before")
        if not stranger and not self.hub.entries:
            raise Refused("unknown-office", "This office is not at this hub.")
        if not stranger:
            standing = self.hub.order.state.roster.get(self.key.device) if self.hub.order else None
            if standing is None or not standing.entering:
                raise Refused("device-out", "This device is not in the office's roster.", "Ask the office's head.")
        made = do()
        self.meet(name, "after")
        return made

    def status(self) -> Status:
        return self._asked("status", self._status)

    def _status(self) -> Status:
        order = self.hub.begun(self.office)
        state = order.state
        lacking = next((one.placed.n for one in order.entries if not one.envelope.sealed), 0)
        running = state.hash if state.n else ""
        return Status(state.n, running, state.stamp, state.keeper, self.skew, 1, lacking)

    def take_over(self, entries: Iterable[Entry]) -> int:
        given = list(entries)
        stranger = not self.hub.entries
        if stranger and given[0].envelope.head.device != self.key.device:
            raise Refused("not-founder", "An office is brought by the device that founded it.")
        return self._asked("take-over", lambda: self.hub.take(self.office, given), stranger=stranger)

    def finish_take_over(self, statement: HandOver) -> None:
        self._asked("hand-over", lambda: self.hub.hand_over(statement))

    def append(self, envelopes: Sequence[Envelope]) -> list[Placed]:
        self.hub.heard.append(list(envelopes))
        return self._asked("append", lambda: self.hub.append(self.office, envelopes))

    def entries(self, after: int, limit: int = 500, rings: Sequence[str] | None = None) -> list[Entry]:
        found = self._asked("entries", lambda: self.hub.entries[after : after + limit])
        if rings is None:
            return found
        return [
            one if one.envelope.head.ring in rings else replace(one, envelope=replace(one.envelope, sealed=b""))
            for one in found
        ]

    def lacking(self, after: int) -> list[int]:
        return self._asked("lacking", lambda: [e.placed.n for e in self.hub.entries[after:] if not e.envelope.sealed])

    def wait(self, after: int, seconds: float) -> int | None:
        return None

    def missing_pieces(self, digests: Sequence[str]) -> list[str]:
        order = self.hub.begun(self.office)
        return self._asked("missing", lambda: [one for one in digests if one not in {*order.pieces, *order.dropped}])

    def put_piece(self, digest: str, data: bytes) -> None:
        assert envelope.sealed_digest(data) == digest
        if digest in self.hub.begun(self.office).dropped:
            raise Refused("dropped", "This piece was dropped.")
        self._asked("put", lambda: self.hub.begun(self.office).pieces.update({digest: data}))

    def get_piece(self, digest: str) -> bytes:
        order = self.hub.begun(self.office)
        if digest in order.dropped:
            raise Refused("dropped", "This piece was dropped.")
        if digest not in order.pieces:
            raise Refused("no-piece", "This piece is not here.")
        return self._asked("get", lambda: order.pieces[digest])

    def put_pieces(self, given: Iterable[tuple[str, bytes]]) -> None:
        for digest, data in given:
            if digest not in self.hub.begun(self.office).dropped:
                self.put_piece(digest, data)

    def get_pieces(self, digests: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        order = self.hub.begun(self.office)
        for digest in digests:
            if digest in order.dropped:
                yield digest, None
            elif digest in order.pieces:
                yield digest, self.get_piece(digest)

    def drop_piece(self, digest: str) -> None:
        order = self.hub.begun(self.office)
        assert order.state.roster[self.key.device].manages
        self._asked("drop", lambda: (order.dropped.add(digest), order.pieces.pop(digest, None)))

    def roster(self) -> list[dict[str, Any]]:
        assert self.hub.order is not None
        found = self.hub.order.state.roster.items()
        return [{"device": d, "manages": s.manages, "by": s.by} for d, s in found if s.entering]


def lost(name: str, when: str) -> None:
    """No network."""
    raise Unreachable("hub", "The hub could not be reached.", "Nothing is lost.")
