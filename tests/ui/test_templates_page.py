"""The page of templates: written with slots found as one types, cleared by two, filled into a message, taken out of use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.ui.test_routes_page import CTRL, bare, key, said

QUAKE = {
    "name": "Earthquake", "kind": "condolence", "roles": ["head", "liaison"], "slots": {"place": 20},
    "text": [{"lang": "en", "text": "The G20 mourns those who died in {place}. #G20"},
             {"lang": "fr", "text": "Le G20 pleure les victimes de {place}. #G20"}],
}  # fmt: skip


def opened(open_window: Any, person: str) -> Any:
    window = open_window(person)
    window.go("office", "templates")
    return window.here().here


@pytest.fixture
def cleared(folder: Path) -> Path:
    Desk.open(folder, "Head of office").templates.adopt(QUAKE)
    liaison = Desk.open(folder, "Liaison Brazil")
    liaison.people.second(liaison.templates.proposed()[0]["id"])
    return folder


def settle(qtbot: Any, page: Any) -> None:
    qtbot.waitUntil(page.present.settled)


def test_a_template_is_written_laid_before_a_liaison_and_joined(qtbot, folder, open_window):
    head = opened(open_window, "Head of office")
    key(qtbot, head, Qt.Key.Key_N)
    assert head.window().focusWidget() is head.form.name
    qtbot.keyClicks(head.form.name, "Earthquake")
    head.form.text.set_text("The G20 mourns those who died in {place}.")
    assert list(head.form.slots) == ["place"]
    assert any("Rome" in one for one in said(head.preview))
    head.form.take("fr")
    head.form.text.set_text("Le G20 pleure.")
    settle(qtbot, head)
    assert "slots that a text has" in head.foot.said
    assert not head.foot.go.isEnabled()
    key(qtbot, head, Qt.Key.Key_Return, CTRL)
    assert head.form.fields["text"].error.text()
    assert not head.bar.isVisible()
    head.form.text.set_text("Le G20 pleure les victimes de {place}.")
    head.form.slots["place"].setValue(30)
    settle(qtbot, head)
    assert head.foot.said == "" and head.form.fields["text"].error.text() == ""
    key(qtbot, head, Qt.Key.Key_Return, CTRL)
    key(qtbot, head, Qt.Key.Key_Return)
    assert not head.writing
    assert head.ctx.desk.templates.rows() == []
    assert bare(head.model.rows()[0].third) == "Waits for a liaison"

    liaison = opened(open_window, "Liaison India")
    assert liaison.model.rows()[0].third == "Waits for you"
    assert any("pleure les victimes de" in one for one in said(liaison.preview))
    key(qtbot, liaison, Qt.Key.Key_A)
    key(qtbot, liaison, Qt.Key.Key_Return)
    (row,) = liaison.ctx.desk.templates.rows()
    assert (row["name"], row["slots"], row["by"]) == ("Earthquake", {"place": 30}, ["Head of office", "Liaison India"])
    assert liaison.model.rows()[0].third == "Cleared"


def test_what_was_begun_is_there_when_one_comes_back(qtbot, open_window):
    page = opened(open_window, "Head of office")
    key(qtbot, page, Qt.Key.Key_N)
    qtbot.keyClicks(page.form.name, "Flood")
    page.form.text.set_text("Water in {place}.")
    key(qtbot, page, Qt.Key.Key_Escape)
    assert not page.writing
    key(qtbot, page, Qt.Key.Key_N)
    assert page.form.name.text() == "Flood"
    assert page.form.text.toPlainText() == "Water in {place}."


def test_a_message_is_made_from_it_and_opens_in_the_composer(qtbot, cleared, open_window):
    page = opened(open_window, "Officer")
    key(qtbot, page, Qt.Key.Key_M)
    first = page.filling.words["en", "place"]
    assert page.window().focusWidget() is first
    assert not page.filling.go.isEnabled()
    qtbot.keyClicks(first, "Izmir. Send money")
    assert page.filling.words["fr", "place"].text() == "Izmir. Send money"
    assert "no sentence" in page.filling.fields["slots"].error.text()
    first.clear()
    qtbot.keyClicks(first, "Izmir")
    other = page.filling.words["fr", "place"]
    other.setFocus()
    other.clear()
    qtbot.keyClicks(other, "Smyrne")
    qtbot.keyClicks(first, "!")
    assert other.text() == "Smyrne"
    first.clear()
    qtbot.keyClicks(first, "Izmir")
    assert page.filling.go.isEnabled()
    assert any("Smyrne" in one for one in said(page.preview))
    for name, box in page.filling.accounts.boxes.items():
        box.setChecked(name == "G20 X")
    key(qtbot, page, Qt.Key.Key_Return)
    composer = page.window().here()
    assert composer.scope == "composer"
    assert composer.present.draft.text("en") == "The G20 mourns those who died in Izmir. #G20"
    assert composer.present.draft.text("fr") == "Le G20 pleure les victimes de Smyrne. #G20"
    assert (composer.present.draft.kind, composer.present.draft.to) == ("condolence", ["G20 X"])


def test_it_is_written_anew_and_taken_out_of_use(qtbot, cleared, open_window):
    page = opened(open_window, "Head of office")
    key(qtbot, page, Qt.Key.Key_E)
    assert page.form.value()["slots"] == {"place": 20}
    assert [one["lang"] for one in page.form.value()["text"]] == ["en", "fr"]
    key(qtbot, page, Qt.Key.Key_Escape)
    key(qtbot, page, Qt.Key.Key_W)
    key(qtbot, page, Qt.Key.Key_Return)
    assert page.ctx.desk.templates.rows() == []


def test_what_waits_is_taken_off_the_table(qtbot, folder, open_window):
    Desk.open(folder, "Liaison Brazil").templates.adopt(QUAKE)
    liaison = opened(open_window, "Liaison India")
    key(qtbot, liaison, Qt.Key.Key_W)
    assert not liaison.bar.isVisible()
    head = opened(open_window, "Head of office")
    key(qtbot, head, Qt.Key.Key_W)
    qtbot.keyClicks(head.window().focusWidget(), "Another one is better.")
    key(qtbot, head, Qt.Key.Key_Return)
    assert head.ctx.desk.templates.proposed() == []


def test_another_row_shows_it_and_keeps_what_was_written(qtbot, cleared, open_window):
    Desk.open(cleared, "Head of office").templates.adopt({**QUAKE, "name": "Flood"})
    page = opened(open_window, "Head of office")
    key(qtbot, page, Qt.Key.Key_N)
    qtbot.keyClicks(page.form.name, "Fire")
    page.list.pick(next(iter(page.present.now.rows)))
    assert not page.writing and page.middle.currentIndex() == 0
    assert not page.foot.isVisible()
    key(qtbot, page, Qt.Key.Key_N)
    assert page.form.name.text() == "Fire"


def test_others_read_and_change_nothing(qtbot, cleared, open_window):
    page = opened(open_window, "Officer")
    assert not page.new.isEnabled()
    for letter in (Qt.Key.Key_N, Qt.Key.Key_E, Qt.Key.Key_W, Qt.Key.Key_A):
        key(qtbot, page, letter)
        assert page.middle.currentIndex() == 0 and not page.bar.isVisible()
    liaison = opened(open_window, "Liaison Italy")
    key(qtbot, liaison, Qt.Key.Key_M)
    assert liaison.middle.currentIndex() == 0
    assert liaison.notice.isVisible()
