"""A member who means harm: an officer's own device, and whatever a program of their own can sign and hand in with it."""

from __future__ import annotations

import random
import secrets
from typing import Any

from g20desk.desk import seals
from g20desk.errors import Refused
from g20desk.ledger import body, canonical, envelope, event, sealing
from g20desk.ledger.envelope import Envelope, Head
from g20desk.ledger.event import Event, Header
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.sealing import Epoch
from tests.desks.world import World

RUBBISH: list[Any] = ["", 0, -1, None, [], {}, [[]], {"a": {}}, "\ud7ff", "x" * 5_000, True, canonical.MAX_INT]


class Hostile:
    """`who` is the desk that the device was admitted with; it is read, never written."""

    def __init__(self, world: World, who: str, chance: random.Random) -> None:
        self.world, self.who, self.chance = world, who, chance
        desk = world.desk(who)
        self.key: DeviceKey = desk.ledger.key(desk.device)
        self.chain, self.seq, self.prev = secrets.token_hex(32), 0, ""
        self.did: list[str] = []

    @property
    def office(self) -> Any:
        return self.world.desk("head").ledger.folds.placed_office()

    def header(self, kind: str, stream: str = "", *, ring: str = "", **more: Any) -> dict[str, Any]:
        office = self.office
        noun = kind.split(".")[0]
        return {
            "v": 1, "office": office.id, "stream": stream, "kind": kind, "at": 5, "device": self.key.device,
            "ring": ring or (office.office_ring if noun == "draft" else office.members_ring), "chain": self.chain,
            "seq": self.seq + 1, "prev": self.prev, "after": (), "seen": "", **more,
        }  # fmt: skip

    def event(self, values: dict[str, Any], head: dict[str, Any]) -> Event:
        parts = body.salted(values)
        header = Header(**head, body_digest=body.body_digest(parts))
        raw = header.encode()
        return Event(event.event_id(raw), header, raw, self.key.sign("event", raw), body.encode(parts))

    def epoch(self, ring: str) -> Epoch:
        held = self.world.desk(self.who).store.epoch(self.office.epochs[ring].id)
        return held or Epoch.fresh()

    def envelope(self, item: Event, epoch: Epoch | None = None, clear: bytes = b"", **more: Any) -> Envelope:
        ring = item.header.ring
        found = sealing.seal(item, self.office.id, ring, epoch or self.epoch(ring), self.key, (), clear)
        if not more:
            return found
        head = Head(**{**{name: getattr(found.head, name) for name in Head.__slots__}, **more})
        raw = head.encode()
        return Envelope(raw, self.key.sign("envelope", raw), found.sealed, clear)

    def hand_in(self, name: str, found: Envelope) -> bool:
        """Into the order, if the hub takes it."""
        office = self.office.id
        try:
            self.world.hub.append(office, [found])
        except Refused as refused:
            assert refused.code and refused.message
            return False
        self.seq, self.prev = self.seq + 1, found.head.event
        self.did.append(name)
        return True

    def a_stream(self, noun: str) -> str:
        """Somebody's draft or message, if there is one."""
        held = self.world.desk(self.who).store.db.execute(
            "select stream from events where kind like ? order by rowid", (noun + ".%",)
        ).fetchall()  # fmt: skip
        return str(self.chance.choice(held)[0]) if held else ""

    def anybodys(self) -> str:
        """The id of an event of somebody else: placed, or waiting on a desk."""
        who = self.chance.choice(("head", "otto", "lia", "mia"))
        found = [item.id for item in self.world.desk(who).store.all()]
        return str(self.chance.choice(found[-5:]))

    # What they do.

    def rubbish(self) -> None:
        """A known kind with fields of any form, in any stream."""
        from tests.office.samples import SAMPLES

        kind = self.chance.choice(sorted(SAMPLES))
        values = dict(SAMPLES[kind])
        for name in self.chance.sample(sorted(values), min(len(values), 2)):
            values[name] = self.chance.choice(RUBBISH)
        noun = {"signoff": "message", "post": "message"}.get(kind.split(".")[0], kind.split(".")[0])
        stream = self.chance.choice((self.a_stream("draft"), self.a_stream("message"), self.office.id, ""))
        self.hand_in(f"rubbish {noun}", self.envelope(self.event(values, self.header(kind, stream))))

    def as_it_should_be(self) -> None:
        """A known kind as it is in the samples: right in its form, and mostly not this member's right."""
        from tests.office.samples import SAMPLES

        kind = self.chance.choice(sorted(set(SAMPLES) - {"epoch.opened"}))
        stream = self.chance.choice((self.a_stream("draft"), self.a_stream("message"), self.office.id, "", "e" * 64))
        self.hand_in(f"sample {kind}", self.envelope(self.event(SAMPLES[kind], self.header(kind, stream))))

    def unknown_kind(self) -> None:
        kind = self.chance.choice(("zebra.made", "message.vanished", "office.sold", "draft.burnt"))
        stream = self.chance.choice((self.a_stream("draft"), self.a_stream("message"), self.office.id, ""))
        self.hand_in(kind, self.envelope(self.event({"a": 1}, self.header(kind, stream))))

    def invented(self) -> None:
        """A `seen`, an `after`, a ring, a stream, an office that nobody knows."""
        other = secrets.token_hex(32)
        what = self.chance.choice((
            {"seen": other}, {"after": (other,)}, {"ring": other}, {"stream": other}, {"office": other}, {"v": 7},
            {"at": canonical.MAX_INT}, {"ring": self.office.office_ring},
        ))  # fmt: skip
        head = {**self.header("hold.placed", self.office.id), **what}
        item = self.event({"why": {"piece": other, "key": other, "size": 3}, "topic": "", "account": ""}, head)
        ring = self.office.members_ring
        self.hand_in(f"invented {next(iter(what))}", self.envelope(item, self.epoch(ring)))

    def squat(self) -> None:
        """An envelope that says that it holds somebody else's event."""
        item = self.event({"a": 1}, self.header("hold.placed", self.office.id))
        named = self.anybodys()
        self.hand_in("squatted id", self.envelope(item, event=named))

    def void(self) -> None:
        """Sealed bytes that hold nothing, another event, or another chain's."""
        item = self.event({"a": 1}, self.header("hold.placed", self.office.id))
        found = self.envelope(item)
        sealed = self.chance.choice((secrets.token_bytes(256), found.sealed[:-1], b"x"))
        raw = Head(**{
            **{name: getattr(found.head, name) for name in Head.__slots__}, "sealed": envelope.sealed_digest(sealed),
        }).encode()  # fmt: skip
        self.hand_in("void", Envelope(raw, self.key.sign("envelope", raw), sealed, b""))

    def other_key(self) -> None:
        """Sealed under a key of nobody, of the other ring, or one that a few were given beside another act."""
        office = self.office
        ring = self.chance.choice((office.members_ring, office.office_ring))
        own = Epoch.fresh()
        few = self.chance.sample(sorted(office.entitled(office.members_ring)), 2)
        clear = seals.clear(wraps={d: sealing.wrap(own, office.id, d, office.boxes[d]) for d in few}, epoch=own.id)
        other = self.epoch(office.office_ring if ring == office.members_ring else office.members_ring)
        epoch, beside = self.chance.choice(((own, b""), (other, b""), (own, clear)))
        kind = "hold.placed" if ring == office.members_ring else "draft.revised"
        item = self.event({"a": 1}, self.header(kind, office.id if kind == "hold.placed" else ""))
        self.hand_in("other key", self.envelope(item, epoch, beside))

    def few_keys(self) -> None:
        """A new key for a ring that counts, and that some can't read."""
        office = self.office
        ring = self.chance.choice((office.members_ring, office.office_ring))
        before = self.world.desk(self.who).store.epoch(office.epochs[ring].id)
        if before is None:
            return
        epoch, devices = Epoch.fresh(), sorted(office.entitled(ring))
        spoilt = set(self.chance.sample([d for d in devices if d != self.key.device], 1))
        wraps = {
            d: sealing.wrap(Epoch.fresh() if d in spoilt else epoch, office.id, d, office.boxes[d]) for d in devices
        }  # fmt: skip
        if self.chance.random() < 0.3:
            wraps.pop(next(iter(spoilt)))
        values = {
            "ring": ring, "epoch": epoch.id, "parent": before.id, "previous": sealing.bury(before, epoch),
            "devices": devices, "wraps": seals.wraps_digest(wraps),
        }  # fmt: skip
        item = self.event(values, self.header("epoch.opened", office.id))
        sealed_under = epoch if ring == office.members_ring else self.epoch(office.members_ring)
        self.hand_in("few keys", self.envelope(item, sealed_under, seals.clear(wraps=wraps, epoch=epoch.id)))

    def beside(self) -> None:
        """Anything in the clear."""
        clear = self.chance.choice((
            seals.clear([("1" * 64, False)]), seals.clear(leaving=[self.world.desk("lia").device]),
            canonical.dumps({"epoch": "2" * 64, "wraps": {self.world.desk("otto").device: "00"}}),
        ))  # fmt: skip
        item = self.event({"a": 1}, self.header("hold.placed", self.office.id))
        self.hand_in("beside", self.envelope(item, None, clear))

    def handing(self) -> None:
        """The order to a key of their own."""
        last, running, _ = self.world.desk("head").store.last_place()
        values = {"key": self.key.device, "address": "https://mine.test", "place": last, "hash": running}
        self.hand_in("handed", self.envelope(self.event(values, self.header("order.handed_over", self.office.id))))


DEEDS = (
    "rubbish", "as_it_should_be", "unknown_kind", "invented", "squat", "void", "other_key", "few_keys", "beside", "handing",
)  # fmt: skip
