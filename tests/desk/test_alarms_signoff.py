"""What is told of a sign-off: a notice each time somebody is asked, and what went wrong until it is over."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from g20desk.desk.alarm import ASKED, KINDS, SAYS
from g20desk.desk.asked import Asked
from g20desk.desk.smtp import Server
from g20desk.office import reaching
from g20desk.office.reaching import Round
from tests.story import Hands, content

HOUR = 3_600_000
TEXT = "Ministers agreed on a debt standstill."


@pytest.fixture
def message(office):
    made = office.desk().messages.new(content(TEXT, to=("G20 X",)))
    office.desk().messages.submit(made["message"])
    return made["message"], made["digest"]


@pytest.fixture
def rounds(monkeypatch):
    """What is asked, as a test says it."""
    made: list[Round] = []
    monkeypatch.setattr(Asked, "rounds", lambda self: made)
    return made


def test_who_is_asked_is_told_once_and_no_more_once_they_decided(office, message):
    id, digest = message
    india = office.desk("Liaison India")
    (asked,) = india.alarms.asked()
    assert (asked.kind, asked.message) == ("asked", id)
    standing, new = india.alarms.fresh("window", [asked])
    assert standing == [] and new == [asked], "nothing went wrong"
    assert india.alarms.fresh("window", india.alarms.asked())[1] == []
    assert india.alarms.fresh("publisher")[1] == [], "a publisher's terminal is for what goes wrong"
    assert office.desk().alarms.asked() == [], "nobody is asked for their own text"
    india.messages.decide(id, "approve", digest)
    assert office.desk("Liaison India").alarms.asked() == []
    assert office.desk("Liaison Brazil").alarms.asked() == [], "one approval is enough"


def test_a_clicked_notice_is_seen(office, message):
    india = office.desk("Liaison India")
    (asked,) = india.alarms.asked()
    india.alarms.see([asked.id])
    assert office.desk("Liaison India").alarms.asked()[0].seen


def test_nothing_of_a_text_stands_in_them(office, message):
    said = json.dumps([a.as_json() for a in office.desk("Liaison India").alarms.asked()]).lower()
    assert not [word for word in ("ministers", "debt", "standstill", "g20 x") if word in said]


def test_half_time_and_the_end_are_told_as_they_come(office, rounds):
    hands = Hands()
    india = office.desk("Liaison India", hands)
    now = india.clock.now_ms()
    rounds.append(Round("m" * 64, "act", "statement", "", 0, (india.person.id,), now, now + 24 * HOUR))
    told = []
    for hours in (0, 1, 13, 22, 23.5):
        hands.on = round(hours * HOUR)
        told += [a.kind for a in india.alarms.fresh("window", india.alarms.asked())[1]]
    assert told == ["asked", "half", "soon"]


def test_what_goes_wrong_stands_for_those_whom_it_concerns_until_it_is_over(office, rounds):
    india, officer = office.desk("Liaison India"), office.desk()
    now = india.clock.now_ms()
    late = Round("m" * 64, "act", "statement", officer.person.id, 1, (india.person.id,), now - 3 * HOUR, now - HOUR,
                 chief=(officer.person.id,), told=(officer.person.id, india.person.id))  # fmt: skip
    rounds.append(late)
    for desk in (india, officer):
        assert [(a.kind, a.message) for a in desk.alarms.standing()] == [("late", "m" * 64)]
    assert office.desk("Liaison Brazil").alarms.standing() == []
    rounds[:] = [replace(late, silence=True, broken=now, breaking="objection")]
    assert [a.kind for a in india.alarms.standing()] == ["broken"]
    rounds.clear()
    assert india.alarms.standing() == []


def test_a_mail_server_that_is_away_is_an_alarm_of_the_desk_that_sends(office, message):
    office.desk("Liaison India").mail.address("in@ministry.example")
    officer = office.desk()
    officer.mail.use(Server("127.0.0.1", 9, "none", "desk@g20.example"), "")
    assert officer.mail.send().trouble
    (alarm,) = officer.alarms.standing()
    assert (alarm.kind, alarm.why) == ("mail", "No connection to the mail server.")
    officer.mail.stop()
    assert officer.alarms.standing() == []


def test_a_message_is_folded_again_only_when_it_changed(office, message, monkeypatch):
    id, digest = message
    india, folded = office.desk("Liaison India"), []
    real = india.ledger.folds.stream
    monkeypatch.setattr(india.ledger.folds, "stream", lambda *about: folded.append(about) or real(*about))
    for _ in range(3):
        assert len(india.asked.rounds()) == 1
    assert len(folded) == 1
    office.desk("Liaison Brazil").messages.decide(id, "object", digest, "No.")
    assert india.asked.rounds() == []
    assert len(folded) == 2


def test_each_notice_has_its_words():
    named = {"overdue": "late"}
    for what in reaching.KINDS:
        if what not in ("uncounted", "off"):
            kind = named.get(what, what)
            assert kind in SAYS and kind in (*KINDS, *ASKED)
