"""Working hours: how much of a time a government is at work, which days are free, when it is at work next."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from g20desk.office.working_time import Habits, begins, share

HOUR = 3_600_000
WEEKDAYS = frozenset(range(1, 6))


def ms(text):
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def habits(zone="America/Sao_Paulo", week=WEEKDAYS, holidays=None, made_up=(), opens="09:00", closes="17:00"):
    hours = time.fromisoformat(opens), time.fromisoformat(closes)
    return Habits(ZoneInfo(zone), week, *hours, holidays or {}, frozenset(made_up))


def test_only_the_hours_of_the_governments_own_clock_count():
    found = share(habits(), ms("2026-09-01T10:00Z"), ms("2026-09-02T10:00Z"))
    assert (found.working, found.whole, found.free) == (8 * HOUR, 24 * HOUR, ())
    found = share(habits(), ms("2026-09-01T18:00Z"), ms("2026-09-02T14:00Z"))
    assert found.working == 4 * HOUR, "15:00 to 17:00 there, and 9:00 to 11:00"


def test_a_public_holiday_and_a_weekend_are_free_and_told_apart():
    brazil = habits(holidays={date(2026, 9, 7): "Independence Day"})
    found = share(brazil, ms("2026-09-05T12:00Z"), ms("2026-09-07T23:00Z"))
    assert found.working == 0
    assert [(one.day.day, one.name, one.weekend) for one in found.free] == [
        (5, "", True), (6, "", True), (7, "Independence Day", False),
    ]  # fmt: skip
    assert [[one.name for one in row] for row in found.holidays] == [["Independence Day"]]
    assert found.begins == ms("2026-09-08T12:00Z")


def test_a_weekend_of_friday_and_saturday():
    riyadh = habits("Asia/Riyadh", frozenset({7, 1, 2, 3, 4}), opens="07:30", closes="14:30")
    assert share(riyadh, ms("2026-09-04T00:00+03:00"), ms("2026-09-06T00:00+03:00")).working == 0
    assert share(riyadh, ms("2026-09-06T00:00+03:00"), ms("2026-09-07T00:00+03:00")).working == 7 * HOUR
    assert begins(riyadh, ms("2026-09-03T14:30+03:00")) == ms("2026-09-06T07:30+03:00")


def test_a_day_of_the_weekend_that_is_worked_counts():
    beijing = habits("Asia/Shanghai", made_up=[date(2026, 10, 10)], holidays={date(2026, 10, 9): "Day off"})
    assert share(beijing, ms("2026-10-09T00:00+08:00"), ms("2026-10-11T00:00+08:00")).working == 8 * HOUR


def test_holidays_in_a_row_are_one_row_and_those_on_a_weekend_are_left_out():
    week = {date(2026, 10, day): "National Day" for day in range(1, 8)}
    found = share(habits("Asia/Shanghai", holidays=week), ms("2026-09-30T00:00Z"), ms("2026-10-09T00:00Z"))
    assert [[one.day.day for one in row] for row in found.holidays] == [[1, 2], [5, 6, 7]]


def test_the_day_that_the_clock_is_changed_keeps_its_working_hours():
    rome = habits("Europe/Rome", frozenset(range(1, 8)))
    found = share(rome, ms("2026-10-25T00:00+02:00"), ms("2026-10-26T00:00+01:00"))
    assert (found.whole, found.working) == (25 * HOUR, 8 * HOUR)


def test_at_work_already_means_now():
    at = ms("2026-09-01T13:30Z")
    assert begins(habits(), at) == at
    assert begins(habits(), ms("2026-09-01T20:00Z")) == ms("2026-09-02T12:00Z"), "17:00 there: over"


def test_a_row_of_free_days_without_end_has_no_next_working_day():
    assert begins(habits(week=frozenset()), ms("2026-09-01T13:30Z")) is None


INSTANTS = st.integers(ms("2026-01-01T00:00Z") // 60_000, ms("2027-01-01T00:00Z") // 60_000)


@settings(max_examples=200, deadline=None)
@given(
    zone=st.sampled_from(["America/Sao_Paulo", "Asia/Kolkata", "Australia/Sydney", "America/New_York"]),
    week=st.frozensets(st.integers(1, 7)), since=INSTANTS, minutes=st.integers(1, 4 * 1440),
    free=st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.just("Holiday"), max_size=200),
)  # fmt: skip
def test_it_is_what_counting_minute_by_minute_gives(zone, week, since, minutes, free):
    mine = habits(zone, week, free)
    counted = 0
    for minute in range(since, since + minutes):
        there = datetime.fromtimestamp(minute * 60, UTC).astimezone(mine.zone)
        at_work = there.isoweekday() in week and there.date() not in free and 9 <= there.hour < 17
        counted += at_work
    found = share(mine, since * 60_000, (since + minutes) * 60_000)
    assert found.working == counted * 60_000
    days = {one.day for one in found.free}
    assert all(not mine.works(day) for day in days)
    if found.begins is not None:
        there = datetime.fromtimestamp(found.begins / 1000, UTC).astimezone(mine.zone)
        assert mine.works(there.date()) and time(9) <= there.time() < time(17)
        assert share(mine, since * 60_000, found.begins).working == 0 if found.begins > since * 60_000 else True


def test_a_period_that_ends_at_midnight_does_not_touch_the_next_day():
    sunday = share(habits("UTC", holidays={}), ms("2026-09-05T00:00Z"), ms("2026-09-06T00:00Z"))
    assert [one.day for one in sunday.free] == [date(2026, 9, 5)]
    assert timedelta(milliseconds=sunday.whole) == timedelta(days=1)
