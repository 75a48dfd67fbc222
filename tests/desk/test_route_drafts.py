"""A route while it is built: each fault at its place, its file read back as it was, its versions, the ways of a message."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from g20desk.desk import route_drafts, routes
from g20desk.errors import Usage
from tests.signoff.conftest import content
from tests.signoff.test_routes import STATEMENT
from tests.story import Office

GOOD: dict[str, Any] = {"name": "Editors", "who": "role:officer", "need": "any", "within": "PT2H", "mode": "explicit"}


def route(*stages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "Statement", "kinds": ["statement"], "stage": list(stages), **more}


@pytest.mark.parametrize(
    ("value", "place", "words"),
    [
        pytest.param(route(GOOD, name=" "), "name", "A route has a name.", id="no name"),
        pytest.param(route(GOOD, name="x" * 121), "name", "1 to 120 characters", id="a name too long"),
        pytest.param(route(), "", "a stage at least", id="no stage"),
        pytest.param(route({**GOOD, "name": ""}), "0.name", "A stage has a name.", id="a stage without a name"),
        pytest.param(route(GOOD, GOOD), "1.name", "its own name", id="a name twice"),
        pytest.param(route(GOOD, {**GOOD, "name": "b", "who": "role:king"}), "1.who", "names nobody", id="nobody"),
        pytest.param(route({**GOOD, "who": "person:Eve"}), "0.who", "no “Eve”", id="somebody else"),
        pytest.param(route({**GOOD, "who": "governments:Brazil"}), "0.who", "names nobody", id="no two letters"),
        pytest.param(route({**GOOD, "who": "experts:"}), "0.who", "names nobody", id="experts on nothing"),
        pytest.param(route({**GOOD, "within": "soon"}), "0.within", "no duration", id="no duration"),
        pytest.param(route({**GOOD, "within": "P400D"}), "0.within", "a second to a year", id="too long"),
        pytest.param(route({**GOOD, "need": "some"}), "0.need", "all, any", id="no number"),
        pytest.param(route(GOOD, accounts=["G20 Fax"]), "accounts", "no account “G20 Fax”", id="no account"),
        pytest.param(route(GOOD, topics=["x" * 201]), "topics", "kinds, topics and accounts", id="a topic too long"),
    ],
)  # fmt: skip
def test_each_fault_has_its_place(office, value, place, words):
    found = office.head.routes.sketch(value)
    assert [one.place for one in found.faults] == [place]
    assert words in found.faults[0].words
    assert found.sentence.endswith(".")


def test_the_sketch_of_a_sound_route_says_whom_it_would_leave_without_a_way(office):
    found = office.head.routes.sketch(STATEMENT)
    assert found.faults == ()
    assert list(found.unable) == ["Officer"]
    assert found.there[1].people == ("Liaison Brazil", "Liaison India", "Liaison Italy")
    assert found.there[1].absent == ()
    far = office.head.routes.sketch(route({**GOOD, "who": "governments:BR,MX", "need": "all"}))
    assert far.there[0].absent == ("MX",)
    assert set(far.unable) == {"Ada Head", "Officer", "Analyst"}


def test_only_the_head_has_none_against_them(office):
    (found,) = office.desk("Officer").routes.sketch(STATEMENT).faults
    assert found.words == "This act is for: head."


def test_versions_tell_who_adopted_them_and_what_became_of_them(office):
    head = office.head.routes
    first = head.adopt(STATEMENT)
    second = head.adopt({**STATEMENT, "stage": STATEMENT["stage"][:1]})
    newest, oldest = head.history()
    assert (newest.route.id, newest.ended, oldest.route.id, oldest.ended) == (second, "", first, "replaced")
    assert (oldest.by, oldest.ended_by) == ("Ada Head", "Ada Head")
    assert oldest.ended_at == newest.at >= oldest.at
    head.withdraw("Statement")
    third = head.adopt(STATEMENT)
    assert [(one.route.id, one.ended) for one in head.history()] == [
        (third, ""),
        (second, "withdrawn"),
        (first, "replaced"),
    ]


WORDS = st.text(max_size=20)
FILES = st.fixed_dictionaries({
    "name": WORDS, "kinds": st.lists(WORDS, min_size=1, max_size=3), "topics": st.lists(WORDS, min_size=1, max_size=3),
    "stage": st.lists(
        st.fixed_dictionaries({
            "name": WORDS, "who": WORDS, "need": st.one_of(st.integers(0, 99), st.sampled_from(["all", "any"])),
            "mode": WORDS, "within": WORDS,
        }), max_size=3,
    ),
})  # fmt: skip


@settings(deadline=None)
@given(FILES)
def test_whatever_is_in_a_route_is_read_back_from_its_file(value):
    if not value["name"]:
        value.pop("name")
    if not value["stage"]:
        value.pop("stage")
    assert tomllib.loads(route_drafts.as_toml(value)) == value


@pytest.mark.parametrize("text", ["", "name = 1", 'name = "x"', 'name = "x"\nstage = 1', 'name = "x"\nstage = ["a"]',
                                  'name = "x"\nkinds = [1]\nstage = []', 'name = "x"\n[[stage]]\nname = 1'])  # fmt: skip
def test_what_is_no_route_file_is_refused(text):
    with pytest.raises(Usage):
        route_drafts.check_form(tomllib.loads(text))


def test_the_ways_of_a_message_are_those_that_the_fold_would_let_it_go(office):
    head = office.head
    head.routes.adopt({"name": "Named", "stage": [GOOD]})
    officer = office.desk("Officer")
    assert [one.name for one in officer.routes.ways(content("news"))] == ["", "Named"]
    assert "Only authors" in officer.routes.ways(content("news"))[1].against[0]
    head.routes.adopt(STATEMENT)
    (way,) = officer.routes.ways(content())
    assert (way.name, len(way.stages), bool(way.against)) == ("Statement", 2, True)
    draft = office.desk("Analyst").messages.new(content())
    (way,) = head.routes.ways(content(), draft["message"])
    assert way.against == ()  # neither the analyst nor the head decides in it
    assert way.stages[0].people == ("Officer",)


def test_authors_of_earlier_revisions_count_too(office):
    office.head.routes.adopt(STATEMENT)
    draft = office.desk("Officer").messages.new(content())
    office.head.messages.revise(draft["message"], content(text="Another text. #G20"))
    (way,) = office.head.routes.ways(content(text="Another text. #G20"), draft["message"])
    assert any("Only authors" in one for one in way.against)


def test_the_list_says_the_sentence(office: Office) -> None:
    office.head.routes.adopt(STATEMENT)
    (row,) = office.head.routes.rows()
    assert row["sentence"].startswith(
        "A statement is first approved by any officer within 2 hours; then approved by the"
    )
    assert routes.as_file(office.head.office.routes["Statement"], office.head.office)["name"] == "Statement"
