"""The composer: pictures, threads, overrides, merging, and nothing typed is lost."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColorConstants, QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from g20desk.desk import Desk
from g20desk.office.content import Content, Text
from tests.ui.conftest import TEXT, content
from ui.widgets.finding_editor import FindingEditor

ALT, CTRL, SHIFT = (Qt.KeyboardModifier[f"{name}Modifier"] for name in ("Alt", "Control", "Shift"))


def painted(path: Path, wide: int = 1600) -> str:
    """A picture file."""
    image = QImage(wide, 900, QImage.Format.Format_RGB32)
    image.fill(QColorConstants.DarkCyan)
    assert image.save(str(path))
    return str(path)


@pytest.fixture
def composer(open_window):
    """A new message, the caret in its text."""
    window = open_window("Officer")
    window.go("composer", "")
    return window.here()


def test_a_pasted_picture_is_kept_shown_and_described(qtbot, composer, tmp_path):
    qtbot.keyClicks(composer.editor, TEXT)
    QApplication.clipboard().setImage(QImage(painted(tmp_path / "a.png")))
    composer.editor.paste()
    (row,) = rows(composer)
    assert composer.window().focusWidget() is row.alt
    assert "0 of 1" in row.have.text()
    qtbot.waitUntil(lambda: composer.present.blocking() > 0)
    qtbot.keyClicks(row.alt, "A hall.")
    qtbot.waitUntil(lambda: composer.present.blocking() == 0 and not composer.present.checking())
    assert row.have.text() == "Present in 1 language"
    piece = composer.present.draft.pictures[0].path
    assert composer.ctx.desk.messages.picture_bytes(piece).startswith(b"\x89PNG")
    assert composer.editor.toPlainText() == TEXT


def rows(composer):
    """The picture rows."""
    shown = composer.work.pictures
    return [shown.itemAt(n).widget() for n in range(shown.count())]


def test_a_dropped_file_is_taken_in_and_a_broken_one_refused(composer, tmp_path):
    (tmp_path / "broken.png").write_bytes(b"no picture")
    for name in (painted(tmp_path / "a.jpg"), str(tmp_path / "broken.png")):
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(name)])
        composer.editor.insertFromMimeData(dropped)
    assert len(composer.present.draft.pictures) == 1
    assert composer.notice.isVisible()
    composer.present.remove_picture(0)
    assert rows(composer) == []
    assert composer.editor.toPlainText() == ""


def test_a_thread_is_made_and_joined_by_key(qtbot, composer):
    qtbot.keyClicks(composer.editor, "One.")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.keyClicks(composer.editor, "Two.")
    assert composer.present.draft.parts("en") == ("One.", "Two.")
    qtbot.waitUntil(lambda: not composer.present.checking())
    assert composer.present.answer("en", "x", 1)["length"] == 4
    qtbot.keyClick(composer.editor, Qt.Key.Key_Backspace, CTRL | SHIFT)
    assert composer.present.draft.parts("en") == ("One.\nTwo.",)
    composer.editor.undo()
    assert composer.present.draft.parts("en") == ("One.", "Two.")


def test_marks_keep_off_words_that_are_being_composed(qtbot):
    editor = FindingEditor("Text")
    qtbot.addWidget(editor)
    editor.set_text("first line\nsecond one")
    found = [{"level": "warn", "start": s, "end": s + 5, "rule": "R", "text": ""} for s in (0, 11)]
    editor.mark(found)
    assert len(editor.extraSelections()) == 2
    cursor = editor.textCursor()
    cursor.setPosition(11)
    editor.setTextCursor(cursor)
    QApplication.sendEvent(editor, QInputMethodEvent("に", []))
    assert [s.cursor.selectionStart() for s in editor.extraSelections()] == [0]
    editor.mark(found)
    assert [s.cursor.selectionStart() for s in editor.extraSelections()] == [0]
    done = QInputMethodEvent("", [])
    done.setCommitString("日")
    QApplication.sendEvent(editor, done)
    assert editor.toPlainText() == "first line\n日second one"
    assert {s.cursor.selectedText() for s in editor.extraSelections()} >= {"first"}
    assert len(editor.extraSelections()) == 2


def test_a_finding_stands_with_a_reason_where_it_may(qtbot, composer):
    qtbot.keyClicks(composer.editor, "Our President welcomed the guests.")
    qtbot.waitUntil(lambda: composer.present.blocking() == 1)
    assert not composer.submit.isEnabled()
    qtbot.keyClick(composer.editor, Qt.Key.Key_O, ALT)
    assert composer.bar.isVisible()
    qtbot.keyClicks(composer.window().focusWidget(), "A quotation.")
    qtbot.keyClick(composer.window().focusWidget(), Qt.Key.Key_Return)
    assert composer.submit.isEnabled()
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(composer.ahead.sign, Qt.Key.Key_Return, CTRL)
    shown = composer.ctx.desk.messages.show(composer.present.draft.id)
    assert (shown["state"], shown["overrides"]) == ("submitted", [{"rule": "VOICE-06", "why": "A quotation."}])


def test_a_networks_limit_is_never_overridden(qtbot, composer):
    composer.editor.set_text("x" * 281)
    qtbot.waitUntil(lambda: composer.present.blocking() >= 1)
    qtbot.keyClick(composer.editor, Qt.Key.Key_O, ALT)
    assert not composer.bar.isVisible()


def test_kind_and_topic_go_into_the_revision(qtbot, composer):
    qtbot.keyClicks(composer.editor, TEXT)
    at = composer.start.kind.findData("statement")
    composer.start.kind.setCurrentIndex(at)
    composer.start.kind.activated.emit(at)
    qtbot.keyClicks(composer.start.topic, "debt")
    qtbot.waitUntil(composer.submit.isEnabled)
    composer.submit.click()
    composer.ahead.sign.click()
    shown = composer.ctx.desk.messages.show(composer.present.draft.id)
    assert (shown["kind"], shown["topic"]) == ("statement", "debt")


def test_a_submission_that_is_refused_stays_one_message(qtbot, composer, monkeypatch):
    from g20desk.errors import Refused

    def refuse(*_):
        raise Refused("no-right", "This is for another.")

    desk = composer.ctx.desk
    before = len(desk.messages.rows())
    monkeypatch.setattr(desk.messages, "submit", refuse)
    qtbot.keyClicks(composer.editor, TEXT)
    qtbot.waitUntil(composer.submit.isEnabled)
    for _ in range(2):
        composer.submit.click()
        composer.ahead.sign.click()
        assert composer.notice.isVisible()
    assert len(desk.messages.rows()) == before + 1


def apart(folder, was, one, two):
    """A draft with two versions; its id."""
    desk = Desk.open(folder, "Officer")
    made = desk.messages.new(was)
    folded = desk.messages.get(made["message"])
    Desk.open(folder, "Analyst").messages._go_on(folded, one)
    desk.messages._go_on(folded, two)
    return made["message"]


def test_versions_written_apart_are_merged_place_by_place(qtbot, open_window, folder):
    message = apart(folder, *map(content, ("One two three.", "One 2 three.", "One two 3.")))
    window = open_window("Officer")
    window.go("composer", message)
    composer = window.here()
    assert composer.present.people == ("Analyst", "Officer")
    assert composer.middle.currentIndex() == 1
    assert not composer.submit.isEnabled()
    assert not composer.merge.done.isEnabled()
    assert len(composer.present.merging.open()) == 2
    for which, place in enumerate((0, 1)):
        row = composer.merge.rows[place]
        assert row.place.open
        qtbot.keyClick(row.buttons[which], Qt.Key.Key_Space)
    assert composer.merge.done.isEnabled()
    composer.merge.done.click()
    shown = window.ctx.desk.messages.show(message)
    assert (shown["heads"], shown["texts"][0]["parts"]) == (1, ["One 2 3."])
    assert composer.middle.currentIndex() == 0
    assert composer.editor.toPlainText() == "One 2 3."


def test_a_place_is_written_anew_by_keyboard_alone(qtbot, open_window, folder):
    message = apart(
        folder, *map(content, ("We met today in Rome.", "We met yesterday in Rome.", "We met soon in Rome."))
    )
    window = open_window("Officer")
    window.go("composer", message)
    composer = window.here()
    QApplication.processEvents()
    (row,) = composer.merge.rows
    assert window.focusWidget() is row.buttons[0]
    assert [b.text() for b in row.buttons] == ["Use “yesterday”", "Use “soon”"]
    for _ in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is row.field
    qtbot.keyClicks(row.field, "on Monday")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window.focusWidget() is composer.merge.done
    qtbot.keyClick(composer.merge.done, Qt.Key.Key_Space)
    assert composer.editor.toPlainText() == "We met on Monday in Rome."
    assert window.ctx.desk.messages.show(message)["heads"] == 1


def test_nothing_takes_a_whole_side(open_window, folder):
    message = apart(folder, *map(content, ("a b c d", "x b c y", "a z c w")))
    window = open_window("Officer")
    window.go("composer", message)
    composer = window.here()
    assert len(composer.merge.rows) == 3
    assert not composer.merge.done.isEnabled()
    composer.merge.rows[0].buttons[0].click()
    assert len(composer.present.merging.open()) == 2


def test_every_part_that_differs_is_a_choice(open_window, folder):
    texts = (Text("en", ("One.",)), Text("fr", ("Un.",)))
    was = Content("news", ("G20 X",), texts)
    one = Content("statement", ("G20 X", "G20 Mastodon"), (texts[0], Text("fr", ("Un, deux.",))), note="For all.")
    two = Content(
        "news", ("G20 X",), (texts[0], Text("fr", ("Un, trois.",)), Text("ar", ("واحد.",), "", "حذار", "private"))
    )
    window = open_window("Officer")
    window.go("composer", apart(folder, was, one, two))
    composer = window.here()
    shown = "\n".join(label.text() for label in composer.merge.findChildren(QLabel))
    for words in (
        "French",
        "Arabic",
        "Warning before the text",
        "Who may see it",
        "Kind",
        "Goes to G20 Mastodon",
        "Note",
    ):
        assert words in shown, words
    while composer.present.merging.open():
        next(row for row in composer.merge.rows if row.place.open).buttons[1].click()
    composer.merge.done.click()
    shown = window.ctx.desk.messages.show(composer.present.draft.id)
    assert (shown["heads"], shown["kind"], shown["to"], shown["note"]) == (1, "news", ["G20 X"], "")
    assert {t["lang"]: (t["parts"], t["warning"]) for t in shown["texts"]}["ar"] == (["واحد."], "حذار")


def test_what_was_typed_on_an_older_revision_is_joined_to_the_newer(qtbot, open_window, folder):
    """Somebody else's revision came in while this person typed: neither goes away in silence."""
    desk = Desk.open(folder, "Officer")
    made = desk.messages.new(content("One two three."))
    desk.messages.keep(made["message"], content("One two 3."), [made["revision"]])
    Desk.open(folder, "Analyst").messages.revise(made["message"], content("One 2 three."))
    window = open_window("Officer")
    window.go("composer", made["message"])
    composer = window.here()
    assert composer.middle.currentIndex() == 1
    assert composer.present.people == ("Analyst", "you, not handed in")
    composer.merge.rows[0].buttons[0].click()
    composer.merge.rows[1].buttons[1].click()
    composer.merge.done.click()
    assert composer.middle.currentIndex() == 0
    assert composer.editor.toPlainText() == "One 2 3."
    assert window.ctx.desk.messages.show(made["message"])["texts"][0]["parts"] == ["One 2 three."]
    qtbot.waitUntil(composer.submit.isEnabled)
    composer.submit.click()
    composer.ahead.sign.click()
    shown = window.ctx.desk.messages.show(made["message"])
    assert (shown["state"], shown["heads"], shown["texts"][0]["parts"]) == ("submitted", 1, ["One 2 3."])


def test_a_revision_that_comes_in_while_somebody_types_is_not_written_over(qtbot, open_window, folder):
    desk = Desk.open(folder, "Officer")
    made = desk.messages.new(content("One two three."))
    window = open_window("Officer")
    window.go("composer", made["message"])
    composer = window.here()
    composer.editor.selectAll()
    qtbot.keyClicks(composer.editor, "One two 3.")
    Desk.open(folder, "Analyst").messages.revise(made["message"], content("One 2 three."))
    qtbot.waitUntil(composer.submit.isEnabled)
    composer.submit.click()
    composer.ahead.sign.click()
    shown = window.ctx.desk.messages.show(made["message"])
    assert (shown["state"], shown["heads"]) == ("draft", 2)
    assert composer.middle.currentIndex() == 1, "both stand beside each other"


CHILD = """
import sys, time
from PySide6.QtTest import QTest
from g20desk.desk import Desk
from ui import theme
from ui.app import application
from ui.bus import Bus, Ctx, facts
from ui.window import Window
from ui.worker import Worker
app = application()
theme.wear(app, "light")
desk, bus = Desk.open(sys.argv[1], "Officer"), Bus()
bus.listen(desk)
window = Window(Ctx(desk, facts(desk), Worker(), bus))
window.sender.stop()
window.show()
window.go("composer", "")
screen = window.here()
QTest.qWait(300)
for path in sys.argv[3:]:
    screen.present.add_picture(path)
while len(screen.present.draft.pictures) < 2:
    QTest.qWait(20)
screen.present.describe(1, "Hills.")
QTest.keyClicks(screen.editor, sys.argv[2])
until = time.monotonic() + 60
while time.monotonic() < until:
    QTest.qWait(50)
    kept = desk.messages.kept("")
    if kept is not None and kept.texts and kept.texts[0].parts[0] == sys.argv[2] and screen.kept.text():
        print("kept", flush=True)
        time.sleep(60)
"""


def test_what_is_kept_survives_a_kill(qtbot, open_window, folder, tmp_path):
    typed = "Finance ministers met today. " * 6 + "Two hundred letters, all."
    typed = typed.ljust(200, ".")[:200]
    pictures = [painted(tmp_path / f"{n}.png", 200 + n) for n in range(2)]
    command = [sys.executable, "-c", CHILD, str(folder), typed, *pictures]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
        try:
            assert child.stdout.readline().strip() == "kept"
        finally:
            os.kill(child.pid, signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    assert composer.editor.toPlainText() == typed
    assert [r.alt.text() for r in rows(composer)] == ["", "Hills."]
    assert [p.image.width() for p in (r.thumb for r in rows(composer))] == [200, 201]
    assert json.dumps(composer.present.draft.to)


def test_leaving_the_screen_keeps_at_once(qtbot, open_window):
    window = open_window("Officer")
    window.go("composer", "")
    qtbot.keyClicks(window.here().editor, "Half")
    window.go("today", "")
    assert window.ctx.desk.messages.kept("").texts[0].parts == ("Half",)


def test_alt_fields_are_lines_that_can_be_named(composer, tmp_path):
    composer.present.add_picture(painted(tmp_path / "a.png"))
    assert isinstance(composer.window().focusWidget(), QLineEdit)
    assert composer.window().focusWidget().accessibleName() == "Alt text in English"


def test_only_the_first_part_of_a_correction_has_to_say_what_it_is(qtbot, composer):
    def asked() -> list[int]:
        answers = [composer.present.answer("en", "x", part)["findings"] for part in range(2)]
        return [part for part, found in enumerate(answers) if "CORRECT-01" in [f["rule"] for f in found]]

    composer.present.is_kind("correction")
    qtbot.keyClicks(composer.editor, "Correction: we said 4.1%. The correct figure is 3.1%.")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.keyClicks(composer.editor, "The table has it.")
    qtbot.waitUntil(lambda: not composer.present.checking())
    assert asked() == []
    composer.editor.selectAll()
    qtbot.keyClicks(composer.editor, "Growth was 3.1%.")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.keyClicks(composer.editor, "Correction: see the table.")
    qtbot.waitUntil(lambda: not composer.present.checking())
    assert asked() == [0]
