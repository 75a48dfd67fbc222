"""Agreed wording in the composer: offered, put in by one key, marked as long as it stands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from g20desk.desk import Desk
from g20desk.office.content import Content, Text
from ui import theme

LINE = "We agreed on debt relief for forty countries by 2027."
FRENCH = "Nous avons convenu d’alléger la dette de quarante pays d’ici à 2027."
ARABIC = "اتفقنا على تخفيف ديون أربعين بلداً بحلول عام 2027."
LOCK = "debt relief for forty countries"
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def agreed(folder, text: str = LINE, **more: object) -> str:
    officer = Desk.open(folder, "Officer")
    texts = {"en": text, "fr": FRENCH, "ar": ARABIC} if text == LINE else {"en": text}
    made = officer.lines.new(texts, "debt", {"en": (LOCK,)} if text == LINE else {}, **more)
    officer.messages.submit(made["line"])
    Desk.open(folder, "Liaison Brazil").messages.decide(made["line"], "approve", made["digest"])
    return str(made["line"])


@pytest.fixture
def composer(folder, open_window):
    """A new message in an office that agreed on a line, the caret in its text."""
    agreed(folder)
    window = open_window("Officer")
    window.go("composer", "")
    return window.here()


def offered(composer) -> list[str]:
    return [one.entry.text for one in composer.present.agreed.offers]


def tinted(composer) -> list[str]:
    """What wears the tint of agreed wording."""
    lock = theme.color("lock")
    return [
        one.cursor.selectedText()
        for one in composer.editor.extraSelections()
        if one.format.background().color() == lock
    ]


def typed(qtbot, composer, text: str, first: str) -> None:
    if text.isascii() and text.isprintable():
        qtbot.keyClicks(composer.editor, text)
    else:
        composer.editor.insertPlainText(text)
    qtbot.waitUntil(lambda: offered(composer)[:1] == [first])


def test_a_line_is_offered_as_one_types_and_put_in_by_one_key(qtbot, composer):
    typed(qtbot, composer, "Good news: we agreed on deb", LINE)
    rows = [composer.work.offers.rows.itemAt(n).widget() for n in range(composer.work.offers.rows.count())]
    assert rows[0].button.key and not any(row.button.key for row in rows[1:]), "the key stands on the chosen one"
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, ALT)
    assert composer.editor.toPlainText() == f"Good news: {LINE}"
    assert composer.window().focusWidget() is composer.editor
    qtbot.keyClicks(composer.editor, " More soon.")
    qtbot.waitUntil(lambda: tinted(composer) == [LINE])
    assert composer.present.draft.text("en", composer.present.network) == f"Good news: {LINE} More soon."


def test_it_is_one_step_of_undo_and_the_mark_is_none(qtbot, composer):
    typed(qtbot, composer, "We agreed on deb", LINE)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, ALT)
    qtbot.waitUntil(lambda: tinted(composer) == [LINE])
    qtbot.keyClick(composer.editor, Qt.Key.Key_Z, CTRL)
    assert composer.editor.toPlainText() == "We agreed on deb"
    qtbot.waitUntil(lambda: not tinted(composer))


def test_the_mark_goes_with_a_letter_and_comes_back_with_it(qtbot, composer):
    qtbot.keyClicks(composer.editor, LINE)
    qtbot.waitUntil(lambda: tinted(composer) == [LINE])
    composer.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: tinted(composer) == [LOCK])
    qtbot.keyClicks(composer.editor, "W")
    qtbot.waitUntil(lambda: tinted(composer) == [LINE])


def test_arrows_choose_and_the_chosen_one_is_put_in(qtbot, composer):
    typed(qtbot, composer, "strong, sus", "strong, sustainable and balanced growth")
    second = offered(composer)[1]
    qtbot.keyClick(composer.editor, Qt.Key.Key_Down, ALT)
    assert composer.present.agreed.chosen == 1
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, ALT)
    assert composer.editor.toPlainText() == second
    qtbot.keyClicks(composer.editor, " and strong, sus")
    qtbot.waitUntil(lambda: len(offered(composer)) > 1)
    count = len(offered(composer))
    qtbot.keyClick(composer.editor, Qt.Key.Key_Up, ALT)
    assert composer.present.agreed.chosen == count - 1


def test_a_button_puts_it_in_as_well(qtbot, composer):
    typed(qtbot, composer, "Mission: strong, sus", "strong, sustainable and balanced growth")
    second = offered(composer)[1]
    button = composer.work.offers.rows.itemAt(1).widget().button
    assert button.accessibleName() == f"Insert “{second}”"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert composer.editor.toPlainText() == f"Mission: {second}"


def test_what_is_asked_for_before_the_answer_came_is_put_in_with_it(composer, monkeypatch):
    """Whoever types fast gets what goes with the last letter, not with the one before."""
    agreed, asked = composer.present.agreed, []
    monkeypatch.setattr(composer.ctx.worker, "ask", lambda job, then, *_, **__: asked.append((job, then)))
    composer.editor.insertPlainText("We agreed on debt")
    agreed.take()
    composer.editor.insertPlainText(" rel")
    agreed.take()
    while asked:
        job, then = asked.pop(0)
        then(job())
    assert composer.editor.toPlainText() == LINE


def test_where_it_comes_from_stands_beside_the_text(qtbot, composer):
    here = composer.start.here
    assert here.isHidden()
    qtbot.keyClicks(composer.editor, f"{LINE} This is the premier forum for international economic cooperation.")
    qtbot.waitUntil(lambda: not here.isHidden())
    from PySide6.QtWidgets import QLabel

    qtbot.waitUntil(
        lambda: any("Hangzhou 2016" in one.text() for one in here.findChildren(QLabel) if not one.isHidden())
    )
    said = [one.text() for one in here.findChildren(QLabel) if not one.isHidden()]
    assert "2" in said and LINE in said and any(one.startswith("Line on") for one in said)
    composer.editor.clear()
    qtbot.waitUntil(here.isHidden)


def test_a_translation_is_offered_beside_the_original_and_in_arabic(qtbot, composer):
    qtbot.keyClicks(composer.editor, f"{LINE} Read more.")
    qtbot.waitUntil(lambda: tinted(composer) == [LINE])
    composer._choose("fr", composer.present.network)
    qtbot.waitUntil(lambda: offered(composer) == [FRENCH])
    qtbot.keyClicks(composer.editor, "Nous av")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, ALT)
    qtbot.waitUntil(lambda: composer.editor.toPlainText() == FRENCH)
    qtbot.waitUntil(lambda: tinted(composer) == [FRENCH] and offered(composer) == [])
    composer._choose("ar", composer.present.network)
    typed(qtbot, composer, "اتفقنا", ARABIC)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, ALT)
    qtbot.waitUntil(lambda: tinted(composer) == [ARABIC])


def test_a_line_that_is_withdrawn_is_neither_offered_nor_marked_any_more(qtbot, composer, folder):
    line = composer.ctx.desk.library.search("forty countries", "en")[0].of
    qtbot.keyClicks(composer.editor, f"{LINE} We agreed on deb")
    qtbot.waitUntil(lambda: tinted(composer) == [LINE])
    composer.ctx.desk.messages.withdraw(line, "A figure is wrong.")
    qtbot.waitUntil(lambda: not tinted(composer))


def test_nothing_is_offered_where_nothing_can_be_put_in(qtbot, composer):
    typed(qtbot, composer, "We agreed on deb", LINE)
    composer.editor.selectAll()
    qtbot.waitUntil(lambda: not offered(composer))
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, ALT)
    assert composer.editor.toPlainText() == "We agreed on deb"


def test_in_a_thread_the_line_between_posts_ends_a_sentence(qtbot, composer):
    typed(qtbot, composer, "First we met.\n---\nWe agreed on deb", LINE)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, ALT)
    assert composer.editor.toPlainText() == f"First we met.\n---\n{LINE}"


def test_the_text_of_a_message_that_is_out_takes_nothing(qtbot, open_window, folder):
    agreed(folder)
    officer = Desk.open(folder, "Officer")
    made = officer.messages.new(Content("news", ("G20 Bluesky",), (Text("en", ("We agreed on deb",)),)))
    window = open_window("Officer")
    window.go("composer", made["message"])
    screen = window.here()
    qtbot.waitUntil(lambda: screen.editor.toPlainText() != "")
    screen.editor.setReadOnly(True)
    screen.editor.moveCursor(QTextCursor.MoveOperation.End)
    screen.work.agreed_keys.ask()
    assert offered(screen) == []
