"""The main job with the keyboard alone, in real windows on a real desk."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk
from g20desk.errors import Refused
from ui.app import App

CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = "Finance ministers met today and adopted a statement on debt: https://g20.example.org/debt #G20"


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key where the focus is."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def states(desk):
    """title -> state."""
    return {r.title: r.state for r in desk.messages.rows()}


def test_write_submit_approve_schedule_send(qtbot, open_window):
    window = open_window("Officer")
    press(qtbot, window, Qt.Key.Key_N, CTRL)
    composer = window.screens["composer"]
    assert window.focusWidget() is composer.editor
    qtbot.keyClicks(composer.editor, WORDS)
    qtbot.waitUntil(composer.submit.isEnabled)
    assert composer.present.answer("en", "x")["length"] > 0
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    assert composer.ahead.isVisible()  # what lies before it, then with the same keys
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: composer.present.draft.id != "")
    id = composer.present.draft.id
    assert window.ctx.desk.messages.show(id)["state"] == "submitted"
    window.close()

    window = open_window("Liaison Brazil")
    press(qtbot, window, Qt.Key.Key_G)
    press(qtbot, window, Qt.Key.Key_S)
    screen = window.screens["sign-off"]
    assert window.here() is screen
    while screen.present.id != id:
        before = screen.list.currentIndex().row()
        press(qtbot, window, Qt.Key.Key_J)
        assert screen.list.currentIndex().row() > before
    press(qtbot, window, Qt.Key.Key_A)
    assert screen.bar.isVisible()
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ctx.desk.messages.show(id)["state"] == "approved")
    window.close()

    window = open_window("Officer")
    press(qtbot, window, Qt.Key.Key_G)
    press(qtbot, window, Qt.Key.Key_M)
    screen = window.screens["messages"]
    while screen.present.id != id:
        press(qtbot, window, Qt.Key.Key_J)
    press(qtbot, window, Qt.Key.Key_S)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ctx.desk.messages.show(id)["state"] == "sent", timeout=10_000)
    posts = window.ctx.desk.messages.show(id)["posts"]
    assert len(posts) == 3
    assert all(p["url"] for p in posts)


def test_objecting_takes_a_sentence(qtbot, open_window):
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    screen = window.here()
    id = screen.present.id
    press(qtbot, window, Qt.Key.Key_O)
    assert not screen.bar.sign.isEnabled()
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.ctx.desk.messages.show(id)["state"] == "submitted"
    qtbot.keyClicks(window.focusWidget(), "The figure is not agreed.")
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ctx.desk.messages.show(id)["state"] == "objected")


def test_escape_leaves_without_signing(qtbot, open_window):
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    screen = window.here()
    press(qtbot, window, Qt.Key.Key_A)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not screen.bar.isVisible()
    assert screen.acts.isVisible()
    assert window.ctx.desk.messages.show(screen.present.id)["state"] == "submitted"


def test_a_text_that_changed_while_open_cannot_be_signed(qtbot, open_window, folder):
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    screen = window.here()
    id = screen.present.id
    officer = Desk.open(folder, "Officer")
    content = officer.messages.content(id)
    officer.messages.revise(id, type(content)(content.kind, content.to, (type(content.texts[0])("en", ("New.",)),)))
    officer.messages.submit(id)
    window.ctx.bus.changed.emit(frozenset({("message", id)}))
    assert screen.reading.changed
    press(qtbot, window, Qt.Key.Key_A)
    assert not screen.bar.isVisible()
    assert screen.again.isVisible()
    screen.again.click()
    assert not screen.reading.changed


def test_what_is_written_is_kept_and_found_again(qtbot, open_window):
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    qtbot.keyClicks(composer.editor, "Half a sentence")
    qtbot.waitUntil(lambda: composer.kept.text() != "", timeout=5000)
    window.close()
    window = open_window("Officer")
    window.go("composer", "")
    assert window.here().editor.toPlainText() == "Half a sentence"


def test_a_fix_is_taken_by_its_key(qtbot, open_window):
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    qtbot.keyClicks(composer.editor, "Members will utilise one format.")
    qtbot.waitUntil(lambda: any(f["suggestion"] for f in composer.present.findings()))
    at = next(n for n, f in enumerate(composer.present.findings(), 1) if f["suggestion"])
    qtbot.keyClick(composer.editor, Qt.Key.Key_0 + at, Qt.KeyboardModifier.AltModifier)
    assert "utilise" not in composer.editor.toPlainText()


def test_languages_and_networks_by_key(qtbot, open_window):
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    qtbot.keyClick(composer.editor, Qt.Key.Key_4, CTRL)
    assert composer.present.lang == "ar"
    before = composer.present.network
    qtbot.keyClick(composer.editor, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert composer.present.network != before


def test_find_or_do_anything(qtbot, open_window):
    window = open_window("Officer")
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    assert window.palette_.isVisible()
    qtbot.keyClicks(window.focusWidget(), "calendar")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.here() is window.screens["calendar"]
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.here() is window.screens["today"]


def test_a_hold_asks_why(qtbot, open_window):
    window = open_window("Officer")
    press(qtbot, window, Qt.Key.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(window.focusWidget(), "Two members dispute it.")
    press(qtbot, window, Qt.Key.Key_Return)
    assert [h["why"] for h in window.ctx.desk.holds.rows()] == ["Two members dispute it."]


def test_a_refusal_is_shown_where_it_concerns(qtbot, open_window):
    window = open_window("Officer")
    window.go("messages", "")
    window.here().present.failed.emit(Refused("no-right", "This is for the head.", "Ask the head."))
    assert window.here().notice.isVisible()


def test_the_program_opens_on_a_worker_and_changes_person(qtbot, folder):
    app = App(folder, "Officer")
    qtbot.waitUntil(lambda: app.window is not None and hasattr(app.window, "ctx"), timeout=10_000)
    app.window.person_wanted.emit("Liaison Brazil")
    qtbot.waitUntil(lambda: app.window.ctx.facts.person.name == "Liaison Brazil", timeout=10_000)
    qtbot.waitUntil(app.worker.idle, timeout=10_000)
    app.close()
    assert QApplication.instance() is not None


def test_first_run_leads_to_a_rehearsal(qtbot, tmp_path):
    app = App(tmp_path / "new", None)
    qtbot.waitUntil(lambda: app.window.isActiveWindow())
    qtbot.keyClick(app.window.ways[0], Qt.Key.Key_1)
    qtbot.waitUntil(lambda: hasattr(app.window, "ctx"), timeout=20_000)
    assert app.window.ctx.facts.rehearsal
    qtbot.waitUntil(app.worker.idle, timeout=10_000)
    app.close()
