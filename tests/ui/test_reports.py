"""What went wrong for people who write, each with the right outcome. Numbers as in the reports."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk
from tests.ledger.record import RULE
from ui.widgets.finding_editor import FindingEditor
from ui.widgets.prose import from_right, prose

SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST, SECOND = "G20 statement", "بیانیه G20 (نسخه ۲) منتشر شد."
TYPED = f"{FIRST}\n{SECOND}"


@pytest.fixture
def editor(qtbot):
    """An editor that shows the two lines."""
    made = FindingEditor("Text")
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.set_text(TYPED)
    made.show()
    QApplication.processEvents()
    return made


def walk(qtbot, editor, key, modifier=Qt.KeyboardModifier.NoModifier):
    """All places that the caret comes by with that key, until it stays."""
    seen = [editor.textCursor().position()]
    for _ in range(4 * len(TYPED)):
        qtbot.keyClick(editor, key, modifier)
        if editor.textCursor().position() == seen[-1]:
            return seen
        seen.append(editor.textCursor().position())
    raise AssertionError("it never stays")


def at(editor, place):
    cursor = editor.textCursor()
    cursor.setPosition(place)
    editor.setTextCursor(cursor)


def test_h15_the_caret_reaches_the_start_and_comes_by_each_place_once(qtbot, editor):
    at(editor, len(TYPED))
    back = walk(qtbot, editor, Qt.Key.Key_Left)
    assert back[-1] == 0 and len(back) == len(set(back))
    forth = walk(qtbot, editor, Qt.Key.Key_Right)
    assert sorted(forth) == list(range(len(TYPED) + 1))
    assert walk(qtbot, editor, Qt.Key.Key_Left) == forth[::-1]


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_h15_in_a_language_from_the_right_too(qtbot, editor, lang):
    editor.set_language(lang)
    QApplication.processEvents()
    at(editor, len(TYPED))
    back = walk(qtbot, editor, Qt.Key.Key_Right)
    assert sorted(back) == list(range(len(TYPED) + 1))
    assert walk(qtbot, editor, Qt.Key.Key_Left) == back[::-1]


def test_h15_what_is_marked_and_copied_is_what_was_typed(qtbot, editor):
    at(editor, 0)
    walk(qtbot, editor, Qt.Key.Key_Right, SHIFT)
    assert editor.textCursor().anchor() == 0
    editor.selectAll()
    editor.copy()
    assert QApplication.clipboard().text() == TYPED
    editor.set_text("« 574\u00a0millions\u202f»\u200f")
    editor.selectAll()
    editor.copy()
    assert QApplication.clipboard().text() == editor.toPlainText() == "« 574\u00a0millions\u202f»\u200f"


COPIED_AT_THE_END = """
from PySide6.QtWidgets import QApplication
from ui.widgets.finding_editor import FindingEditor
app = QApplication([])
editor = FindingEditor("Text")
editor.set_text("What was copied")
editor.selectAll()
editor.copy()
assert QApplication.clipboard().mimeData().formats() == ["text/plain"], QApplication.clipboard().mimeData().formats()
"""


def test_what_was_copied_last_outlives_the_program_without_harm():
    assert subprocess.run([sys.executable, "-c", COPIED_AT_THE_END], check=False).returncode == 0


def test_h15_the_paragraph_lies_from_the_right_with_its_full_stop_at_the_left(editor):
    first = editor.document().begin()
    second = first.next()
    assert first.textDirection() == Qt.LayoutDirection.LeftToRight
    assert second.textDirection() == Qt.LayoutDirection.RightToLeft
    line = second.layout().lineAt(0)

    def x(place):
        return line.cursorToX(place)[0] if isinstance(line.cursorToX(place), tuple) else line.cursorToX(place)

    assert x(len(SECOND)) < x(len(SECOND) - 1) < x(0)
    # The bracket that opens stands right of what it holds: it is drawn mirrored.
    assert x(SECOND.index("(")) > x(SECOND.index("نسخه")) > x(SECOND.index(")"))
    assert line.naturalTextRect().right() > editor.viewport().width() - 12


def test_h15_what_is_read_lies_as_it_was_written(qtbot):
    label = prose(TYPED, 16, "en")
    qtbot.addWidget(label)
    assert [one[:3] for one in label.text().split('dir="')[1:]] == ["ltr", "rtl"]
    assert from_right("<span>بیانیه</span>") and not from_right("20 <b>G20</b> بیانیه") and not from_right("2026")


WRONG = "The sumit 🤝 will adress debt 👩🏽‍⚖️ relef"
RIGHT = "The summit 🤝 will address debt 👩🏽‍⚖️ relief"
WORDS = (("sumit", "summit"), ("adress", "address"), ("relef", "relief"))


@pytest.fixture
def three_rules(folder):
    """A rulebook with a rule for each of the three words."""
    officer, head = Desk.open(folder, "Officer"), Desk.open(folder)
    files = officer.rulebook.files()
    for n, (bad, good) in enumerate(WORDS, 1):
        row = {**RULE, "not_this": {bad: good}, "bad": [f"The {bad}."], "good": [f"The {good}."]}
        row = {key: value for key, value in row.items() if key != "say_this"}
        files = officer.rulebook.edited(files, f"HOUSE-0{n}", row)
    head.rulebook.adopt(officer.rulebook.propose(files, "Three words."))
    return folder


def test_h16_marks_and_fixes_stand_where_the_words_are(qtbot, three_rules, open_window):
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    composer.editor.setPlainText(WRONG)
    qtbot.waitUntil(lambda: not composer.present.checking())
    composer.present.check()
    found = [f for f in composer.present.findings() if f["rule"].startswith("HOUSE")]
    assert [(f["start"], f["end"]) for f in found] == [(4, 9), (17, 23), (35, 40)]
    marks = {
        (s.cursor.selectionStart(), s.cursor.selectedText()) for s in composer.editor.extraSelections()
        if s.format.underlineStyle() != s.format.UnderlineStyle.NoUnderline
    }  # fmt: skip
    assert {(4, "sumit"), (18, "adress"), (38, "relef")} <= marks
    for left in (2, 1, 0):
        listed = composer.present.all_findings()
        number = next(n for n, f in enumerate(listed, 1) if f["rule"].startswith("HOUSE"))
        qtbot.keyClick(composer.editor, Qt.Key[f"Key_{number}"], Qt.KeyboardModifier.AltModifier)
        composer.present.check()
        qtbot.waitUntil(lambda: not composer.present.checking())
        assert sum(f["rule"].startswith("HOUSE") for f in composer.present.findings()) == left
    assert composer.editor.toPlainText() == RIGHT
    for _ in WORDS:
        composer.editor.undo()
    assert composer.editor.toPlainText() == WRONG
