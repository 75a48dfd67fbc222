"""Sign-off: the words, the change since this person read, one bar that signs, the next that waits."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel

from g20desk.desk import Desk
from g20desk.office.content import PictureFile, Text
from g20desk.office.words import words
from tests.ui.conftest import TEXT, content
from tests.ui.test_composing import painted
from ui import theme
from ui.signoff.model import passages
from ui.widgets.button import KeyButton
from ui.widgets.marked import Marked
from ui.widgets.underlines import underlined
from ui.widgets.word_diff import count, markup, spoken


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key where the focus is."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def told(screen):
    """All words of the reading pane, marks included."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in screen.pane.findChildren(QLabel) if label.isVisibleTo(screen.pane))


def revise(folder, id, text):
    """The officer writes on and submits again."""
    officer = Desk.open(folder, "Officer")
    now = officer.messages.content(id)
    officer.messages.revise(id, replace(now, texts=(Text("en", (text,)),)))
    officer.messages.submit(id)


@pytest.fixture
def signing(open_window):
    """Brazil's liaison before what waits."""
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    return window.here()


def test_the_words_stand_beside_the_figures_and_the_whole_on_click(signing):
    digest = signing.reading.digest
    said = " · ".join(words(digest))
    assert said in signing.acts.said.text()
    assert digest[:4] in signing.acts.digest.text()
    assert not signing.acts.whole.isVisible()
    signing.acts.digest.click()
    assert signing.acts.whole.isVisible()
    assert signing.acts.whole.text().replace(" ", "").strip("\u2066\u2069") == digest


def test_the_bar_repeats_what_is_signed(qtbot, signing):
    press(qtbot, signing.window(), Qt.Key.Key_A)
    asked = signing.bar.words.text()
    assert all(word in asked for word in words(signing.reading.digest))
    assert "for Brazil?" in asked
    assert "record" in signing.bar.under.text()
    assert not signing.acts.isVisible()
    press(qtbot, signing.window(), Qt.Key.Key_Escape)
    assert signing.acts.isVisible()


def test_what_changed_since_i_read_is_marked_and_d_shows_it_clean(qtbot, signing, folder):
    window, id = signing.window(), signing.present.id
    assert signing.reading.data["before"] is None
    revise(folder, id, TEXT.replace("on debt", "on climate"))
    window.ctx.bus.changed.emit(frozenset({("message", id)}))
    press(qtbot, window, Qt.Key.Key_R)
    assert signing.reading.data["before"]["revision"] == 1
    assert signing.reading.news("en") == 1
    assert "line-through" in told(signing)
    assert "revision 1" in told(signing)
    press(qtbot, window, Qt.Key.Key_D)
    assert "line-through" not in told(signing)
    assert "climate" in told(signing)
    press(qtbot, window, Qt.Key.Key_D)
    assert "line-through" in told(signing)


def test_the_change_is_marked_against_what_i_decided_on(folder):
    brazil = Desk.open(folder, "Liaison Brazil").messages
    id = next(r.id for r in brazil.rows() if r.waiting_for_me)
    brazil.decide(id, "request-changes", brazil.show(id)["digest"], "Say climate.")
    revise(folder, id, TEXT.replace("debt.", "climate."))
    shown = brazil.show(id)
    assert (shown["before"]["answer"], shown["before"]["revision"]) == ("request-changes", 1)
    assert sum(p.news for p in passages(shown)) == 1
    assert Desk.open(folder, "Liaison India").messages.show(id)["before"] is None


def test_an_open_bar_is_replaced_when_the_text_changes_and_no_key_signs(qtbot, signing, folder):
    window, id = signing.window(), signing.present.id
    press(qtbot, window, Qt.Key.Key_A)
    assert signing.bar.isVisible()
    revise(folder, id, "Another text.")
    window.ctx.bus.changed.emit(frozenset({("message", id)}))
    assert not signing.bar.isVisible()
    assert "This changed at" in signing.acts.exactly.text()
    assert signing.again.isVisible()
    assert not any(b.isVisible() for b in signing.buttons.values())
    for key in (Qt.Key.Key_Return, Qt.Key.Key_A, Qt.Key.Key_O, Qt.Key.Key_Return):
        press(qtbot, window, key)
    assert window.ctx.desk.messages.show(id)["state"] == "submitted"
    press(qtbot, window, Qt.Key.Key_R)
    assert signing.buttons["approve"].isVisible()


def test_after_a_decision_the_next_that_waits_is_in_front(qtbot, open_window, folder):
    officer = Desk.open(folder, "Officer")
    for text in ("The second message.", "The third message."):
        officer.messages.submit(officer.messages.new(content(text))["message"])
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    screen = window.here()
    order = list(screen.present.queue)
    assert len(order) == 3
    press(qtbot, window, Qt.Key.Key_J)
    assert screen.present.id == order[1]
    press(qtbot, window, Qt.Key.Key_A)
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.ctx.desk.messages.show(order[1])["state"] == "approved"
    assert screen.present.id == order[2]
    assert screen.list.current_id() == order[2]
    assert window.focusWidget() is screen.list
    for _ in range(2):
        press(qtbot, window, Qt.Key.Key_A)
        press(qtbot, window, Qt.Key.Key_Return)
    assert screen.present.queue == []
    assert screen.empty.isVisible()


def test_pictures_findings_and_overrides_are_read(open_window, folder, tmp_path):
    officer = Desk.open(folder, "Officer")
    picture = PictureFile(painted(tmp_path / "a.png"), {"en": "A hall with a long table."})
    made = officer.messages.new(replace(content("Our President welcomed the guests."), pictures=(picture,)))
    officer.messages.submit(made["message"], overrides={"VOICE-06": "A quotation."})
    window = open_window("Liaison Brazil")
    window.go("sign-off", made["message"])
    screen = window.here()
    said = told(screen)
    assert "A hall with a long table." in said
    assert "A quotation." in said
    assert "VOICE-06" in said
    assert screen.reading.blocks == 0
    (image,) = screen.present.images.values()
    assert isinstance(image, QImage) and not image.isNull()


def test_marks_never_change_the_words():
    runs = [("same", "a <b> "), ("removed", "x\ny"), ("added", "z")]
    assert markup(runs).count("<span") == 3
    assert "&lt;b&gt;" in markup(runs)
    assert (count(runs), spoken(runs)) == (1, "taken out: x\ny. put in: z")


BOTH = (
    Text("en", ("The fund pays for 20 wells from 5 May.",)),
    Text("fr", ("Le fonds paiera 30 puits à partir du 5 mai.",)),
)


@pytest.fixture
def carried(folder):
    """An account that carries two languages."""
    Desk.open(folder).accounts.add("rehearsal", name="Two", owner="official", like="bluesky", langs=("en", "fr"))
    return folder


def read_by_brazil(open_window, id):
    window = open_window("Liaison Brazil")
    window.go("sign-off", id)
    return window.here()


def test_what_languages_say_otherwise_and_why_it_stands_is_read_in_each(qtbot, open_window, carried):
    officer = Desk.open(carried, "Officer")
    made = officer.messages.new(replace(content(""), to=("Two",), texts=BOTH))
    officer.messages.submit(made["message"], overrides={"PARITY-01": "France pays for ten more."})
    screen = read_by_brazil(open_window, made["message"])
    for lang in ("en", "fr"):
        screen._pick_language(lang)
        said = told(screen)
        assert "“\u206830\u2069”" in said and "English: “\u206820\u2069”" in said
        assert "France pays for ten more." in said and "No findings that must be fixed" in said
    press(qtbot, screen.window(), Qt.Key.Key_A)
    assert "finds besides" not in screen.bar.under.text()


def test_what_a_submission_does_not_tell_is_shown_before_signing(qtbot, open_window, carried):
    from g20desk.desk.checking import Checking

    class Blind(Checking):
        """The checker of a program that compares no languages."""

        def whole(self, message, today=""):
            return []

    officer = Desk.open(carried, "Officer")
    officer.check.__class__ = Blind
    made = officer.messages.new(replace(content(""), to=("Two",), texts=BOTH))
    officer.messages.submit(made["message"])
    screen = read_by_brazil(open_window, made["message"])
    assert "This desk finds besides what was submitted" in told(screen)
    assert "PARITY-01" in told(screen)
    press(qtbot, screen.window(), Qt.Key.Key_A)
    assert "PARITY-01" in screen.bar.under.text()
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert screen.ctx.desk.messages.show(made["message"])["state"] == "approved"


def test_other_languages_findings_are_counted_and_one_click_away(open_window, carried):
    officer = Desk.open(carried, "Officer")
    texts = (Text("en", ("Ministers met in Rio. #G20",)), Text("fr", ("Les ministres se sont réunis à Rio.",)))
    made = officer.messages.new(replace(content(""), to=("Two",), texts=texts))
    officer.messages.submit(made["message"])
    screen = read_by_brazil(open_window, made["message"])
    assert "Missing" not in told(screen)
    (more,) = [b for b in screen.pane.findChildren(KeyButton) if b.text() == "French 1" and not b.isHidden()]
    more.click()
    assert screen.pane.lang == "fr" and "Missing: “\u2068#G20\u2069”" in told(screen)


def drawn(screen):
    """What is underlined in the texts in front: the words, and how."""
    return [(words, look.underlineStyle()) for one in texts_of(screen) for words, look in one.marked()]


def texts_of(screen):
    QApplication.processEvents()
    return [one for one in screen.pane.findChildren(Marked) if one.isVisibleTo(screen.pane)]


def test_what_is_found_is_underlined_in_the_text_as_the_composer_has_it(open_window, folder):
    officer = Desk.open(folder, "Officer")
    first = "🤝🏽 Our President  met <all> guests.\n\nTurkey joined."
    made = officer.messages.new(content(first))
    officer.messages.submit(made["message"], overrides={"VOICE-06": "A quotation."})
    screen = read_by_brazil(open_window, made["message"])
    found = [f for f in screen.reading.data["findings"] if f["text"]]
    assert set(drawn(screen)) == {(f["text"], underlined(f).underlineStyle()) for f in found}
    assert {"Our President", "  ", "Turkey"} <= {words for words, _ in drawn(screen)}
    (label,) = texts_of(screen)
    image, ink = label.grab().toImage(), theme.color("block").rgb()
    assert any(image.pixel(x, y) == ink for x in range(image.width()) for y in range(image.height()))
    officer.messages.revise(made["message"], content(f"👩🏽‍⚖️ {first} Holland too.".replace("<all>", "many")))
    officer.messages.submit(made["message"], overrides={"VOICE-06": "A quotation."})
    screen.present.reread()
    assert ("removed", "<all>") in screen.reading.passages[0].parts[0]
    for marked in (True, False):
        screen.pane.changes.emit(marked)
        assert {words for words, _ in drawn(screen)} >= {"Our President", "Turkey"}


def test_each_text_has_its_own_underlines(open_window, carried):
    officer = Desk.open(carried, "Officer")
    texts = (Text("en", ("Ministers met. 1/2", "Turkey paid for 20 wells. 2/2")), Text("en", ("Turkey paid.",), "bluesky"),
             Text("fr", ("Les ministres se sont réunis. 1/2", "La Türkiye a payé 30 puits. 2/2")))  # fmt: skip
    made = officer.messages.new(replace(content(""), to=("Two", *content("").to), texts=texts))
    officer.messages.submit(made["message"], overrides={"PARITY-01": "So it is."})
    screen = read_by_brazil(open_window, made["message"])
    assert [[words for words, _ in one.marked()] for one in texts_of(screen)] == [[], ["Turkey"], ["Turkey"]]
    screen._pick_language("fr")
    assert "30" in [words for words, _ in drawn(screen)]
