"""Reaching people in sign-off by routes: whom a stage asks and until when, all that a broken silence is told to, deputies,
more time, reopening, emergencies; by notices, mail and calendar."""

from __future__ import annotations

import icalendar
import pytest

from g20desk.desk.calendar_file import export
from g20desk.desk.smtp import Server
from tests.servers.mail import mail_server
from tests.signoff.conftest import HOUR, content
from tests.signoff.test_emergency import QUAKE, TO

LANDS = {"Brazil": "br", "India": "in", "Italy": "it"}
STAGES = {
    "name": "Statement", "kinds": ["statement"],
    "stage": [
        {"name": "Head", "who": "role:head", "need": "any", "within": "PT2H"},
        {"name": "Members", "who": "governments:BR,IN", "need": "all", "within": "PT24H"},
    ],
}  # fmt: skip


def asked(told, person):
    return [(one.kind, one.message) for one in told[person].alarms.asked()]


def wrong(told, person):
    return [one.kind for one in told[person].alarms.standing()]


@pytest.fixture
def mailed(silent):
    """The same, with addresses and a mail server: (office, mailbox, send)."""
    for land, code in LANDS.items():
        silent[f"Liaison {land}"].mail.address(f"{code}@ministry.example")
    for person in ("Head", "Officer"):
        silent[person].mail.address(f"{person.lower()}@g20.example")
    with mail_server() as box:
        silent["Officer"].mail.use(Server("127.0.0.1", box.port, "none", "desk@g20.example"), "")

        def send():
            before = len(box.letters)
            silent["Officer"].mail.send()
            letters = zip(box.to()[before:], box.letters[before:], strict=True)
            return {to.partition("@")[0]: letter for to, letter in letters}

        yield silent, box, send


def entries(letter):
    return [e for part in letter.iter_attachments()
            for e in icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")]  # fmt: skip


def test_a_silence_asks_each_government_until_it_spoke_and_reminds_the_others(mailed):
    told, _, send = mailed
    message, _ = told.submit()
    first = send()
    assert set(first) == set(LANDS.values())
    assert "under silence" in first["br"].get_body(("plain",)).get_content()
    assert asked(told, "Liaison Brazil") == [("asked", message)]
    told.say("Brazil", message, "no-objection")
    told.after(12.5)
    assert set(send()) == {"in", "it"}
    assert asked(told, "Liaison India") == [("half", message)]
    told.after(10)
    assert {str(one["Subject"])[:28] for one in send().values()} == {"Sign-off: the time is soon o"}
    told.after(2)
    assert send() == {}, "it is over, and silence is agreement"
    assert asked(told, "Liaison India") == []


def test_a_broken_silence_is_told_to_all_at_once_and_reopening_asks_anew(mailed):
    told, _, send = mailed
    message, _ = told.submit()
    first = send()
    told.after(1)
    told.say("India", message, "object", "Not so.")
    broken = send()
    assert set(broken) == {*LANDS.values(), "head", "officer"}
    assert all("broke the silence" in one.get_body(("plain",)).get_content() for one in broken.values())
    for person in ("Head", "Officer", "Liaison Brazil", "Liaison Italy", "Liaison India"):
        assert wrong(told, person) == ["broken"]
    assert asked(told, "Liaison Brazil") == []
    told["Head"].signoffs.reopen(message, "India agrees to wait.")
    assert wrong(told, "Officer") == []
    again = send()
    assert set(again) == set(LANDS.values())
    (before,), (after,) = entries(first["br"]), entries(again["br"])
    assert before["uid"] == after["uid"] and int(after["sequence"]) == int(before["sequence"]) + 1
    assert after.decoded("dtstart") > before.decoded("dtstart"), "the same deadline, moved"


def test_more_time_moves_the_same_deadline(mailed, tmp_path):
    told, _, send = mailed
    message, _ = told.submit()
    (first,) = entries(send()["br"])
    brazil = told["Liaison Brazil"]
    assert export(brazil, tmp_path / "mine.ics") == {"deadlines": 1, "withdrawn": 0}
    told["Head"].signoffs.extend(message, "A holiday.")
    (moved,) = entries(send()["br"])
    assert moved["uid"] == first["uid"]
    assert (int(first["sequence"]), int(moved["sequence"])) == (0, 1)
    assert (moved.decoded("dtstart") - first.decoded("dtstart")).total_seconds() == 24 * 3600
    export(told["Liaison Brazil"], tmp_path / "mine.ics")
    (mine,) = icalendar.Calendar.from_ical((tmp_path / "mine.ics").read_bytes()).walk("VEVENT")
    assert (mine["uid"], int(mine["sequence"])) == (first["uid"], 1)


def test_a_withdrawn_text_withdraws_its_deadlines(mailed):
    told, _, send = mailed
    message, _ = told.submit()
    (first,) = entries(send()["br"])
    told["Officer"].messages.withdraw(message, "Another text comes.")
    gone = send()
    assert set(gone) == set(LANDS.values())
    assert [(e["uid"], str(e["status"])) for e in entries(gone["br"])] == [(first["uid"], "CANCELLED")]
    assert send() == {}


def test_a_deputy_is_told_in_their_time_and_with_the_liaison(mailed):
    told, _, send = mailed
    now = told.clock.now_ms()
    told["Analyst"].mail.address("ana@g20.example")
    told["Liaison Brazil"].deputies.name("Analyst", now + HOUR, now + 20 * HOUR)
    message, _ = told.submit()
    assert "ana" not in send()
    told.after(1.5)
    assert set(send()) == {"ana"}
    assert asked(told, "Analyst") == [("asked", message)]
    told.after(19)
    assert asked(told, "Analyst") == []


def test_stages_ask_one_after_the_other_and_a_late_one_is_told_to_those_in_charge(told):
    told["Head"].routes.adopt(STAGES)
    message, digest = told.submit()
    assert asked(told, "Head") == [("asked", message)] and asked(told, "Liaison Brazil") == []
    told.after(2.5)
    assert wrong(told, "Head") == ["late"] == wrong(told, "Officer")
    assert wrong(told, "Liaison Brazil") == []
    told["Head"].messages.decide(message, "approve", digest)
    assert wrong(told, "Head") == []
    assert asked(told, "Liaison Brazil") == asked(told, "Liaison India") == [("asked", message)]
    assert asked(told, "Liaison Italy") == [], "nobody asks Italy"
    told.say("Brazil", message, "approve")
    assert asked(told, "Liaison Brazil") == []
    told.after(25)
    assert wrong(told, "Liaison India") == ["late"] and wrong(told, "Liaison Brazil") == []


def test_nothing_that_has_no_place_yet_asks_anybody(silent):
    officer = silent["Officer"]
    draft = officer.messages.new(content())
    officer.store.set_meta("keeper", "f" * 64)
    officer.messages.submit(draft["message"])
    assert officer.asked.rounds() == []


def test_an_emergency_asks_the_second_is_told_to_all_and_stays_until_it_was_reviewed(told):
    told["Head"].templates.adopt(QUAKE)
    (waits,) = told["Head"].office.proposals
    told["Liaison Brazil"].people.second(waits)
    made = told["Officer"].templates.fill("Quake", TO, {"": {"place": "Rome"}})
    told["Officer"].messages.submit(made["message"])
    told["Head"].signoffs.release(made["message"], "Quake", "An earthquake.")
    assert ("asked", made["message"]) in asked(told, "Liaison Italy"), "the second of the two"
    assert wrong(told, "Liaison India") == []
    told["Liaison Italy"].signoffs.release(made["message"], "Quake", "Seen.")
    for person in ("Officer", "Head", "Analyst", "Presidency", "Liaison India"):
        assert "emergency" in wrong(told, person), person
    assert "review" in wrong(told, "Liaison India") and "review" not in wrong(told, "Head")
    said = " ".join(one.sentence() for one in told["Analyst"].alarms.standing())
    assert "Rome" not in said and "Quake" not in said
    told["Liaison India"].signoffs.review(made["message"], "It was one.")
    assert not {"emergency", "review"} & {*wrong(told, "Liaison India"), *wrong(told, "Head")}
