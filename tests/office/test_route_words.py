"""A route in one sentence: as people would say it, and never at a loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from g20desk.office.route import ALL, EXPLICIT, SILENCE, Route, Stage
from g20desk.office.route_words import clause, duration, sentence
from g20desk.office.state import Account, Office, Person

HOUR = 3_600_000
NAMES = {"BR": "Brazil", "IN": "India", "IT": "Italy", "ZA": "South Africa", "US": "the United States"}


def person(id: str, role: str, government: str = "", topic: str = "") -> Person:
    return Person(id, id.title(), role, government, topic, (f"device-{id}",))


PEOPLE = (
    person("ada", "head"), person("otto", "officer"), person("brenda", "liaison", "BR"), person("indra", "liaison", "IN"),
    person("ezra", "expert", topic="climate"),
)  # fmt: skip
ACCOUNT = Account("a1", "G20 X", "x", "", "official", "", "", "", (), 600_000, {})
OFFICE = Office(people={one.id: one for one in PEOPLE}, accounts={"a1": ACCOUNT}, troika=("ZA", "US", ""))


def land(code: str) -> str:
    return NAMES.get(code, code)


def stage(who: str, need: int = 1, hours: float = 24, mode: str = EXPLICIT, name: str = "S") -> Stage:
    return Stage(name, who, need, round(hours * HOUR), mode)


def route(*stages: Stage, kinds: tuple[str, ...] = ("statement",), **more: Any) -> Route:
    return Route("r", "Route", kinds, more.get("topics", ()), more.get("accounts", ()), stages)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        pytest.param(
            route(stage("role:officer", 1, 2), stage("governments:all", ALL, 24, SILENCE)),
            "A statement is first approved by any officer within 2 hours; then adopted by silence of all members' "
            "liaisons unless one of them objects within 24 hours.",
            id="the ordinary one",
        ),
        pytest.param(
            route(stage("role:head", 1, 1), kinds=("news", "correction")),
            "A piece of news or a correction is approved by the head of the office within 1 hour.",
            id="one stage",
        ),
        pytest.param(
            route(
                stage("experts:climate", 2, 4), stage("governments:troika", ALL, 12), stage("governments:all", 2, 72),
                topics=("climate", "energy"), accounts=("a1",),
            ),
            "A statement on climate or energy that goes to G20 X is first approved by two experts on climate within "
            "4 hours; then approved by the liaisons of the troika (South Africa and the United States) within 12 hours; "
            "and last approved by the liaisons of any two members within 3 days.",
            id="three stages, a topic, an account",
        ),
        pytest.param(
            route(stage("governments:BR,IN,IT", 2, 1.5), kinds=()),
            "A message that is given this route is approved by the liaisons of any two of Brazil, India and Italy within "
            "1 hour 30 minutes.",
            id="where it is named",
        ),
        pytest.param(
            route(stage("governments:BR,IN", 1), stage("person:ada", ALL, 0.5)),
            "A statement is first approved by the liaison of Brazil or India within 24 hours; then approved by Ada within "
            "30 minutes.",
            id="either government, then a person",
        ),
        pytest.param(
            route(stage("governments:BR", ALL, 24, SILENCE)),
            "A statement is adopted by silence of the liaison of Brazil unless that voice objects within 24 hours.",
            id="the silence of one",
        ),
        pytest.param(
            route(stage("role:officer", ALL, 48, SILENCE)),
            "A statement is adopted by silence of all officers unless one of them objects within 2 days.",
            id="the silence of a role",
        ),
        pytest.param(route(), "A statement goes by this route, which has no stage yet.", id="nothing yet"),
    ],
)  # fmt: skip
def test_a_route_reads_well(made, said):
    assert sentence(made, OFFICE, land) == said


def test_two_heads_are_any_of_them():
    office = replace(OFFICE, people={**OFFICE.people, "bea": person("bea", "head")})
    assert "by any head of the office" in sentence(route(stage("role:head")), office)


def test_without_names_governments_are_their_letters():
    assert "the liaisons of BR and IN" in sentence(route(stage("governments:BR,IN", ALL)), OFFICE)


def test_times_are_said_as_people_say_them():
    said = [
        duration(ms) for ms in (0, 1_000, 45_000, 60_000, 90 * 60_000, 24 * HOUR, 36 * HOUR, 48 * HOUR, 24 * 7 * HOUR)
    ]
    assert said == ["no time", "1 second", "45 seconds", "1 minute", "1 hour 30 minutes", "24 hours", "36 hours", "2 days",
                    "7 days"]  # fmt: skip


WORD = st.text(max_size=12)
WHO = st.one_of(
    st.sampled_from(["role:officer", "role:head", "role:liaison", "person:ada", "person:nobody", "experts:climate",
                     "governments:all", "governments:troika", "governments:BR", "governments:BR,IN,IT", "governments:"]),
    WORD,
)  # fmt: skip
STAGES = st.builds(
    Stage, WORD, WHO, st.integers(-2, 40), st.integers(-5, 400 * 24 * HOUR), st.sampled_from([EXPLICIT, SILENCE])
)
ROUTES = st.builds(
    Route,
    st.just("r"),
    WORD,
    *(st.lists(WORD, max_size=3).map(tuple) for _ in range(3)),
    st.lists(STAGES, max_size=6).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTES, st.sampled_from([OFFICE, Office()]))
def test_any_route_is_one_sentence_that_names_each_stage_in_order(made, office):
    said = sentence(made, office, land)
    at = 0
    for one in made.stages:
        at = said.index(clause(one, office, land), at) + 1
    assert said.endswith(".")
    assert said.count(" within ") >= len(made.stages)


WELL = st.builds(
    Stage, st.just("S"),
    st.sampled_from(["role:officer", "role:head", "person:ada", "experts:climate", "governments:all", "governments:troika",
                     "governments:BR", "governments:BR,IN"]),
    st.integers(0, 4), st.integers(1, 400 * 24).map(lambda n: n * HOUR), st.sampled_from([EXPLICIT, SILENCE]),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(WELL, min_size=1, max_size=6))
def test_a_sound_route_is_one_clean_sentence(stages):
    said = sentence(route(*stages), OFFICE, land)
    assert said.count(".") == 1
    assert "  " not in said
    assert " ," not in said
    assert not any(one in said for one in ("role:", "governments:", "person:", "experts:", "None"))
