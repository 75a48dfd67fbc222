"""Emergency release: a cleared template, two people in two roles, a time box, a review afterwards."""

from __future__ import annotations

import pytest

from g20desk.errors import Refused, Usage
from g20desk.office.content import Content, Text
from tests.signoff.conftest import HOUR, SILENT, Told, lying, refused

QUAKE = {
    "name": "Quake", "kind": "statement", "roles": ["head", "liaison"], "within": "PT1H", "slots": {"place": 20},
    "text": [{"lang": "en", "text": "The G20 stands with the people of {place}."},
             {"lang": "fr", "text": "Le G20 est aux côtés des habitants de {place}."}],
}  # fmt: skip
TO = ("G20 Bluesky",)


@pytest.fixture
def cleared(told: Told) -> Told:
    """A route of a silence for statements, and a template that the head and Brazil cleared."""
    told["Head"].routes.adopt(SILENT)
    assert told["Head"].templates.adopt(QUAKE) == "a liaison"
    (waits,) = told["Head"].office.proposals
    assert told["Liaison Brazil"].people.second(waits) == ""
    return told


def filled(told: Told, place: str = "Mbombela") -> str:
    officer = told["Officer"]
    made = officer.templates.fill("Quake", TO, {"": {"place": place}})
    officer.messages.submit(made["message"])
    return str(made["message"])


def test_two_people_in_two_roles_release_it_and_it_goes_out(cleared):
    message = filled(cleared)
    officer = cleared["Officer"]
    with refused("not-agreed"):
        officer.messages.schedule(message, officer.clock.now_ms())
    assert not cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")["released"]
    assert cleared.state(message) == "submitted"
    assert cleared["Liaison Italy"].signoffs.release(message, "Quake", "Seen.")["released"]
    assert cleared.state(message) == "approved"
    officer.messages.schedule(message, officer.clock.now_ms())
    assert officer.publish.once()["sent"] == 1


def test_it_is_open_for_review_until_somebody_else_looked(cleared):
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    assert cleared["Head"].signoffs.unreviewed() == []
    cleared["Liaison Italy"].signoffs.release(message, "Quake", "Seen.")
    for who in ("Head", "Officer", "Analyst", "Liaison India"):
        (one,) = cleared[who].signoffs.unreviewed()
        assert one["by"] == ["Ada Head", "Liaison Italy"] and one["why"] == ["An earthquake.", "Seen."]
    for who in ("Head", "Liaison Italy", "Officer"):
        with refused("author"):
            cleared[who].signoffs.review(message, "All well.")
    with refused("no-right"):
        cleared["Analyst"].signoffs.review(message, "All well.")
    cleared["Liaison India"].signoffs.review(message, "It was needed.")
    assert cleared["Head"].signoffs.unreviewed() == []
    with refused("reviewed-already"):
        cleared["Liaison Brazil"].signoffs.review(message, "Me too.")


def test_the_review_stays_open_whatever_becomes_of_the_message(cleared):
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    cleared["Liaison Italy"].signoffs.release(message, "Quake", "Seen.")
    officer = cleared["Officer"]
    officer.messages.withdraw(message, "False alarm.")
    assert len(cleared["Liaison India"].signoffs.unreviewed()) == 1
    officer.messages.revise(message, Content("statement", TO, (Text("en", ("All is well.",)),)))
    officer.messages.submit(message)
    assert cleared.state(message) == "submitted", "what was released was another text"
    assert len(cleared["Liaison India"].signoffs.unreviewed()) == 1
    cleared["Liaison India"].signoffs.review(message, "It should not have been.", misuse=True)
    assert cleared["Liaison India"].signoffs.unreviewed() == []


def test_an_emergency_does_not_pass_over_an_objection(cleared):
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    cleared.say("Brazil", message, "object")
    with refused("objected"):
        cleared["Liaison Italy"].signoffs.release(message, "Quake", "Seen.")


def test_what_did_not_go_out_in_its_time_goes_on_by_its_route(cleared):
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    cleared["Liaison Italy"].signoffs.release(message, "Quake", "Seen.")
    cleared.after(25)
    officer = cleared["Officer"]
    assert officer.signoffs.close_over() == [message]
    officer.messages.schedule(message, officer.clock.now_ms())
    assert officer.publish.once()["sent"] == 1


@pytest.mark.parametrize("second", ["Head", "Officer", "Analyst", "Presidency"])
def test_one_person_or_another_role_is_not_enough(cleared, second):
    cleared["Head"].people.admit_here("Other Head", "head", "")
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    with pytest.raises(Refused) as caught:
        cleared[second].signoffs.release(message, "Quake", "Again.")
    assert caught.value.code in ("second-person", "no-right", "author")
    with refused("no-right"):
        cleared["Other Head"].signoffs.release(message, "Quake", "Two heads.")
    assert cleared.state(message) == "submitted"


def test_who_fills_the_slots_is_not_one_of_the_two(cleared):
    made = cleared["Head"].templates.fill("Quake", TO, {"": {"place": "Rome"}})["message"]
    cleared["Head"].messages.submit(made)
    with refused("author"):
        cleared["Head"].signoffs.release(made, "Quake", "Mine.")


def test_the_second_comes_within_the_box_and_it_goes_out_within_it(cleared):
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    cleared.after(1.1)
    assert not cleared["Liaison Italy"].signoffs.release(message, "Quake", "Late: this proposes anew.")["released"]
    cleared["Head"].signoffs.release(message, "Quake", "Then again.")
    officer = cleared["Officer"]
    with refused("box-over"):
        officer.messages.schedule(message, officer.clock.now_ms() + 2 * HOUR)
    officer.messages.schedule(message, officer.clock.now_ms() + HOUR // 2)
    cleared.after(1.2)
    assert officer.publish.once()["sent"] == 0
    assert cleared.show(message)["posts"][0]["state"] != "sent"


@pytest.mark.parametrize(
    "other",
    [
        Content("statement", TO, (Text("en", ("The G20 stands with the people of Rome. And buy bonds.",)),)),
        Content("news", TO, (Text("en", ("The G20 stands with the people of Rome.",)),)),
        Content("statement", TO, (Text("en", ("The G20 stands with the people of Rome.",)), Text("ar", ("سلام",)))),
        Content("statement", TO, (Text("en", ("The G20 stands with the people of Rome.", "More.")),)),
        Content(
            "statement",
            (*TO, "G20 X"),
            (
                Text("en", ("The G20 stands with the people of Rome.",)),
                Text("en", ("Buy bonds.",), "x"),
            ),
        ),
        Content("statement", TO, (Text("en", ("The G20 stands with the people of " + "R" * 21 + ".",)),)),
        Content("statement", TO, (Text("en", ("The G20 stands with the people of Rome.",), warning="Look"),)),
        Content("statement", (*TO, "ZA Presidency X"), (Text("en", ("The G20 stands with the people of Rome.",)),)),
    ],
)
def test_what_is_more_than_the_template_is_not_released(cleared, other):
    officer = cleared["Officer"]
    made = officer.messages.new(other)["message"]
    officer.messages.submit(made)
    with pytest.raises(Refused) as caught:
        cleared["Head"].signoffs.release(made, "Quake", "An earthquake.")
    assert caught.value.code in ("not-template", "other-account", "slots")
    desk = cleared["Head"]
    found = desk.messages.get(made)
    values = {"digest": found.message.digest, "template": next(iter(desk.office.templates)), "why": None}
    for slots in ({"en": {"place": "Rome"}}, {"en": {"place": "R" * 21}}, {}):
        with pytest.raises(Refused):
            desk.act("message.released", {**values, "slots": slots, "why": found.message.report}, found.stream)


def test_a_post_that_says_something_else_than_its_text_is_not_released(cleared):
    """A hostile officer's own program settles another payload under the same text."""
    with lying():
        message = filled(cleared)
    with refused("not-template"):
        cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    shown = cleared["Liaison India"].messages.show(message, anew=True)
    assert {one["text"] for one in shown["posted"]} == {"Buy bonds."}, "who signs sees what would go out"


@pytest.mark.parametrize(
    ("place", "good"),
    [("Rome", True), ("São Tomé", True), ("7.2", True), ("Aix-en-Provence", True), ("روما", True), ("罗马", True),
     ("Rome. Buy bonds", False), ("Rome!", False), ("@realrome", False), ("#rome", False), ("rome.it", False),
     ("罗马。买", False), (" Rome", False), ("Ro\nme", False), ("Ro\u202eme", False), ("", False), ("{place}", False)],
)  # fmt: skip
def test_a_slot_takes_a_name_or_a_number_and_no_more(cleared, place, good):
    officer = cleared["Officer"]
    if good:
        officer.templates.fill("Quake", TO, {"": {"place": place}})
    else:
        with refused("slots"):
            officer.templates.fill("Quake", TO, {"": {"place": place}})


@pytest.mark.parametrize(
    "change",
    [
        {"roles": ["head"]}, {"roles": ["head", "observer"]}, {"within": "PT30S"}, {"within": "P2D"}, {"text": []},
        {"slots": {"place": 0}}, {"slots": {"place": 500}}, {"slots": {"place": 20, "other": 5}}, {"name": " "},
        {"text": [{"lang": "en", "text": "{place} {"}]}, {"text": [{"lang": "en", "text": "No slot"}]},
        {"accounts": ["Nowhere"]}, {"typo": 1}, {"text": [{"lang": "english language", "text": "{place}"}]},
    ],
)  # fmt: skip
def test_a_bad_template_is_refused(told, change):
    with pytest.raises((Refused, Usage)):
        told["Head"].templates.adopt({**QUAKE, **change})
    assert not told["Head"].office.proposals


def test_any_liaison_takes_a_template_out_of_use(cleared):
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    with refused("no-right"):
        cleared["Officer"].templates.withdraw("Quake")
    cleared["Liaison India"].templates.withdraw("Quake")
    with refused("unknown-template"):
        cleared["Liaison Italy"].signoffs.release(message, "Quake", "Seen.")


def in_rome() -> Content:
    texts = tuple(Text(one["lang"], (one["text"].format(place="Rome"),)) for one in QUAKE["text"])
    return Content("statement", TO, texts)


def released(told: Told, message: str, *people: str) -> None:
    for person in people:
        told[person].signoffs.release(message, "Quake", "An earthquake.")


def test_a_second_emergency_does_not_take_the_first_ones_review_away(cleared):
    message = filled(cleared)
    released(cleared, message, "Head", "Liaison Italy")
    officer = cleared["Officer"]
    officer.messages.withdraw(message, "The other town.")
    officer.messages.revise(message, in_rome())
    officer.messages.submit(message)
    released(cleared, message, "Head")
    assert len(cleared["Liaison India"].signoffs.unreviewed()) == 1
    released(cleared, message, "Liaison Brazil")
    first, second = cleared["Liaison India"].signoffs.unreviewed()
    assert (first["by"], second["by"]) == (["Ada Head", "Liaison Italy"], ["Ada Head", "Liaison Brazil"])
    with refused("author"):
        cleared["Liaison Italy"].signoffs.review(message, "Mine was fine.")
    for left in (1, 0):
        cleared["Liaison India"].signoffs.review(message, "It was needed.")
        assert len(cleared["Liaison India"].signoffs.unreviewed()) == left


def test_what_was_released_and_did_not_go_out_in_its_time_can_be_released_anew(cleared):
    message = filled(cleared)
    released(cleared, message, "Head", "Liaison Italy")
    officer = cleared["Officer"]
    with refused("agreed-already"):
        released(cleared, message, "Head")
    cleared.after(1.1)
    with refused("box-over"):
        officer.messages.schedule(message, officer.clock.now_ms())
    released(cleared, message, "Head", "Liaison Brazil")
    officer.messages.schedule(message, officer.clock.now_ms())
    assert officer.publish.once()["sent"] == 1
    assert len(officer.signoffs.unreviewed()) == 2
