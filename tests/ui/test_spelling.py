"""Spelling in the composer, with the system's own dictionaries in a real window."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk, dictionaries, speller
from tests.ui.conftest import content
from tests.ui.test_composing import ALT, painted, rows
from ui import theme
from ui.bus import Bus, Ctx, facts
from ui.widgets.finding_editor import points
from ui.widgets.marked_line import MarkedLine
from ui.window import Window
from ui.worker import Worker

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline
TEXT = "The multi-stakehlder talks in Mbombelo begin.\nIt was prety late."


@pytest.fixture(autouse=True)
def real_dictionaries(monkeypatch, no_dictionaries):
    """What the system has."""
    monkeypatch.setattr("g20desk.desk.spelling.places", dictionaries.places)


@pytest.fixture
def composer(open_window):
    window = open_window("Officer")
    window.go("composer", "")
    return window.here()


def commit(field, text):
    """As an input method hands it over: any script, several lines."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def write(qtbot, composer, text):
    """Typed, and checked."""
    commit(composer.editor, text)
    qtbot.waitUntil(lambda: composer.present.settled() and not composer.present.checking())


def underlined(composer):
    """The words with the wave of spelling."""
    return [
        s.cursor.selectedText()
        for s in composer.editor.extraSelections()
        if s.format.underlineStyle() == WAVE and s.format.underlineColor() == theme.color("spell")
    ]


def said(composer):
    return [f["text"] for f in composer.present.spelt()]


def spelling_rows(composer):
    shown = composer.work.found
    return [w for n in range(shown.count()) if hasattr(w := shown.itemAt(n).widget(), "ignore")]


def test_words_are_underlined_and_corrected_by_one_key(qtbot, composer):
    write(qtbot, composer, TEXT)
    assert underlined(composer) == said(composer) == ["stakehlder", "Mbombelo", "prety"]
    number = 1 + [f["text"] for f in composer.present.all_findings()].index("stakehlder")
    qtbot.keyClick(composer.editor, Qt.Key(Qt.Key.Key_0 + number), ALT)
    qtbot.waitUntil(lambda: underlined(composer) == ["Mbombelo", "prety"])
    assert composer.editor.toPlainText() == TEXT.replace("stakehlder", "stakeholder")
    composer.editor.undo()
    assert composer.editor.toPlainText() == TEXT


def test_the_word_being_typed_is_left_alone_until_the_caret_leaves_it(qtbot, composer):
    write(qtbot, composer, "It was prety")
    assert underlined(composer) == said(composer) == []
    write(qtbot, composer, " late")
    assert underlined(composer) == ["prety"]
    write(qtbot, composer, "r todya")
    assert underlined(composer) == ["prety"]
    qtbot.keyClick(composer.editor, Qt.Key.Key_Home)
    assert underlined(composer) == ["prety", "todya"]
    qtbot.keyClick(composer.editor, Qt.Key.Key_End)  # moved there, not typed
    assert underlined(composer) == ["prety", "todya"]


def test_what_an_input_method_composes_is_left_alone(qtbot, composer):
    write(qtbot, composer, "It was prety late. ")
    QApplication.sendEvent(composer.editor, QInputMethodEvent("ni", []))
    composer.present.check()
    assert underlined(composer) == []
    commit(composer.editor, "now")
    qtbot.waitUntil(lambda: underlined(composer) == ["prety"])


def test_a_word_goes_on_the_offices_list_by_key(qtbot, composer):
    write(qtbot, composer, TEXT)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(composer.editor, Qt.Key.Key_F7)
    qtbot.keyClick(composer.editor, Qt.Key.Key_F7)
    assert points(TEXT, composer.editor.textCursor().position()) == TEXT.index("Mbombelo")
    assert [row.add.key for row in spelling_rows(composer)] == ["", "Alt W", ""]
    qtbot.keyClick(composer.editor, Qt.Key.Key_W, ALT)
    qtbot.waitUntil(lambda: said(composer) == ["stakehlder", "prety"])
    assert [(r["word"], r["lang"]) for r in composer.ctx.desk.spelling.rows()] == [("Mbombelo", "")]
    qtbot.keyClick(composer.editor, Qt.Key.Key_F7)
    qtbot.keyClick(composer.editor, Qt.Key.Key_W, ALT)
    qtbot.waitUntil(lambda: said(composer) == ["stakehlder"])
    assert [(r["word"], r["lang"]) for r in composer.ctx.desk.spelling.rows()] == [("Mbombelo", ""), ("prety", "en")]


def test_a_word_is_let_stand_in_this_message_only(qtbot, composer):
    write(qtbot, composer, TEXT)
    spelling_rows(composer)[0].ignore.click()
    assert underlined(composer) == ["Mbombelo", "prety"]
    qtbot.keyClick(composer.editor, Qt.Key.Key_I, ALT)
    assert underlined(composer) == ["prety"]
    composer.open(composer.ctx.desk.messages.new(content(TEXT))["message"])
    assert underlined(composer) == ["stakehlder", "Mbombelo", "prety"]


def test_another_correction_is_taken_with_its_button(qtbot, composer):
    write(qtbot, composer, "It was prety late.")
    (row,) = spelling_rows(composer)
    (found,) = composer.present.spelt()
    other = found["suggestions"][1]
    button = next(b for b in row.findChildren(type(row.ignore)) if b.accessibleName() == f"Use “{other}”")
    button.click()
    assert composer.editor.toPlainText() == f"It was {other} late."


def test_those_without_the_right_are_not_offered_the_list(qtbot, open_window):
    window = open_window("Analyst")
    window.go("composer", "")
    composer = window.here()
    write(qtbot, composer, "It was prety late.")
    (row,) = spelling_rows(composer)
    assert not hasattr(row, "add")
    qtbot.keyClick(composer.editor, Qt.Key.Key_W, ALT)
    assert composer.notice.isVisible() and "This act is for" in composer.notice.accessibleName()


def test_alt_texts_are_looked_through_and_corrected_in_their_own_field(qtbot, composer, tmp_path):
    write(qtbot, composer, "Talks begin.")
    composer.present.add_picture(painted(tmp_path / "a.png"))
    (row,) = rows(composer)
    commit(row.alt, "A 🌍 prety hall")
    qtbot.waitUntil(lambda: said(composer) == ["prety"])
    assert [(s, e) for s, e, how in row.alt._marks if how.underlineColor() == theme.color("spell")] == [(4, 9)]
    qtbot.keyClicks(row.alt, " todya")
    qtbot.waitUntil(composer.present.settled)
    assert said(composer) == ["prety"]
    qtbot.keyClick(row.alt, Qt.Key.Key_Home)
    assert said(composer) == ["prety", "todya"]
    composer.editor.setFocus()
    qtbot.keyClick(composer.editor, Qt.Key.Key_F7)
    assert composer.window().focusWidget() is row.alt and row.alt.selectedText() == "prety"
    number = 1 + [f["text"] for f in composer.present.all_findings()].index("prety")
    fixed = f"A 🌍 {composer.present.spelt()[0]['suggestion']} hall todya"
    qtbot.keyClick(row.alt, Qt.Key(Qt.Key.Key_0 + number), ALT)
    assert row.alt.text() == fixed and composer.editor.toPlainText() == "Talks begin."
    assert composer.present.draft.pictures[0].alt == {"en": fixed}


def test_a_misspelt_word_that_a_rule_corrects_is_said_once(qtbot, composer):
    write(qtbot, composer, "They recieve it now.")
    assert [f["rule"] for f in composer.present.all_findings() if f["text"] == "recieve"] == ["LANG-21"]


def test_each_language_has_its_own_dictionary_and_chinese_none(qtbot, open_window):
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    for lang, text, wrong in (
        ("fr", "L’éconmie va bien.", ["éconmie"]),
        ("ar", "يناقش الوزراء الإقتصاد اليوم", ["الإقتصاد"]),
    ):
        composer._choose(lang, composer.present.network)
        write(qtbot, composer, text)
        assert underlined(composer) == wrong
    composer._choose("zh", composer.present.network)
    assert composer.work.spelling.isVisible() and composer.work.spelling.none.text() == "No spelling for Chinese"


def test_without_a_dictionary_it_says_what_to_install(qtbot, composer, monkeypatch):
    monkeypatch.setattr("g20desk.desk.spelling.places", lambda desk: [desk / "dictionaries"])
    composer.ctx.desk.spelling.look()
    composer._choose("ru", composer.present.network)
    line = composer.work.spelling
    assert line.none.isVisible() and line.none.text() == "No dictionary for Russian"
    qtbot.mouseClick(line.none, Qt.MouseButton.LeftButton)
    assert composer.notice.isVisible() and "no dictionary" in composer.notice.accessibleName()
    monkeypatch.setattr("g20desk.desk.spelling.places", dictionaries.places)
    qtbot.keyClick(composer.editor, Qt.Key.Key_F7)
    assert not line.isVisible()
    write(qtbot, composer, "Вот организацыя.")
    assert underlined(composer) == ["организацыя"]


def test_a_big_dictionary_is_loaded_when_someone_asks(qtbot, composer, monkeypatch):
    monkeypatch.setattr(dictionaries, "SLOW_BYTES", 0)
    composer._choose("es", composer.present.network)
    write(qtbot, composer, "La reunnión sigue.")
    line = composer.work.spelling
    assert underlined(composer) == [] and line.ask.isVisible() and "F7" in line.ask.accessibleDescription()
    line.ask.click()
    assert underlined(composer) == ["reunnión"] and not line.isVisible()
    qtbot.keyClick(composer.editor, Qt.Key.Key_F7)
    assert points("La reunnión", composer.editor.textCursor().position()) == 3


@pytest.fixture
def beside(qtbot, folder):
    """A window whose work is done beside it, as in earnest."""
    desk, worker, bus = Desk.open(folder, "Officer"), Worker(), Bus()
    bus.listen(desk)
    window = Window(Ctx(desk, facts(desk), worker, bus))
    worker.setParent(window)
    bus.setParent(window)
    window.sender.stop()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.go("composer", "")
    qtbot.waitUntil(lambda: bool(window.here().present.accounts))
    yield window.here()
    desk.spelling.stop()
    worker.close()


def test_words_are_looked_up_beside_the_window(qtbot, beside):
    commit(beside.editor, TEXT)
    qtbot.waitUntil(lambda: underlined(beside) == ["stakehlder", "Mbombelo", "prety"], timeout=60_000)
    qtbot.waitUntil(lambda: all(f["suggestions"] for f in beside.present.spelt()[::2]), timeout=60_000)


def test_a_dictionary_that_does_not_come_can_be_given_up(qtbot, beside, monkeypatch):
    monkeypatch.setattr(speller, "command", lambda: [sys.executable, "-c", "import sys; sys.stdin.read()"])
    qtbot.keyClicks(beside.editor, "It was prety late.")
    line = beside.work.spelling
    qtbot.waitUntil(line.stop.isVisible, timeout=60_000)
    assert line.said.text() == "The dictionary is loading"
    monkeypatch.undo()
    line.stop.click()
    qtbot.waitUntil(line.ask.isVisible, timeout=60_000)
    monkeypatch.setattr("g20desk.desk.spelling.places", dictionaries.places)
    line.ask.click()
    qtbot.waitUntil(lambda: underlined(beside) == ["prety"], timeout=60_000)


def test_a_message_opened_again_is_looked_through(qtbot, open_window):
    window = open_window("Officer")
    desk = window.screens["today"].presenter.ctx.desk
    made = desk.messages.new(content("It was prety late."))
    window.go("composer", made["message"])
    assert underlined(window.here()) == ["prety"]


def test_marks_in_a_line_move_with_the_words(qtbot):
    field, wave = MarkedLine("one 🌍 two three"), QTextCharFormat()
    qtbot.addWidget(field)
    field.mark([(0, 3, wave), (6, 9, wave), (10, 15, wave)])

    def marked():
        return [field.text()[s:e] for s, e, _ in field._marks]

    field.setCursorPosition(6)  # Qt counts the globe twice
    commit(field, "xyz")
    assert marked() == ["one", "two", "three"]
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert marked() == ["one", "two", "three"] and field.typing == 7
    field.setCursorPosition(field.text().index("two") + 2)
    qtbot.keyClicks(field, "o")
    assert marked() == ["one", "three"]
    field.setCursorPosition(0)
    assert field.typing == -1
