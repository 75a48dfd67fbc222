"""The fold against the model: offices, routes, people, deputies and events by chance, in any order, right ones and wrong ones.

A failure prints its seed and all that happened. `dev.py test --long N` runs N seeds.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest

from tests.signoff.chance import FILL, FILLED, KINDS, LANDS, PLACES, Chance
from tests.signoff.model_office import HOUR
from tests.signoff.paper import REF

SEEDS = int(os.environ.get("G20DESK_TEST_SEEDS", "150"))
STEPS = 60
NOTHING = "7" * 64
# What has to happen in 150 seeds, so that the comparison is about something.
OFTEN = {
    "message.submitted counts": 200, "message.submitted only-authors": 5, "message.submitted blocking-finding": 20,
    "signoff.decided counts": 1000, "signoff.decided author": 100, "signoff.decided stale-digest": 20,
    "signoff.decided unknown-device": 20, "signoff.decided stage-over": 20, "signoff.decided stage-not-open": 10,
    "signoff.decided frozen": 20, "signoff.decided silence-over": 10, "signoff.closed counts": 20,
    "signoff.closed silence-runs": 10, "signoff.closed wrong-clock": 5, "signoff.closed other-acts": 5, "signoff.closed frozen": 5,
    "signoff.reopened counts": 20, "signoff.reopened short-silence": 5, "signoff.extended counts": 20,
    "signoff.extended silence-over": 3, "signoff.objection_lifted counts": 20, "signoff.objection_lifted second-person": 5,
    "message.withdrawn frozen": 3, "deputy.named counts": 50, "deputy.named other-voice": 20, "late": 20, "message.released counts": 30,
    "message.released second-person": 3, "message.released agreed-already": 3, "message.released not-template": 1,
    "signoff.reviewed counts": 5, "signoff.reviewed author": 2, "tentative": 300,
}  # fmt: skip


class Day(Chance):
    """One seed: a message's way through the office."""

    drafter, text = 0, "3"

    def submit(self) -> None:
        paper = self.paper
        again = bool(paper.message.stream)
        by = self.someone("officer", "officer", "expert", "head") if not self.rarely(12) else self.anyone()
        kind = paper.message.content["c.kind"] if again and not self.rarely() else self.one(KINDS)
        text = self.text if again and not self.rarely(3) else self.one(("3", "4", "5", *FILLED))
        templates = list(paper.office.templates.values())
        if templates and not self.rarely(3):
            kind, text = templates[0].kind, self.one(FILLED)
        self.drafter, self.text = self.drafter if again else by, text
        others = [self.anyone() for _ in range(self.one((0, 0, 0, 0, 1, 2)))]
        fitting = [r.id for r in paper.office.routes.values() if kind in r.kinds]
        route = self.one(fitting or [""]) if not self.rarely(10) else self.one(["", *self.routes, NOTHING])
        blocking = ["LEN-1"] if self.rarely() else []
        paper.submits(
            by, self.drafter, *others, text=text, kind=kind, route=route, off=self.skew(), blocking=blocking,
            overrides=blocking if self.rarely(2) else [],
        )  # fmt: skip

    def skew(self) -> int:
        """How far an author's clock is from the keeper's."""
        return self.one((0, 0, 0, 0, 500, -500, 120_000, -120_001, 120_001, HOUR, -HOUR))

    def digest(self) -> str:
        message = self.paper.message
        return (
            message.digest if not self.rarely(15) else self.one([one.digest for one in message.decisions] or [NOTHING])
        )

    def asked(self) -> int:
        """Somebody of the open stage, mostly."""
        message, office = self.paper.message, self.paper.office
        if not message.stages or self.rarely(5):
            return self.anyone()
        stage = message.stages[-1] if not self.rarely() else self.one(message.stages)
        unheard = [seat for seat in stage.seats if seat.key not in stage.heard]
        people = {person for seat in (unheard if not self.rarely(4) else stage.seats) for person in seat.people}
        if self.rarely(3):  # a deputy, also one whose time is over or has not come
            deputies = {one.person for liaison, one in office.deputies.items() if liaison in people}
            people = deputies or people
        return self.one([n for n, person in self.devices.items() if person in people] or list(self.devices))

    def decide(self) -> None:
        stages = self.paper.message.stages
        silent = bool(stages) and stages[-1].stage.mode == "silence" and not stages[-1].done
        usual = ("no-objection", "no-objection", "approve", "object") if silent else ("approve",)
        answer = self.one(usual if not self.rarely(4) else ("approve", "object", "request-changes", "no-objection"))
        proposes = self.rarely(2) if answer in ("object", "request-changes") else self.rarely(20)
        amendment = {"lang": "en", "network": "", "parts": [REF]} if proposes else None
        self.paper.acts(
            "signoff.decided",
            self.asked(),
            self.skew(),
            digest=self.digest(),
            answer=answer,
            why=REF,
            amendment=amendment,
        )

    def comment(self) -> None:
        self.paper.acts(
            "comment.made", self.asked(), self.skew(), digest=self.digest(), about=None, answers="", text=REF
        )

    def withdraw(self) -> None:
        self.paper.acts("message.withdrawn", self.someone("officer", "head"), self.skew(), why=REF)

    def close(self) -> None:
        stages = self.paper.message.stages
        heard = dict(stages[-1].heard) if stages else {}
        unheard = sorted({seat.key for seat in stages[-1].seats} - set(heard)) if stages else []
        left = (stages[-1].due or 0) - self.paper.now if stages else -1
        if 0 <= left <= 2000:  # to the millisecond
            self.paper.now += left + self.one((0, 1))
        if heard and self.rarely():
            heard.pop(self.one(list(heard)))
        if self.rarely(12):
            heard[self.one(LANDS)] = NOTHING
        if self.rarely(12):
            unheard = unheard[1:] if self.rarely(2) else sorted({*unheard, self.one(LANDS)})
        by = self.someone("officer", "head", "publisher") if not self.rarely() else self.anyone()
        self.paper.acts("signoff.closed", by, self.skew(), digest=self.digest(), heard=heard, unheard=unheard)

    def reopen(self) -> None:
        until = None if self.rarely(2) else self.paper.now + self.one((-HOUR, HOUR, 5 * HOUR, 50 * HOUR))
        self.paper.acts("signoff.reopened", self.head(), self.skew(), digest=self.digest(), until=until, why=REF)

    def extend(self) -> None:
        due = self.paper.message.stages[-1].due if self.paper.message.stages else None
        until = (due or self.paper.now) + self.one((-1, 0, 1, HOUR, 10 * HOUR))
        self.paper.acts("signoff.extended", self.head(), self.skew(), digest=self.digest(), until=until, why=REF)

    def lift(self) -> None:
        by = self.someone("head", "officer", "liaison") if not self.rarely(5) else self.anyone()
        self.paper.acts(
            "signoff.objection_lifted",
            by,
            self.skew(),
            objection=self.one(list(self.paper.message.late) or [NOTHING]),
            why=REF,
        )

    def release(self) -> None:
        office = self.paper.office
        template = self.one(list(office.templates) or [NOTHING])
        roles = office.templates[template].roles if template in office.templates else ("head",)
        by = self.someone(*roles) if not self.rarely() else self.anyone()
        place = next((one for one in PLACES if self.text == FILL.format(place=one)), "Rome")
        slots = {"en": {"place": place if not self.rarely(12) else "Lima"}}
        self.paper.acts(
            "message.released", by, self.skew(), digest=self.digest(), template=template, slots=slots, why=REF
        )

    def review(self) -> None:
        events = [one.event for one in self.paper.message.unreviewed] or [NOTHING]
        finding = self.one(("in order", "misuse"))
        self.paper.acts(
            "signoff.reviewed", self.asked(), self.skew(), release=self.one(events), finding=finding, why=REF
        )

    def later(self) -> None:
        """Time goes on: by a little, by hours, or to an edge of the open stage's time."""
        paper = self.paper
        due = paper.message.stages[-1].due if paper.message.stages else None
        if due and due > paper.now + 2 and self.rarely(2):
            paper.now = due + self.one((-2, -1, 0, 1))
        else:
            paper.now += self.one((1, 1000, 60_000, HOUR, 5 * HOUR))

    def deeds(self) -> list[Callable[[], None]]:
        """What may happen next, the likely more than once."""
        message = self.paper.message
        if not message.submission or message.withdrawn:
            return [self.submit] * 6 + [self.change, self.lift]
        do = [self.decide] * 14 + [self.change] * 4 + [self.comment, self.later, self.withdraw]
        if message.late:
            do += [self.lift] * 6
        if self.text in FILLED and self.paper.office.templates:
            do += [self.release] * 15
        if message.release:
            do += [self.review] * (6 if message.unreviewed else 1) + [self.later] * 2
        if not message.stages or message.stages[-1].done:
            return [*do, self.close, self.reopen, self.extend] if self.rarely(5) else do
        stage = message.stages[-1]
        do += [self.later, self.extend]
        if stage.stage.mode == "silence":
            do += [self.later] * 4 + ([self.reopen] * 7 + [self.withdraw] * 3 if stage.broken else [self.reopen])
            over = stage.due is not None and self.paper.now > stage.due - 2000
            do += [self.close] * (16 if over and not stage.broken else 1)
        return do

    def step(self) -> None:
        self.paper.now += self.one((0, 1, 1000))
        self.one(self.deeds())()
        self.paper.same()

    def run(self) -> None:
        self.begin()
        for _ in range(STEPS):
            self.step()
            if self.rarely(12):
                devices = dict(self.devices)
                with (
                    self.paper.tentative()
                ):  # what the keeper has not placed folds after everything else, and binds nobody
                    for _ in range(self.random.randint(1, 5)):
                        self.step()
                self.devices = devices


@pytest.mark.timeout(1800)
def test_the_fold_says_what_the_text_says(figures: Callable[[str], None]) -> None:
    told: Counter[str] = Counter()
    for seed in range(SEEDS):
        day = Day(seed)
        try:
            day.run()
        except Exception as error:
            happened = "\n".join(day.paper.told)
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}\n{happened}") from error
        told += day.paper.counted
    steps = sum(n for what, n in told.items() if "." in what)
    count = ", ".join(
        f"{n} {what.removesuffix(' counts')}" for what, n in told.most_common() if what.endswith(" counts")
    )
    figures(
        f"{SEEDS} offices, {steps} acts, {told['late']} late objections, {told['tentative']} tentative acts; of what counts: {count}"
    )
    if SEEDS >= 150:
        rare = {what: told[what] for what, least in OFTEN.items() if told[what] < least}
        assert not rare, f"too seldom to say anything: {rare}"
