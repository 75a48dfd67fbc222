"""What the calendar shows: each date once over every clock change, posts at one time, clashes, times that are chosen."""

from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import QApplication

from g20desk.clock import from_iso
from ui.calendar.month import MonthGrid
from ui.calendar.pages import DAY, page, span
from ui.widgets.time_field import TimeField
from ui.zones import changes, moments, nearest, offset_word

ALT = Qt.KeyboardModifier.AltModifier
NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
KATHMANDU, LORD_HOWE = ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe")


def row(id, at, accounts=("G20 X",), state="scheduled", title=""):
    """A message of the list."""
    ms = from_iso(at) if isinstance(at, str) else at
    return SimpleNamespace(id=id, title=title or f"Post {id}", planned_ms=ms, accounts=accounts, state=state,
                           langs=("en",))  # fmt: skip


def at(text):
    """Milliseconds."""
    return from_iso(text)


def days(shown):
    """The dates on a page."""
    return [datetime.fromtimestamp((shown.start + n * DAY) / 1000, UTC).date() for n in range(shown.count)]


MONTHS = [
    ("2026-11-15", 30, NEW_YORK), ("2026-10-15", 31, LONDON), ("2027-03-15", 31, LONDON), ("2027-03-15", 31, NEW_YORK),
    ("2026-11-15", 30, KATHMANDU), ("2026-10-15", 31, LORD_HOWE), ("2027-04-15", 30, LORD_HOWE),
]  # fmt: skip


@pytest.mark.parametrize(("day", "count", "zone"), MONTHS, ids=lambda v: getattr(v, "key", str(v)))
def test_each_date_once_in_the_month(day, count, zone):
    shown = page("month", at(f"{day}T12:00:00Z"), at(f"{day}T12:00:00Z"), zone, [])
    dates = days(shown)
    month = dates[len(dates) // 2].month
    assert len([d for d in dates if d.month == month]) == count
    assert set(Counter(dates).values()) == {1}
    assert dates[0].weekday() == 0
    assert shown.count % 7 == 0


def test_the_hour_that_comes_twice_is_listed_twice_in_order():
    rows = [row("second", "2026-11-01T06:30:00Z"), row("first", "2026-11-01T05:30:00Z", ("G20 Bluesky",))]
    shown = page("month", at("2026-11-10T00:00:00Z"), 0, NEW_YORK, rows)
    assert [(c.id, c.local[1:6]) for c in shown.chips] == [("first", "01:30"), ("second", "01:30")]
    assert [(c.before, c.after) for c in shown.changes] == [("02:00", "01:00")]


@pytest.mark.parametrize(("start", "zone", "told"), [
    ("2026-11-01T00:00:00Z", NEW_YORK, [("2026-11-01T06:00:00Z", "02:00", "01:00")]),
    ("2026-10-25T00:00:00Z", LONDON, [("2026-10-25T01:00:00Z", "02:00", "01:00")]),
    ("2027-03-28T00:00:00Z", LONDON, [("2027-03-28T01:00:00Z", "01:00", "02:00")]),
    ("2026-10-03T00:00:00Z", LORD_HOWE, [("2026-10-03T15:30:00Z", "02:00", "02:30")]),
    ("2026-10-25T00:00:00Z", KATHMANDU, []),
])  # fmt: skip
def test_clock_changes_are_found_to_the_minute(start, zone, told):
    found = changes(at(start), at(start) + DAY, zone)
    assert [(c.at, c.before, c.after) for c in found] == [(at(t), b, a) for t, b, a in told]


def test_a_week_with_a_change_says_how_far_each_day_is():
    shown = page("week", at("2026-10-25T12:00:00Z"), 0, LONDON, [])
    assert shown.notes == ("UTC+1",) * 6 + ("UTC+0",)
    assert page("week", at("2026-11-11T12:00:00Z"), 0, LONDON, []).notes == ("",) * 7
    assert offset_word(345) == "UTC+5:45"
    assert offset_word(-300) == "UTC−5"


def test_a_local_time_may_be_no_moment_or_two():
    gap, twice = datetime(2027, 3, 28, 1, 30), datetime(2027, 10, 31, 1, 30)
    assert moments(gap, LONDON) == ()
    assert [f"{w:%H:%M}" for w in nearest(gap, LONDON)] == ["00:30", "02:30"]
    assert moments(twice, LONDON) == (at("2027-10-31T00:30:00Z"), at("2027-10-31T01:30:00Z"))
    assert moments(datetime(2026, 11, 30, 22, 0), NEW_YORK) == (at("2026-12-01T03:00:00Z"),)


@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_periods_follow_each_other_without_a_gap(view):
    anchor = at("2026-10-24T12:00:00Z")
    _, _, first, end = span(view, anchor)
    assert first <= anchor < end
    assert span(view, end)[2] == end
    assert span(view, first - 1)[3] == first


def test_three_at_one_time_are_all_there_and_clash_on_the_same_account_only(qtbot):
    rows = [row("a", "2026-11-25T14:00:00Z"), row("b", "2026-11-25T14:00:00Z"),
            row("c", "2026-11-25T14:00:00Z", ("G20 Bluesky",))]  # fmt: skip
    shown = page("week", at("2026-11-25T09:00:00Z"), at("2026-11-25T09:00:00Z"), NEW_YORK, rows)
    assert [c.clash for c in shown.chips] == [True, True, False]
    assert [{c.id for c in clash.pair} for clash in shown.clashes] == [{"a", "b"}]
    assert shown.clashes[0].free == at("2026-11-25T14:30:00Z")
    from ui.calendar.grid import HoursGrid

    grid = HoursGrid()
    qtbot.addWidget(grid)
    grid.put(shown)
    grid.resize(1100, grid.sizeHint().height())
    boxes = [box for box, _ in grid.lay()]
    assert len(boxes) == 3
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)


def test_late_posts_never_leave_the_page(qtbot):
    from ui.calendar.grid import HoursGrid

    rows = [row(str(n), "2026-11-25T23:45:00Z", (f"A{n}",)) for n in range(6)]
    shown = page("week", at("2026-11-25T09:00:00Z"), 0, UTC, rows)
    grid = HoursGrid()
    qtbot.addWidget(grid)
    grid.put(shown)
    grid.resize(1100, grid.sizeHint().height())
    assert all(box.bottom() < grid.height() for box, _ in grid.lay())
    assert len(grid.lay()) == 6


def test_the_month_counts_what_does_not_fit(qtbot):
    grid = MonthGrid()
    qtbot.addWidget(grid)
    rows = [row(str(n), f"2026-11-25T{n:02d}:00:00Z", (f"A{n}",)) for n in range(8, 17)]
    grid.put(page("month", at("2026-11-25T09:00:00Z"), at("2026-11-25T09:00:00Z"), UTC, rows))
    grid.resize(1100, grid.sizeHint().height())
    day = (at("2026-11-25T00:00:00Z") - grid.page.start) // DAY
    shown, more = grid.lines(day)
    assert more > 0
    assert len(shown) + more == 9
    grid.show()
    QApplication.processEvents()
    grid.grab()
    with qtbot.waitSignal(grid.day_wanted) as told:
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.more[0][0].center())
    assert told.args == [at("2026-11-25T00:00:00Z")]


def test_tonight_can_be_chosen_west_of_greenwich(qtbot):
    now = at("2026-12-01T01:30:00Z")  # 30 November, 20:30 in New York
    field = TimeField(NEW_YORK)
    qtbot.addWidget(field)
    field.begin(now + 3_600_000, now)
    field.where.setCurrentIndex(1)
    field.date.setDate(QDate(2026, 11, 30))
    field.time.setTime(QTime(22, 0))
    assert field.date.date() == QDate(2026, 11, 30)
    assert field.moment == at("2026-12-01T03:00:00Z")
    assert "03:00 UTC" in field.said.text()
    assert "1 December" in field.said.text()
    field.time.setTime(QTime(20, 0))
    assert field.moment is None
    assert field.said.text() == "That is past."


def test_the_field_asks_which_of_two_and_says_when_there_is_none(qtbot):
    field = TimeField(LONDON)
    qtbot.addWidget(field)
    field.begin(at("2027-03-27T12:00:00Z"), at("2027-03-27T12:00:00Z"))
    field.where.setCurrentIndex(1)
    field.date.setDate(QDate(2027, 3, 28))
    field.time.setTime(QTime(1, 30))
    assert field.moment is None
    assert "00:30" in field.said.text() and "02:30" in field.said.text()
    field.date.setDate(QDate(2027, 10, 31))
    assert field.moment is None
    assert not field.which.isHidden()
    field.which.setCurrentIndex(1)
    assert field.moment == at("2027-10-31T01:30:00Z")
