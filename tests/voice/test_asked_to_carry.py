"""Whom relays reach, and what becomes of one whose line does not stand any more."""

from __future__ import annotations

import icalendar
import pytest

from g20desk.desk.calendar_file import export
from g20desk.desk.smtp import Server
from tests.servers.mail import mail_server
from tests.signoff.conftest import HOUR, refused
from tests.voice.test_relays import LINE, agreed, asked

EVERYBODY = ("Head", "Officer", "Liaison Brazil", "Liaison India", "Liaison Italy", "Presidency", "Analyst")


def wrong(told, person):
    return [(one.says, one.message) for one in told[person].alarms.standing()]


def waits(told, person):
    return [(one.says, one.message) for one in told[person].alarms.asked()]


def planned(told, line, hours=2.0):
    """A relay that is adopted and planned; its id."""
    relay = asked(told, line)
    told["Presidency"].relays.adopt(relay, when_ms=told.clock.now_ms() + round(hours * HOUR))
    return relay


def test_the_communicator_is_asked_and_reminded_and_the_asker_hears_of_a_late_one(told):
    relay = asked(told, agreed(told), told.clock.now_ms() + 24 * HOUR)
    for hours, said in ((0, "asked"), (13, "half"), (10, "soon")):
        told.after(hours)
        assert waits(told, "Presidency") == [(f"{said}-relay", relay)]
        for other in EVERYBODY:
            assert other == "Presidency" or (waits(told, other), wrong(told, other)) == ([], []), other
    told.after(2)
    assert waits(told, "Presidency") == []
    assert wrong(told, "Presidency") == wrong(told, "Officer") == [("late-relay", relay)]
    assert wrong(told, "Head") == wrong(told, "Liaison India") == []
    told["Presidency"].relays.adopt(relay, when_ms=told.clock.now_ms())
    assert wrong(told, "Presidency") == wrong(told, "Officer") == []


def test_nobody_s_sign_off_is_asked_of_a_relay(told):
    asked(told, agreed(told))
    for person in EVERYBODY:
        assert told[person].messages.waiting() == []


def test_what_was_taken_on_but_not_planned_is_told_once_its_time_is_near(told):
    relay = asked(told, agreed(told), told.clock.now_ms() + 24 * HOUR)
    told["Presidency"].relays.adopt(relay)
    assert waits(told, "Presidency") == []
    told.after(23)
    assert waits(told, "Presidency") == [("soon-relay", relay)]
    told["Presidency"].messages.schedule(relay, told.clock.now_ms() + HOUR // 2)
    assert waits(told, "Presidency") == []


def test_the_asker_hears_of_a_decline_and_may_leave_it(told):
    relay = asked(told, agreed(told))
    told["Presidency"].relays.decline(relay, "Our minister speaks tomorrow.")
    assert wrong(told, "Officer") == [("declined", relay)] and wrong(told, "Presidency") == []
    (alarm,) = told["Officer"].alarms.standing()
    assert "minister" not in alarm.sentence()
    told["Officer"].alarms.leave([alarm.id])
    assert [one.left for one in told["Officer"].alarms.standing()] != [0]


def test_the_asker_hears_of_drift(told):
    relay = asked(told, agreed(told))
    presidency = told["Presidency"]
    presidency.relays.adopt(relay, "We spoke about debt relief for forty countries.", when_ms=told.clock.now_ms())
    assert presidency.publish.once()["sent"] == 1
    assert wrong(told, "Officer") == [("drifted", relay)]
    other = asked(told, agreed(told))
    presidency.relays.adopt(other, when_ms=told.clock.now_ms())
    presidency.publish.once()
    assert wrong(told, "Officer") == [("drifted", relay)]


def test_a_line_that_is_withdrawn_stops_what_is_planned_and_both_desks_are_told(told):
    line = agreed(told)
    relay = planned(told, line)
    told["Officer"].messages.withdraw(line, "A figure is wrong.")
    assert ("lost", relay) in wrong(told, "Presidency") and ("lost", relay) in wrong(told, "Officer")
    told.after(2)
    assert told["Presidency"].publish.once()["sent"] == 0
    shown = told["Presidency"].messages.show(relay)
    assert "not agreed any more" in shown["posts"][0]["why"]
    assert "not agreed any more" in told["Officer"].relays.show(relay)["why"]
    told.after(1)
    told["Presidency"].publish.once()
    assert told["Presidency"].messages.show(relay)["state"] == "missed"


def test_the_fold_sends_no_relay_whose_line_does_not_stand(told):
    """A government's own program gets no further."""
    line = agreed(told)
    relay = planned(told, line, 0)
    presidency = told["Presidency"]
    (key,) = presidency.messages.get(relay).message.posts
    presidency.act("post.claimed", {"post": key, "process": "p", "until": told.clock.now_ms() + 60_000}, relay)
    told["Officer"].messages.withdraw(line, "A figure is wrong.")
    sending = {"post": key, "process": "p", "first": 0, "keys": ["k"], "created_at": "2026-11-30T00:00:00Z", "since": 0}
    with refused("not-agreed"):
        presidency.act("post.sending", sending, relay)
    told.after(0.1)
    with refused("not-agreed"):
        presidency.messages.schedule(relay, told.clock.now_ms())


def test_a_line_that_is_agreed_again_as_it_was_is_carried(told):
    line = agreed(told)
    relay = planned(told, line, 0)
    told["Officer"].messages.withdraw(line, "Wait.")
    assert told["Presidency"].publish.once()["sent"] == 0
    digest = told["Officer"].messages.submit(line)["digest"]
    told["Liaison Italy"].messages.decide(line, "approve", digest)
    assert told["Presidency"].publish.once()["sent"] == 1
    assert told["Officer"].relays.show(relay)["state"] == "carried"


def test_a_relay_has_no_time_at_which_its_line_is_over(told):
    end = told.clock.now_ms() + 3 * HOUR
    relay = asked(told, agreed(told, until_ms=end))
    with refused("line-over"):
        told["Presidency"].relays.adopt(relay, when_ms=end + 1)
    assert told["Officer"].relays.show(relay)["state"] == "asked", "all of it or nothing"
    told["Presidency"].relays.adopt(relay, when_ms=end - 1)


def test_a_line_whose_place_another_takes_is_not_sent(told):
    first = agreed(told)
    relay = planned(told, first, 0)
    agreed(told, "We agreed on debt relief for forty-one countries by 2027.", (), supersedes=first)
    assert ("lost", relay) in wrong(told, "Presidency") and ("lost", relay) in wrong(told, "Officer")
    assert told["Presidency"].publish.once()["sent"] == 0
    assert "took the place" in told["Officer"].relays.show(relay)["why"]


def test_the_office_takes_back_what_it_asked(told):
    relay = planned(told, agreed(told), 0)
    for person in ("Liaison Brazil", "Presidency", "Analyst"):
        with refused("no-right"):
            told[person].relays.withdraw(relay, "Not now.")
    told["Officer"].relays.withdraw(relay, "Not now.")
    shown = told["Presidency"].relays.show(relay)
    assert (shown["state"], shown["why"]) == ("withdrawn", "Not now.")
    assert told["Presidency"].publish.once()["sent"] == 0
    assert told["Presidency"].messages.show(relay)["state"] == "withdrawn"
    assert wrong(told, "Presidency") == [("lost", relay)] and wrong(told, "Officer") == []
    for act in (lambda desk: desk.adopt(relay), lambda desk: desk.decline(relay, "Why?")):
        with refused("taken-back"):
            act(told["Presidency"].relays)
    with refused("taken-back"):
        told["Officer"].relays.withdraw(relay, "Again.")
    assert told["Officer"].relays.rows(open_only=True) == []


def test_what_nobody_took_on_is_taken_back_in_silence(told):
    relay = asked(told, agreed(told), told.clock.now_ms() + HOUR)
    told["Head"].relays.withdraw(relay, "Not now.")
    assert wrong(told, "Presidency") == waits(told, "Presidency") == []


def test_what_is_out_is_not_taken_back(told):
    relay = planned(told, agreed(told), 0)
    told["Presidency"].publish.once()
    with refused("sent-already"):
        told["Officer"].relays.withdraw(relay, "Oh.")
    with refused("unknown-id"):
        told["Officer"].relays.withdraw(agreed(told), "Oh.")


def test_an_account_is_not_asked_twice_for_the_same_line(told):
    line = agreed(told)
    relay = asked(told, line)
    with refused("asked-already"):
        asked(told, line)
    told["Presidency"].relays.decline(relay, "Not today.")
    asked(told, line)


def test_what_a_communicator_has_before_them(told):
    line = agreed(told, until_ms=told.clock.now_ms() + 5 * HOUR)
    (one,) = told["Officer"].relays.ask(line, ["ZA Presidency X"], told.clock.now_ms() + HOUR, "The summit opens.")
    found = told["Presidency"].relays.brief(one["relay"])
    assert (found.texts, found.locks) == ({"en": (LINE,)}, {"en": ("debt relief for forty countries",)})
    assert (found.by, found.reason, found.theirs, found.state) == (
        "Officer",
        "The summit opens.",
        ("Presidency",),
        "asked",
    )
    assert (found.can["adopt"], found.can["decline"]) == ("", "")
    assert found.can["withdraw"] == "This act is for: head, officer."
    assert told["Officer"].relays.brief(one["relay"]).can["adopt"].startswith("Only the account's own")
    told["Presidency"].relays.adopt(one["relay"], texts={"en": f"Today: {LINE}"})
    assert told["Presidency"].messages.show(one["relay"])["can"]["schedule"] == ""
    assert told["Officer"].messages.show(one["relay"])["can"]["schedule"] != ""
    assert told["Presidency"].relays.brief(one["relay"]).said == {"en": (f"Today: {LINE}",)}
    told["Officer"].messages.withdraw(line, "Wrong.")
    assert "not agreed" in told["Presidency"].relays.brief(one["relay"]).can["adopt"]
    assert "not agreed" in told["Presidency"].messages.show(one["relay"])["can"]["schedule"]


def test_a_relay_that_nobody_took_on_is_read_like_any_message(told):
    relay = asked(told, agreed(told))
    for person in EVERYBODY:
        shown = told[person].messages.show(relay, anew=True)
        assert (shown["state"], shown["kind"], shown["texts"], shown["differences"]) == ("submitted", "relay", [], [])


def test_a_hold_on_the_topic_stops_its_relays(told):
    planned(told, agreed(told), 0)
    told["Officer"].holds.place("Wait.", "debt", "")
    assert told["Presidency"].publish.once()["sent"] == 0


@pytest.mark.parametrize("topic", ["", "climate"])
def test_a_relay_is_on_the_topic_of_its_line(told, topic):
    relay = asked(told, agreed(told))
    presidency = told["Presidency"]
    presidency.relays.adopt(relay)
    kept = presidency.messages.get(relay).message
    other = {**kept.content, "words": kept.relay.words, **({"c.topic": topic} if topic else {})}
    if not topic:
        del other["c.topic"]
    with refused("malformed"):
        presidency.act("relay.adopted", other, relay)


def test_notices_by_mail_and_in_the_calendar_hold_no_content(told, tmp_path):
    told["Presidency"].mail.address("za@ministry.example")
    told["Officer"].mail.address("officer@g20.example")
    with mail_server() as box:
        told["Officer"].mail.use(Server("127.0.0.1", box.port, "none", "desk@g20.example"), "")

        def send():
            before = len(box.letters)
            told["Officer"].mail.send()
            return list(zip(box.to()[before:], box.letters[before:], strict=True))

        line = agreed(told)
        told["Officer"].mail.send()
        relay = asked(told, line, told.clock.now_ms() + 4 * HOUR)
        ((to, letter),) = send()
        text = letter.get_body(("plain",)).get_content()
        assert to == "za@ministry.example" and "Officer asks you to carry agreed wording" in text
        assert not any(word in letter.as_string() for word in ("debt", "forty", "Presidency X", relay[:8], "http"))
        (part,) = letter.iter_attachments()
        (entry,) = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
        assert str(entry["summary"]) == "Agreed wording to carry"
        assert export(told["Presidency"], tmp_path / "mine.ics") == {"deadlines": 1, "withdrawn": 0}
        told["Presidency"].relays.decline(relay, "Our minister speaks tomorrow.")
        said = {to: str(letter["Subject"]) for to, letter in send()}
        assert said["officer@g20.example"].startswith("Agreed wording was declined")
        assert said["za@ministry.example"].startswith("Agreed wording is no longer asked for")
        assert "minister" not in "".join(one.as_string() for one in box.letters)
    assert LINE not in "".join(one.as_string() for one in box.letters)
