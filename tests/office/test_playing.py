"""A route played through in memory, in the fold itself: what a sample meets is what a message meets."""

from __future__ import annotations

import pytest

from g20desk.office import playing
from g20desk.office.route import Route
from tests.signoff.conftest import refused
from tests.story import Office

STATEMENT = {
    "name": "Statement",
    "kinds": ["statement"],
    "stage": [
        {"name": "Editors", "who": "role:officer", "need": "any", "within": "PT2H"},
        {"name": "Members", "who": "governments:all", "mode": "silence", "within": "PT24H"},
    ],
}
SAMPLE = {"c.kind": "statement", "c.to": []}


class Stage:
    """An office, a route in force, and the people of it by name."""

    def __init__(self, office: Office) -> None:
        office.head.people.admit_here("Second Officer", "officer", "")
        office.head.routes.adopt(STATEMENT)
        self.desk = office.head
        self.office = self.desk.office
        self.route: Route = self.office.routes["Statement"]
        self.now = self.desk.clock.now_ms()

    def id(self, name: str) -> str:
        found = self.office.named(name)
        assert found is not None
        return found.id

    def start(self, author: str = "Officer") -> playing.Play:
        return playing.start(self.office, self.route, self.id(author), SAMPLE, self.now)


@pytest.fixture
def stage(office: Office) -> Stage:
    return Stage(office)


def names(play: playing.Play) -> list[list[str]]:
    return [[one.name for one in voice.people] for voice in play.asked()]


def test_a_statement_goes_through_both_stages(stage):
    play = stage.start()
    assert play.states() == ["open", "waiting"]
    assert names(play) == [["Second Officer"]]  # not the author
    play = playing.decide(play, stage.id("Second Officer"), "approve")
    assert play.states() == ["approved", "running"]
    assert [one.government for one in play.asked()] == ["BR", "IN", "IT"]
    play = playing.let_pass(play)
    assert play.states() == ["approved", "adopted"]
    assert play.over and play.stage is None


def test_a_broken_silence_stands_until_the_head_reopens_it(stage):
    play = playing.decide(stage.start(), stage.id("Second Officer"), "approve")
    play = playing.decide(play, stage.id("Liaison Brazil"), "object")
    assert play.states() == ["approved", "broken"]
    assert [one.said for one in play.asked()] == ["object", "", ""]
    play = playing.let_pass(play)
    assert play.states() == ["approved", "broken"]
    with refused("no-right"):
        playing.reopen(play, stage.id("Officer"))
    play = playing.reopen(play, stage.id("Ada Head"))
    assert play.states() == ["approved", "running"]
    assert playing.let_pass(play).over


def test_what_the_record_refuses_the_play_refuses(stage):
    play = stage.start()
    with refused("author"):
        playing.decide(play, stage.id("Officer"), "approve")
    with refused("stage-not-open"):
        playing.decide(play, stage.id("Liaison Brazil"), "approve")
    with refused("no-right"):
        playing.decide(play, stage.id("Analyst"), "approve")


def test_an_explicit_stage_is_overdue_not_done_when_time_passes(stage):
    play = playing.let_pass(stage.start())
    assert play.states() == ["open", "waiting"]
    assert play.now > stage.now + 7_200_000
    assert playing.decide(play, stage.id("Second Officer"), "approve").states()[1] == "running"


def test_who_could_not_submit_is_told_beforehand_and_meets_the_same_when_they_do(office):
    office.head.routes.adopt(STATEMENT)
    desk = office.head
    route, officer = desk.office.routes["Statement"], desk.office.named("Officer")
    assert officer is not None
    (said,) = playing.problems(desk.office, route, frozenset({officer.id}))
    assert "Only authors" in said
    with refused("only-authors"):
        playing.start(desk.office, route, officer.id, SAMPLE, desk.clock.now_ms())
    assert playing.problems(desk.office, route, frozenset({desk.person.id})) == []


def test_a_deputy_is_among_those_who_are_asked(office):
    liaison = office.desk("Liaison Brazil")
    now = liaison.clock.now_ms()
    liaison.deputies.name("Analyst", now - 1_000, now + 86_400_000)
    made = Stage(office)
    play = playing.decide(made.start(), made.id("Second Officer"), "approve")
    assert names(play)[0] == ["Liaison Brazil", "Analyst"]
    assert playing.decide(play, made.id("Analyst"), "object").states()[1] == "broken"


def test_nothing_is_kept(stage):
    before = stage.desk.store.last_place()
    playing.let_pass(playing.decide(stage.start(), stage.id("Second Officer"), "approve"))
    assert stage.desk.store.last_place() == before
