"""A line is written in the window: its texts, phrases locked in them, how long it stands, whose place it takes; then sign-off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCursor

from g20desk.desk import Desk
from g20desk.office.content import Content, Text, Wording
from tests.ui.conftest import content
from tests.ui.test_adopting import LINE, LOCK, agreed, press
from tests.ui.test_routes_page import said
from ui.widgets.button import KeyButton

NONE = Qt.KeyboardModifier.NoModifier


def choose(editor: Any, words: str) -> None:
    """Select these words in a text."""
    start = editor.toPlainText().index(words)
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


@pytest.fixture
def form(qtbot: Any, open_window: Any) -> Any:
    window = open_window()
    window.go("line", "")
    return window.here()


def written(qtbot: Any, form: Any) -> Any:
    """With a topic, a text and a locked phrase."""
    form.work.topic.setFocus()
    qtbot.keyClicks(form.work.topic, "debt")
    form.work.editor.setFocus()
    qtbot.keyClicks(form.work.editor, LINE)
    choose(form.work.editor, LOCK)
    press(qtbot, form, Qt.Key.Key_L)
    return form


def test_a_line_is_written_locked_and_submitted_by_keys_alone(qtbot, form, folder):
    assert form.window().focusWidget() is form.work.topic, "a line begins with what it is about"
    written(qtbot, form)
    assert form.present.locks("en") == (LOCK,)
    assert [LINE[a:b] for a, b in form.work.editor.locked] == [LOCK]
    assert LOCK in said(form.work)
    qtbot.waitUntil(form.submit.isEnabled)
    press(qtbot, form)
    assert form.ahead.isVisible()
    press(qtbot, form)
    (row,) = Desk.open(folder, "Liaison Brazil").lines.rows()
    assert (row["state"], row["topic"], row["text"], row["locked"]) == ("submitted", "debt", LINE, [LOCK])
    assert form.header.title.text() == "Line: debt"


def test_a_phrase_that_does_not_stand_any_more_is_told_at_once(qtbot, form):
    written(qtbot, form)
    choose(form.work.editor, "forty")
    qtbot.keyClicks(form.work.editor, "fifty")
    assert "not in the text any more" in said(form.work)
    assert form.why_not.text() == f"A locked phrase does not stand in the text any more: “{LOCK}”"
    assert not form.submit.isEnabled()
    form.work._unlock("en", LOCK)
    assert form.present.locks("en") == () and "not in the text any more" not in said(form.work)


@pytest.mark.parametrize(
    ("words", "why"), [("elief for for", "Lock whole words of one post."), (" ", "Choose the words")]
)
def test_what_can_not_be_locked_is_told_and_says_what_to_do(qtbot, form, words, why):
    qtbot.keyClicks(form.work.editor, LINE)
    choose(form.work.editor, words)
    press(qtbot, form, Qt.Key.Key_L)
    assert form.notice.isVisible() and any(why in one for one in said(form.notice))
    assert form.present.locks("en") == ()


def test_without_a_topic_it_is_not_submitted(qtbot, form):
    qtbot.keyClicks(form.work.editor, LINE)
    assert form.why_not.text() == "Say what it is about" and not form.submit.isEnabled()
    form.why_not.click()
    assert form.window().focusWidget() is form.work.topic


def test_every_language_of_the_office_and_others(qtbot, form):
    written(qtbot, form)
    press(qtbot, form, Qt.Key.Key_4)
    form.work.editor.insertPlainText("اتفقنا على تخفيف ديون أربعين بلداً بحلول عام 2027.")
    assert form.work.editor.far and form.present.lang == "ar"
    choose(form.work.editor, "تخفيف ديون")
    press(qtbot, form, Qt.Key.Key_L)
    assert set(form.present.line.locks) == {"en", "ar"}
    form.work._add(form.work.more.findData("pt"))
    form.work.editor.insertPlainText("Concordamos com o perdão da dívida de quarenta países até 2027.")
    assert list(form.work.tabs.tabs) == ["en", "fr", "es", "ar", "zh", "ru", "pt"]
    assert form.work.tabs.tabs["pt"].text().startswith("Portuguese")
    assert form.present.draft.langs() == ("en", "ar", "pt")


def test_what_is_typed_is_there_after_a_crash_and_beside_a_new_message(qtbot, form, open_window, folder):
    written(qtbot, form)
    form.side.source.setFocus()
    qtbot.keyClicks(form.side.source, "Johannesburg 2025, 12")
    form.present.keep()
    other = open_window()
    other.go("line", "")
    again = other.here()
    assert again.work.editor.toPlainText() == LINE and again.work.topic.text() == "debt"
    assert again.present.locks("en") == (LOCK,) and again.side.source.text() == "Johannesburg 2025, 12"
    other.go("composer", "")
    assert other.here().editor.toPlainText() == ""


def test_a_line_that_is_begun_leaves_what_is_typed_of_a_message(folder):
    officer = Desk.open(folder, "Officer")
    officer.messages.keep("", content("A message that nobody handed in."))
    agreed(folder)
    assert officer.messages.kept("") is not None
    officer.messages.keep("line", Content("line", (), (Text("en", (LINE,)),), topic="debt", line=Wording({})))
    officer.messages.new(content("Another message."))
    assert officer.messages.kept("line") is not None
    agreed(folder, {"en": f"Once more. {LINE}"})
    assert officer.messages.kept("line") is None


def test_how_long_it_stands_and_whose_place_it_takes(qtbot, folder, open_window):
    first = agreed(folder, {"en": f"Before. {LINE}"})
    window = open_window()
    window.go("line", "")
    form = written(qtbot, window.here())
    form.side.ends.click()
    form.side.day.setDate(QDate(2099, 12, 31))
    assert form.present.line.until == 4102444800000, "the end of that day"
    at = form.side.earlier.findData(first)
    assert at > 0
    form.side.earlier.setCurrentIndex(at)
    form.side.earlier.activated.emit(at)
    form.side.lists["tags"].setPlainText("G20\nDebt")
    form.side.lists["dont"].setPlainText("Don't name a country.")
    qtbot.waitUntil(form.submit.isEnabled)
    press(qtbot, form)
    press(qtbot, form)
    officer = Desk.open(folder, "Officer")
    made = officer.lines.content(form.present.draft.id)
    assert (made.line.until, made.line.supersedes) == (4102444800000, first)
    assert (made.line.tags, made.line.dont) == ({"en": ("G20", "Debt")}, {"en": ("Don't name a country.",)})
    liaison = Desk.open(folder, "Liaison Brazil")
    liaison.messages.decide(
        form.present.draft.id, "approve", officer.messages.get(form.present.draft.id).message.digest
    )
    assert first in officer.lines.superseded()


def test_a_draft_and_a_submitted_line_are_revised_here_and_lose_nothing(qtbot, folder, open_window):
    officer = Desk.open(folder, "Officer")
    wording = Wording(
        {"en": (LOCK,)}, 4102444800000, "Johannesburg 2025, 12", "", {"": ("G20",)}, {"en": ("Say it.",)}, {}
    )
    made = officer.lines.begin(Content("line", (), (Text("en", (LINE,)),), topic="debt", line=wording))
    officer.messages.submit(made["line"])
    window = open_window()
    window.go("messages", made["line"])
    window.here()._edit()
    form = window.here()
    assert form.scope == "line", "the composer is not where a line is written"
    form.work.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(form.work.editor, "Today: ")
    qtbot.waitUntil(form.submit.isEnabled)
    press(qtbot, form)
    press(qtbot, form)
    assert officer.lines.content(made["line"]).line == wording
    assert [row["text"] for row in officer.lines.rows()] == [f"Today: {LINE}"]
    window._back()
    assert window.here().scope == "messages"


def test_the_composer_keeps_what_a_line_has_besides(folder):
    """Whatever opens a line and hands it in again loses no lock, day, source or place."""
    from ui.composer.model import from_content

    wording = Wording(
        {"en": (LOCK,)}, 4102444800000, "Johannesburg 2025, 12", "f" * 64, {"": ("G20",)}, {}, {"en": ("No.",)}
    )
    before = Content("line", (), (Text("en", (LINE,)),), topic="debt", line=wording)
    assert from_content("", before).content() == before


def test_who_reads_no_drafts_reads_a_line_with_all_that_it_has_besides(folder):
    from ui.composer.model import from_shown

    officer = Desk.open(folder, "Officer")
    wording = Wording({"en": (LOCK,)}, 4102444800000, "Johannesburg 2025, 12", "", {"": ("G20",)}, {}, {"en": ("No.",)})
    made = officer.messages.new(Content("line", (), (Text("en", (LINE,)),), topic="debt", line=wording))
    officer.messages.submit(made["message"])
    desk = Desk.open(folder, "Liaison Brazil")
    assert from_shown(desk.messages.show(made["message"])).line == wording


def test_a_rule_that_is_broken_is_told_and_may_stand_with_a_reason(qtbot, form):
    written(qtbot, form)
    form.work.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(form.work.editor, " Totally pumped!!!")
    qtbot.waitUntil(lambda: bool(form.present.all_findings()))
    assert form.work.found.count() == len(form.present.all_findings())


def test_a_new_line_of_a_new_window_is_empty(form, folder: Path):
    assert form.work.editor.toPlainText() == "" and form.present.draft.kind == "line" and not form.present.draft.to
    assert not form.submit.isEnabled() and form.why_not.text() == "Write a text first"


def test_what_must_be_fixed_in_another_language_is_said_with_the_way_there(qtbot, form):
    written(qtbot, form)
    press(qtbot, form, Qt.Key.Key_2)
    form.work.editor.setFocus()
    qtbot.keyClicks(form.work.editor, "Taiwan, le pays, et la dette. https://bit.ly/abc")
    qtbot.waitUntil(lambda: form.present.blocking() > 0)
    here = [f for f in form.present.findings("fr") if f["level"] == "block"]
    press(qtbot, form, Qt.Key.Key_1)
    there = f"French: {len(here)} must be fixed"
    assert there in said(form.work) and "something stands in the way" in form.work.tabs.tabs["fr"].accessibleName()
    assert "must be fixed" in form.why_not.text()
    form.why_not.click()
    assert form.present.lang == "fr" and form.window().focusWidget() is form.work.editor
    assert there not in said(form.work)
    press(qtbot, form, Qt.Key.Key_1)
    buttons = [one for one in form.work.findChildren(KeyButton) if one.accessibleName() == "Go there: French"]
    buttons[-1].click()
    assert form.present.lang == "fr"
