"""Comments in the window: words are chosen by keys or mouse, W says something on them, threads stand under their text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from g20desk.desk import Desk
from tests.ui.conftest import TEXT, content
from tests.ui.test_deciding import press
from ui import texts
from ui.signoff.passage import PassageText
from ui.widgets.button import KeyButton
from ui.widgets.prose import linked, shaped
from ui.widgets.word_diff import markup

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MIXED = "Debt 🌍 relief: «première» étape\n\nالديون أولاً, then growth."


@pytest.fixture
def signing(open_window):
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    return window.here()


def words(box):
    QApplication.processEvents()
    shown = (one.text() for one in box.findChildren(QLabel) if one.isVisibleTo(box))
    return "\n".join(shown).replace("\u2068", "").replace("\u2069", "")


def threads(folder, id):
    return Desk.open(folder, "Officer").messages.show(id)["threads"]


def say(qtbot, screen, text):
    qtbot.keyClicks(screen.bar.reason, text)
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)


def test_words_chosen_by_keys_are_commented_on(qtbot, signing, folder):
    (text,) = signing.pane.texts
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Right, CTRL)
    qtbot.keyClick(text, Qt.Key.Key_Right, CTRL | SHIFT)
    qtbot.keyClick(text, Qt.Key.Key_Left, SHIFT)
    assert TEXT[slice(*text.chosen())] == "ministers"
    qtbot.keyClick(text, Qt.Key.Key_W)
    assert "Comment on “ministers”" in words(signing.bar)
    assert not signing.bar.sign.isEnabled(), "a comment says something"
    say(qtbot, signing, "Deputies, in fact.")
    (thread,) = threads(folder, signing.present.id)
    assert (thread["stands"], thread["about"]["words"]) == ("here", "ministers")
    assert "On “ministers”" in words(signing.pane) and "Deputies, in fact." in words(signing.pane)
    assert signing.present.digest == signing.reading.digest, "nothing of what is signed off changed"
    marked = [said for said, look in signing.pane.texts[0].marked() if look.background().style()]
    assert marked == ["ministers"]


def test_with_nothing_chosen_it_is_on_all_of_it_and_esc_leaves(qtbot, signing, folder):
    press(qtbot, signing.window(), Qt.Key.Key_W)
    assert "Comment on all of it" in words(signing.bar)
    qtbot.keyClick(signing.bar.reason, Qt.Key.Key_Escape)
    assert not signing.bar.isVisible() and signing.acts.isVisible()
    press(qtbot, signing.window(), Qt.Key.Key_W)
    say(qtbot, signing, "Fine by us.")
    assert threads(folder, signing.present.id)[0]["about"] is None
    assert "On all of it" in words(signing.pane)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_places_are_right_whatever_the_script(qtbot, lang):
    runs = [("same", MIXED)]
    text = shaped(PassageText((lang, "", 0), runs, (), ()), linked(markup(runs)), 16, lang)
    qtbot.addWidget(text)
    for wanted in ("🌍", "«première»", "الديون أولاً", "growth", MIXED):
        start = MIXED.index(wanted)
        text.choose(start, start + len(wanted))
        assert MIXED[slice(*text.chosen())] == wanted
        assert "".join(text.selectedText().split()) == "".join(wanted.split())


def test_words_that_were_taken_out_are_no_part_of_a_passage(qtbot, signing, folder):
    id, officer = signing.present.id, Desk.open(folder, "Officer")
    officer.messages.revise(id, content("Finance ministers spoke today."))
    officer.messages.submit(id)
    signing.present.reread()
    (text,) = signing.pane.texts
    assert "met" in text.text() and "met" not in text.words
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_A, CTRL)
    assert text.words[slice(*text.chosen())] == "Finance ministers spoke today."


def test_the_mouse_chooses_too_and_the_choice_outlives_a_change_elsewhere(qtbot, signing, folder):
    (text,) = signing.pane.texts
    qtbot.mouseDClick(text, Qt.MouseButton.LeftButton, pos=QPoint(20, 14))
    assert TEXT[slice(*text.chosen())].strip() == "Finance"
    Desk.open(folder, "Liaison India").comments.make(signing.present.id, "Hello.")
    signing.ctx.bus.changed.emit(frozenset({("message", signing.present.id)}))
    assert "Hello." in words(signing.pane)
    (again,) = signing.pane.texts
    assert again is not text and TEXT[slice(*again.chosen())].strip() == "Finance"


def test_a_thread_is_answered_where_it_stands(qtbot, signing, folder):
    india = Desk.open(folder, "Liaison India").comments
    india.make(signing.present.id, "Which statement?", about=india.passage(signing.present.id, "a statement"))
    signing.present.load()
    assert "Which statement?" in words(signing.pane)
    (button,) = [b for b in signing.pane.findChildren(KeyButton) if b.text() == "Answer" and b.isVisible()]
    assert button.accessibleName() == "Answer the comment of Liaison India"
    button.click()
    assert "Answer Liaison India: On “a statement”" in words(signing.bar)
    say(qtbot, signing, "The one on debt.")
    (thread,) = threads(folder, signing.present.id)
    assert [one["text"] for one in thread["comments"]] == ["Which statement?", "The one on debt."]


def test_a_thread_on_words_that_are_gone_says_so(signing, folder):
    id, officer = signing.present.id, Desk.open(folder, "Officer")
    officer.comments.make(id, "Which debt?", about=officer.comments.passage(id, "on debt"))
    officer.messages.revise(id, content("Finance ministers spoke today."))
    officer.messages.submit(id)
    signing.present.reread()
    assert "On an earlier text: “on debt”" in words(signing.pane)


def test_messages_show_threads_in_their_side_panel_and_answer_there(qtbot, open_window, folder):
    window = open_window("Officer")
    id = next(row.id for row in window.ctx.desk.messages.rows("submitted"))
    Desk.open(folder, "Liaison India").comments.make(id, "Which statement?")
    window.go("messages", id)
    screen = window.here()
    assert "Which statement?" in words(screen.end)
    (button,) = [b for b in screen.end.findChildren(KeyButton) if b.text() == "Answer" and b.isVisible()]
    button.click()
    say(qtbot, screen, "The one on debt.")
    assert [one["text"] for one in threads(folder, id)[0]["comments"]] == ["Which statement?", "The one on debt."]


def test_who_may_not_is_told_why(qtbot, open_window, folder):
    Desk.open(folder, "Head of office").people.admit_here("Obi Observer", "observer", "")
    window = open_window("Obi Observer")
    id = next(row.id for row in window.ctx.desk.messages.rows("submitted"))
    window.go("sign-off", id)
    press(qtbot, window, Qt.Key.Key_W)
    assert not window.here().bar.isVisible()
    assert window.here().notice.isVisible()


def test_the_caret_is_seen_and_walks_by_keys(qtbot, signing):
    (text,) = signing.pane.texts
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_End, CTRL)
    end = text.caret
    assert end > 50
    qtbot.keyClick(text, Qt.Key.Key_Home, CTRL)
    assert text.caret == 0
    with_caret = text.grab().toImage()
    signing.list.setFocus()
    assert text.grab().toImage() != with_caret


def test_in_arabic_nothing_stays_in_english(open_window, folder):
    id = next(row.id for row in Desk.open(folder, "Officer").messages.rows("submitted"))
    Desk.open(folder, "Liaison India").comments.make(id, "نص")
    texts.use("ar")
    window = open_window("Liaison Brazil")
    window.go("sign-off", id)
    assert "على النص كله" in words(window.here().pane)
