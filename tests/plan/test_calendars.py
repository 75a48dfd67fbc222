"""A plan as a calendar file, and calendars that are taken in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from g20desk.clock import iso
from g20desk.desk import plan_calendar
from g20desk.desk.import_csv import Said
from g20desk.errors import Usage
from tests.plan.test_plans import MINUTE, entry, opened, scheduled, soon
from tests.signoff.conftest import HOUR, Told, content

ROME = Said(zone="Europe/Rome")


def ics(*events: str, more: str = "") -> bytes:
    """A calendar of events; each a line a property."""
    made = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//T//T//EN\n{more}{made}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def look(told: Told, data: bytes, said: Said = ROME, name: str = "summit.ics"):
    return told["Officer"].importing.looked(name, data, said)


def make(told: Told, data: bytes, said: Said = ROME, **more: bool):
    return told["Officer"].importing.make(look(told, data, said), **more)


def events(path: Path) -> dict[str, object]:
    return {str(one["UID"]): one for one in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def times(told: Told, plan: str = "summit") -> list[tuple[str, str]]:
    return [(one["title"], one["at"]) for one in told["Officer"].plans.show(plan)["entries"]]


def codes(told: Told, data: bytes, said: Said = ROME) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in look(told, data, said).faults]


PLENARY = "UID:p1\nDTSTAMP:20270101T000000Z\nDTSTART;TZID=Europe/Rome:29990403T090000\nDTEND;TZID=Europe/Rome:29990403T103000\nSUMMARY:Plenary\\, session 1"


def test_a_plan_goes_out_without_titles_moves_and_withdraws(told, tmp_path):
    plan, officer, at, file = opened(told), told["Officer"], soon(told), tmp_path / "plan.ics"
    message = scheduled(told, at, "Ministers arrive. #G20")
    first = entry(officer, plan, at=at, what=f"message:{message}")
    second = entry(
        officer,
        plan,
        at=at + HOUR,
        title="Family photo",
        minutes=30,
        accounts=["G20 X"],
        langs=["en"],
        not_before=at + HOUR,
    )
    assert plan_calendar.export(officer, plan, file) == {"plan": plan, "events": 2, "withdrawn": 0}
    said = file.read_bytes().decode()
    assert "Family" not in said and "Ministers" not in said and "Summit" not in said
    before = {uid[:32]: one for uid, one in events(file).items()}
    assert str(before[first]["SUMMARY"]) == "Post: G20 Bluesky" and before[first]["STATUS"] == "CONFIRMED"
    assert before[second]["DTEND"].dt - before[second]["DTSTART"].dt == timedelta(minutes=30)
    assert "Embargo until" in str(before[second]["DESCRIPTION"]) and before[second]["STATUS"] == "TENTATIVE"
    officer.messages.schedule(message, at + 15 * MINUTE)
    officer.plans.drop(plan, [second])
    assert plan_calendar.export(officer, plan, file, titles=True)["withdrawn"] == 1
    after = {uid[:32]: one for uid, one in events(file).items()}
    assert after[first]["DTSTART"].dt.timestamp() * 1000 == at + 15 * MINUTE
    assert (
        after[first]["SEQUENCE"] == before[first]["SEQUENCE"] + 1
        and str(after[first]["SUMMARY"]) == "Ministers arrive. #G20"
    )
    assert after[second]["STATUS"] == "CANCELLED" and after[second]["SEQUENCE"] > before[second]["SEQUENCE"]
    assert set(after) == set(before)


def test_titles_go_to_those_who_read_them(told, tmp_path):
    plan, officer, at, file = opened(told), told["Officer"], soon(told), tmp_path / "plan.ics"
    draft = officer.messages.new(content("news", "Not for you yet. #G20"))["message"]
    entry(officer, plan, at=at, what=f"message:{draft}")
    plan_calendar.export(told["Liaison India"], plan, file, titles=True)
    assert "Not for you" not in file.read_text()
    plan_calendar.export(officer, plan, file, titles=True)
    assert "Not for you yet" in file.read_text()


def test_our_own_file_brings_back_what_was_moved_in_another_calendar(told, tmp_path):
    plan, officer, at, file = opened(told), told["Officer"], soon(told), tmp_path / "plan.ics"
    one = entry(officer, plan, at=at, title="Family photo", topic="photo")
    plan_calendar.export(officer, plan, file)
    said = Said(plan=plan)
    assert [one.standing for one in look(told, file.read_bytes(), said).wanted] == ["known"]
    start = f"{iso(at)[:19]}Z".replace("-", "").replace(":", "")
    later = f"{iso(at + HOUR)[:19]}Z".replace("-", "").replace(":", "")
    moved = file.read_bytes().replace(start.encode(), later.encode())
    assert [(w.standing, w.changes) for w in look(told, moved, said).wanted] == [("changed", ("time",))]
    make(told, moved, said, take_changes=True)
    (row,) = officer.plans.show(plan)["entries"]
    assert (row["entry"], row["at"], row["title"], row["topic"]) == (one, iso(at + HOUR), "Family photo", "photo")


def test_events_become_entries_once_and_what_changed_is_told(told):
    made = make(told, ics(PLENARY))
    assert (made["form"], made["entries"], made["drafts"]) == ("ics", 1, [])
    assert times(told) == [("Plenary, session 1", "2999-04-03T07:00:00.000Z")]
    assert told["Officer"].plans.show("summit")["entries"][0]["minutes"] == 90
    assert make(told, ics(PLENARY))["known"] == 1
    moved = PLENARY.replace("T090000", "T093000")
    again = make(told, ics(moved))
    assert (again["new"], [one["changes"] for one in again["changed"]], again["taken"]) == (0, [["time"]], [])
    assert times(told)[0][1] == "2999-04-03T07:00:00.000Z", "never in silence"
    make(told, ics(moved), take_changes=True)
    assert times(told)[0][1] == "2999-04-03T07:30:00.000Z"
    gone = make(told, ics(moved + "\nSTATUS:CANCELLED"))
    assert [one["cancelled"] for one in gone["changed"]] == [True] and len(times(told)) == 1
    make(told, ics(moved + "\nSTATUS:CANCELLED"), take_changes=True)
    assert times(told) == []
    assert make(told, ics("UID:x\nDTSTART:29990403T090000Z\nSTATUS:CANCELLED"))["entries"] == 0


def test_what_comes_back_is_an_entry_each_time(told):
    told.clock.on = 0
    daily = "UID:d\nDTSTART;TZID=Europe/Rome:20260101T090000\nDURATION:PT30M\nRRULE:FREQ=DAILY\nSUMMARY:Morning call"
    found = look(told, ics(daily))
    assert 395 <= len(found.wanted) <= 402 and found.facts["later_left_out"] == 1
    assert len({iso(one.at)[11:16] for one in found.wanted}) == 2, "nine in Rome in winter and in summer"
    day = iso(found.wanted[10].at)[:10].replace("-", "")
    other = f"UID:d\nRECURRENCE-ID;TZID=Europe/Rome:{day}T090000\nDTSTART;TZID=Europe/Rome:{day}T110000\nDURATION:PT30M\nSUMMARY:Morning call"
    without = iso(found.wanted[11].at)[:10].replace("-", "")
    changed = look(told, ics(daily + f"\nEXDATE;TZID=Europe/Rome:{without}T090000", other))
    assert len({one.identity for one in changed.wanted}) == len(found.wanted)
    by = {one.identity: one for one in changed.wanted}
    assert by[found.wanted[10].identity].at == found.wanted[10].at + 2 * HOUR
    assert by[found.wanted[11].identity].cancelled
    # A series that goes by another hour is the same one, moved.
    later = look(told, ics(daily.replace("T090000", "T100000")))
    same = {one.identity for one in later.wanted} & {one.identity for one in found.wanted}
    assert len(same) >= len(found.wanted) - 1


def test_a_rule_that_ends_and_one_that_can_t_be_read(told):
    weekly = "UID:w\nDTSTART;TZID=Europe/Rome:29990401T233000\nRRULE:FREQ=WEEKLY;UNTIL=29990415T213000Z\nSUMMARY:Call"
    told.clock.on = 0
    assert codes(told, ics(weekly)) == []
    assert codes(told, ics(weekly.replace("WEEKLY", "SOMETIMES")))[0][2] in ("bad-event", "bad-rule")
    for often in ("SECONDLY", "HOURLY;BYMONTH=2;BYMONTHDAY=30"):
        assert codes(told, ics(f"UID:w\nDTSTART:29990401T233000Z\nRRULE:FREQ={often}")) == [(1, "RRULE", "bad-rule")]
    assert look(told, ics("UID:w\nDTSTART:29990401T233000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")).wanted
    assert codes(told, ics(weekly + "\nRRULE:FREQ=DAILY")) == [(1, "RRULE", "bad-rule")]


def test_days_without_a_time_are_asked_about(told):
    data = ics("UID:a\nDTSTART;VALUE=DATE:29990403\nSUMMARY:Leaders arrive")
    assert codes(told, data) == [(1, "DTSTART", "all-day")]
    assert codes(told, data, Said(all_day="09:00")) == [(1, "DTSTART", "no-zone")]
    assert look(told, data, Said(all_day="skip")).facts["without_time"] == 1
    make(told, data, Said(zone="Europe/Rome", all_day="09:00"))
    assert times(told) == [("Leaders arrive", "2999-04-03T07:00:00.000Z")]
    with pytest.raises(Usage):
        look(told, data, Said(zone="Europe/Rome", all_day="morning"))


def test_zones_are_the_world_s_or_windows_or_asked(told):
    own = "BEGIN:VTIMEZONE\nTZID:Summit\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n"
    data = ics("UID:a\nDTSTART;TZID=Summit:29990403T090000\nSUMMARY:A", more=own)
    assert codes(told, data) == [(1, "DTSTART", "unknown-zone")]
    found = look(told, data, Said(zones={"Summit": "Africa/Johannesburg"}))
    assert iso(found.wanted[0].at) == "2999-04-03T07:00:00.000Z" and found.facts["zones"] == {
        "Summit": "Africa/Johannesburg"
    }
    windows = look(told, ics('UID:a\nDTSTART;TZID="W. Europe Standard Time":29990403T090000\nSUMMARY:A'))
    assert iso(windows.wanted[0].at) == "2999-04-03T07:00:00.000Z"
    assert windows.facts["zones"] == {"W. Europe Standard Time": "Europe/Berlin"}
    floating = ics("UID:a\nDTSTART:29990403T090000\nSUMMARY:A")
    assert codes(told, floating, Said()) == [(1, "DTSTART", "no-zone")]
    assert iso(look(told, floating).wanted[0].at) == "2999-04-03T07:00:00.000Z"


def test_words_of_a_private_event_stay_out_of_a_plan_that_all_members_read(told):
    make(told, ics(PLENARY + "\nCLASS:CONFIDENTIAL"))
    assert times(told) == [("Private event", "2999-04-03T07:00:00.000Z")]


def test_what_is_over_is_left_out_and_counted(told):
    found = look(told, ics(PLENARY, "UID:old\nDTSTART:20200101T090000Z\nSUMMARY:Old"))
    assert (len(found.wanted), found.facts["past"]) == (1, 1)


@pytest.mark.parametrize(
    ("event", "code"),
    [("DTSTART:29990403T090000Z", "no-uid"), ("UID:a", "no-start"), ("UID:a\nDTSTART:nonsense", "bad-event"),
     ("UID:a\nDTSTART:29990403T090000Z\nDTEND:29990402T090000Z", "bad-event"),
     ("UID:a\nDTSTART:29990403T090000Z\nDTEND:29990403T090000", "bad-event")],
)  # fmt: skip
def test_what_is_wrong_with_an_event_is_told_and_nothing_is_taken(told, event, code):
    data = ics(PLENARY, event)
    assert [(one[0], one[2]) for one in codes(told, data)] == [(2, code)]
    with pytest.raises(Usage):
        make(told, data)
    assert told["Officer"].plans.rows() == []


@pytest.mark.parametrize(
    "data", [b"BEGIN:VCALENDAR\r\n", b"", b"text,date\n", b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", b"\x00\x01"]
)
def test_what_is_no_calendar_is_refused(told, data):
    with pytest.raises(Usage):
        make(told, data)
