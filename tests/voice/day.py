"""One day of an office by chance: its lines, and those who carry them: see `test_against_model.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.signoff.model_office import HOUR
from tests.signoff.paper import DEVICES, REF
from tests.voice import chance as wording
from tests.voice.lines_by_chance import LANDS, Lines
from tests.voice.paper import NOTHING

STEPS = 90
NEXT = {
    "planned": ("claimed",), "claimed": ("sending",), "sending": ("sent", "ended", "ended"), "unknown": ("settled", "ended", "sent"),
    "sent": ("read_back", "removed", "claimed"),
}  # fmt: skip
KEYS = (["3k"], ["3l"])


class Day(Lines):
    """One seed."""

    def begin(self) -> None:
        super().begin()
        for _ in range(3):
            self.submit(new=True)
            self.decide(new=True)
            for _ in range(3):
                self.ask()
            self.adopt()

    # Relays.

    def ask(self) -> None:
        paper, line = self.paper, self.some(self.lines())
        good = [
            one
            for one in self.lines()
            if paper.state(one).digest and paper.model.agreed(one, paper.state(one).digest, paper.now)
        ]
        line = self.one(good) if good and not self.rarely(5) else line
        digest, accounts = paper.state(line).digest or NOTHING, list(paper.office.accounts)
        others = [paper.state(one).digest or NOTHING for one in self.lines()] or [NOTHING]
        to = self.usually(self.one(accounts[1:]), NOTHING, accounts[0])
        until = self.usually(self.one((0, paper.now + HOUR)), -1, paper.now, paper.now - HOUR, paper.now + 1)
        self.paper.acts("relay.asked", self.staff(), self.skew(), stream=self.usually("", *self.lines(), *self.relays(), NOTHING, of=15),
                        line=self.usually(line, *self.relays(), NOTHING, of=15), digest=self.usually(digest, *others, of=15),
                        account=to, until=until, why=self.one((None, REF)))  # fmt: skip

    def adopt(self) -> None:
        paper = self.paper
        stream, by = self.relay()
        asked = paper.model.relays.get(stream)
        line = paper.model.line(asked[0].said["line"]) if asked else {}
        account = asked[0].said["account"] if asked else NOTHING
        words = wording.said(self.random, line, lambda what: self.paper.counted.update([what]))
        values = {**wording.content_of(words, account, line.get("c.topic", "debt")), "words": words}
        if self.rarely(5):
            values = wording.spoiled(self.random, values, self.one(list(paper.office.accounts)))
        paper.acts("relay.adopted", by, self.skew(), stream=stream, **values)

    def decline(self) -> None:
        stream, by = self.relay()
        self.paper.acts("relay.declined", by, self.skew(), stream=stream, why=REF)

    def take_back(self) -> None:
        self.paper.acts("relay.withdrawn", self.staff(), self.skew(), stream=self.relay()[0], why=REF)

    def move(self) -> None:
        until = self.usually(self.one((0, self.paper.now + HOUR)), -1, self.paper.now, self.paper.now + 1)
        self.paper.acts("relay.moved", self.staff(), self.skew(), stream=self.relay()[0], until=until, why=None)

    def leave(self) -> None:
        out = [one for one in self.relays() if any(post.receipts for post in self.paper.state(one).posts.values())]
        stream = self.one(out) if out and not self.rarely(3) else self.relay()[0]
        self.paper.acts("relay.left", self.staff(), self.skew(), stream=stream, why=REF)

    def schedule(self, stream: str = "", by: int = 0) -> None:
        stream, by = (stream, by) if stream else self.relay()
        when = self.paper.now + self.one((0, 0, -HOUR, HOUR, 40 * HOUR))
        self.paper.acts(
            "message.scheduled", by, stream=stream, when=when, zone="UTC", together=False, despite=[], why=None
        )

    def unschedule(self) -> None:
        stream, by = self.relay()
        self.paper.acts("message.unscheduled", by, stream=stream, reason="")

    # Its posts.

    def send(self) -> None:
        """A step of a post, or several in a row."""
        stream, by = self.relay()
        if self.rarely(3):
            self.relay_step(stream, by)
            return
        for _ in range(self.random.randint(1, 4)):
            state = self.paper.state(stream)
            if not state.posts:
                self.adopt()
                return
            post = self.usually(next(iter(state.posts)), *state.posts)
            if self.paper.placed and state.relay and state.planned_at is not None and self.rarely(6):
                self.meanwhile(state.relay.stream)
            if state.planned_at is None:
                self.schedule(stream, by)
            else:
                self.post(stream, by, self.one(NEXT.get(state.posts[post].state, ("claimed",))), post, "desk/1")

    def meanwhile(self, line: str) -> None:
        """Something that stops a post comes between two steps of it."""
        ways: list[Callable[[], object]] = [
            lambda: self.paper.acts("message.withdrawn", self.someone("officer", "head"), stream=line, why=REF),
            lambda: self.office("hold.placed", self.someone("officer"), why=REF, topic=self.one(("", *wording.TOPICS)), account=""),
            self.hold, self.hand_over,
        ]  # fmt: skip
        self.one(ways)()

    def relay_step(self, stream: str, by: int) -> None:
        kind = self.one(("claimed", "sending", "sent", "ended", "settled", "read_back", "removed"))
        post = self.one([*self.paper.state(stream).posts, "0"]) if not self.rarely(10) else "9"
        self.post(stream, by, kind, post, self.usually("desk/1", "desk/2", of=4))

    def post(self, stream: str, by: int, kind: str, post: str, process: str) -> None:
        paper, state = self.paper, self.paper.state(stream)
        found = state.posts.get(post)
        parts = len(state.content.get(f"c.post.{post}", {"parts": [0]})["parts"])
        out = len(found.receipts) if found else 0
        keys = self.usually(KEYS[0], KEYS[1]) * self.usually(max(1, parts - out), 1, parts + 1, of=5)
        receipts = [{"id": "1", "url": "", "cid": ""}] * len((found.attempt or {}).get("keys", keys) if found else keys)
        values: dict[str, dict[str, Any]] = {
            "claimed": {"process": process, "until": paper.now + self.one((1000, HOUR))},
            "sending": {"process": process, "first": self.usually(out, 0, of=15), "keys": keys, "created_at": "2030-03-17T17:46:40Z", "since": 0},
            "sent": {"receipts": receipts, "found": False},
            "ended": {"process": process, "state": self.one(("refused", "unknown", "planned", "missed", "unknown")), "why": "", "again_at": 0,
                      "sure": self.rarely(3)},
            "settled": {"receipts": receipts if self.rarely(2) else [], "why": REF},
            "read_back": {"standing": "as-signed", "why": REF, "shown": []},
            "removed": {"outcome": self.one(("removed", "refused", "already-gone")), "why": REF},
        }  # fmt: skip
        paper.acts(f"post.{kind}", by, stream=stream, post=post, **values[kind])

    # Around them.

    def hold(self) -> None:
        by = self.someone("head", "officer", "presidency", "liaison")
        accounts, holds = list(self.paper.office.accounts), list(self.paper.office.holds)
        if holds and self.rarely(2):
            self.office("hold.lifted", by, hold=self.one(holds), why=REF)
        else:
            topic, account = self.one((("", ""), ("debt", ""), ("climate", ""), ("", self.one(accounts))))
            self.office("hold.placed", by, why=REF, topic=topic, account=account)

    def hand_over(self) -> None:
        """The Presidency passes; or somebody signs in on an account that did."""
        office, accounts = self.paper.office, self.paper.office.accounts
        waits = [one for one in accounts if office.passing.awaits(one)]
        if not (waits and not self.rarely(3)) and self.rarely(2):
            now = office.troika[1]
            to = self.usually(self.one([one for one in LANDS if one != now]), now)
            what = {id: self.one(("passes", "stays")) for id, one in accounts.items()
                    if one.owner == f"presidency:{now}" and not one.removed and self.rarely(3)}  # fmt: skip
            values = {"government": to, "before": self.usually(now, "US"), "after": "", "accounts": what, "why": REF}
            self.office("presidency.handed_over", self.head(), **values)
            return
        id = self.one(waits or list(accounts))
        land = accounts[id].owner.partition(":")[2]
        people = {n: office.author(DEVICES[n]) for n in self.devices}
        own = [n for n, one in people.items() if (one.role, one.government) == ("presidency", land)]
        by = self.one(own) if own and not self.rarely() else self.anyone()
        self.office("custody.taken", by, account=id, mark=f"{self.random.getrandbits(256):064x}")

    def change(self) -> None:
        land = self.one(LANDS)
        do: list[Callable[[], object]] = [
            lambda: self.office("member.retired", self.head(), person=self.person(), why=REF),
            lambda: self.office("account.removed", self.head(), account=self.one(list(self.paper.office.accounts))),
            lambda: self.further(self.anyone()), self.role, self.role,
            lambda: self.admit("presidency", land, by=self.of_land(land)), lambda: self.admit("officer"),
            self.hold, self.hold, self.hold, *[self.hand_over] * 6,
        ]  # fmt: skip
        self.one(do)()

    def later(self) -> None:
        ends = [
            e for one in self.lines() if (e := self.paper.state(one).content.get("c.until", 0)) > self.paper.now + 2
        ]
        if ends and self.rarely(3):
            self.paper.now = self.one(ends) + self.one((-1, 0))
        else:
            self.paper.now += self.one((1, 1000, 60_000, HOUR))

    ON_LINES = ("submit", "decide", "decide", "decide", "lately", "withdraw")
    ON_RELAYS = (
        *["ask"] * 3,
        *["adopt"] * 6,
        "decline",
        "take_back",
        "move",
        "leave",
        *["schedule"] * 2,
        "unschedule",
        *["send"] * 7,
    )

    def step(self, *names: str) -> None:
        self.paper.now += self.one((0, 1, 1000))
        getattr(self, self.one(names or ("change", "later", *self.ON_LINES, *self.ON_RELAYS, *self.ON_RELAYS)))()
        self.paper.same()

    def apart(self) -> None:
        """What the keeper has not placed folds after everything else, people first, then lines, then relays; some of it is handed
        in later, in another order, among what others do."""
        devices, drafts = dict(self.devices), list(self.drafts)
        with self.paper.tentative() as made:
            for names in (("change",), self.ON_LINES, self.ON_RELAYS):
                for _ in range(self.random.randint(0, 3)):
                    self.step(*names)
        self.devices, self.drafts = devices, drafts
        if self.rarely(2):
            if self.rarely(2):
                self.random.shuffle(made)
            for item in made:
                if item.header.kind.split(".")[0] in ("message", "signoff", "relay", "post"):
                    self.paper.takes(item)
                    self.paper.same()
                if self.rarely(4):
                    self.step()

    def run(self) -> None:
        self.begin()
        for _ in range(STEPS):
            self.step() if not self.rarely(12) else self.apart()
        self.paper.again([self.random.randrange(10_000) for _ in range(12)])
