"""A silence over several desks and a hub: what was said in time counts wherever it was said, whatever the hub or a clock says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.desk import evidence, own_acts
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from g20desk.office.content import Content, Text
from tests.desks.memory import MemoryHub, lost
from tests.desks.world import World, world
from tests.signoff.conftest import HOUR, SILENT, TEXT
from tests.story import Hands

EVERYBODY = ("head", "otto", "lia", "mia")


class Apart:
    """An office at a hub, with a route of one silence of 24 hours, and a statement that went round."""

    def __init__(self, world: World, hub: Hands) -> None:
        self.world, self.hub = world, hub
        world.desk("head").routes.adopt(SILENT)
        world.sync("head", "otto")
        otto = world.desk("otto")
        made = otto.messages.new(Content("statement", ("G20 Bluesky",), (Text("en", (TEXT,)),)))
        self.message = str(made["message"])
        self.digest = str(otto.messages.submit(self.message)["digest"])
        world.sync("otto", "lia", "mia", "head")

    def after(self, hours: float) -> None:
        for clock in (self.hub, *(self.world.clock(who) for who in EVERYBODY)):
            clock.on += round(hours * HOUR)

    def state(self, who: str) -> tuple[str, str]:
        shown = self.world.desk(who).messages.show(self.message)
        return shown["state"], shown["signoff"]["stages"][0]["state"]

    def say(self, who: str, answer: str, why: str = "So we think.") -> None:
        self.world.desk(who).messages.decide(self.message, answer, self.digest, why)

    def out_of_reach(self, who: str) -> None:
        self.world.line(who).meet = lost

    def back(self, who: str) -> None:
        self.world.line(who).meet = lambda name, when: None
        self.world.sync(who)

    def alike(self) -> None:
        self.world.sync(*EVERYBODY, *EVERYBODY)
        self.world.alike("head", "otto")
        assert len({self.state(who) for who in EVERYBODY}) == 1


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    clock = Hands()
    with world(tmp_path, "otto", "lia", "mia", hub=MemoryHub(clock.now_ms)) as one:
        one.sync("otto", "lia", "mia")
        yield Apart(one, clock)


def test_a_sync_after_the_end_closes_it_on_every_desk(apart):
    apart.after(24.1)
    assert apart.state("lia") == ("submitted", "over")
    apart.world.sync("lia", "mia")
    assert apart.state("mia") == ("submitted", "over"), "a liaison closes nothing"
    apart.world.sync("otto")
    assert apart.state("otto") == ("approved", "adopted")
    apart.alike()
    assert apart.state("lia") == ("approved", "adopted")


def test_an_objection_in_the_last_minute_breaks_it_though_the_closer_did_not_know(apart):
    apart.after(23.99)
    apart.say("lia", "object")
    apart.world.sync("lia")
    apart.out_of_reach("otto")
    apart.after(0.1)
    assert apart.world.desk("otto").signoffs.close_over() == [apart.message]
    assert apart.state("otto") == ("approved", "adopted"), "as far as otto knows, and it is marked as not in the record"
    apart.back("otto")
    assert apart.state("otto") == ("objected", "broken")
    apart.alike()


def test_an_objection_that_reaches_the_office_late_is_late_whatever_its_author_s_clock_said(apart):
    """Deadlines go by the keeper's stamps; its author is told, and the message is held."""
    apart.out_of_reach("lia")
    apart.after(23.9)
    apart.say("lia", "object")
    assert apart.state("lia") == ("objected", "broken"), "tentatively"
    shown = apart.world.desk("lia").messages.show(apart.message)
    assert shown["apart"], "loudly: it has not reached the office"
    apart.after(0.5)
    apart.world.sync("otto")
    assert apart.state("otto") == ("approved", "adopted")
    apart.back("lia")
    assert apart.state("lia") == ("held", "adopted")
    apart.alike()
    (decision,) = apart.world.desk("lia").messages.show(apart.message)["signoff"]["stages"][0]["decisions"]
    assert decision["counts"] and "after the end" in decision["why"]


def test_one_who_came_back_in_time_was_in_time(apart):
    apart.out_of_reach("lia")
    apart.after(20)
    apart.say("lia", "object")
    apart.after(3)
    apart.back("lia")
    apart.after(2)
    apart.world.sync("otto")
    apart.alike()
    assert apart.state("head") == ("objected", "broken")


def test_a_no_objection_given_out_of_reach_that_comes_after_the_closing_is_told_to_its_author(apart):
    apart.out_of_reach("mia")
    apart.after(20)
    apart.say("mia", "no-objection", "")
    apart.after(5)
    apart.world.sync("otto")
    apart.back("mia")
    desk = apart.world.desk("mia")
    (told,) = own_acts.uncounted(desk.ledger, desk.person.name)
    assert told.code == "stage-over"
    assert apart.state("mia") == ("approved", "adopted")


def test_two_who_close_at_once_close_it_once(apart):
    apart.after(25)
    for who in ("otto", "head"):
        apart.out_of_reach(who)
        assert apart.world.desk(who).signoffs.close_over() == [apart.message]
    apart.back("head")
    apart.back("otto")
    apart.alike()
    assert apart.state("lia") == ("approved", "adopted")
    closings = [v for v in apart.world.desk("otto").messages.get(apart.message).verdicts
                if v.event.header.kind == "signoff.closed"]  # fmt: skip
    assert [v.counts for v in closings] == [True, False]


def test_a_closing_that_lay_on_a_desk_for_long_does_not_count(apart):
    """Made in time by its author's clock, but nobody can say what they had seen by then."""
    apart.after(25)
    apart.out_of_reach("otto")
    apart.world.desk("otto").signoffs.close_over()
    apart.after(1)
    apart.world.line("otto").meet = lambda name, when: None
    apart.world.desk("otto").sync()
    closings = [v for v in apart.world.desk("otto").messages.get(apart.message).verdicts
                if v.event.header.kind == "signoff.closed"]  # fmt: skip
    assert [(v.counts, v.code) for v in closings] == [(False, "wrong-clock"), (True, "")]
    assert apart.state("otto") == ("approved", "adopted")


def test_a_hub_that_withholds_an_objection_is_exposed_by_its_own_receipt(apart, tmp_path):
    """It gave lia a receipt with a stamp before the end, and showed the others a history without her act."""
    apart.after(23)
    before = apart.world.hub.order.copied()
    apart.say("lia", "object")
    apart.world.sync("lia")
    lia = apart.world.desk("lia")
    (objection,) = [
        v.event for v in lia.messages.get(apart.message).verdicts if v.event.header.kind == "signoff.decided"
    ]
    opened = lia.messages.get(apart.message).message.stages[0]
    assert objection.stamp is not None and objection.stamp <= opened.due, "in time, by the hub's own stamp"
    apart.world.hub.back(before)
    apart.after(2)
    apart.world.sync("otto")
    assert apart.state("otto") == ("approved", "adopted")
    (closing,) = [v.act for v in apart.world.desk("otto").messages.get(apart.message).verdicts
                  if v.event.header.kind == "signoff.closed"]  # fmt: skip
    assert "JP" in closing.unheard, "the closing act names lia's government as not heard from"
    with pytest.raises(Refused) as said:
        evidence.compare(lia.ledger, evidence.head_line(apart.world.desk("otto").store), 5)
    assert said.value.code == "two-histories"
    (found,) = evidence.found(lia.store)
    assert found.proof and not verify(lia)["verified"]
    evidence.export(lia.store, tmp_path / "proof.json")
    with pytest.raises(Refused):
        lia.sync()
