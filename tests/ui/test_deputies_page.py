"""The page of deputies: a liaison names one and ends it, the head may end it, everybody sees who stands in for whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt

from g20desk.desk import Desk
from tests.ui.test_routes_page import bare, key, said

DAY = 86_400_000


def opened(open_window: Any, person: str) -> Any:
    window = open_window(person)
    window.go("office", "deputies")
    return window.here().here


def rows(page: Any) -> list[tuple[str, str, str]]:
    return [(bare(row.title), bare(row.line), row.right) for row in page.model.rows()]


@pytest.fixture
def named(folder: Path) -> Path:
    """Brazil's liaison named the analyst from now on."""
    liaison = Desk.open(folder, "Liaison Brazil")
    now = liaison.clock.now_ms()
    liaison.deputies.name("Analyst", now - 1_000, now + 7 * DAY)
    return folder


def test_a_liaison_names_a_deputy_by_keys(qtbot, open_window):
    page = opened(open_window, "Liaison Brazil")
    assert rows(page)[0] == ("Brazil, Liaison Brazil", "No deputy", "You")
    key(qtbot, page, Qt.Key.Key_N)
    assert page.window().focusWidget() is page.form.person
    page.form.person.setCurrentIndex(page.form.person.findText("Analyst"))
    page.form.go.setFocus()
    key(qtbot, page, Qt.Key.Key_Space)
    (row,) = page.ctx.desk.deputies.rows()
    assert (row["liaison"], row["deputy"]) == ("Liaison Brazil", "Analyst")
    assert rows(page)[0][1].startswith("Analyst, ")
    assert page.notice.isVisible()
    assert page.list.hasFocus()


def test_what_can_t_be_stands_at_its_field_and_nothing_is_lost(qtbot, open_window):
    page = opened(open_window, "Liaison Brazil")
    page.begin()
    form = page.form
    form.person.setCurrentIndex(form.person.findText("Liaison India"))
    form.send()
    assert "speaks for India" in form.fields["person"].error.text()
    assert form.person.currentText() == "Liaison India"
    form.person.setCurrentIndex(form.person.findText("Analyst"))
    form.until.date.setDate(form.since.date.date())
    form.until.time.setTime(form.since.time.time())
    form.send()
    assert form.fields["until"].error.text() == "That is before it begins."
    form.until.date.setDate(QDate(form.since.date.date().addDays(500)))
    form.send()
    assert "for a year at most" in form.fields["until"].error.text()
    assert page.ctx.desk.deputies.rows() == []


def test_everybody_sees_who_stands_in_and_the_head_may_end_it(qtbot, named, open_window):
    officer = opened(open_window, "Officer")
    assert (rows(officer)[0][0], rows(officer)[0][2]) == ("Brazil, Liaison Brazil", "Stands in now")
    assert not officer.new.isVisible()
    assert "Analyst speaks for it besides the liaison now." in said(officer.end)
    key(qtbot, officer, Qt.Key.Key_E)
    assert not officer.bar.isVisible()
    key(qtbot, officer, Qt.Key.Key_N)
    assert officer.notice.isVisible()
    head = opened(open_window, "Head of office")
    key(qtbot, head, Qt.Key.Key_E)
    assert "speaks for Brazil no more" in head.bar.words.text()
    key(qtbot, head, Qt.Key.Key_Return)
    assert head.ctx.desk.deputies.rows() == []
    assert rows(head)[0][1] == "No deputy"


def test_a_liaison_ends_their_own(qtbot, named, open_window):
    page = opened(open_window, "Liaison Brazil")
    key(qtbot, page, Qt.Key.Key_E)
    key(qtbot, page, Qt.Key.Key_Return)
    assert page.ctx.desk.deputies.rows() == []
