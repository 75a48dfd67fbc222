"""The fold against the model: lines, relays, people, accounts, holds by chance, in any order, right ones and wrong ones.

A failure prints its seed and all that happened. `dev.py test --long N` runs N seeds.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.signoff.chance import Chance
from tests.signoff.model_office import HOUR
from tests.signoff.paper import REF
from tests.voice import chance as wording
from tests.voice.paper import NOTHING, VoicePaper

SEEDS = int(os.environ.get("G20DESK_TEST_SEEDS", "20"))
STEPS = 90
# What has to happen in 20 seeds, so that the comparison is about something.
OFTEN = {
    "relay.asked counts": 60, "relay.asked not-agreed": 30, "relay.asked own-account": 5, "relay.asked past-time": 5,
    "relay.adopted counts": 60, "relay.adopted no-right": 25, "relay.adopted not-agreed": 6, "relay.adopted locked-phrase": 12,
    "relay.adopted malformed": 12, "relay.adopted sent-already": 6, "relay.adopted sending": 3, "relay.adopted taken-back": 6,
    "relay.declined counts": 12, "relay.withdrawn counts": 15, "relay.withdrawn no-right": 1, "message.scheduled counts": 25,
    "message.scheduled no-right": 15, "message.scheduled not-agreed": 3, "message.scheduled line-over": 1, "post.claimed counts": 15,
    "post.sending counts": 12, "post.sending held": 1, "post.sending not-agreed": 1, "post.sent counts": 5, "post.ended counts": 5,
    "post.settled counts": 1, "signoff.decided no-sign-off": 6, "tentative": 200,
}  # fmt: skip
LANDS = ("ZA", "IT", "BR")
PEOPLE = (
    ("officer", "", 0), ("officer", "", 0), ("liaison", "BR", 0), ("presidency", "ZA", 0), ("presidency", "ZA", 4),
    ("presidency", "IT", 0), ("liaison", "ZA", 4), ("analyst", "", 0), ("publisher", "", 0), ("officer", "ZA", 0),
)  # fmt: skip
OWNERS = ("official", "presidency:ZA", "member:IT", "member:BR", "member:ZA")
NEXT = {
    "planned": ("claimed",), "claimed": ("sending",), "sending": ("sent", "ended", "ended"), "unknown": ("settled", "ended", "sent"),
    "sent": ("read_back", "removed", "claimed"),
}  # fmt: skip
KEYS = (["3k"], ["3l"])


class Day(Chance):
    """One seed: an office, its lines and those who carry them."""

    paper: VoicePaper  # type: ignore[assignment]

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.paper = VoicePaper()
        self.devices = {0: self.paper.office.id}
        self.drafts: list[tuple[int, str]] = []  # who began it, and the stream that it opened

    def begin(self) -> None:
        for role, land, by in PEOPLE:
            self.admit(role, land, by=by)
        self.further(4)
        for owner in OWNERS:
            self.account(owner)
        if self.rarely(2):
            within = self.one((5 * HOUR, 24 * HOUR))
            stages = [{"name": "S", "who": self.one(("role:liaison", "governments:all")), "need": 1, "within": within,
                       "mode": self.one(("explicit", "silence"))}]  # fmt: skip
            self.office("route.adopted", name="A", kinds=["line"], topics=[], accounts=[], stages=stages)
        for _ in range(3):
            self.submit(new=True)
            self.decide(new=True)
            for _ in range(3):
                self.ask()
            self.adopt()

    def account(self, owner: str) -> None:
        land = owner.partition(":")[2]
        by = self.of_land(land) if land and self.rarely(2) else 0
        self.office("account.added", by, name=owner, network="rehearsal", like="x", owner=owner, server="", handle="h",
                    identity="did:plc:za", langs=["en"], grace_ms=0, limits={}, software="")  # fmt: skip

    # Who and what there is.

    def person(self) -> str:
        return self.one(list(self.paper.office.people))

    def usually(self, right: Any, *wrong: Any, of: int = 8) -> Any:
        return right if not wrong or not self.rarely(of) else self.one(wrong)

    def staff(self) -> int:
        return self.someone("officer", "officer", "head") if not self.rarely(10) else self.anyone()

    def lines(self) -> list[str]:
        return list(self.paper.model.messages)

    def relays(self) -> list[str]:
        return list(self.paper.model.relays)

    def some(self, streams: list[str]) -> str:
        return self.one(streams[-3:] if streams and not self.rarely(3) else streams or [NOTHING])

    def going(self, relay: str) -> bool:
        """Whether something can still come of a relay."""
        model, said = self.paper.model, self.paper.model.relays[relay][0].said
        last = model.answer(model.relays[relay])
        stands = model.agreed(said["line"], said["digest"], self.paper.now)
        return stands and not model.gone(said["account"]) and (last is None or last.kind != "relay.withdrawn")

    def relay(self) -> tuple[str, int]:
        """A relay, and somebody of its government, mostly."""
        asked = self.paper.model.relays
        going = [one for one in asked if self.going(one)]
        relays = self.one(going) if going and not self.rarely(6) else self.some(self.relays())
        if relays not in asked or self.rarely(16):
            return self.usually(relays, *self.lines(), of=4), self.anyone()
        owner = self.paper.office.accounts[asked[relays][0].said["account"]].owner
        land, office = owner.partition(":")[2], self.paper.office
        own = [n for n, person in self.devices.items()
               if person in office.people and (office.people[person].role, office.people[person].government) == ("presidency", land)]  # fmt: skip
        return relays, self.one(own or list(self.devices))

    def skew(self) -> int:
        return self.one((0, 0, 500, -HOUR))

    # Lines.

    def submit(self, new: bool = False) -> None:
        lines, paper = self.lines(), self.paper
        by = self.someone("officer", "head") if new else self.staff()
        ended = [one for one in self.drafts if one[1] in lines and paper.state(one[1]).withdrawn]
        if new or not ended or self.rarely(3):
            draft, drafter, stream = len(self.drafts), self.usually(by, self.anyone()), ""
        else:
            drafter, stream = self.one(ended)
            draft = self.drafts.index((drafter, stream))
        earlier = paper.state(self.some(lines)).draft if self.rarely(5) else ""
        until = paper.now + self.one((1, HOUR, 30 * HOUR)) if self.rarely(3) else 0
        content = wording.line(self.random, earlier, until)
        if stream and not self.rarely(3):
            content = paper.state(stream).content
        if self.rarely(15):
            content = self.one(({**content, "c.kind": "relay"}, {**content, "c.to": [[NOTHING, "X", "x"]]}, {**content, "c.lock.pt": ["x"]},
                                {"c.kind": "news", "c.to": [], "c.topic": "debt"}))  # fmt: skip
        content = {
            name: value for name, value in content.items() if content["c.kind"] == "line" or "c.lock" not in name
        }
        content = {
            name: value
            for name, value in content.items()
            if content["c.kind"] == "line" or name not in ("c.until", "c.supersedes")
        }
        route = next((one.id for one in paper.office.routes.values()), "") if content["c.kind"] == "line" else ""
        made = paper.line(by, drafter, draft, content, stream, self.usually(route, NOTHING, of=20), self.skew())
        if not stream:
            self.drafts.append((drafter, made.event.id))

    def decide(self, new: bool = False) -> None:
        stream = (
            self.lines()[-1]
            if new and self.lines()
            else self.some(self.lines() if not self.rarely(10) else self.relays())
        )
        state = self.paper.state(stream)
        by = self.someone("liaison") if new or not self.rarely(4) else self.anyone()
        answer = (
            self.one(("approve", "approve", "approve", "approve", "object", "no-objection")) if not new else "approve"
        )
        self.paper.acts("signoff.decided", by, self.skew(), stream=stream, digest=self.usually(state.digest or NOTHING, NOTHING, of=20),
                        answer=answer, why=REF, amendment=None)  # fmt: skip

    def close(self) -> None:
        stream = self.some(self.lines())
        state = self.paper.state(stream)
        last = state.stages[-1] if state.stages else None
        if last is not None and last.due is not None and not self.rarely(4):
            self.paper.now = max(self.paper.now, last.due + 1)
        heard = dict(last.heard) if last else {}
        unheard = sorted({seat.key for seat in last.seats} - set(heard)) if last else []
        self.paper.acts(
            "signoff.closed", self.staff(), stream=stream, digest=state.digest or NOTHING, heard=heard, unheard=unheard
        )

    def lift(self) -> None:
        streams = [one for one in self.lines() if self.paper.state(one).late]
        stream = self.some(streams or self.lines())
        late = list(self.paper.state(stream).late) or [NOTHING]
        for by in (self.someone("head"), self.someone("officer")) if self.rarely(2) else (self.anyone(),):
            self.paper.acts("signoff.objection_lifted", by, stream=stream, objection=self.one(late), why=REF)

    def lately(self) -> None:
        """What a route with stages asks for besides."""
        if self.paper.office.routes:
            self.one((self.close, self.lift))()

    def withdraw(self) -> None:
        stream = self.some(self.lines() if not self.rarely(5) else self.relays())
        self.paper.acts("message.withdrawn", self.staff(), stream=stream, why=REF)

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
            if state.planned_at is None:
                self.schedule(stream, by)
            else:
                self.post(stream, by, self.one(NEXT.get(state.posts[post].state, ("claimed",))), post, "desk/1")

    def relay_step(self, stream: str, by: int) -> None:
        kind = self.one(("claimed", "sending", "sent", "ended", "settled", "read_back", "removed"))
        post = self.one([*self.paper.state(stream).posts, "0"]) if not self.rarely(10) else "9"
        self.post(stream, by, kind, post, self.usually("desk/1", "desk/2", of=4))

    def post(self, stream: str, by: int, kind: str, post: str, process: str) -> None:
        paper, state = self.paper, self.paper.state(stream)
        found = state.posts.get(post)
        parts = len(state.content.get(f"c.post.{post}", {"parts": [0]})["parts"])
        keys = [one * 1 for one in self.usually(KEYS[0], KEYS[1]) * parts]
        receipts = [{"id": "1", "url": "", "cid": ""}] * len((found.attempt or {}).get("keys", keys) if found else keys)
        values: dict[str, dict[str, Any]] = {
            "claimed": {"process": process, "until": paper.now + self.one((1000, HOUR))},
            "sending": {"process": process, "first": 0, "keys": keys, "created_at": "2030-03-17T17:46:40Z", "since": 0},
            "sent": {"receipts": receipts, "found": False},
            "ended": {"process": process, "state": self.one(("refused", "unknown", "planned", "missed", "unknown")), "why": "", "again_at": 0,
                      "sure": self.rarely(3)},
            "settled": {"receipts": receipts if self.rarely(2) else [], "why": REF},
            "read_back": {"standing": "as-signed", "why": REF},
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

    def change(self) -> None:
        land = self.one(LANDS)
        do: list[Callable[[], object]] = [
            lambda: self.office("member.retired", self.head(), person=self.person(), why=REF),
            lambda: self.office("account.removed", self.head(), account=self.one(list(self.paper.office.accounts))),
            lambda: self.further(self.anyone()), self.role, self.role,
            lambda: self.admit("presidency", land, by=self.of_land(land)), lambda: self.admit("officer"),
            self.hold, self.hold, self.hold,
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
        "schedule",
        "schedule",
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
        devices, drafts, made = dict(self.devices), list(self.drafts), []
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


@pytest.mark.timeout(1800)
def test_the_fold_says_what_the_text_says(figures: Callable[[str], None]) -> None:
    told: Counter[str] = Counter()
    for seed in range(SEEDS):
        day = Day(seed)
        try:
            day.run()
        except Exception as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}\n{day.paper.story()}") from error
        told += day.paper.counted
    steps = sum(n for what, n in told.items() if "." in what)
    count = ", ".join(
        f"{n} {what.removesuffix(' counts')}" for what, n in told.most_common() if what.endswith(" counts")
    )
    tried = sum(told[one] for one in wording.CHANGES)
    figures(
        f"{SEEDS} offices, {steps} acts, {told['tentative']} tentative ones, {tried} phrases tampered with; of what counts: {count}"
    )
    if SEEDS >= 20:
        rare = {what: told[what] for what, least in OFTEN.items() if told[what] < least}
        assert not rare, f"too seldom to say anything: {rare}"
