"""The Rules screen: found, read, written with live examples; nothing is lost; who may not change reads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from g20desk.desk import Desk
from tests.ui.test_screens import nameless
from ui import texts
from ui.rules import words
from ui.rules.reading import marked
from ui.rules.rows import row_of
from ui.widgets.button import KeyButton
from ui.widgets.link import Link

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def press(qtbot, window, key, modifier=PLAIN):
    """A key where the focus is."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)
    QApplication.processEvents()


@pytest.fixture
def rules(open_window):
    """The screen, for an officer."""
    window = open_window("Officer")
    window.go("rules", "")
    return window.here()


def shown(screen):
    return [row.id for row in screen.rules.start.model.rows()]


def said(widget):
    """What stands there now."""
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def choose(box, value):
    """As someone chooses it."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def settle(screen):
    """What was typed is kept and tried."""
    screen.present.flush()
    QApplication.processEvents()


# -- found


def test_every_rule_is_there_and_the_first_is_open(rules):
    known = rules.ctx.desk.rulebook.rules()
    assert len(shown(rules)) == len(known) > 700
    assert shown(rules) == sorted(rule.id for rule in known)
    assert rules.present.id == shown(rules)[0] == rules.rules.pane.shown.entry.id
    assert f"{len(known)} rules" in rules.header.sub.text()


def test_rules_are_found_by_family_language_kind_level_and_words(rules):
    start = rules.rules.start
    choose(start.family, "TERM")
    assert {id.partition("-")[0] for id in shown(rules)} == {"TERM"}
    choose(start.lang, "fr")
    assert shown(rules) and all(set(rules.present.entries[id].row["lang"]) in (set(), {"fr"}) for id in shown(rules))
    choose(start.level, "block")
    assert all(rules.present.entries[id].row["level"] == "block" for id in shown(rules))
    assert start.count.text() == f"{len(shown(rules))} of {len(rules.present.entries)} rules"
    start.clear()
    choose(start.kind, "condolence")
    kinds = {kind for id in shown(rules) for kind in rules.present.entries[id].row["kinds"]}
    assert "condolence" in kinds and "CONDOL-01" in shown(rules) and "PLAIN-01" in shown(rules)
    start.clear()
    for asked in ("term-02", "South KOREA", "signs and sits", "korea sits"):
        rules.filter.setText(asked)
        assert "TERM-02" in shown(rules), asked
    rules.filter.setText("UNTERM")
    assert {"TERM-01", "TERM-03"} <= set(shown(rules))
    rules.filter.setText("zzz no such words")
    assert shown(rules) == [] and start.none.isVisible()
    start.clear()
    assert rules.filter.text() == "" and len(shown(rules)) == len(rules.present.entries)


def test_the_filter_key_looks_for_rules_here(qtbot, rules):
    rules.turn("code")
    press(qtbot, rules.window(), Qt.Key.Key_F, CTRL)
    assert rules.page == "rules" and rules.filter.hasFocus()


def test_a_list_of_all_rules_is_put_together_row_by_row_not_widget_by_widget(rules):
    assert len(rules.rules.start.findChildren(QLabel)) < 12


# -- read


def test_a_rule_is_read_with_its_reason_its_examples_and_where_it_comes_from(rules):
    rules.open("TERM-02")
    page, side = " ".join(said(rules.rules.pane)), said(rules.side)
    assert "The member signs and sits under this name." in page and "South Korea" in page
    assert "Offers: “⁨The Republic of Korea⁩”" in page
    assert {"Check", "English", "All kinds", "The post", "Capitals count", "As the program carries it"} <= set(side)
    assert any("UNTERM" in one for one in side) and any("term-places.toml" in one for one in side)
    (bad,) = [e for e in rules.rules.pane.shown.examples if e["bad"]]
    assert [f["text"] for f in bad["findings"]] == ["South Korea"]
    html = next(one for one in said(rules.rules.pane) if "hosted the Seoul" in one and "underline" in one)
    assert "South Korea</span>" in html


def test_a_long_list_of_words_is_shown_when_it_is_asked_for(rules):
    rules.open("PLAIN-10")
    count = len(said(rules.rules.pane))
    more = next(b for b in rules.rules.pane.findChildren(KeyButton) if b.text().startswith("Show all"))
    more.click()
    assert len(said(rules.rules.pane)) > count + 40
    next(b for b in rules.rules.pane.findChildren(KeyButton) if b.text() == "Show fewer" and b.isVisible()).click()
    assert len(said(rules.rules.pane)) == count


def test_every_rule_has_a_page_in_both_directions(rules, qapp):
    """One of each sort and every eighth: no page raises, none is in trouble; in Arabic too."""
    entries = rules.present.entries
    sorts = {(e.row["kind"], e.row["scope"], e.row["test"], *e.row["lang"]): id for id, e in entries.items()}
    for n, id in enumerate({*sorts.values(), *list(entries)[::8]}):
        texts.use("ar" if n % 2 else "en")
        rules.present.show(id)
        assert rules.rules.pane.shown.entry.id == id
        assert not rules.rules.pane.shown.trouble
        row = row_of(entries[id])
        assert row.title and row.line and row.third


def test_what_cannot_be_seen_is_written_out(rules):
    assert words.visible("a\u202eb\u200bc") == "a⟨U+202E⟩b⟨U+200B⟩c"
    assert words.visible("👩\u200d🚀 می\u200cخواهم") == "👩\u200d🚀 می\u200cخواهم"
    assert words.visible("a\u200db") == "a⟨U+200D⟩b"
    assert marked("a\u200b<b", [(1, 2)], "warn").count("⟨U+200B⟩</span>&lt;b") == 1


def test_a_source_with_an_address_can_be_opened(rules):
    entry = rules.present.entries["TONE-01"]
    rules.present.write("TONE-01", {**entry.row, "source": "Style guide: https://example.org/style"})
    rules.present.show("TONE-01")
    settle(rules)
    QApplication.processEvents()
    (link,) = [one.url for one in rules.side.findChildren(Link) if one.isVisible()]
    assert link == "https://example.org/style"


def test_a_rule_leads_to_its_principle_and_back(qtbot, rules):
    rules.open("TONE-01")
    next(b for b in rules.side.findChildren(KeyButton) if b.text() == "⁨7. Respect⁩").click()
    assert rules.page == "code" and rules.code.title.text() == "⁨7. Respect⁩"
    ids = [row.id for row in rules.code.model.rows()]
    serving = {rule.id for rule in rules.ctx.desk.rulebook.rules() if rule.principle == 7}
    assert set(ids) == serving
    rules.code.rules.setFocus()
    rules.code.rules.pick("TONE-03")
    assert "TONE-03" in " ".join(said(rules.named))
    press(qtbot, rules.window(), Qt.Key.Key_Return)
    assert rules.page == "rules" and rules.present.id == "TONE-03"


def test_the_whole_code_is_read_by_keys(qtbot, rules):
    press(qtbot, rules.window(), Qt.Key.Key_2, CTRL)
    titles = []
    for _ in range(15):
        titles.append(rules.code.title.text())
        assert rules.code.model.rowCount() == int(rules.code.count.text()) > 0
        press(qtbot, rules.window(), Qt.Key.Key_J)
    assert len(set(titles)) == 15


def test_a_rule_that_is_not_there_is_said(open_window):
    window = open_window("Officer")
    window.go("rules", "NONE-01")
    assert window.here().notice.isVisible()
    assert window.here().present.id == shown(window.here())[0]


def test_find_or_do_anything_finds_a_rule_by_its_id(qtbot, open_window):
    window = open_window("Liaison Brazil")
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.palette_.field, "term-02")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.here().scope == "rules" and window.here().present.id == "TERM-02"


# -- written


def test_a_rule_is_written_with_its_examples_running(qtbot, rules, folder):
    rules.open("TERM-02")
    press(qtbot, rules.window(), Qt.Key.Key_E)
    form = rules.rules.form
    assert rules.window().focusWidget() is form.why and form.title.text() == words.code("TERM-02")
    form.why.selectAll()
    qtbot.keyClicks(form.why, "A reason of our own.")
    bad = form.examples[True].items[0]
    bad.editor.set_text("Korea hosted the summit.")
    settle(rules)
    assert bad.said.text() == "It is not found."
    assert "TERM-02: the bad example is not found: Korea hosted the summit." in rules.acts.words.text()
    assert "term-places.toml" in rules.acts.words.text()
    bad.editor.set_text("South Korea hosted the summit.")
    settle(rules)
    assert bad.said.text() == "It is found, as it should be."
    assert len(bad.editor.extraSelections()) == 1
    good = form.examples[False]
    good.more.click()
    assert good.items[-1].editor.hasFocus()
    qtbot.keyClicks(good.items[-1].editor, "South Korea again.")
    settle(rules)
    assert "It is found, at" in good.items[-1].said.text()
    good.items[-1].findChildren(KeyButton)[0].click()
    settle(rules)
    assert rules.acts.words.text().startswith("⁨Every example behaves.")
    assert "Kept on this desk" in rules.acts.words.text()
    press(qtbot, rules.window(), Qt.Key.Key_Return, CTRL)
    assert not rules.rules.editing and "A reason of our own." in " ".join(said(rules.rules.pane))
    draft = Desk.open(folder, "Officer").rulebook.draft()
    assert draft.edits == {"TERM-02": {"why": "A reason of our own.", "bad": ["South Korea hosted the summit."]}}
    assert "Changed, not proposed yet" in said(rules.rules.pane)


def test_what_is_half_written_survives_another_screen_and_another_window(qtbot, rules, open_window):
    rules.open("TERM-02")
    rules.rules.edit()
    rules.rules.form.why.setText("Half a")
    rules.rules.form.why.textEdited.emit("Half a")
    rules.window().go("today", "")
    rules.window().go("rules", "")
    assert rules.rules.form.why.text() == "Half a" and rules.rules.editing == "TERM-02"
    other = open_window("Officer")
    other.go("rules", "TERM-02")
    assert other.here().present.entries["TERM-02"].row["why"] == "Half a"
    assert "why must be one sentence" in other.here().rules.pane.shown.trouble
    assert open_window("Liaison Italy").ctx.desk.rulebook.draft().edits == {}


def test_a_fault_names_the_file_the_rule_and_why(rules):
    rules.open("PLAIN-08")
    rules.rules.edit()
    form = rules.rules.form
    form.not_this.setPlainText("(a+)+")
    settle(rules)
    told = rules.acts.words.text()
    assert "rulebooks/plain.toml" in told and "PLAIN-08" in told and "upper bound" in told
    assert form.examples[True].items[0].said.isHidden()


def test_only_what_a_kind_of_rule_has_is_asked_for(rules):
    rules.open("TERM-02")
    rules.rules.edit()
    form = rules.rules.form
    held = {key for key, field in form.fields.items() if not field.isHidden()}
    assert "article" in held and not held & {"test", "most", "least", "fixes", "fix"}
    form.kind.setCurrentIndex(form.kind.findData("metric"))
    held = {key for key, field in form.fields.items() if not field.isHidden()}
    assert {"test", "most", "least"} <= held and not held & {"article", "fixes"}
    form.kind.setCurrentIndex(form.kind.findData("pattern"))
    form.fixes.setChecked(True)
    held = {key for key, field in form.fields.items() if not field.isHidden()}
    assert {"fixes", "fix"} <= held and "test" not in held


@pytest.mark.parametrize("nth", range(8))
def test_opening_a_form_changes_nothing(rules, nth):
    """Every eighth rule: what the form says is what the rule says, to the letter."""
    for id in list(rules.present.entries)[nth::8]:
        entry = rules.present.entries[id]
        rules.rules.form.fill(id, entry.row)
        assert rules.rules.form.value() == entry.row, id
    assert not rules.present.draft


def test_a_rule_is_switched_off_and_on_again(qtbot, rules):
    rules.open("TONE-01")
    press(qtbot, rules.window(), Qt.Key.Key_S)
    assert "Switched off" in said(rules.rules.pane) and rules.acts.buttons["switch"].text() == "Switch on"
    choose(rules.rules.start.level, "off")
    assert shown(rules) == ["TONE-01"]
    choose(rules.rules.start.level, "changed")
    assert shown(rules) == ["TONE-01"]
    press(qtbot, rules.window(), Qt.Key.Key_S)
    assert shown(rules) == [] and not rules.present.draft


def test_a_change_is_taken_back(qtbot, rules):
    rules.open("TONE-01")
    press(qtbot, rules.window(), Qt.Key.Key_S)
    assert rules.parts.parts["changes"].text() == "Changes 1"
    press(qtbot, rules.window(), Qt.Key.Key_B)
    assert rules.parts.parts["changes"].text() == "Changes" and rules.present.entries["TONE-01"].row["on"]


def test_a_new_rule_is_begun_filled_in_and_found(qtbot, rules):
    press(qtbot, rules.window(), Qt.Key.Key_N)
    assert rules.bar.isVisible() and rules.bar.reason.text() == rules.present.id.partition("-")[0]
    rules.bar.reason.setText("house")
    press(qtbot, rules.window(), Qt.Key.Key_Return)
    form = rules.rules.form
    assert rules.rules.editing == "HOUSE-01" == rules.present.id
    assert "missing" in rules.acts.words.text()
    qtbot.keyClicks(form.why, "The office says meeting.")
    form.owner.setText("language")
    form.owner.textEdited.emit("language")
    form.not_this.setPlainText("gathering\ngatherings")
    form.say_this.setPlainText("meeting\nmeetings")
    form.examples[True].items[0].editor.set_text("The gathering is over.")
    form.examples[False].items[0].editor.set_text("The meeting is over.")
    settle(rules)
    assert rules.acts.words.text().startswith("⁨Every example behaves.")
    assert "⁦house.toml⁩" in said(rules.side)
    form.examples[True].items[0].editor.set_text("Nothing.")
    settle(rules)
    assert rules.acts.words.text() == "⁨rulebooks/house.toml, HOUSE-01: the bad example is not found: Nothing.⁩"
    form.examples[True].items[0].editor.set_text("The gatherings are over.")
    assert nameless(rules.window()) == []
    press(qtbot, rules.window(), Qt.Key.Key_Escape)
    assert not rules.rules.editing and "New, not proposed yet" in said(rules.rules.pane)
    choose(rules.rules.start.family, "HOUSE")
    assert shown(rules) == ["HOUSE-01"]
    rules.acts.buttons["take-back"].click()
    assert "HOUSE-01" not in rules.present.entries and not rules.present.draft


def test_a_family_that_is_none_is_refused(rules):
    rules.present.begin("h-1")
    assert rules.notice.isVisible() and "no family" in rules.notice.accessibleName()


def test_a_liaison_reads_and_changes_nothing(qtbot, open_window):
    window = open_window("Liaison Brazil")
    window.go("rules", "TERM-02")
    screen = window.here()
    assert "South Korea" in " ".join(said(screen.rules.pane))
    assert not screen.new.isEnabled() and not screen.acts.buttons["edit"].isEnabled()
    assert "This act is for: head of the office, communication officer." in screen.acts.words.text()
    for key in (Qt.Key.Key_E, Qt.Key.Key_S, Qt.Key.Key_N, Qt.Key.Key_I):
        press(qtbot, window, key)
    assert not screen.rules.editing and not screen.bar.isVisible() and not screen.present.draft
    assert screen.acts.buttons["try-rule"].isEnabled()


# -- everywhere


@pytest.mark.parametrize("page", ["rules", "form", "code", "try", "changes"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_all_that_takes_the_focus_has_a_name_on_every_page(open_window, qapp, page, lang):
    texts.use(lang)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if lang == "ar" else Qt.LayoutDirection.LeftToRight)
    window = open_window("Officer")
    window.go("rules", "TERM-02")
    screen = window.here()
    if page == "form":
        screen.rules.edit()
    else:
        screen.turn(page)
    if page == "try":
        screen.try_.put("South Korea and the G-20!!", "en", "news", "in-force")
    QApplication.processEvents()
    assert nameless(window) == []
    assert screen.isAncestorOf(window.focusWidget())


def test_a_finding_of_the_composer_leads_to_its_rule_and_back_to_the_text(qtbot, open_window):
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    qtbot.keyClicks(composer.editor, "South Korea met the G-20 today. https://g20.org/a")
    composer.present.check()
    qtbot.waitUntil(lambda: not composer.present.checking())
    link = next(b for b in composer.findChildren(KeyButton) if b.accessibleName() == "Open the rule TERM-02")
    link.click()
    screen = window.here()
    assert screen.scope == "rules" and screen.present.id == "TERM-02"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.here() is composer
    assert composer.editor.toPlainText().startswith("South Korea met")
    cursor = composer.editor.textCursor()
    cursor.setPosition(22)
    composer.editor.setTextCursor(cursor)
    composer.editor.setFocus()
    press(qtbot, window, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert window.here().present.id == "TERM-17"
