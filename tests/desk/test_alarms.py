"""Alarms: what has to be told is told once to each person on a desk, to those whom it concerns, and ends with its cause."""

from __future__ import annotations

import json

import pytest

from connectors.rehearsal.faults import plan
from g20desk.desk import Desk
from g20desk.desk.account_client import Keeping
from g20desk.desk.alarm import ALWAYS, KINDS, SAYS
from g20desk.desk.joining import answer
from g20desk.errors import Refused
from g20desk.ledger.keys import DeviceKey
from tests.story import Hands, content

SECRET_WORDS = "Ministers agreed on a debt standstill."
MINUTE, DAY = 60_000, 86_400_000


def kinds(desk):
    """What stands for that person."""
    return [(a.kind, a.account) for a in desk.alarms.standing()]


@pytest.fixture
def failed(office):
    """A message that went wrong on X as named, and well on Mastodon; its id."""

    def make(behaviour):
        plan(str(office.folder), "G20 X", behaviour)
        message = office.due(content(SECRET_WORDS, to=("G20 X", "G20 Mastodon")))
        office.desk().publish.once()
        return message

    return make


@pytest.mark.parametrize(("behaviour", "kind"), [("refuse", "refused"), ("unknown-not-stored", "unknown")])
def test_a_post_that_did_not_go_out_is_told_once(office, failed, behaviour, kind):
    message, desk = failed(behaviour), office.desk()
    standing, new = desk.alarms.fresh("window")
    assert (
        [(a.kind, a.account, a.message) for a in new]
        == [(kind, "G20 X", message)]
        == [(a.kind, a.account, a.message) for a in standing]
    )
    assert new[0].post == office.posts(message)["G20 X"]["id"]
    again = Desk.open(office.folder, "Officer")
    assert again.alarms.fresh("window")[1] == []
    assert kinds(again) == [(kind, "G20 X")]
    assert kinds(office.head) == [(kind, "G20 X")]
    assert office.head.alarms.fresh("window")[1], "each person is told"
    assert again.alarms.fresh("publisher")[1], "the publisher's terminal is another place than the window"


def test_nothing_of_a_text_stands_in_an_alarm(office, failed):
    failed("refuse")
    failed("unknown-not-stored")
    for alarm in office.desk().alarms.standing():
        said = (alarm.sentence() + json.dumps(alarm.as_json())).lower()
        assert not [word for word in ("ministers", "agreed", "debt", "standstill") if word in said]


@pytest.mark.parametrize("person", ["Liaison Brazil", "Analyst", "Presidency"])
def test_who_can_do_nothing_about_it_is_not_told(office, failed, person):
    failed("refuse")
    assert kinds(office.desk(person)) == []


def test_acting_ends_it_and_a_second_failure_is_told_anew(office, failed):
    message, desk = failed("refuse"), office.desk()
    assert len(desk.alarms.fresh("window")[1]) == 1
    plan(str(office.folder), "G20 X", "refuse")
    desk.messages.schedule(message, desk.clock.now_ms())
    assert kinds(desk) == []
    desk.publish.once()
    assert [a.kind for a in desk.alarms.fresh("window")[1]] == ["refused"]
    desk.messages.schedule(message, desk.clock.now_ms())
    desk.publish.once()
    assert kinds(desk) == []


def test_a_post_in_doubt_is_one_alarm_however_often_it_is_tried(office, failed):
    message, desk = failed("unknown-not-stored"), office.desk()
    first = [a.id for a in desk.alarms.fresh("window")[1]]
    plan(str(office.folder), "G20 X", "unknown-not-stored")
    desk.publish.once()
    assert office.posts(message)["G20 X"]["state"] == "unknown"
    assert [a.id for a in desk.alarms.standing()] == first
    desk.publish.settle(office.posts(message)["G20 X"]["id"], True, "https://x.com/g20/status/1", "I looked.")
    assert kinds(desk) == []


def test_seen_is_not_left_and_what_needs_an_act_cannot_be_left(office, failed):
    failed("refuse")
    failed("unknown-not-stored")
    desk = office.desk()
    unknown, refused = desk.alarms.standing()
    desk.alarms.see([unknown.id[:6], refused.id])
    assert [(bool(a.seen), bool(a.left)) for a in desk.alarms.standing()] == [(True, False)] * 2
    assert len(desk.alarms.fresh("window")[1]) == 2, "told is another thing than seen"
    desk.alarms.leave([refused.id])
    assert [bool(a.left) for a in desk.alarms.standing()] == [False, True]
    with pytest.raises(Refused, match="ends only when something is done"):
        desk.alarms.leave([unknown.id])
    for wrong in ("", "abc", "f" * 16):
        with pytest.raises(Refused, match="no one alarm"):
            desk.alarms.see([wrong])


def test_a_post_past_due_is_told_with_its_reason_where_nobody_publishes(office):
    message = office.due(content(SECRET_WORDS, to=("G20 X",)))
    hands = Hands()
    desk = office.desk(clock=hands)
    assert kinds(desk) == []
    hands.on = 3 * MINUTE
    (alarm,) = desk.alarms.standing()
    assert (alarm.kind, alarm.account) == ("overdue", "G20 X")
    assert alarm.why == desk.messages.show(message)["posts"][0]["why"]
    assert alarm.why.startswith("Due since")
    hands.on = 30 * MINUTE
    desk.publish.once()
    assert kinds(desk) == [("missed", "G20 X")]
    assert "a person decides" in desk.alarms.standing()[0].why


def test_a_hold_is_told_to_all_but_its_author_and_keeps_what_it_stops_quiet(office):
    office.due(content(SECRET_WORDS, to=("G20 X",)))
    office.desk("Liaison India").holds.place("Two members dispute it.")
    hands = Hands()
    hands.on = 5 * MINUTE
    assert kinds(office.desk(clock=hands)) == [("hold", "")]
    assert kinds(office.desk("Liaison India")) == []
    assert kinds(office.desk("Liaison Brazil")) == [("hold", "")]
    assert kinds(office.desk("Analyst")) == []
    for person in ("Ada Head", "Officer"):
        office.desk(person).holds.lift("", "Settled.")
    (alarm,) = office.desk(clock=hands).alarms.standing()
    assert (alarm.kind, "schedule the message again" in alarm.why) == ("overdue", True)


def test_a_hold_names_its_account_but_not_its_topic_nor_its_reason(office):
    desk = office.desk("Liaison India")
    desk.holds.place("A coup is under way.", account="G20 X")
    desk.holds.place("A coup is under way.", topic="coup")
    said = [a.sentence() for a in office.desk().alarms.standing()]
    assert said == ["A hold was placed on G20 X.", "A hold was placed on a topic."]


def test_who_can_let_somebody_in_is_told_until_it_is_done(office):
    india = office.desk("Liaison India")
    key = DeviceKey.fresh()
    office.desk("Ada Head").act("member.admitted", {
        "name": "Ira Second", "role": "liaison", "government": "IN", "topic": "", "nonce": "", "until": 0,
        **answer(key, india.office.id, ""),
    })  # fmt: skip
    (alarm,) = india.alarms.standing()
    assert (alarm.kind, alarm.why) == ("waits", "Ira Second as liaison for IN")
    assert "Ira" not in alarm.sentence()
    assert not kinds(office.desk("Liaison Brazil")) and not kinds(office.desk("Ada Head"))
    india.people.second("Ira Second")
    assert not kinds(office.desk("Liaison India"))


def test_what_was_altered_is_told_until_it_is_left(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    message = office.due(content("Ministers met.", to=("M",)))
    hands = Hands()
    desk = office.desk(clock=hands)
    desk.publish.once()
    assert kinds(desk) == []
    mastodon.face.statuses.clear()
    hands.on = 2 * MINUTE
    desk.publish.look()
    (alarm,) = desk.alarms.standing()
    assert (alarm.kind, alarm.message, alarm.why) == ("altered", message, "Read back: it is not there any more.")
    desk.alarms.leave([alarm.id])
    assert [bool(a.left) for a in desk.alarms.standing()] == [True]


def test_a_sign_in_that_was_refused_is_told_until_somebody_signs_in(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    desk = office.desk()
    account = desk.accounts.get("M")
    Keeping(desk, account.id).note("needs sign-in", "the network refused the token")
    assert kinds(desk) == [("sign-in", "M")]
    first = desk.alarms.standing()[0].id
    office.head.accounts.sign_in("M", "token")
    assert kinds(desk) == []
    Keeping(desk, account.id).note("needs sign-in", "the network refused the token")
    assert desk.alarms.standing()[0].id != first


def test_a_sign_in_that_ends_is_told_days_ahead_or_before_a_planned_post(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    desk = office.desk()
    now = desk.clock.now_ms()
    for days, told in ((20, []), (13, [("sign-in-ends", "M")])):
        office.head.accounts.sign_in("M", json.dumps({"token": "token", "ends": now + days * DAY}))
        assert kinds(desk) == told
    office.head.accounts.sign_in("M", json.dumps({"token": "token", "ends": now + 20 * DAY}))
    message = office.approved(content("Ministers met.", to=("M",)))
    desk.messages.schedule(message, now + 21 * DAY)
    (alarm,) = desk.alarms.standing()
    assert (alarm.kind, alarm.at, alarm.why) == ("sign-in-ends", now + 20 * DAY, "A post is planned for later.")
    desk.messages.schedule(message, now + 19 * DAY)
    assert kinds(desk) == []


def test_what_is_long_over_is_forgotten(office, failed):
    message = failed("refuse")
    hands = Hands()
    desk = office.desk(clock=hands)
    desk.alarms.fresh("window")
    desk.messages.schedule(message, desk.clock.now_ms())
    desk.publish.once()
    assert len(desk.store.metas("alarm/")) == 1
    hands.on = 40 * DAY
    office.desk("Liaison India").holds.place("A dispute.")
    desk.alarms.fresh("window")
    assert len(desk.store.metas("alarm/")) == 1


def test_every_kind_has_its_words():
    assert set(KINDS) <= set(SAYS)
    assert set(ALWAYS) <= set(KINDS)
