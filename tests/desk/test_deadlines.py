"""Deadlines as letters and calendar entries: what stands in them, that a moved end moves the entry, that one that is over goes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import icalendar
import pytest

from g20desk.desk import asked, letters
from g20desk.desk.calendar_file import written
from g20desk.office.reaching import KINDS, Notice

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


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("kind", ["news", "statement", "rebuttal", "condolence", "correction", FREE_TEXT])
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
