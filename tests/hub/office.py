"""An office as a hub sees it: devices, their chains of sealed acts, and the founding desk that keeps the order at first."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from g20desk.ledger import body, canonical, envelope, event, sealing
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event, Header
from g20desk.ledger.hub_client import Hub
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.sealing import Epoch
from g20desk.ledger.wire import Entry, HandOver, Placed

OPENED: list[Any] = []  # closed after each test
RING, EPOCH = "2" * 64, Epoch(b"e" * 32)


def opened(one: Any) -> Any:
    """To be closed after the test."""
    OPENED.append(one)
    return one


def hang_up() -> None:
    """Close all of them now."""
    while OPENED:
        OPENED.pop().close()


class Device:
    """A device with a chain of its own."""

    def __init__(self, office: str = "") -> None:
        self.key, self.chain, self.office = DeviceKey.fresh(), secrets.token_hex(32), office
        self.seq, self.prev = 0, ""

    @property
    def id(self) -> str:
        return self.key.device

    def event(self, text: str = "Debt relief") -> Event:
        """The next act of the chain."""
        parts = body.salted({"name": text})
        head = Header(
            1, self.office, RING, "", "draft.revised", 1, self.id, self.chain, self.seq + 1, self.prev, (), "",
            body.body_digest(parts),
        )  # fmt: skip
        raw = head.encode()
        made = Event(event.event_id(raw), head, raw, self.key.sign("event", raw), body.encode(parts))
        self.seq, self.prev = self.seq + 1, made.id
        return made

    def seal(self, item: Event, pieces: Iterable[str] = (), ring: str = RING, **clear: object) -> Envelope:
        """An act in a seal; each time another one."""
        written = canonical.dumps(clear) if clear else b""
        return sealing.seal(item, self.office or item.id, ring, EPOCH, self.key, pieces, written)

    def act(
        self, text: str = "Debt relief", pieces: Iterable[str] = (), ring: str = RING, **clear: object
    ) -> Envelope:  # fmt: skip
        """The next act, sealed."""
        return self.seal(self.event(text), pieces, ring, **clear)


def roster(entering: Sequence[tuple[Device, bool]] = (), leaving: Sequence[Device] = ()) -> dict[str, object]:
    """What a roster statement says in the clear."""
    return {"in": [[one.id, manages] for one, manages in entering], "out": [one.id for one in leaving]}


class Office:
    """An office whose founding device keeps its own order, until a hub takes it over."""

    def __init__(self, acts: int = 3) -> None:
        self.head = Device()
        founding = self.head.event("The office")
        self.id = self.head.office = founding.id
        self.entries: list[Entry] = []
        self.hash = envelope.first_hash(self.id)
        self.place(self.head.seal(founding))
        for number in range(acts - 1):
            self.place(self.head.act(f"Act {number}"))

    def device(self) -> Device:
        """A device that is in no roster yet."""
        return Device(self.id)

    def place(self, one: Envelope) -> Entry:
        """As the founding desk places."""
        n, stamp = len(self.entries) + 1, 1_000 + len(self.entries)
        self.hash = envelope.next_hash(self.id, n, self.hash, one.digest, stamp)
        receipt = self.head.key.sign("receipt", envelope.receipt_bytes(self.id, n, self.hash, stamp))
        self.entries.append(Entry(Placed(n, stamp, one.digest, self.hash, receipt), one))
        return self.entries[-1]

    def at(self, url: str, device: Device | None = None, **more: object) -> Hub:
        """A device's way to a hub."""
        return opened(Hub(url, self.id, (device or self.head).key, **{"pause": lambda seconds: None, **more}))

    def move_to(self, url: str) -> Hub:
        """Hand the order over."""
        hub = self.at(url)
        hub.take_over(self.entries)
        hub.finish_take_over(HandOver.signed(self.head.key, self.id, hub.keeper(), len(self.entries), self.hash))
        return hub

    def admit(self, hub: Hub, *devices: Device, manages: bool = False) -> None:
        """Bring devices in, by the head."""
        hub.append([self.head.act(roster=roster([(one, manages) for one in devices]))])


def check_chain(office: Office, entries: Sequence[Entry], keeper: str, taken: int) -> None:
    """Places without a gap, hashes that follow, receipts of the founding device and then of the hub, chains in order."""
    running, stamp = envelope.first_hash(office.id), 0
    chains: dict[tuple[str, str], tuple[int, str]] = {}
    for number, one in zip(itertools.count(1), entries, strict=False):
        placed, head = one.placed, envelope.check(one.envelope)
        assert placed.n == number and placed.stamp >= stamp
        running, stamp = envelope.next_hash(office.id, number, running, one.envelope.digest, placed.stamp), placed.stamp
        assert placed.hash == running
        placed.check(office.id, office.head.id if number <= taken else keeper)
        assert (head.seq - 1, head.prev) == chains.get((head.device, head.chain), (0, ""))
        chains[(head.device, head.chain)] = (head.seq, head.event)


def everything(hub: Hub, after: int = 0) -> list[Entry]:
    """All entries, page by page."""
    found: list[Entry] = []
    while page := hub.entries(after):
        found += page
        after = page[-1].placed.n
    return found
