"""Two languages side by side: what differs marked in both texts, listed, walked through by key, mended, let stand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel

from g20desk.desk import Desk
from g20desk.office.content import Content, Text
from tests.ui.test_room import cut, settle
from ui import texts, theme
from ui.widgets.button import KeyButton

ALT, CTRL, SHIFT = (Qt.KeyboardModifier[f"{name}Modifier"] for name in ("Alt", "Control", "Shift"))
PLAIN = Qt.KeyboardModifier.NoModifier
EN = "The fund 🤝 pays for 20 wells.\n---\nPorts open on 5 May. #G20"
FR = "Le fonds 🤝 paiera 30 puits.\n---\nLes ports ouvrent le 6 mai."
RU = "Фонд оплачивает 20 колодцев.\n---\nПорты открываются 5 мая. #G20"


@pytest.fixture
def languages(folder):
    """An account that carries three languages."""
    head = Desk.open(folder)
    head.accounts.add("rehearsal", name="Three", owner="official", like="bluesky", langs=("en", "fr", "ru"))
    return folder


def parts(text):
    return tuple(part.strip("\n") for part in text.split("\n---\n"))


@pytest.fixture
def composer(open_window, languages):
    """A draft in three languages, English in hand."""
    desk = Desk.open(languages, "Officer")
    texts_ = tuple(Text(lang, parts(text)) for lang, text in (("en", EN), ("fr", FR), ("ru", RU)))
    made = desk.messages.new(Content("news", ("Three",), texts_))
    window = open_window("Officer")
    window.resize(1440, 900)
    window.go("composer", made["message"])
    return window.here()


def press(qtbot, composer, key, modifier=PLAIN):
    qtbot.keyClick(composer.window().focusWidget() or composer, key, modifier)


def marked(editor, tint=None):
    """The underlined or tinted words of an editor."""
    found = [
        s for s in editor.extraSelections()
        if (s.format.underlineStyle() != s.format.UnderlineStyle.NoUnderline if tint is None
            else s.format.background().color() == theme.color(tint))
    ]  # fmt: skip
    return [s.cursor.selectedText() for s in found]


def listed(composer):
    """The rows: what each says, and whether it is the one gone to."""
    rows = [(row, [*row.findChildren(QLabel), *row.findChildren(KeyButton)]) for row in composer.work.listed]
    return [(" ".join(one.text() for one in words), row.here) for row, words in rows]


def both(composer):
    return composer.work.panes.original.editor, composer.work.panes.main.editor


def test_what_differs_is_marked_in_both_texts_at_its_place(qtbot, composer):
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    left, right = both(composer)
    assert left.isVisible() and right.isVisible()
    assert (left.toPlainText(), right.toPlainText()) == (EN, FR)
    assert sorted(marked(left)) == ["#G20", "20", "5 May"]
    assert sorted(marked(right)) == ["30", "6 mai"]
    rows = [said for said, _ in listed(composer)]
    assert any("Missing: “#G20”" in row.replace("\u2068", "").replace("\u2069", "") for row in rows)
    assert composer.work.panes.hand is left
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    assert not left.isVisible() and right.toPlainText() == EN


def test_the_original_stands_first_whichever_is_in_hand(qtbot, composer):
    press(qtbot, composer, Qt.Key.Key_6, CTRL)
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    left, right = both(composer)
    assert (left.toPlainText(), right.toPlainText()) == (EN, RU)
    assert composer.work.panes.hand is right and right.hasFocus()
    assert composer.present.lang == "ru"
    left.setFocus()
    assert composer.present.lang == "en" and composer.work.panes.hand is left
    press(qtbot, composer, Qt.Key.Key_2, CTRL)
    assert (left.toPlainText(), right.toPlainText()) == (EN, FR)
    assert composer.present.lang == "fr" and right.hasFocus()


def test_keys_walk_through_posts_and_languages_and_back(qtbot, composer):
    seen = []
    for _ in range(4):
        press(qtbot, composer, Qt.Key.Key_F8)
        at = composer.present.at
        seen.append((composer.present.lang, at["rule"], at["part"], composer.editor.textCursor().position()))
        assert composer.editor.hasFocus()
        assert [here for _, here in listed(composer)].count(True) == 1
    # Qt counts the emoji as two; what is missing is missing at the beginning of its post.
    second = FR.index("Les ports") + 1
    assert seen[:3] == [
        ("fr", "PARITY-01", 0, FR.index("30") + 1),
        ("fr", "PARITY-09", 1, second),
        ("fr", "PARITY-02", 1, FR.index("6 mai") + 1),
    ]
    for _ in range(3):
        press(qtbot, composer, Qt.Key.Key_F8, SHIFT)
    assert (composer.present.at["rule"], composer.present.lang) == (seen[0][1], "fr")


def test_the_counterpart_is_one_key_away_and_so_is_the_way_back(qtbot, composer):
    press(qtbot, composer, Qt.Key.Key_F8)
    while composer.present.at["text"] != "6 mai":
        press(qtbot, composer, Qt.Key.Key_F8)
    press(qtbot, composer, Qt.Key.Key_F9)
    left, right = both(composer)
    assert left.isVisible() and left.hasFocus() and composer.present.lang == "en"
    assert left.textCursor().position() == EN.index("5 May") + 1
    assert (marked(left, "accentSoft"), marked(right, "accentSoft")) == (["5 May"], ["6 mai"])
    press(qtbot, composer, Qt.Key.Key_F9)
    assert right.hasFocus() and composer.present.lang == "fr"
    assert right.textCursor().position() == FR.index("6 mai") + 1


def test_what_is_written_in_either_text_stays_there_and_is_checked(qtbot, composer):
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    left, right = both(composer)
    cursor = left.textCursor()
    at = EN.index("20") + 1
    cursor.setPosition(at)
    cursor.setPosition(at + 2, cursor.MoveMode.KeepAnchor)
    left.setTextCursor(cursor)
    qtbot.keyClicks(left, "30")
    qtbot.waitUntil(lambda: not composer.present.checking())
    assert composer.present.draft.text("en").startswith("The fund 🤝 pays for 30 wells.")
    assert sorted(marked(right)) == ["6 mai"]
    # Now it is the Russian text that says otherwise.
    assert [f["lang"] for f in composer.work.walk.order() if f["rule"] == "PARITY-01"] == ["ru"]
    left.undo()
    assert left.toPlainText() == EN
    qtbot.waitUntil(lambda: not composer.present.checking())
    assert sorted(marked(right)) == ["30", "6 mai"]


def test_a_fix_between_languages_is_one_key_and_one_step_of_undo(qtbot, composer):
    composer.present.write("It costs 2 billion dollars.", "en")
    composer.present.write("Cela coûte 2 billions de dollars.", "fr")
    composer._choose("en", composer.present.network)
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    qtbot.waitUntil(lambda: not composer.present.checking())
    left, right = both(composer)
    assert composer.present.lang == "en"
    number = next(n for n, f in enumerate(composer.present.all_findings(), 1) if f["rule"] == "PARITY-06")
    press(qtbot, composer, Qt.Key[f"Key_{number}"], ALT)
    assert right.toPlainText() == "Cela coûte 2\u00a0milliards de dollars."
    assert composer.present.draft.text("fr") == right.toPlainText()
    assert left.toPlainText() == "It costs 2 billion dollars."
    right.undo()
    assert right.toPlainText() == "Cela coûte 2 billions de dollars."


def test_what_differs_is_let_stand_with_a_reason_and_submitted(qtbot, composer):
    assert composer.present.blocking() == 2
    composer.why_not.click()
    assert composer.present.lang == "fr"
    for words in ("Two funds.", "Two ports."):
        qtbot.keyClick(composer.editor, Qt.Key.Key_O, ALT)
        assert composer.bar.isVisible()
        qtbot.keyClicks(composer.window().focusWidget(), words)
        qtbot.keyClick(composer.window().focusWidget(), Qt.Key.Key_Return)
        press(qtbot, composer, Qt.Key.Key_F8)
        while composer.present.at["rule"] not in ("PARITY-01", "PARITY-02"):
            press(qtbot, composer, Qt.Key.Key_F8)
    assert composer.present.blocking() == 0 and composer.submit.isEnabled()
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(composer.ahead.sign, Qt.Key.Key_Return, CTRL)
    shown = composer.ctx.desk.messages.show(composer.present.draft.id)
    assert shown["state"] == "submitted"
    assert {o["rule"] for o in shown["overrides"]} == {"PARITY-01", "PARITY-02"}


def test_the_rule_behind_the_finding_that_one_has_gone_to_is_a_key_away(qtbot, composer):
    press(qtbot, composer, Qt.Key.Key_F8)
    rule = composer.present.at["rule"]
    press(qtbot, composer, Qt.Key.Key_E, ALT)
    here = composer.window().here()
    assert (here.scope, here.present.id) == ("rules", rule)


def test_marks_keep_off_what_is_composed_in_either_text_and_no_language_takes_it_over(qtbot, composer):
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    left, right = both(composer)
    right.setFocus()
    cursor = right.textCursor()
    cursor.setPosition(FR.index("Les ports") + 1)
    right.setTextCursor(cursor)
    QApplication.sendEvent(right, QInputMethodEvent("に", []))
    assert right.composing
    composer.present.check()
    composer.work.follow()
    assert marked(right) == ["30"]
    assert sorted(marked(left)) == ["#G20", "20", "5 May"]
    press(qtbot, composer, Qt.Key.Key_6, CTRL)
    assert composer.present.draft.text("fr").replace("に", "") == FR
    assert right.toPlainText() == RU and not right.composing
    press(qtbot, composer, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: not composer.present.checking())
    assert sorted(marked(right)) == ["30", "6 mai"]


def test_a_language_without_a_text_is_told_once_in_every_language(qtbot, open_window, folder):
    head = Desk.open(folder)
    head.accounts.add("rehearsal", name="All", owner="official", like="bluesky", langs=("en", "fr", "es", "ar"))
    desk = Desk.open(folder, "Officer")
    made = desk.messages.new(
        Content("news", ("All",), (Text("en", ("Ports open.",)), Text("fr", ("Les ports ouvrent.",))))
    )
    window = open_window("Officer")
    window.go("composer", made["message"])
    composer = window.here()
    for lang in ("en", "fr"):
        composer._choose(lang, composer.present.network)
        said = next(said for said, _ in listed(composer) if "PARITY-12" in said)
        assert said.startswith("No text yet: Spanish, Arabic")
    composer._choose("es", composer.present.network)
    said = [said for said, _ in listed(composer) if "PARITY-12" in said]
    assert len(said) == 2 and any("No text yet: Arabic" in one for one in said)


def test_two_texts_need_room_and_give_it_back(qtbot, composer):
    assert composer.end.isVisible()
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    assert not composer.end.isVisible() and composer.panel_button.isVisible()
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    assert composer.end.isVisible()
    composer.window().resize(1760, 900)
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    assert composer.end.isVisible()


def test_in_arabic_the_words_and_the_names_are_arabic(qtbot, qapp, composer):
    texts.use("ar")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    composer._choose("fr", composer.present.network)
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    left, right = both(composer)
    QApplication.processEvents()
    assert left.mapToGlobal(left.rect().center()).x() > right.mapToGlobal(right.rect().center()).x()
    rows = " ".join(said for said, _ in listed(composer))
    assert "لا يجوز أن تقول لغة أكثر مما تقوله أخرى" in rows and "One language" not in rows
    assert "ناقص" in rows
    links = [b.text() for row in composer.work.listed for b in row.findChildren(KeyButton)]
    assert any("الإنجليزية" in one and "20" in one for one in links)


@pytest.mark.parametrize(("scale", "lang"), [(1.0, "en"), (2.0, "en"), (1.0, "ar"), (2.0, "ar")])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_no_words_are_cut_and_the_caret_is_in_sight(qtbot, qapp, open_window, languages, scale, lang, size):
    texts.use(lang)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if lang == "ar" else Qt.LayoutDirection.LeftToRight)
    theme.wear(qapp, "light", scale)
    desk = Desk.open(languages, "Officer")
    texts_ = tuple(Text(lang, parts(text)) for lang, text in (("en", EN), ("fr", FR), ("ru", RU)))
    made = desk.messages.new(Content("news", ("Three",), texts_))
    window = open_window("Officer")
    window.resize(*size)
    window.go("composer", made["message"])
    composer = window.here()
    press(qtbot, composer, Qt.Key.Key_C, ALT)
    for _ in range(3):
        press(qtbot, composer, Qt.Key.Key_F8)
    settle()
    assert cut(window) == []
    caret = composer.editor.viewport().mapTo(composer.middle, composer.editor.cursorRect().center())
    assert composer.middle.rect().contains(caret)
