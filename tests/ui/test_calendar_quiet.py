"""Embargoes, days of mourning, slots and drafts to come, as the calendar shows and places them."""

from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import QApplication

from g20desk.clock import iso
from g20desk.desk import Desk
from tests.ui.conftest import content
from tests.ui.test_calendar import ALT, Still, press
from tests.ui.test_scheduling import approved, said
from tests.ui.test_screens import nameless
from ui.bus import Bus, Ctx, facts
from ui.calendar.pages import page
from ui.calendar.plan import Band, Plan
from ui.window import Window
from ui.worker import InlineWorker
from ui.zones import DAY

HOUR = 3_600_000
ROME = ZoneInfo("Europe/Rome")


class Calendar:
    """The screen on a desk in Rome, on the week of tomorrow, with one post tomorrow at 14:00 UTC on X."""

    def __init__(self, qtbot, folder):
        self.folder, self.officer = folder, Desk.open(folder, "Officer")
        now = self.officer.clock.now_ms() // 60_000 * 60_000
        self.day = (now // DAY + 1) * DAY
        self.post = approved(folder, to=("G20 X",))
        self.officer.messages.schedule(self.post, self.day + 14 * HOUR, "UTC", True)
        desk, worker, bus = Desk.open(folder, "Officer"), InlineWorker(), Bus()
        bus.listen(desk)
        bus.listen(self.officer)
        self.window = Window(Ctx(desk, facts(desk), worker, bus, Still(now), zone=ROME))
        for made in (worker, bus):
            made.setParent(self.window)
        self.window.sender.stop()
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.window.go("calendar", "")
        self.screen = self.window.here()
        self.show()

    def show(self, view="week", at=None):
        self.screen.present.show(view, self.day if at is None else at)
        QApplication.processEvents()

    @property
    def page(self):
        return self.screen.board().page

    def planned(self):
        return self.officer.messages.show(self.post)["planned_ms"]

    def chip(self, id=None):
        return next(c for c in self.page.chips if c.id == (id or self.post))

    def buttons(self, words):
        QApplication.processEvents()
        kind = type(self.screen.bar.sign)
        return [b for b in self.screen.side.findChildren(kind) if b.text().startswith(words) and b.isVisible()]


@pytest.fixture
def calendar(qtbot, folder):
    return Calendar(qtbot, folder)


def test_an_embargo_is_placed_by_keys_and_shown_as_a_band(qtbot, calendar):
    press(qtbot, calendar.screen, Qt.Key.Key_E)
    bar = calendar.screen.embargo
    assert bar.isVisible() and nameless(bar) == []
    assert not bar.sign.isEnabled()
    bar.field.date.setDate(QDate(1970, 1, 1).addDays(calendar.day // DAY))
    bar.field.time.setTime(QTime(18, 0))
    bar.why.setFocus()
    qtbot.keyClicks(calendar.window.focusWidget(), "The leaders speak first.")
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    assert not bar.isVisible()
    (row,) = calendar.officer.embargoes.rows()
    assert (row["until"], row["why"]) == (iso(calendar.day + 18 * HOUR), "The leaders speak first.")
    (band,) = calendar.page.bands
    assert (band.kind, band.end, band.whole) == ("embargo", calendar.day + 18 * HOUR, True)
    assert calendar.page.marks[(calendar.day - calendar.page.start) // DAY] == "Embargo"
    assert any("The leaders speak first." in words for words in said(calendar.screen.side))
    assert "Embargo until" in calendar.screen.board().accessibleDescription()


def test_a_post_in_an_embargo_clashes_and_the_way_out_is_after_it(qtbot, calendar):
    calendar.officer.embargoes.place(calendar.day + 18 * HOUR + 1, "Leaders first.", account="G20 X")
    calendar.show()
    assert "Under embargo until" in calendar.chip().quiet[0]
    assert "Under embargo until" in calendar.chip().sentence()
    silent = next(one for one in calendar.page.silent if one.chip.id == calendar.post)
    assert silent.free == calendar.day + 18 * HOUR + 15 * 60_000
    (way,) = (b for b in calendar.buttons("Move it to") if calendar.chip().title in b.accessibleName())
    way.click()
    assert calendar.post not in [one.chip.id for one in calendar.page.silent]
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    assert calendar.planned() == silent.free
    assert calendar.officer.messages.show(calendar.post)["together"] is True


def test_a_post_is_not_moved_into_an_embargo(qtbot, calendar):
    calendar.officer.embargoes.place(calendar.day + 13 * HOUR, "Leaders first.")
    calendar.show()
    calendar.screen.board().pick(calendar.post)
    for _ in range(5):
        press(qtbot, calendar.screen, Qt.Key.Key_Up, ALT)
    assert calendar.screen.notice.isVisible()
    assert any("Under embargo until" in words for words in said(calendar.screen.notice))
    assert calendar.planned() == calendar.day + 14 * HOUR


def test_two_people_lift_an_embargo_the_head_one_of_them(qtbot, calendar):
    placed = calendar.officer.embargoes.place(calendar.day + 18 * HOUR, "Leaders first.")
    calendar.show()
    (away,) = calendar.buttons("Lift it")
    away.click()
    assert calendar.screen.bar.isVisible() and not calendar.screen.bar.sign.isEnabled()
    qtbot.keyClicks(calendar.window.focusWidget(), "They spoke.")
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    assert any("second person" in words for words in said(calendar.screen.notice))
    assert [b.text() for b in calendar.buttons("Lift it too")] == ["Lift it too"]
    assert Desk.open(calendar.folder).embargoes.lift(placed, "They spoke.")["lifted"]
    calendar.show()
    assert calendar.page.bands == ()


def test_a_day_of_mourning_is_declared_marked_and_ended(qtbot, calendar):
    press(qtbot, calendar.screen, Qt.Key.Key_Q)
    bar = calendar.screen.mourning
    assert bar.isVisible() and nameless(bar) == []
    assert bar.official.isChecked() and not bar.official.isEnabled()
    bar.land.setCurrentIndex(bar.land.findData("IT"))
    assert bar.official.isEnabled() and not bar.official.isChecked()
    bar.official.setChecked(True)
    day = QDate(1970, 1, 1).addDays(calendar.day // DAY)
    bar.last.setDate(day.addDays(-9))
    bar.why.setText("The floods")
    assert not bar.sign.isEnabled()
    for part in (bar.first, bar.last):
        part.setDate(day)
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    (row,) = calendar.officer.mournings.rows()
    assert (row["government"], row["official"], row["first"], row["why"]) == (
        "IT", True, day.toString("yyyy-MM-dd"), "The floods",
    )  # fmt: skip
    (band,) = calendar.page.bands
    assert (band.words, band.kind) == ("Day of mourning, IT", "mourning")
    marks = {n: mark for n, mark in enumerate(calendar.page.marks) if mark}
    assert marks == {(calendar.day - calendar.page.start) // DAY: "Mourning"}
    (away,) = calendar.buttons("End it")
    away.click()
    qtbot.keyClicks(calendar.window.focusWidget(), "A mistake")
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    assert calendar.officer.mournings.rows() == []
    assert calendar.page.bands == ()


def test_moving_a_post_onto_a_day_of_mourning_asks_why(qtbot, calendar):
    calendar.officer.mournings.declare(iso(calendar.day + DAY)[:10], "The floods")
    calendar.show()
    calendar.screen.board().pick(calendar.post)
    press(qtbot, calendar.screen, Qt.Key.Key_Right, ALT)
    assert calendar.screen.bar.reason.isVisible()
    assert "a day of mourning" in calendar.screen.bar.words.text()
    calendar.screen.bar.reason.setText("With care.")
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    shown = calendar.officer.messages.show(calendar.post)
    assert (shown["planned_ms"], len(shown["despite"])) == (calendar.day + DAY + 14 * HOUR, 1)


def test_escape_closes_whichever_question_is_open(qtbot, calendar):
    for key, bar in ((Qt.Key.Key_E, calendar.screen.embargo), (Qt.Key.Key_Q, calendar.screen.mourning)):
        calendar.screen.board().setFocus()
        press(qtbot, calendar.screen, key)
        assert bar.isVisible()
        press(qtbot, calendar.screen, Qt.Key.Key_Escape)
        assert not bar.isVisible()
    assert calendar.officer.embargoes.rows() == []


def test_slots_are_drawn_and_drafts_to_come_can_be_opened(qtbot, calendar):
    calendar.officer.slots.put("Morning", [1, 2, 3, 4, 5, 6, 7], "08:00", "UTC")
    template = calendar.officer.messages.new(replace(content("The week of the office."), to=("G20 X",)))["message"]
    later = calendar.day + 6 * DAY
    weekday = (later // DAY + 3) % 7 + 1
    calendar.officer.recurrings.put(template, "week", [weekday], "10:00", "UTC", 1)
    calendar.show("week", later)
    assert len(calendar.page.ticks) >= 1
    (coming,) = [c for c in calendar.page.chips if c.state == "coming"]
    assert (coming.title, coming.at % DAY) == ("The week of the office.", 10 * HOUR)
    calendar.screen.board().pick(coming.id)
    press(qtbot, calendar.screen, Qt.Key.Key_Up, ALT)
    assert any("no time yet" in words for words in said(calendar.screen.notice))
    calendar.screen.board().setFocus()
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    assert calendar.window.here().present.draft.id == template


def test_a_recurring_messages_draft_stands_where_it_is_meant(calendar):
    template = calendar.officer.messages.new(replace(content("The week of the office."), to=("G20 X",)))["message"]
    weekday = (calendar.day // DAY + 3) % 7 + 1
    calendar.officer.recurrings.put(template, "week", [weekday], "10:00", "UTC", 2)
    (made,) = calendar.officer.recurrings.make_due()[0]
    calendar.show()
    chip = calendar.chip(made)
    assert (chip.state, chip.at) == ("draft", calendar.day + 10 * HOUR)
    assert not [c for c in calendar.page.chips if c.state == "coming" and c.day == chip.day]


def test_the_window_makes_the_drafts_that_are_due(qtbot, calendar):
    template = calendar.officer.messages.new(replace(content("The week of the office."), to=("G20 X",)))["message"]
    calendar.officer.recurrings.put(template, "week", [1, 2, 3, 4, 5, 6, 7], "10:00", "UTC", 1)
    sender = calendar.window.sender
    sender._stopped = False
    sender.wake()
    desk = calendar.officer
    qtbot.waitUntil(lambda: any(one.made for one in desk.office.recurrings.values()), timeout=5_000)
    sender.stop()
    assert len([r for r in desk.messages.rows("draft") if r.title == "The week of the office."]) == 2


@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_bands_over_any_day_are_painted(qtbot, calendar, view):
    calendar.officer.embargoes.place(calendar.day + 18 * HOUR, "Leaders first.", account="G20 X")
    calendar.officer.mournings.declare(iso(calendar.day)[:10], "The floods")
    calendar.officer.slots.put("Morning", [1, 2, 3, 4, 5, 6, 7], "08:00", "UTC")
    calendar.show(view)
    assert len(calendar.page.bands) == 2
    board = calendar.screen.board()
    board.grab()
    if view != "month":
        boxes = [box for box, _ in board.lay()]
        assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)


def test_an_hour_of_the_day_before_marks_no_day():
    start = 20_000 * DAY
    band = Band("b", "mourning", start - HOUR, start + DAY - HOUR, "Day of mourning, IT", "", "", "")
    shown = page("week", start, start, UTC, [], plan=Plan((band,)))
    marked = [shown.start + n * DAY for n, mark in enumerate(shown.marks) if mark]
    assert marked == [start]
    short = Band("b", "embargo", start + HOUR, start + 2 * HOUR, "Embargo", "", "", "")
    assert short.marks(start) and not short.marks(start + DAY)


def test_an_accounts_own_distance_says_what_clashes():
    from tests.ui.test_calendar_pages import row

    at = 20_000 * DAY
    rows = [row("a", at), row("b", at + 10 * 60_000)]
    near, far = ({"G20 X": minutes * 60_000} for minutes in (5, 60))
    assert page("day", at, 0, UTC, rows, plan=Plan(apart=near)).clashes == ()
    (clash,) = page("day", at, 0, UTC, rows, plan=Plan(apart=far)).clashes
    assert (clash.minutes, clash.free) == (60, at + HOUR)


def test_a_slot_is_added_listed_and_dropped(qtbot, calendar):
    press(qtbot, calendar.screen, Qt.Key.Key_L)
    bar = calendar.screen.slot
    assert bar.isVisible() and nameless(bar) == []
    assert bar.sign.toolTip() == "A name first"
    qtbot.keyClicks(calendar.window.focusWidget(), "Morning")
    bar.week.put([])
    assert bar.sign.toolTip() == "Choose a day"
    bar.week.put([2, 4])
    bar.clock.time.setTime(QTime(8, 15))
    bar.account.setCurrentIndex(bar.account.findData("G20 X"))
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    (row,) = calendar.officer.slots.rows()
    assert (row["slot"], row["days"], row["time"], row["zone"], row["accounts"]) == (
        "Morning", [2, 4], "08:15", "Europe/Rome", ["G20 X"],
    )  # fmt: skip
    assert any("Tue, Thu" in words and "G20 X" in words for words in said(calendar.screen.side))
    (away,) = calendar.buttons("Drop it")
    away.click()
    assert calendar.officer.slots.rows() == []
    assert calendar.page.ticks == ()


def test_what_comes_back_is_ended_with_a_reason(qtbot, calendar):
    template = calendar.officer.messages.new(replace(content("The week of the office."), to=("G20 X",)))["message"]
    calendar.officer.recurrings.put(template, "month", [1, -1], "10:00", "UTC", 1)
    calendar.show()
    assert any("each month on the last, 1" in words for words in said(calendar.screen.side))
    (away,) = calendar.buttons("End it")
    away.click()
    assert not calendar.screen.bar.sign.isEnabled()
    qtbot.keyClicks(calendar.window.focusWidget(), "Nobody read it.")
    press(qtbot, calendar.screen, Qt.Key.Key_Return)
    assert calendar.officer.recurrings.rows() == []
