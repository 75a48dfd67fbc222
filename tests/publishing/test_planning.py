"""Slots are offered, never binding; recurring messages make drafts, never posts, and each once over all desks."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from g20desk.clock import from_iso, iso
from g20desk.desk import Desk, days
from g20desk.desk.acting import Proposal
from g20desk.desk.watching import Watch
from g20desk.errors import Refused, Usage
from g20desk.office.planning import dates
from tests.story import Hands, content

HOUR, DAY = 3_600_000, 86_400_000
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


def at(text):
    return from_iso(text)


@pytest.fixture
def hands(office):
    """Noon UTC on a Monday to come: stamps never run back."""
    made = Hands()
    week = 7 * DAY
    made.on = (made.now_ms() // week + 2) * week + 4 * DAY + 12 * HOUR - made.now_ms()
    return made


@pytest.fixture
def officer(office, hands):
    return Desk.open(office.folder, "Officer", hands)


@pytest.mark.parametrize(
    ("every", "on", "since", "until", "found"),
    [
        pytest.param("week", [1, 4], "2026-11-01", "2026-11-10", ["02", "05", "09"], id="Mondays and Thursdays"),
        pytest.param("month", [15], "2026-11-01", "2026-12-31", ["15", "15"], id="the fifteenth"),
        pytest.param("month", [31], "2026-11-01", "2026-12-31", ["31"], id="a month without it goes without"),
        pytest.param("month", [-1], "2027-01-30", "2027-03-30", ["31", "28"], id="the last day"),
        pytest.param("month", [-1, 28], "2027-02-01", "2027-02-28", ["28"], id="the last day is that day too"),
    ],
)
def test_on_which_days_it_falls(every, on, since, until, found):
    made = dates(every, on, date.fromisoformat(since), date.fromisoformat(until))
    assert [f"{one:%d}" for one in made] == found


def test_a_local_time_keeps_its_hour_over_clock_changes():
    def moment(day, zone, clock="09:00"):
        return iso(days.at(date.fromisoformat(day), clock, zone))[:16]

    assert [moment("2026-10-24", "Europe/Rome"), moment("2026-10-26", "Europe/Rome")] == [
        "2026-10-24T07:00", "2026-10-26T08:00",
    ]  # fmt: skip
    assert moment("2027-03-14", "America/New_York", "02:30") == "2027-03-14T07:30"
    assert moment("2026-11-01", "America/New_York", "01:30") == "2026-11-01T05:30"
    assert moment("2026-10-04", "Australia/Lord_Howe", "02:15") == "2026-10-03T15:45"


def test_the_next_free_slot_is_offered_and_taken(office, officer, hands):
    officer.slots.put("Morning", EVERY_DAY, "09:00", "Europe/Rome")
    officer.slots.put("Evening on X", [1], "18:00", "UTC", ["G20 X"])
    first, second = (office.approved(content(text, to=("G20 X",))) for text in ("One.", "Two."))
    both = office.approved(content("Three.", to=("G20 X", "G20 Bluesky")))
    monday = hands.now_ms() // DAY * DAY
    assert [(t, slot.name) for t, slot in officer.slots.free(first, 1)] == [(monday + 18 * HOUR, "Evening on X")]
    (offered,) = officer.slots.free(both, 1)
    assert offered[1].name == "Morning"
    assert officer.slots.next(first) == (monday + 18 * HOUR, "UTC")
    officer.messages.schedule(first, monday + 18 * HOUR)
    assert officer.slots.next(second)[0] == offered[0]
    officer.messages.schedule(second, offered[0] + 10 * 60_000)
    assert officer.slots.next(both)[0] > offered[0]


def test_no_slot_in_an_embargo_or_on_a_day_of_mourning(office, officer, hands):
    officer.slots.put("Noon", EVERY_DAY, "12:30", "UTC")
    message = office.approved(content("What a festival.", to=("G20 X",)))
    solemn = office.approved(replace(content("We grieve with Brazil.", to=("G20 X",)), kind="condolence"))
    monday = hands.now_ms() // DAY * DAY
    officer.embargoes.place(monday + 12 * HOUR + 31 * 60_000, "Not yet", account="G20 X")
    officer.mournings.declare(iso(monday + DAY)[:10], "The floods")
    assert officer.slots.next(message)[0] == monday + 2 * DAY + 12.5 * HOUR
    assert officer.slots.next(solemn)[0] == monday + DAY + 12.5 * HOUR


def test_slots_are_replaced_dropped_and_checked(office, officer):
    officer.slots.put("Morning", [1], "09:00", "Europe/Rome")
    officer.slots.put("Morning", [2, 3], "10:00", "Asia/Tokyo", ["G20 X"])
    (row,) = officer.slots.rows()
    assert (row["days"], row["time"], row["zone"], row["accounts"]) == ([2, 3], "10:00", "Asia/Tokyo", ["G20 X"])
    assert row["next"].endswith("T01:00:00.000Z")
    for words in (([0], "09:00", "UTC"), ([1, 1], "09:00", "UTC")):
        with pytest.raises(Refused):
            officer.slots.put("Bad", *words)
    for words in (([1], "25:00", "UTC"), ([1], "9", "UTC"), ([1], "09:00", "Mars/Base")):
        with pytest.raises(Usage):
            officer.slots.put("Bad", *words)
    with pytest.raises(Refused):
        office.desk("Liaison Brazil").slots.put("Mine", [1], "09:00", "UTC")
    officer.slots.drop("Morning")
    assert officer.slots.rows() == []
    message = office.approved(content("One.", to=("G20 X",)))
    with pytest.raises(Refused) as no:
        officer.slots.next(message)
    assert no.value.code == "no-slot"


def drafts(desk, title):
    return [row for row in desk.messages.rows("draft") if row.title == title]


def weekly(officer, text="The week of the office."):
    made = officer.messages.new(replace(content(text, to=("G20 X",)), note="Look at the dates.", topic="debt"))
    return made["message"], officer.recurrings.put(made["message"], "week", [4], "09:00", "Europe/Rome", 3)


def test_a_draft_is_made_ahead_of_time_and_never_a_post(office, officer, hands):
    template, recurring = weekly(officer)
    (row,) = officer.recurrings.rows()
    thursday = hands.now_ms() // DAY * DAY + 3 * DAY
    nine = days.at(days.date_at(thursday, "UTC"), "09:00", "Europe/Rome")
    assert row["next"][0] == iso(nine)
    made, kept = officer.recurrings.make_due()
    assert (len(made), kept) == (1, [])
    assert officer.recurrings.make_due() == ([], [])
    shown = officer.messages.show(made[0])
    assert (shown["state"], shown["note"], shown["topic"], shown["posts"]) == (
        "draft",
        "Look at the dates.",
        "debt",
        [],
    )
    assert shown["occasion"] == {
        "recurring": recurring, "day": iso(thursday)[:10], "at": iso(nine), "zone": "Europe/Rome",
    }  # fmt: skip
    assert {row.id: row.meant_ms for row in drafts(officer, "The week of the office.")} == {
        template: None,
        made[0]: nine,
    }
    assert officer.publish.once() == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 0}
    officer.messages.revise(template, content("Another week.", to=("G20 X",)))
    hands.on += 7 * DAY
    (next_one,) = officer.recurrings.make_due()[0]
    assert officer.messages.show(next_one)["title"] == "Another week."
    assert officer.recurrings.rows()[0]["made"] == [iso(thursday)[:10], iso(thursday + 7 * DAY)[:10]]
    officer.recurrings.end(recurring, "Nobody read it")
    hands.on += 7 * DAY
    assert officer.recurrings.make_due() == ([], [])


def test_what_was_missed_is_not_made_in_a_burst(officer, hands):
    weekly(officer)
    hands.on += 30 * DAY
    assert len(officer.recurrings.make_due()[0]) <= 1
    assert len(drafts(officer, "The week of the office.")) <= 2


def test_many_processes_make_one_draft(office, officer, hands):
    weekly(officer)
    found, start = [], threading.Barrier(4)

    def one():
        desk = Desk.open(office.folder, "Officer", hands)
        start.wait()
        found.append(desk.recurrings.make_due())

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(made) for made, _ in found) == [0, 0, 0, 1]
    assert all(kept == [] for _, kept in found)
    assert len(drafts(officer, "The week of the office.")) == 2


def test_of_two_desks_that_made_it_apart_one_counts(office, officer, hands):
    """The other's act does not count when it is placed, nor does its draft, which names that act."""
    template, recurring = weekly(officer)
    (day,) = officer.recurrings.due()
    officer.recurrings.make_due()
    head = Desk.open(office.folder, None, hands)
    values = {"recurring": recurring, "day": day.day, "when": day.when}
    with pytest.raises(Refused) as no:
        head.act("recurring.made", values, keep_refusal=True)
    assert no.value.code == "made-already"
    late = head.store.stream(head.office.id)[-1].id
    source = head.messages.get(template).draft
    first = source.revisions[source.heads[0]]
    content = {**first.content, "base": [], "rulebook": first.rulebook, "findings": first.findings, "originals": []}
    counted = next(made.event for made in head.office.recurrings[recurring].made.values())
    for occasion in (late, counted, "0" * 64):
        with pytest.raises(Refused) as no:
            head.act("draft.revised", {**content, "occasion": occasion})
        assert no.value.code == "made-already"
    assert len(drafts(officer, "The week of the office.")) == 2


def test_both_acts_are_in_the_record_or_neither(officer, hands):
    _, recurring = weekly(officer)
    (day,) = officer.recurrings.due()
    says = Proposal("recurring.made", {"recurring": recurring, "day": day.day, "when": day.when})
    before = officer.store.last_place()
    with pytest.raises(Refused):
        officer.act_all(says, lambda _, made: Proposal("draft.revised", {"base": [], "occasion": made}))
    assert officer.store.last_place() == before
    assert officer.office.recurrings[recurring].made == {}
    assert len(officer.recurrings.make_due()[0]) == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"day": "2026-13-01"}, "malformed"),
        ({"day": "tomorrow"}, "malformed"),
        ({"day": 1}, "malformed"),
        ({"day": 7}, "not-due"),
        ({"when": 0}, "not-due"),
        ({"recurring": "0" * 64}, "unknown-id"),
    ],
    ids=str,
)
def test_the_fold_takes_no_draft_for_another_day(officer, changed, code):
    _, recurring = weekly(officer)
    (day,) = officer.recurrings.due()
    values = {"recurring": recurring, "day": day.day, "when": day.when, **changed}
    if isinstance(values["day"], int):
        values["day"] = str(date.fromordinal(date.fromisoformat(day.day).toordinal() + values["day"]))
    with pytest.raises(Refused) as no:
        officer.act("recurring.made", values)
    assert no.value.code == code


def test_what_keeps_a_draft_from_being_made_is_said_and_tried_again(office, officer, hands):
    template, _ = weekly(officer)
    office.head.accounts.remove("G20 X")
    made, kept = officer.recurrings.make_due()
    assert made == [] and "No draft for" in kept[0]
    assert officer.recurrings.make_due() == ([], [])
    officer.messages.revise(template, content("The week of the office.", to=("G20 Bluesky",)))
    hands.on += 11 * 60_000
    assert len(officer.recurrings.make_due()[0]) == 1


def test_the_watching_publisher_makes_drafts_and_says_so(office, officer, hands):
    weekly(officer)
    lines = []
    one = Watch(
        officer,
        lambda said: (lines.append(said.line()), "made a draft" in said.line() and one.stopped.set(), one.wake.set()),
    )
    one.wake.set()
    one.run()
    assert any("made a draft: message" in line for line in lines)
    assert len(drafts(officer, "The week of the office.")) == 2


def test_who_reads_no_drafts_makes_none(office, officer, hands):
    weekly(officer)
    assert Desk.open(office.folder, "Liaison Brazil", hands).recurrings.make_due() == ([], [])
    with pytest.raises(Refused):
        Desk.open(office.folder, "Analyst", hands).recurrings.put(weekly(officer)[0], "week", [1], "09:00", "UTC")
    assert len(Desk.open(office.folder, "Analyst", hands).recurrings.make_due()[0]) >= 1
