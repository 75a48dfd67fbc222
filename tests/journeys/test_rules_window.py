"""An editor changes a rule in the window and proposes it; the head reads it and adopts it; the composer says the new thing.
By keys alone, with the window's own threads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.journeys.test_window import CTRL, Seat
from tests.story import Office, content
from ui import texts, theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
TEXT = "Ministers of the Republic of Korea and South Korea met in Seoul."


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    texts.use("en")
    theme.wear(qapp, "light")


def to_rules(seat: Seat) -> object:
    """The Rules screen, by its keys."""
    seat.press(Qt.Key.Key_G)
    seat.press(Qt.Key.Key_U)
    screen = seat.window.here()
    assert screen.scope == "rules"
    return screen


def test_a_rule_is_changed_proposed_adopted_and_heard_in_the_composer(qtbot, tmp_path):
    office = Office(tmp_path / "o")
    office.desk().messages.new(content("South Korea spoke first.", to=("G20 X",)))

    editor = Seat(qtbot, office, "Officer")
    screen = to_rules(editor)
    editor.press(Qt.Key.Key_F, CTRL)
    editor.type("TERM-02")
    editor.press(Qt.Key.Key_Tab)
    editor.until(lambda: editor.held() is screen.rules.start.list, Qt.Key.Key_Tab)
    assert screen.present.id == "TERM-02"
    editor.press(Qt.Key.Key_E)
    assert editor.held() is screen.rules.form.why
    editor.press(Qt.Key.Key_A, CTRL)
    editor.type("The member sits as the Republic of Korea.")
    editor.until(lambda: editor.held() is screen.rules.form.level, Qt.Key.Key_Tab)
    editor.press(Qt.Key.Key_Up)
    assert screen.rules.form.level.currentData() == "block"
    editor.until(lambda: editor.held() is screen.rules.form.examples[True].items[0].editor, Qt.Key.Key_Tab)
    editor.press(Qt.Key.Key_A, CTRL)
    editor.type("North Korea spoke.")
    qtbot.waitUntil(lambda: screen.rules.form.examples[True].items[0].said.text() == "It is not found.")
    editor.press(Qt.Key.Key_A, CTRL)
    editor.type("South Korea spoke.")
    qtbot.waitUntil(lambda: "as it should be" in screen.rules.form.examples[True].items[0].said.text())
    editor.press(Qt.Key.Key_Return, CTRL)
    assert not screen.rules.editing

    editor.press(Qt.Key.Key_4, CTRL)
    qtbot.waitUntil(lambda: [row.id for row in screen.compare.model.rows()] == ["TERM-02"])
    editor.press(Qt.Key.Key_L)
    qtbot.waitUntil(
        lambda: screen.about.told.text() == "Looked at 1. Found now: 1. Not found any more: 1.", timeout=30_000
    )
    editor.press(Qt.Key.Key_P)
    editor.type("South Korea stops a message.")
    editor.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.changes.which == "proposed" and screen.changes.now.which == "proposed")
    assert not screen.acts.buttons["adopt"].isEnabled()
    editor.leave()
    assert office.head.rulebook.summary()["proposal"]["note"] == "South Korea stops a message."

    head = Seat(qtbot, office, "Ada Head")
    screen = to_rules(head)
    head.press(Qt.Key.Key_4, CTRL)
    head.press(Qt.Key.Key_J)
    qtbot.waitUntil(lambda: screen.changes.now.which == "proposed" and bool(screen.changes.now.found))
    head.press(Qt.Key.Key_A)
    head.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: office.head.rulebook.in_force().version == 1)
    head.leave()

    editor = Seat(qtbot, office, "Officer")
    editor.press(Qt.Key.Key_N, CTRL)
    composer = editor.window.here()
    editor.type(TEXT)
    qtbot.waitUntil(lambda: not composer.present.checking())
    (found,) = [f for f in composer.present.findings() if f["rule"] == "TERM-02"]
    assert (found["level"], found["text"]) == ("block", "South Korea")
    assert found["message"].startswith("The member sits as the Republic of Korea.")
    assert composer.present.blocking() == 1 and not composer.submit.isEnabled()
    editor.press(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    screen = editor.window.here()
    qtbot.waitUntil(lambda: screen.rules.pane.shown is not None and screen.rules.pane.shown.entry.id == "TERM-02")
    assert screen.rules.pane.shown.since == 1
    editor.press(Qt.Key.Key_Escape)
    assert editor.window.here() is composer and composer.editor.toPlainText() == TEXT
    editor.leave()
