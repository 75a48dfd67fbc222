"""Scheduling in Messages: now, at a time, in a free slot; what it would meet is said before it is signed."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import QApplication, QLabel

from g20desk.clock import iso
from g20desk.desk import Desk
from tests.ui.conftest import content
from tests.ui.test_main_job import press
from tests.ui.test_screens import nameless

DAY, HOUR = 86_400_000, 3_600_000
ROME = ZoneInfo("Europe/Rome")


def approved(folder, text="The summit opens on Monday.", **more):
    officer = Desk.open(folder, "Officer")
    made = officer.messages.new(replace(content(text), **more))
    officer.messages.submit(made["message"])
    Desk.open(folder, "Liaison Brazil").messages.decide(made["message"], "approve", made["digest"])
    return made["message"]


@pytest.fixture
def screen(open_window, folder):
    """Messages, on a message that is signed off, with the question open."""
    id = approved(folder)
    window = open_window("Officer")
    window.go("messages", id)
    here = window.here()
    here.plan.zone = ROME
    here._schedule()
    return here


def said(widget):
    QApplication.processEvents()  # what was put into a layout is shown by the loop
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def planned(screen):
    return screen.present.ctx.desk.messages.show(screen.present.id)["planned_ms"]


def at_noon(screen, days):
    """Choose noon UTC so many days on; the moment."""
    moment = (screen.present.ctx.clock.now_ms() // DAY + days) * DAY + 12 * HOUR
    screen.plan._choose("at")
    day = QDate(1970, 1, 1).addDays(moment // DAY)
    screen.plan.field.date.setDate(day)
    screen.plan.field.time.setTime(QTime(12, 0))
    return moment


def test_at_a_time_by_the_keyboard(qtbot, screen):
    window = screen.window()
    assert nameless(screen.plan) == []
    assert window.focusWidget() is screen.plan.sign
    screen.plan.modes.parts["at"].setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert screen.plan.field.isVisible()
    assert window.focusWidget() is screen.plan.field.date
    tomorrow = screen.plan.field.date.date().addDays(1)
    qtbot.keyClicks(window.focusWidget(), tomorrow.toString("yyyyMMdd"))
    screen.plan.field.time.setFocus()
    qtbot.keyClicks(window.focusWidget(), "0905")
    assert screen.plan.sign.isEnabled()
    press(qtbot, window, Qt.Key.Key_Return)
    assert not screen.plan.isVisible()
    days = QDate(1970, 1, 1).daysTo(tomorrow)
    assert planned(screen) == days * DAY + 9 * HOUR + 5 * 60_000
    assert screen.acts.isVisible()


def test_escape_leaves_it_unplanned(qtbot, screen):
    press(qtbot, screen.window(), Qt.Key.Key_Escape)
    assert not screen.plan.isVisible()
    assert screen.acts.isVisible()
    assert planned(screen) is None


def test_a_time_that_is_past_is_not_signed(qtbot, screen):
    screen.plan._choose("at")
    screen.plan.field.time.setTime(QTime(0, 0))
    now = screen.present.ctx.clock.now_ms()
    if now % DAY > 60_000:
        assert not screen.plan.sign.isEnabled()
        assert screen.plan.sign.toolTip() == "That is past."
        press(qtbot, screen.window(), Qt.Key.Key_Return)
        assert planned(screen) is None


def test_the_zone_it_was_told_in_stands_in_the_record(qtbot, open_window, folder):
    id = approved(folder)
    window = open_window("Officer")
    window.ctx.zone = ROME
    window.go("messages", id)
    here = window.here()
    here._schedule()
    here.plan._choose("at")
    here.plan.field.where.setCurrentIndex(1)
    here.plan.field.date.setDate(QDate(2036, 7, 1))
    here.plan.field.time.setTime(QTime(9, 0))
    press(qtbot, window, Qt.Key.Key_Return)
    desk = window.ctx.desk
    assert iso(desk.messages.show(id)["planned_ms"])[:16] == "2036-07-01T07:00"
    act = [v.act for v in desk.messages.get(id).verdicts if v.event.header.kind == "message.scheduled"][-1]
    assert act.zone == "Europe/Rome"


def test_a_free_slot_is_one_key_away(qtbot, open_window, folder):
    Desk.open(folder).slots.put("Noon", [1, 2, 3, 4, 5, 6, 7], "12:00", "UTC")
    id = approved(folder)
    window = open_window("Officer")
    window.go("messages", id)
    here = window.here()
    here._schedule()
    buttons = [b for b in here.plan.findChildren(type(here.plan.sign)) if "Noon" in b.text()]
    assert len(buttons) == 3
    assert nameless(here.plan) == []
    QApplication.processEvents()
    buttons[0].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert here.plan.isVisible()
    assert window.focusWidget() is here.plan.sign
    press(qtbot, window, Qt.Key.Key_Return)
    at = window.ctx.desk.messages.show(id)["planned_ms"]
    assert at % DAY == 12 * HOUR and at == window.ctx.desk.slots.on(at, at + 1)[0][0]


def test_an_embargo_stops_it_and_says_who_and_until_when(qtbot, screen, folder):
    until = screen.present.ctx.clock.now_ms() + 3 * DAY
    Desk.open(folder).embargoes.place(until, "The leaders speak first.", account="G20 X")
    at_noon(screen, 1)
    assert any("G20 X" in words and "Under embargo until" in words for words in said(screen.plan))
    assert not screen.plan.sign.isEnabled()
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert planned(screen) is None
    moment = at_noon(screen, 4)
    assert screen.plan.sign.isEnabled()
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert planned(screen) == moment


def test_on_a_day_of_mourning_a_reason_is_asked_for_and_stands_in_the_record(qtbot, screen, folder):
    now = screen.present.ctx.clock.now_ms()
    Desk.open(folder).mournings.declare(iso(now + 2 * DAY)[:10], "The floods")
    assert not screen.plan.why.isVisible()
    moment = at_noon(screen, 2)
    assert screen.plan.why.isVisible()
    assert len([w for w in said(screen.plan) if "a day of mourning" in w]) == 1
    screen.plan.why.setFocus()
    qtbot.keyClicks(screen.window().focusWidget(), "We say it with care.")
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    shown = screen.present.ctx.desk.messages.show(screen.present.id)
    assert (shown["planned_ms"], len(shown["despite"])) == (moment, 1)
    assert [h["said"] for h in shown["history"] if h["kind"] == "message.scheduled"] == ["We say it with care."]


def test_another_post_too_near_is_named_by_its_title(screen, folder):
    other = approved(folder, "Passes for journalists are free.", to=("G20 X",))
    moment = at_noon(screen, 1)
    Desk.open(folder, "Officer").messages.schedule(other, moment + 5 * 60_000)
    screen.plan._weigh()
    assert any(
        "“Passes for journalists are free.” is less than 30 minutes away" in words for words in said(screen.plan)
    )


def test_all_together_is_kept_where_it_was_wished(qtbot, screen):
    at_noon(screen, 1)
    screen.plan.together.setChecked(True)
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert screen.present.ctx.desk.messages.show(screen.present.id)["together"] is True
    screen._schedule()
    assert screen.plan.together.isChecked()


def test_a_message_that_may_not_go_out_before_begins_there(open_window, folder):
    at = (Desk.open(folder).clock.now_ms() // HOUR + 30) * HOUR
    id = approved(folder, not_before=at)
    window = open_window("Officer")
    window.go("messages", id)
    here = window.here()
    assert any("not before" in words for words in said(here))
    here._schedule()
    assert here.plan.field.moment == at
    here.plan._choose("now")
    assert any("Its authors wrote that it goes out at" in words for words in said(here.plan))
    assert not here.plan.sign.isEnabled()


def test_in_arabic_digits_stand_as_they_are_typed(qtbot, qapp, folder):
    from ui.widgets.time_field import TimeField

    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    field = TimeField(ROME)
    qtbot.addWidget(field)
    field.begin(1_900_000_000_000, 1_800_000_000_000)
    assert field.date.lineEdit().text() == "2030-03-17"
    assert field.time.lineEdit().text() == "17:46"


def test_a_message_comes_back_by_keys(qtbot, open_window, folder):
    desk = Desk.open(folder, "Officer")
    draft = next(r for r in desk.messages.rows("draft"))
    window = open_window("Officer")
    window.go("messages", draft.id)
    here = window.here()
    here.list.setFocus()
    press(qtbot, window, Qt.Key.Key_R)
    assert here.again.isVisible() and nameless(here.again) == []
    assert not here.acts.isVisible()
    assert window.focusWidget() is here.again.week.buttons[0]
    press(qtbot, window, Qt.Key.Key_Space)
    assert not here.again.sign.isEnabled()
    here.again.week.buttons[3].setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    here.again.clock.time.setTime(QTime(8, 30))
    here.again.ahead.setValue(7)
    here.again.sign.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    (row,) = desk.recurrings.rows()
    assert (row["message"], row["every"], row["days"], row["time"], row["ahead_days"]) == (
        draft.id, "week", [4], "08:30", 7,
    )  # fmt: skip
    assert here.acts.isVisible()
    assert any("It comes back" in words for words in said(here.notice))


def test_it_comes_back_on_days_of_the_month(qtbot, open_window, folder):
    window = open_window("Officer")
    window.go("messages", next(r for r in window.ctx.desk.messages.rows("draft")).id)
    here = window.here()
    here._come_back()
    here.again.every.parts["month"].click()
    assert here.again.month.isVisible() and not here.again.week.isVisible()
    for wrong in ("", "32", "first", "1,,2"):
        here.again.month.setText(wrong)
        assert not here.again.sign.isEnabled()
    here.again.month.setText("15, last")
    here.again.month.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.ctx.desk.recurrings.rows()[0]["days"] == [-1, 15]


def test_who_may_not_let_it_come_back_is_told(qtbot, open_window, folder):
    draft = next(r for r in Desk.open(folder, "Officer").messages.rows("draft"))
    window = open_window("Analyst")
    window.go("messages", draft.id)
    here = window.here()
    here._come_back()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not here.again.isVisible()
    here._come_back()
    here.again.sign.click()
    assert any("This act is for" in words for words in said(here.notice))
    assert window.ctx.desk.recurrings.rows() == []
