"""On One voice: a new line, another version, accounts that are asked to carry the line that is read."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.ui.test_adopting import HOUR, agreed, press
from tests.ui.test_routes_page import CTRL, bare, said

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def line(folder: Any) -> str:
    """An agreed line, and three accounts that may carry it: one of them asked already."""
    head = Desk.open(folder)
    head.accounts.add("rehearsal", name="ZA Bluesky", owner="presidency:ZA", langs=("en", "fr"), like="bluesky")
    head.accounts.add("rehearsal", name="Itamaraty", owner="member:BR", langs=("pt",), like="mastodon")
    made = agreed(folder)
    Desk.open(folder, "Officer").relays.ask(made, ["ZA Presidency X"])
    return made


def read(open_window: Any, line: str, person: str = "Officer") -> Any:
    window = open_window(person)
    window.go("one-voice", line)
    return window.here()


def test_it_says_whom_it_may_be_asked_of_and_in_which_languages(qtbot, open_window, line):
    screen = read(open_window, line)
    assert screen.acts.buttons["ask-relay"].isEnabled()
    press(qtbot, screen, Qt.Key.Key_R, NONE)
    shown = [bare(one) for one in said(screen.acts.bar)]
    assert "South Africa, Presidency" in shown and "Brazil" in shown
    assert "the line has no text in French" in shown and "the line has no text in Portuguese" in shown
    assert "asked already" in shown and "nobody in this office speaks on it" in shown
    boxes = screen.acts.bar.boxes
    assert list(boxes) == ["ZA Bluesky", "ZA Presidency X", "Itamaraty"]
    assert [box.isEnabled() for box in boxes.values()] == [True, False, True]
    assert screen.window().focusWidget() is boxes["ZA Bluesky"]
    assert not screen.acts.bar.sign.isEnabled()


def test_accounts_are_asked_by_keys_with_a_time_and_a_reason(qtbot, open_window, line, folder):
    screen = read(open_window, line)
    press(qtbot, screen, Qt.Key.Key_R, NONE)
    bar = screen.acts.bar
    for name in ("ZA Bluesky", "Itamaraty"):
        bar.boxes[name].setFocus()
        press(qtbot, screen, Qt.Key.Key_Space, NONE)
    bar.modes.parts["by"].click()
    at = screen.ctx.clock.now_ms() + 20 * HOUR
    bar.field.begin(at, at - 20 * HOUR)
    bar.why.setFocus()
    qtbot.keyClicks(bar.why, "The summit opens.")
    press(qtbot, screen, Qt.Key.Key_Return, NONE)
    assert not bar.isVisible()
    found = {one.account: one for one in Desk.open(folder, "Officer").relays.asks()}
    assert set(found) == {"ZA Presidency X", "ZA Bluesky", "Itamaraty"}
    assert abs(found["ZA Bluesky"].until - at) < 60_000
    assert Desk.open(folder, "Presidency").relays.brief(found["ZA Bluesky"].id).reason == "The summit opens."
    assert any("2 accounts are asked." in one for one in said(screen.notice))
    press(qtbot, screen, Qt.Key.Key_R, NONE)
    assert not any(box.isEnabled() for box in bar.boxes.values())


def test_who_leaves_has_asked_nobody(qtbot, open_window, line, folder):
    screen = read(open_window, line)
    press(qtbot, screen, Qt.Key.Key_R, NONE)
    screen.acts.bar.boxes["ZA Bluesky"].click()
    press(qtbot, screen, Qt.Key.Key_Escape, NONE)
    assert not screen.acts.bar.isVisible() and screen.window().here() is screen
    assert len(Desk.open(folder, "Officer").relays.asks()) == 1


def test_a_line_that_is_not_agreed_any_more_says_why_beside_the_button(qtbot, open_window, line, folder):
    Desk.open(folder, "Officer").messages.withdraw(line, "A figure is wrong.")
    screen = read(open_window, line)
    assert not screen.acts.buttons["ask-relay"].isEnabled()
    assert screen.acts.why_not.text() == "This line is not agreed, or not any more."
    press(qtbot, screen, Qt.Key.Key_R, NONE)
    assert not screen.acts.bar.isVisible()


def test_a_line_whose_place_another_took_and_one_that_is_over(open_window, line, folder):
    later = agreed(folder, {"en": "We agreed on debt relief for forty countries, at once."}, supersedes=line)
    assert "took its place" in read(open_window, line).acts.why_not.text()
    assert read(open_window, later).acts.why_not.text() == ""


def test_who_has_no_right_to_ask_is_told_so_and_who_writes_no_lines_sees_no_buttons(open_window, line):
    acts = read(open_window, line, "Analyst").acts
    assert not acts.buttons["ask-relay"].isEnabled()
    assert acts.why_not.text() == "This act is for: head of the office, communication officer."
    for person in ("Liaison Brazil", "Presidency"):
        acts = read(open_window, line, person).acts
        assert not any(button.isVisible() for button in (*acts.buttons.values(), acts.why_not)), person


def test_a_new_line_and_another_version_by_their_keys(qtbot, open_window, line):
    screen = read(open_window, line)
    press(qtbot, screen, Qt.Key.Key_V, NONE)
    assert screen.window().here().scope == "line" and screen.window().here().present.draft.id == line
    screen.window()._back()
    assert screen.window().here() is screen
    press(qtbot, screen, Qt.Key.Key_N, CTRL)
    assert screen.window().here().scope == "line" and screen.window().here().present.draft.id == ""
    screen.window().go("messages", "")
    press(qtbot, screen.window().here(), Qt.Key.Key_N, CTRL)
    assert screen.window().here().scope == "composer"
