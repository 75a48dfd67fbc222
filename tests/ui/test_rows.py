"""The model keyed by id: never a reset, the selection stays."""

import random

from PySide6.QtCore import Qt

from g20desk.text import SPLIT
from ui.composer.model import Draft, from_content
from ui.rows import Row, RowModel
from ui.widgets.finding_editor import FindingEditor, utf16
from ui.widgets.rowlist import RowList


def test_model_is_sound_through_any_change(qtmodeltester, qtbot):
    model, chance = RowModel(), random.Random(7)
    qtmodeltester.check(model)
    for _ in range(200):
        ids = chance.sample("abcdefghij", chance.randint(0, 10))
        rows = [Row(i, f"{i}{chance.randint(0, 2)}") for i in ids]
        model.put(rows)
        assert list(model.rows()) == rows
    qtmodeltester.check(model)


def test_selection_stays(qtbot):
    model = RowModel()
    view = RowList(model, "List")
    qtbot.addWidget(view)
    model.put([Row("a", "A"), Row("b", "B"), Row("c", "C")])
    view.pick("b")
    model.put([Row("c", "C"), Row("new", "N"), Row("b", "B changed")])
    assert view.current_id() == "b"


def test_rows_are_said_as_a_sentence(qtbot):
    model = RowModel()
    model.put([Row("a", "Debt", "News", spoken="Waiting for sign-off")])
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "Debt. Waiting for sign-off. News"


def test_editor_counts_as_qt_counts(qtbot):
    assert utf16("a😀b", 2) == 3
    editor = FindingEditor("Text")
    qtbot.addWidget(editor)
    editor.set_text("a😀 provide it")
    editor.replace(3, 10, "mobilise")
    assert editor.toPlainText() == "a😀 mobilise it"
    editor.undo()
    assert editor.toPlainText() == "a😀 provide it"


def test_editor_aligns_by_language_in_both_interfaces(qtbot, qapp):
    editor = FindingEditor("Text")
    qtbot.addWidget(editor)
    editor.resize(600, 200)
    editor.show()
    for way in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        editor.setLayoutDirection(way)
        editor.set_language("ar")
        editor.set_text("مجموعة")
        assert editor.cursorRect().center().x() > 300
        editor.set_language("en")
        editor.set_text("Group")
        assert editor.cursorRect().center().x() < 300


def test_marks_leave_text_and_undo_alone(qtbot):
    editor = FindingEditor("Text")
    qtbot.addWidget(editor)
    editor.set_text("one two")
    editor.mark([{"level": "warn", "start": 4, "end": 7, "rule": "R", "text": "two"}])
    assert len(editor.extraSelections()) == 1
    assert not editor.document().isUndoAvailable()


def test_draft_round_trip():
    draft = Draft("", "news", ["G20 X"], {("en", ""): f"One{SPLIT}Two", ("en", "x"): "Own"})
    made = draft.content()
    assert made.texts[0].parts == ("One", "Two")
    assert from_content("", made).texts == draft.texts
    assert draft.text("en", "x") == "Own"
    assert draft.text("en", "bluesky") == f"One{SPLIT}Two"
