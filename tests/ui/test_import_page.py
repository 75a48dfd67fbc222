"""Taking in a table or a calendar in the window: what was read off the file is shown and can be said otherwise, faults by row and
column, and one button that makes drafts."""

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from g20desk.errors import Refused
from tests.ui.test_calendar import calendar, press  # noqa: F401
from tests.ui.test_screens import nameless

TABLE = "Tag;time;text_en;text_fr;accounts\n03/04/2999;09:00;Ministers meet. #G20;Réunion à Québec. #G20;G20 X\n2999-04-05;10:00;They leave. #G20;;G20 Bluesky\n"


@pytest.fixture
def page(calendar, folder, tmp_path):  # noqa: F811
    """The page on a file."""

    def begin(text, name="day.csv", encoding="windows-1252"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        calendar.take_in(path)
        return calendar.page

    begin.screen, begin.officer = calendar, Desk.open(folder, "Officer")
    return begin


def said(page):
    """The rows that are shown."""
    return [row.sentence() for row in page.list.rows.rows()]


def choose(field, value):
    """Choose as a person does."""
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


def test_a_table_until_nothing_is_unsure_and_then_its_drafts(qtbot, page):
    shown = page(TABLE)
    assert not shown.go.isEnabled() and "1 fault" in shown.sum.text()
    assert any("Tag" in row and "Row 1, column" in row for row in said(shown))
    column = next(box for box in shown.findChildren(type(shown.plan)) if "Tag" in box.accessibleName())
    choose(column, "date")
    assert any("2999-04-03 (day first) or 2999-03-04 (month first)" in row for row in said(shown))
    choose(shown.dates, "dmy")
    assert shown.encoding.currentData() == "windows-1252" and "Québec." in shown.fields["encoding"].hint.text()
    assert shown.go.text() == "Make 2 drafts" and shown.go.isEnabled() and nameless(page.screen) == []
    assert any("Ministers meet" in row and "G20 X" in row and "New" in row for row in said(shown))
    drafts = len(page.officer.messages.rows("draft"))
    press(qtbot, page.screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(page.officer.messages.rows("draft")) == drafts + 2
    assert page.screen.notice.isVisible() and page.screen.stack.currentIndex() == 0
    assert {c.title for c in page.screen.board().page.chips} == {"Ministers meet. #G20", "They leave. #G20"}
    assert page.officer.plans.show("day")["zone"] == "America/New_York"
    # The same file again: nothing to make.
    again = page(TABLE.replace("Tag", "date").replace("03/04/2999", "3 April 2999"))
    assert "1 there already" in again.sum.text() and "1 changed" in again.sum.text()
    assert not again.go.isEnabled() and again.changes.isVisible()
    again.changes.setChecked(True)
    assert again.go.text() == "Take over 1 change"
    press(qtbot, page.screen, Qt.Key.Key_Escape)
    assert page.screen.stack.currentIndex() == 0


def test_another_encoding_is_chosen_and_its_words_are_shown(page):
    shown = page(TABLE.replace("Tag", "date").replace("03/04/2999", "2999-04-03"))
    choose(shown.encoding, "windows-1251")
    assert "Quйbec." in shown.fields["encoding"].hint.text()
    choose(shown.encoding, "utf-8")
    assert not shown.go.isEnabled() and "Line 2" in shown.sum.text()
    choose(shown.encoding, "windows-1252")
    assert shown.go.isEnabled()


def test_a_calendar_with_a_day_that_has_no_time(qtbot, page):
    text = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:29990403\r\n"
            "SUMMARY:Leaders arrive\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")  # fmt: skip
    shown = page(text, "summit.ics")
    assert any("2999-04-03" in row and "Event 1" in row for row in said(shown)) and not shown.go.isEnabled()
    assert shown.fields["all_day"].isVisible() and not shown.fields["delimiter"].isVisible()
    shown.all_day.setText("25:00")
    shown.all_day.editingFinished.emit()
    assert shown.fields["all_day"].error.isVisible()
    shown.all_day.setText("09:00")
    shown.all_day.editingFinished.emit()
    assert shown.go.text() == "Plan 1 entry"
    shown.go.click()
    (entry,) = page.officer.plans.show("summit")["entries"]
    assert (entry["title"], entry["at"]) == ("Leaders arrive", "2999-04-03T13:00:00.000Z")


def test_a_refusal_is_told_and_the_page_stays(page, monkeypatch):
    shown = page(TABLE.replace("Tag", "date").replace("03/04/2999", "2999-04-03"))

    def refused(*_):
        raise Refused("no-right", "This act is for: head, officer.", "Ask someone with that role.")

    monkeypatch.setattr(type(page.screen.present.ctx.desk.importing), "make", refused)
    shown.go.click()
    assert shown.says.text().startswith("This act is for") and shown.go.isEnabled() and shown.isVisible()
