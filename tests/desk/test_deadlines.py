"""Deadlines as letters and calendar entries: what stands in them, that a moved end moves the entry, that one that is over goes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import icalendar
import pytest

from g20desk.desk import asked, letters
from g20desk.desk.calendar_file import export, written
from g20desk.desk.smtp import Server
from g20desk.office.form import RELAY
from g20desk.office.reaching import KINDS, Notice, Round
from tests.cli.test_commands import run
from tests.servers.mail import mail_server
from tests.story import Hands

HOUR = 3_600_000

DUE, NOW = 1_900_000_000_000, 1_899_900_000_000
NOTICE = Notice("1" * 32, "asked", "br", "m" * 64, "statement", NOW, "officer", DUE, True, "2" * 32)
FREE_TEXT = "Statement on the coup in Examplia https://g20.example.org"


def events(data):
    return [one for one in icalendar.Calendar.from_ical(data).walk("VEVENT")]


def test_an_entry_says_what_is_due_and_when_and_nothing_more():
    (one,) = events(written([asked.entry(NOTICE)]))
    assert str(one["summary"]) == "Sign-off due: statement"
    assert one.decoded("dtstart") == datetime.fromtimestamp(DUE // 1000, UTC)
    assert (int(one["sequence"]), str(one["status"])) == (0, "CONFIRMED")
    assert {"description", "location", "url", "attendee", "organizer", "attach"}.isdisjoint({k.lower() for k in one})
    assert len(one.walk("VALARM")) == 1


def test_a_moved_end_changes_the_same_entry_and_one_that_is_over_withdraws_it():
    first = events(written([asked.entry(NOTICE)]))[0]
    moved = replace(NOTICE, due=DUE + 3_600_000, changes=1, at=NOW + 1000)
    second, gone = (events(written([asked.entry(moved, over=over)]))[0] for over in (False, True))
    assert first["uid"] == second["uid"] == gone["uid"]
    assert [int(one["sequence"]) for one in (first, second, gone)] == [0, 1, 2]
    assert second.decoded("dtstart") > first.decoded("dtstart")
    assert str(gone["status"]) == "CANCELLED" and gone.walk("VALARM") == []
    other = events(written([asked.entry(replace(NOTICE, person="in"))]))[0]
    assert other["uid"] != first["uid"], "each person's entry has a name of its own"


WRITTEN = [(what, kind) for kind in (*letters.MESSAGE_KINDS, FREE_TEXT) for what in letters.SUBJECTS]
WRITTEN += [(what, RELAY) for what in letters.RELAY_SUBJECTS]


def test_there_is_a_letter_for_whatever_is_told():
    assert {what for what, _ in WRITTEN} == set(KINDS)


@pytest.mark.parametrize(("what", "kind"), WRITTEN)
def test_a_letter_of_any_kind_is_well_formed_and_holds_nothing_of_a_message(what, kind):
    one = replace(NOTICE, what=what, message_kind=kind)
    entry = written([asked.entry(one)]) if what in ("asked", "half", "soon", "off") else b""
    made = letters.letter(one, "Ana Łuczak-O'Neil", "br@ministry.example", "desk@g20.example", "f" * 64, NOW, entry)
    raw = made.as_bytes()
    read = message_from_bytes(raw, policy=policy.SMTP)
    assert not read.defects and all(not part.defects for part in read.walk())
    said = read.get_body(("plain",)).get_content()
    everything = raw.decode("ascii") + said + entry.decode()
    assert "coup" not in everything and "m" * 12 not in everything and "f" * 12 not in everything
    assert not re.search(r"https?:|www\.|://", everything)
    assert said.count("G20 Desk") >= 2, "in both languages"
    assert ("17 March 2030, 17:46 UTC" in said and "17 mars 2030, 17:46 UTC" in said) is (what != "off")
    if entry:
        (attached,) = read.iter_attachments()
        assert attached.get_content_type() == "text/calendar"
        assert len(events(attached.get_payload(decode=True))) == 1


@pytest.mark.parametrize(("name", "shown"), [
    ("Ada Head", "Ada Head"), ("Zoë O'Neil-Łuk", "Zoë O'Neil-Łuk"), ("Dr. Ng", "Dr. Ng"),
    ("see evil.example now", "see evil. example now"), ("https://evil.example", "https evil. example"),
    ("A\r\nBcc: x@y.example", "A Bcc x y. example"), ("\x00", "?"), ("سارة", "سارة"),
])  # fmt: skip
def test_a_name_makes_no_link_and_no_header(name, shown):
    assert letters.plain(name) == shown


@pytest.fixture
def rounds(monkeypatch):
    """What is asked, as a test says it."""
    made: list[Round] = []
    monkeypatch.setattr(asked.Asked, "rounds", lambda self: made)
    return made


def round_of(desk, opened, **more):
    return replace(Round("m" * 64, "act", "statement", "", 0, (desk.person.id,), opened, opened + 24 * HOUR), **more)


def test_a_file_moves_what_was_moved_and_withdraws_what_is_over(office, rounds, tmp_path):
    india, file = office.desk("Liaison India"), tmp_path / "mine.ics"
    now = india.clock.now_ms()
    rounds.append(round_of(india, now))
    assert export(india, file) == {"deadlines": 1, "withdrawn": 0}
    (first,) = events(file.read_bytes())
    rounds[:] = [round_of(india, now, due=now + 48 * HOUR, changes=1)]
    assert export(india, file) == {"deadlines": 1, "withdrawn": 0}
    (moved,) = events(file.read_bytes())
    assert (
        moved["uid"] == first["uid"]
        and int(moved["sequence"]) == 1
        and moved.decoded("dtstart") > first.decoded("dtstart")
    )
    rounds.clear()
    for _ in range(2):
        assert export(india, file) == {"deadlines": 0, "withdrawn": 1}
        (gone,) = events(file.read_bytes())
        assert (gone["uid"], str(gone["status"]), int(gone["sequence"])) == (first["uid"], "CANCELLED", 2)
    assert run(office, "export", "calendar", str(tmp_path / "no" / "x.ics"), "--json")[0] == 2
    code, told, _ = run(office, "export", "calendar", str(file), "--json", person="Liaison India")
    assert (code, told) == (0, {"file": str(file), "deadlines": 0, "withdrawn": 1}), (
        "another process knows what it gave"
    )


def test_a_letter_carries_the_entry_and_another_withdraws_it(office, rounds):
    india, officer = office.desk("Liaison India"), office.desk()
    india.mail.address("in@ministry.example")
    rounds.append(round_of(india, india.clock.now_ms()))
    with mail_server() as box:
        officer.mail.use(Server("127.0.0.1", box.port, "none", "desk@g20.example"), "")
        assert officer.mail.send().sent == 1
        rounds.clear()
        assert officer.mail.send().sent == 1
        assert officer.mail.send().sent == 0
    first, last = (events(next(one.iter_attachments()).get_payload(decode=True))[0] for one in box.letters)
    assert first["uid"] == last["uid"] and str(last["status"]) == "CANCELLED"
    assert "no longer asked" in box.texts()[1]


def test_who_has_decided_is_told_no_more_and_keeps_the_day_free_of_letters(office, rounds):
    """The stage goes on: that this person need not decide any more they know best."""
    india, officer = office.desk("Liaison India"), office.desk()
    india.mail.address("in@ministry.example")
    rounds.append(round_of(india, india.clock.now_ms()))
    with mail_server() as box:
        officer.mail.use(Server("127.0.0.1", box.port, "none", "desk@g20.example"), "")
        officer.mail.send()
        rounds[:] = [replace(rounds[0], waits=())]
        assert officer.mail.send().sent == 0
    assert len(box.letters) == 1


def test_a_desk_that_was_away_sends_the_latest_reminder_alone(office, rounds):
    india, hands = office.desk("Liaison India"), Hands()
    officer = office.desk(clock=hands)
    india.mail.address("in@ministry.example")
    rounds.append(round_of(india, india.clock.now_ms()))
    with mail_server() as box:
        officer.mail.use(Server("127.0.0.1", box.port, "none", "desk@g20.example"), "")
        hands.on = 23 * HOUR
        assert officer.mail.send().sent == 1
    assert str(box.letters[0]["Subject"]).startswith("Sign-off: the time is soon over")
