"""The page of the yearly handover: rehearsed, done by the head, its checklist read and worked off by keys; what Today says of it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.ui.test_routes_page import bare, key, said
from tests.ui.test_screens import nameless

ZA_X = "ZA Presidency X"


def opened(open_window: Any, person: str) -> Any:
    window = open_window(person)
    window.go("office", "handover")
    return window.here().here


def rows(page: Any) -> dict[str, tuple[str, str]]:
    return {bare(row.title): (row.right, row.under) for row in page.model.rows()}


@pytest.fixture
def over(folder: Any) -> Any:
    """The Presidency passed to Brazil, whose communicator is here."""
    Desk.open(folder, "Liaison Brazil").people.admit_here("Brasília", "presidency", "BR")
    Desk.open(folder, "Head of office").presidency.hand_over("BR")
    return folder


def test_the_head_rehearses_and_then_hands_over(qtbot, folder, open_window):
    page = opened(open_window, "Head of office")
    assert list(rows(page)) == ["The Presidency: South Africa."]
    key(qtbot, page, Qt.Key.Key_N)
    form = page.form
    assert page.window().focusWidget() is form.government
    assert form.government.currentText() == "United States", "as it was announced"
    assert form.after.currentText() == "United Kingdom"
    form.government.setCurrentIndex(form.government.findText("Brazil"))
    assert form.after.currentText() == "Not known yet", "South Africa just had it"
    form.after.setCurrentIndex(form.after.findText("United States"))
    form.send()
    told = " ".join(said(form.found))
    assert "1 account passes" in told and ZA_X in told and "South Africa, Brazil, United States" in told
    assert page.ctx.desk.office.passing.last is None, "nothing was written"
    assert page.window().focusWidget() is form.go_on
    form.boxes[ZA_X].setChecked(True)
    assert not said(form.found), "what was rehearsed is not what stands there now"
    form.boxes[ZA_X].setChecked(False)
    form.send()
    assert said(form.found)
    key(qtbot, page, Qt.Key.Key_Return)
    assert "passes to Brazil" in bare(page.bar.words.text()) and not page.bar.sign.isEnabled()
    page.bar.reason.setText("The year is over.")
    key(qtbot, page, Qt.Key.Key_Return)
    office = page.ctx.desk.office
    assert (
        office.troika == ("ZA", "BR", "US")
        and office.accounts[page.ctx.desk.accounts.get(ZA_X).id].owner == "presidency:BR"
    )
    assert rows(page)["The Presidency passes to Brazil"] == ("Done", "")
    assert rows(page)["Somebody speaks for the Presidency of Brazil"] == ("To do", "Your turn")
    assert page.list.hasFocus() and page.notice.isVisible()


def test_what_can_t_be_stands_at_its_field(qtbot, folder, open_window):
    page = opened(open_window, "Head of office")
    page.begin()
    form = page.form
    form.after.setCurrentIndex(form.after.findData(form.government.currentData()))
    form.send()
    assert "one government to another" in form.fields["government"].error.text()
    assert not said(form.found)


def test_what_was_rehearsed_is_led_to_its_button_also_in_a_small_window(qtbot, folder, open_window):
    head = Desk.open(folder, "Head of office")
    for n in range(8):
        head.accounts.add("rehearsal", name=f"ZA number {n}", owner="presidency:ZA", like="x")
    page = opened(open_window, "Head of office")
    page.window().resize(1440, 700)
    page.begin()
    said(page)
    page.form.send()
    button = page.form.go_on

    def seen() -> bool:
        return not button.visibleRegion().isEmpty()

    qtbot.waitUntil(seen)


def test_only_the_head_hands_over(qtbot, folder, open_window):
    page = opened(open_window, "Officer")
    assert not page.new.isVisible()
    key(qtbot, page, Qt.Key.Key_N)
    assert page.notice.isVisible() and page.pages.currentWidget() is page.detail


def test_the_old_one_gives_up_and_the_new_one_takes_over_from_today(qtbot, over, open_window):
    window = open_window("Presidency")
    window.go("today", "")
    (row,) = [one for one in window.here().needs.rows() if one.id.startswith("handover/")]
    assert bare(row.title) == f"Give up the sign-in of {ZA_X}"
    window.here().present.open(row.id)
    page = window.here().here
    assert page.picked().item == f"release:{ZA_X}"
    key(qtbot, page, Qt.Key.Key_U)
    key(qtbot, page, Qt.Key.Key_Return)
    assert rows(page)[f"{ZA_X}: the sign-in of before is given up"] == ("Done", "")
    new = open_window("Brasília")
    new.go("today", "")
    (row,) = [one for one in new.here().needs.rows() if one.id.startswith("handover/")]
    assert bare(row.title) == f"Take over {ZA_X}"
    new.here().present.open(row.id)
    page = new.here().here
    key(qtbot, page, Qt.Key.Key_S)
    assert rows(page)[f"{ZA_X}: taken over"] == ("Done", "")
    told = " ".join(said(page.end))
    assert "Brasília" in told and "Act" in told


def test_the_head_leaves_on_record_what_is_a_choice(qtbot, over, open_window):
    page = opened(open_window, "Head of office")
    page.open("hub")
    key(qtbot, page, Qt.Key.Key_L)
    page.bar.reason.setText("It stays in Geneva.")
    key(qtbot, page, Qt.Key.Key_Return)
    assert rows(page)["Where the record's order is kept"][0] == "Left as it is"
    assert "“It stays in Geneva.”" in said(page.end)
    page.open(f"take:{ZA_X}")
    key(qtbot, page, Qt.Key.Key_L)
    assert not page.bar.isVisible(), "what is proof can't be left"


def test_everything_that_takes_focus_has_a_name(over, open_window):
    page = opened(open_window, "Head of office")
    for item in ("hub", f"release:{ZA_X}", "rotate:G20 X"):
        page.open(item)
        assert nameless(page.window()) == []
    page.begin()
    page.form.send()
    assert nameless(page.window()) == []
