"""What no route can turn off: for each rule, somebody who tries to get round it. What is tried here is signed and handed in by a
program that refuses nothing; the fold does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.errors import Refused
from g20desk.office.content import Content, Text
from g20desk.office.stages import standing
from tests.desks.memory import lost
from tests.desks.world import World, world
from tests.signoff.chance import Chance
from tests.signoff.conftest import HOUR, TEXT, Told, refused
from tests.signoff.paper import DEVICES, REF, Paper

HEAD, OTTO, OLGA, BRAZIL, BRAZIL_TWO, INDIA, ITALY, EXPERT, OBSERVER = range(9)
OTHER = "4"


class Story(Chance):
    """An office with the people above, and a route of the stages that a test names."""

    def __init__(self) -> None:
        super().__init__(0)
        for role, land, by in (
            ("officer", "", 0), ("officer", "", 0), ("liaison", "BR", 0), ("liaison", "BR", 3), ("liaison", "IN", 0),
            ("liaison", "IT", 0), ("expert", "", 0), ("observer", "", 0),
        ):  # fmt: skip
            self.admit(role, land, by=by)
        self.paper.now += HOUR

    def laid(
        self, *stages: tuple[str, int], mode: str = "explicit", by: int = OTTO, others: tuple[int, ...] = ()
    ) -> Paper:
        """A text that went round by a route: who, and how many of them."""
        made = [
            {"name": f"Stage {n}", "who": who, "need": need, "within": 24 * HOUR, "mode": mode}
            for n, (who, need) in enumerate(stages)
        ]
        self.office("route.adopted", name="R", kinds=["news"], topics=[], accounts=[], stages=made)
        assert self.again(by, others=others).counts
        return self.paper

    def again(self, by: int = OTTO, text: str = "3", others: tuple[int, ...] = (), **more: object):  # type: ignore[no-untyped-def]
        """The text, or another one, once more."""
        if self.paper.message.submission:
            assert self.paper.acts("message.withdrawn", by, why=REF).counts
        (route,) = self.paper.office.routes.values()
        return self.paper.submits(by, OTTO, *others, text=text, route=route.id, **more)

    def names(self, liaison: int, deputy: int) -> str:
        now = self.paper.now
        said = self.office("deputy.named", liaison, person=self.devices[deputy], since=now, until=now + 48 * HOUR)
        return said.code

    def states(self) -> list[bool]:
        self.paper.same()
        return [bool(one.done) for one in self.paper.message.stages]


@pytest.fixture
def story() -> Story:
    return Story()


def test_no_author_signs_off_by_submitting_revising_another_device_or_as_a_deputy(story):
    paper = story.laid(
        ("role:officer", 1), by=HEAD, others=(EXPERT,)
    )  # Otto began it, the expert revised it, the head submitted it
    story.further(OTTO)
    assert story.names(BRAZIL, OTTO) == ""
    assert [paper.decides(by) for by in (OTTO, len(story.devices) - 1, EXPERT, HEAD)] == ["author"] * 4
    story.office("role.given", HEAD, person=story.devices[OTTO], role="analyst", government="", topic="", why=REF)
    assert paper.decides(OTTO) == "author" and story.states() == [False]
    assert paper.decides(OLGA) == "" and story.states() == [True]


def test_what_somebody_approved_before_they_became_an_author_does_not_count_any_more(story):
    paper = story.laid(("role:officer", 1))
    assert paper.decides(OLGA) == "" and standing(paper.message) == "approved"
    story.admit("officer")  # somebody is left who could decide
    assert story.again(OLGA, OTHER, others=(OLGA,)).counts and story.again(OTTO, "3", others=(OLGA,)).counts
    assert story.states() == [False] and paper.decides(OLGA) == "author"


def test_a_person_counts_once_whatever_their_devices_and_roles(story):
    paper = story.laid(("role:liaison", 2))
    story.further(BRAZIL)
    assert paper.decides(BRAZIL) == "" and paper.decides(len(story.devices) - 1) == ""
    assert story.states() == [False]
    story.office("role.given", HEAD, person=story.devices[BRAZIL], role="analyst", government="", topic="", why=REF)
    assert story.names(INDIA, BRAZIL) == ""
    assert paper.decides(BRAZIL) == ""  # for India now, and no more for Brazil
    assert story.states() == [False] and {one.voice for one in paper.message.decisions} == {"BR", "IN"}
    assert paper.decides(ITALY) == "" and story.states() == [True]


def test_a_government_counts_once_by_whomever_it_speaks(story):
    paper = story.laid(("role:liaison", 2))
    story.further(BRAZIL_TWO)
    assert story.names(BRAZIL, EXPERT) == ""
    for by in (BRAZIL, BRAZIL_TWO, len(story.devices) - 1, EXPERT):
        assert paper.decides(by) == ""
    assert story.states() == [False]
    assert paper.decides(INDIA) == "" and story.states() == [True]


def test_a_decision_is_on_exactly_the_content_that_it_names(story):
    paper = story.laid(("role:officer", 1))
    first = paper.message.digest
    assert paper.decides(OLGA) == "" and story.again(text=OTHER).counts
    assert story.states() == [False]
    assert paper.decides(OLGA, digest=first) == "stale-digest" and paper.decides(OLGA, digest="") == ""
    assert story.again(text="5").counts and story.states() == [False]
    assert story.again(text="3").counts and story.states() == [True]


@pytest.mark.parametrize(
    ("by", "overrides", "firm", "code"),
    [(OTTO, (), False, "blocking-finding"), (EXPERT, ("LEN-1",), False, "no-right"), (OTTO, ("LEN-2",), False, "blocking-finding"),
     (OTTO, ("LEN-1",), True, "blocking-finding"), (OTTO, ("LEN-1",), False, "")],
)  # fmt: skip
def test_what_attests_a_blocking_finding_goes_round_only_if_overridden(story, by, overrides, firm, code):
    paper = story.laid(("role:officer", 1))
    assert story.again(by, OTHER, blocking=("LEN-1",), overrides=overrides, firm=firm).code == code
    if code:
        assert paper.message.withdrawn and paper.decides(OLGA) == "not-submitted"


def test_a_later_stage_does_not_begin_before_the_one_before_it_is_complete(story):
    paper = story.laid(("role:officer", 0), ("role:liaison", 1), ("role:head", 1))
    assert paper.decides(BRAZIL) == "stage-not-open" and paper.decides(HEAD) == "stage-not-open"
    assert paper.decides(OLGA) == ""
    assert paper.decides(HEAD) == "stage-not-open" and paper.decides(OLGA) == "stage-over"
    assert paper.decides(BRAZIL) == "" and paper.decides(HEAD) == "" and story.states() == [True] * 3


@pytest.mark.parametrize("answer", ["approve", "object", "no-objection"])
def test_what_was_said_before_a_stage_opened_is_not_said_in_it(story, answer):
    paper = story.laid(("role:officer", 1), ("governments:all", 0), mode="silence")
    assert paper.decides(BRAZIL, answer) == "stage-not-open"
    paper.now += 25 * HOUR
    heard = {
        "digest": paper.message.digest,
        "heard": {},
        "unheard": sorted(s.key for s in paper.message.stages[-1].seats),
    }
    assert paper.acts("signoff.closed", OTTO, **heard).counts
    assert paper.message.stages[-1].heard == {} and standing(paper.message) == "open"


def test_rights_are_those_at_the_place_of_the_decision(story):
    paper = story.laid(("governments:all", 0))
    give = {"government": "", "topic": "", "why": REF}
    assert paper.decides(OBSERVER) == "no-right" and paper.decides(EXPERT) == "no-right"
    assert paper.decides(INDIA) == ""
    for who in (INDIA, ITALY):  # India's word stands, Italy has none any more
        story.office("role.given", HEAD, person=story.devices[who], role="analyst", **give)
    assert paper.decides(ITALY) == "no-right" and paper.decides(INDIA, "object") == "no-right"
    assert paper.decides(BRAZIL) == "" and story.states() == [True]


def test_nobody_is_added_to_a_stage_that_is_open(story):
    paper = story.laid(("role:liaison", 0))
    story.admit("liaison", "US")
    story.office("role.given", HEAD, person=story.devices[OBSERVER], role="liaison", government="ZA", topic="", why=REF)
    assert paper.decides(len(story.devices) - 1) == "no-right" and paper.decides(OBSERVER, "object") == "no-right"


def test_who_retires_and_what_is_revoked_says_nothing_more_nor_by_a_deputy(story):
    paper = story.laid(("governments:all", 0))
    story.further(ITALY)
    second = len(story.devices) - 1
    assert story.names(INDIA, EXPERT) == ""
    story.office("member.retired", HEAD, person=story.devices[INDIA], why=REF)
    story.office("device.revoked", HEAD, device=DEVICES[ITALY], why=REF)
    assert paper.decides(INDIA) == "unknown-device" and paper.decides(EXPERT) == "no-right"
    assert paper.decides(ITALY, "object") == "unknown-device" and paper.decides(second) == ""
    story.office("member.retired", HEAD, person=story.devices[ITALY], why=REF)
    assert paper.decides(second, "object") == "unknown-device"
    assert paper.decides(BRAZIL_TWO) == "" and story.states() == [True]


def test_a_stage_that_everybody_has_left_is_not_complete(story):
    paper = story.laid(("governments:IT", 0), ("role:officer", 1))
    story.office("member.retired", HEAD, person=story.devices[ITALY], why=REF)
    assert paper.decides(OLGA) == "stage-not-open" and story.states() == [False]


def test_a_silence_that_everybody_has_left_is_not_closed(story):
    paper = story.laid(("governments:IT", 0), mode="silence")
    story.office("member.retired", HEAD, person=story.devices[ITALY], why=REF)
    paper.now += 25 * HOUR
    said = {"digest": paper.message.digest, "heard": {}, "unheard": ["IT"]}
    assert paper.acts("signoff.closed", OTTO, **said).code == "nobody-there" and story.states() == [False]


def test_a_deputy_who_speaks_for_another_government_by_now_is_no_deputy(story):
    paper = story.laid(("role:liaison", 0))
    assert story.names(BRAZIL, EXPERT) == ""
    story.office("role.given", HEAD, person=story.devices[EXPERT], role="liaison", government="ZA", topic="", why=REF)
    assert paper.decides(EXPERT) == paper.decides(EXPERT, "object") == "no-right"


def test_where_so_many_are_needed_those_whom_one_government_sent_are_one(story):
    for land in ("US", "US", ""):
        story.admit("officer", land)
    first, second, third = list(story.devices)[-3:]
    paper = story.laid(("role:officer", 2))
    assert paper.decides(first) == "" and paper.decides(second) == "" and story.states() == [False]
    assert paper.decides(third) == "" and story.states() == [True]


def test_a_tentative_stage_has_no_deadline_and_nobody_closes_it(story):
    paper = story.laid(("governments:all", 0), mode="silence")
    with paper.tentative():
        assert story.again(text=OTHER).counts
        assert paper.message.stages[-1].due is None
        paper.now += 10_000 * HOUR
        unheard = sorted(seat.key for seat in paper.message.stages[-1].seats)
        assert (
            paper.acts("signoff.closed", OTTO, digest=paper.message.digest, heard={}, unheard=unheard).code
            == "silence-runs"
        )
        assert (
            paper.acts("signoff.extended", HEAD, digest=paper.message.digest, until=paper.now + HOUR, why=REF).code
            == "no-due"
        )
        assert paper.decides(BRAZIL, "object") == "" and standing(paper.message) == "objected"


# Between desks: what is handed in later is judged where it is placed.

EVERYBODY = ("head", "otto", "lia", "mia", "ben")
ROUTE = {"name": "Two", "kinds": ["statement"], "stage": [
    {"name": "Editors", "who": "role:officer", "need": "any"}, {"name": "Members", "who": "governments:JP,MX", "need": "all"},
]}  # fmt: skip


class Apart:
    """Desks at a hub, and a statement that went round."""

    def __init__(self, made: World) -> None:
        self.world = made
        made.desk("head").routes.adopt(ROUTE)
        made.sync("head", "otto")
        self.message = str(made.desk("otto").messages.new(self.content(TEXT))["message"])
        self.submit()

    @staticmethod
    def content(text: str) -> Content:
        return Content("statement", ("G20 Bluesky",), (Text("en", (text,)),))

    def submit(self) -> None:
        self.digest = str(self.world.desk("otto").messages.submit(self.message)["digest"])
        self.world.sync("otto", *EVERYBODY)

    def say(self, who: str, answer: str = "approve") -> None:
        self.world.desk(who).messages.decide(self.message, answer, self.digest, "So we think.")

    def lost(self, who: str) -> None:
        self.world.line(who).meet = lost

    def back(self, *who: str) -> None:
        for one in who:
            self.world.line(one).meet = lambda name, when: None
        self.world.sync(*EVERYBODY, *EVERYBODY)

    def stages(self, who: str) -> list[str]:
        return [one["state"] for one in self.world.desk(who).messages.show(self.message)["signoff"]["stages"]]

    def whys(self, who: str) -> list[tuple[str, str]]:
        """The decisions that do not count, as a desk has them."""
        found = self.world.desk(who).messages.get(self.message).verdicts
        return [
            (one.by.name, one.code) for one in found if one.event.header.kind == "signoff.decided" and not one.counts
        ]


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    with world(tmp_path, "otto", "lia", "mia", "ben") as made:
        made.sync("otto", "lia", "mia", "ben")
        yield Apart(made)


def test_what_a_revoked_device_had_signed_but_not_handed_in_does_not_count(apart):
    apart.say("ben")
    apart.world.sync("ben", *EVERYBODY)
    apart.lost("lia")
    apart.say("lia", "object")
    assert apart.stages("lia")[1] == "objected", "on its own desk, as not yet in the record"
    lia = apart.world.desk("lia")
    apart.world.desk("head").people.revoke("Lia Liaison", lia.device, "Left on a plane")
    apart.world.sync("head", "mia")
    apart.say("mia")
    apart.world.sync("mia", "head")
    apart.world.line("lia").meet = lambda name, when: None
    with pytest.raises(Refused):
        apart.world.sync("lia")
    apart.world.sync("head", "otto", "mia", "ben")
    for who in ("head", "otto", "mia"):
        assert apart.stages(who)[1] == "approved", who


def test_a_decision_given_offline_on_a_text_that_changed_meanwhile_does_not_count(apart):
    apart.say("ben")
    apart.world.sync("ben", *EVERYBODY)
    apart.lost("lia")
    apart.say("lia")
    otto = apart.world.desk("otto")
    otto.messages.withdraw(apart.message, "A word is missing.")
    otto.messages.revise(apart.message, apart.content(TEXT.replace("today", "this morning")))
    apart.world.sync("otto")
    apart.digest = str(otto.messages.submit(apart.message)["digest"])
    apart.world.sync("otto", "ben", "mia", "head")
    apart.say("ben")
    apart.world.sync("ben", "mia")
    apart.say("mia")
    apart.world.sync("mia")
    apart.back("lia")
    for who in EVERYBODY:
        assert apart.stages(who) == ["approved", "open"], who
        assert apart.whys(who) == [("Lia Liaison", "stale-digest")], who


def test_a_tentative_decision_folds_after_all_that_is_placed(apart):
    """Ben's approval was signed before he left, and handed in after: on his own desk alone it opened the next stage."""
    apart.lost("ben")
    apart.say("ben")
    assert apart.stages("ben") == ["approved", "open"], "on his own desk alone"
    assert apart.stages("otto") == ["open", "waiting"]
    with refused("stage-not-open"):
        apart.say("lia")
    apart.world.desk("head").people.retire("Ben Officer", "Left the office")
    apart.world.sync("head", "otto", "lia", "mia")
    apart.world.line("ben").meet = lambda name, when: None
    with pytest.raises(Refused):
        apart.world.sync("ben")
    apart.world.sync("head", "otto", "lia", "mia")
    assert apart.stages("head") == apart.stages("lia") == ["open", "waiting"]


def test_an_early_word_that_stands_in_the_record_counts_for_nothing_once_the_stage_is_open(told: Told):
    told["Head"].routes.adopt(
        {**ROUTE, "stage": [ROUTE["stage"][0], {"name": "Members", "who": "governments:all", "need": "all"}]}
    )
    told["Head"].people.admit_here("Second Officer", "officer", "")
    message, digest = told.submit()
    liaison = told["Liaison Brazil"]
    values = {"digest": digest, "answer": "approve", "why": None, "amendment": None}
    stream = liaison.messages.get(message).stream
    with refused("stage-not-open"):
        liaison.act("signoff.decided", values, stream, keep_refusal=True)
    told["Second Officer"].messages.decide(message, "approve", digest)
    for land in ("India", "Italy"):
        told.say(land, message, "approve")
    assert told.stages(message) == ["approved", "open"], "Brazil's early word is in the record, and counts for nothing"
    told.say("Brazil", message, "approve")
    assert told.stages(message) == ["approved", "approved"]
