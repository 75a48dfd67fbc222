"""Changes: looked at side by side, proposed by one, adopted by another, declined, taken over; imports; what it would have said."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from g20desk.desk import Desk
from tests.desk.test_rulebooks import with_rule
from tests.story import content
from tests.ui.test_rules import choose, press, said, settle, shown
from tests.ui.test_screens import nameless
from ui.bus import Bus, Ctx, facts
from ui.rules.difference import sides
from ui.rules.importing import FILES, TERMS, VALE
from ui.window import Window
from ui.worker import Worker

VALE_RULE = "extends: substitution\nmessage: Use '%s' instead of '%s'.\nignorecase: true\nswap:\n  gathering: meeting\n"


def at(open_window, person="Officer", page="changes"):
    """A person before the page."""
    window = open_window(person)
    window.go("rules", "")
    window.here().turn(page)
    return window.here()


def change(screen, id="TONE-01", **row):
    """A change as the form makes it."""
    screen.present.show(id)
    screen.present.write(id, {**screen.present.entries[id].row, **row})
    settle(screen)


def rows(model):
    return [row.id for row in model.rows()]


def held(screen):
    """The acts that are offered, and those of them that can be done."""
    visible = {id for id, button in screen.acts.buttons.items() if not button.isHidden()}
    return visible, {id for id in visible if screen.acts.buttons[id].isEnabled()}


def test_nothing_changed_yet_says_so_and_offers_nothing(open_window):
    screen = at(open_window)
    assert rows(screen.compare.books) == ["draft"] and rows(screen.compare.model) == []
    assert "You changed nothing yet." in " ".join(said(screen.compare.pane))
    assert not screen.acts.isVisible()


def test_changes_are_shown_old_beside_new(open_window):
    screen = at(open_window)
    change(screen, level="block", why="Stacked marks shout at people.")
    change(screen, "PLAIN-12", on=False)
    assert rows(screen.compare.model) == ["PLAIN-12", "TONE-01"]
    screen.compare.list.pick("TONE-01")
    told = said(screen.compare.pane)
    assert {"How serious", "Why", "In force", "Yours"} <= set(told)
    html = " ".join(told)
    assert "line-through" in html and "underline" in html and "Must fix" in html
    assert "at people" in html
    row = screen.compare.model.rows()[1]
    assert row.line == "How serious, Why" and row.icon == "pencil"
    assert held(screen) == ({"take-back", "drop", "save-files", "propose"},) * 2


def test_a_new_rule_is_shown_alone_without_what_any_rule_says(open_window, folder):
    other = Desk.open(folder, "Head of office")
    other.rulebook.propose(with_rule(other), "Ours.")
    screen = at(open_window)
    screen.compare.sets.pick("proposed")
    told = said(screen.compare.pane)
    assert {"New rule", "Proposed", "Bad examples", "Owner"} <= set(told)
    assert not {"In force", "At most", "Capitals", "Source", "Except"} & set(told)
    assert not any("line-through" in one or "<u" in one for one in told)


def test_long_lists_show_what_differs_and_count_the_rest():
    before = [f"word {n}" for n in range(200)]
    after = [*before[:100], "another", *before[101:]]
    left, right = sides("not_this", before, after)
    assert ("removed", "word 100") in [run for side in left for run in side]
    assert ("added", "another") in [run for side in right for run in side]
    assert len(left) == len(right) < 10
    assert sides("not_this", None, ["a", "b"]) == ([], [[("added", "a")], [("added", "b")]])


def test_a_change_goes_alone_and_all_go_when_it_is_said_so(qtbot, open_window):
    screen = at(open_window)
    change(screen, level="block")
    change(screen, "PLAIN-12", on=False)
    screen.compare.list.setFocus()
    screen.compare.list.pick("TONE-01")
    press(qtbot, screen.window(), Qt.Key.Key_B)
    assert rows(screen.compare.model) == ["PLAIN-12"]
    press(qtbot, screen.window(), Qt.Key.Key_D)
    assert screen.bar.isVisible() and not screen.acts.isVisible()
    press(qtbot, screen.window(), Qt.Key.Key_Escape)
    assert rows(screen.compare.model) == ["PLAIN-12"] and screen.acts.isVisible()
    press(qtbot, screen.window(), Qt.Key.Key_D)
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert rows(screen.compare.model) == [] and not screen.ctx.desk.rulebook.draft()


def test_what_does_not_load_cannot_be_proposed_and_says_why(open_window):
    screen = at(open_window)
    change(screen, bad=["Nothing here."])
    assert rows(screen.compare.model) == ["TONE-01"]
    assert "propose" not in held(screen)[1]
    told = screen.acts.words.text()
    assert "rulebooks/tone.toml" in told and "TONE-01: the bad example is not found" in told
    assert "the bad example is not found" in " ".join(said(screen.about))
    assert not screen.about.go.isEnabled()


def proposed(qtbot, open_window, person="Officer"):
    """A screen on which that person has proposed a change, by keys."""
    screen = at(open_window, person)
    change(screen, level="block")
    screen.compare.list.setFocus()
    press(qtbot, screen.window(), Qt.Key.Key_P)
    assert not screen.bar.sign.isEnabled()
    qtbot.keyClicks(screen.bar.reason, "Marks that shout are stopped.")
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    return screen


def test_one_proposes_and_cannot_adopt_and_the_head_adopts(qtbot, open_window, folder):
    screen = proposed(qtbot, open_window)
    assert screen.changes.which == "proposed" and screen.notice.isVisible()
    assert rows(screen.compare.books) == ["draft", "proposed"] and rows(screen.compare.model) == ["TONE-01"]
    assert not screen.present.draft and not Desk.open(folder, "Officer").rulebook.draft()
    assert held(screen) == ({"withdraw", "take-over", "save-files", "adopt"}, {"withdraw", "take-over", "save-files"})
    assert "A second person adopts a rulebook." in screen.acts.words.text()
    assert screen.acts.buttons["withdraw"].text() == "Withdraw"
    assert Desk.open(folder).rulebook.in_force().version == 0

    head = at(open_window, "Head of office")
    head.compare.sets.pick("proposed")
    told = said(head.about)
    assert "⁨Marks that shout are stopped.⁩" in told and any("Proposed by Officer" in one for one in told)
    assert head.acts.buttons["withdraw"].text() == "Decline"
    head.compare.sets.setFocus()
    press(qtbot, head.window(), Qt.Key.Key_A)
    press(qtbot, head.window(), Qt.Key.Key_Return)
    assert Desk.open(folder).rulebook.in_force().version == 1
    assert head.changes.which == "1" and "Rulebook 1" in head.header.sub.text()
    assert rows(head.compare.books) == ["draft", "1", "program"] and rows(head.compare.model) == ["TONE-01"]
    assert held(head)[0] == {"save-files"} and not head.about.go.isEnabled()
    head.open("TONE-01")
    assert {"Version 1"} <= set(said(head.side)) and any("Officer and Head of office" in one for one in said(head.side))
    head.open("TONE-03")
    assert "As the program carries it" in said(head.side)


def test_the_head_declines_with_a_reason_and_the_author_takes_it_up_again(qtbot, open_window):
    proposed(qtbot, open_window)
    head = at(open_window, "Head of office")
    head.compare.sets.pick("proposed")
    head.compare.sets.setFocus()
    press(qtbot, head.window(), Qt.Key.Key_W)
    assert not head.bar.sign.isEnabled()
    qtbot.keyClicks(head.bar.reason, "A warning is enough.")
    press(qtbot, head.window(), Qt.Key.Key_Return)
    assert rows(head.compare.books) == ["draft", "taken-back"]

    officer = at(open_window)
    assert [row.title for row in officer.compare.books.rows()] == ["Your changes", "Declined"]
    officer.compare.sets.setFocus()
    press(qtbot, officer.window(), Qt.Key.Key_J)
    assert any("A warning is enough." in one for one in said(officer.about))
    press(qtbot, officer.window(), Qt.Key.Key_M)
    assert officer.changes.which == "draft" and officer.present.draft.edits == {"TONE-01": {"level": "block"}}
    assert rows(officer.compare.model) == ["TONE-01"]


def test_its_author_withdraws(qtbot, open_window):
    screen = proposed(qtbot, open_window)
    screen.compare.sets.setFocus()
    press(qtbot, screen.window(), Qt.Key.Key_W)
    qtbot.keyClicks(screen.bar.reason, "Too early.")
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert [row.title for row in screen.compare.books.rows()] == ["Your changes", "Withdrawn"]
    assert held(screen)[0] == {"take-over", "save-files"}


def test_an_open_window_hears_of_a_proposal_by_another(open_window, folder):
    screen = at(open_window)
    other = Desk.open(folder, "Head of office")
    other.rulebook.propose(with_rule(other), "Ours.")
    screen.ctx.bus.changed.emit(frozenset({("*", "*")}))
    assert rows(screen.compare.books) == ["draft", "proposed"]


def test_files_that_cannot_be_read_are_told_in_the_page(open_window, folder):
    other = Desk.open(folder, "Head of office")
    other.rulebook.propose(with_rule(other), "Ours.")
    other.store.db.execute("delete from pieces where id = ?", (other.office.rulebook_proposed.files["piece"],))
    screen = at(open_window)
    screen.compare.sets.pick("proposed")
    assert "are not on this desk" in " ".join(said(screen.compare.pane))
    assert "adopt" not in held(screen)[1] and "withdraw" not in held(screen)[1]


# -- what it would have said


def test_what_it_would_have_said_leads_to_the_message(qtbot, open_window, folder):
    made = Desk.open(folder, "Officer").messages.new(content("The gathering of ministers ends!!", to=("G20 X",)))
    screen = at(open_window)
    change(screen, on=False)
    id, row = screen.ctx.desk.rulebook.begun(screen.present.draft, "HOUSE")
    screen.present.put(screen.present.draft.with_edit(id, {
        **row, "why": "The office says meeting.", "owner": "language", "not_this": ["gathering"], "say_this": ["meeting"],
        "bad": ["The gathering."], "good": ["The meeting."],
    }))  # fmt: skip
    seen = []
    screen.changes.progress.connect(lambda done, of: seen.append((done, of)))
    screen.compare.list.setFocus()
    press(qtbot, screen.window(), Qt.Key.Key_L)
    assert screen.about.told.text() == "Looked at 4. Found now: 1. Not found any more: 1."
    assert seen[0] == (0, 0) and seen[-1] == (3, 4)
    found, gone = screen.about.model.rows()
    assert (found.third, found.third_right) == ("Found now", "⁦HOUSE-01⁩") and "gathering" in found.line
    assert (gone.third, gone.third_right) == ("Not found any more", "⁦TONE-01⁩")
    assert nameless(screen.window()) == []
    screen.about.list.setFocus()
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert screen.window().here().present.id == made["message"]


def test_looking_back_is_stopped(open_window):
    screen = at(open_window)
    change(screen, on=False)
    done = []

    def stop(n, of):
        done.append(n)
        if of and n == 1:
            screen.changes.stop()

    screen.changes.progress.connect(stop)
    screen.about.go.click()
    assert done == [0, 0, 1] and not screen.changes.looking()
    assert screen.about.told.text().startswith("See what it would newly find") and screen.about.halt.isHidden()


def test_looking_back_holds_nothing_up_and_a_late_answer_is_dropped(qtbot, folder, monkeypatch):
    desk, worker, bus, gate = Desk.open(folder, "Officer"), Worker(), Bus(), Event()
    window = Window(Ctx(desk, facts(desk), worker, bus))
    bus.setParent(window)
    window.sender.stop()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.go("rules", "TERM-02")
    screen = window.here()
    qtbot.waitUntil(lambda: screen.rules.pane.shown is not None)
    screen.turn("changes")
    asked = []

    def would_say(files, cancelled, progress):
        asked.append(cancelled)
        progress(1, 9)
        gate.wait(20)
        return {"messages": 9, "new": [], "gone": [], "cancelled": cancelled()}

    monkeypatch.setattr(desk.rulebook, "would_say", would_say)
    screen.changes.look_back()
    qtbot.waitUntil(lambda: screen.about.told.text() == "Looking at message 2 of 9")
    assert screen.about.halt.isVisible() and not screen.about.go.isVisible()
    screen.open("TERM-03")
    qtbot.waitUntil(lambda: screen.rules.pane.shown.entry.id == "TERM-03")
    screen.turn("changes")
    screen.about.halt.click()
    assert asked[0]()
    gate.set()
    qtbot.waitUntil(lambda: not screen.about.halt.isVisible())
    qtbot.waitUntil(worker.idle)
    worker.close()
    assert screen.about.told.text().startswith("See what it would newly find")


# -- from elsewhere, and out


@pytest.fixture
def style(tmp_path):
    """A Vale style with a rule that can't be taken in."""
    made = tmp_path / "House"
    made.mkdir()
    (made / "Words.yml").write_text(VALE_RULE)
    (made / "Spelling.yml").write_text("extends: spelling\nmessage: x")
    return made


def test_a_vale_style_is_looked_at_taken_in_all_off_and_switched_on(qtbot, open_window, style):
    screen = at(open_window)
    screen.take(VALE, style)
    assert screen.taking.isVisible() and not screen.acts.isVisible()
    assert screen.taking.words.text().startswith("1 rule from ") and "Spelling.yml" in screen.taking.under.text()
    assert screen.taking.family.text() == "HOUSE" and screen.taking.family.hasFocus()
    assert nameless(screen.window()) == []
    qtbot.keyClicks(screen.taking.family, "X")
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert not screen.taking.isVisible() and "It is off until" in screen.notice.accessibleName()
    assert rows(screen.compare.model) == ["HOUSEX-01"] and screen.present.draft.files
    screen.open("HOUSEX-01")
    assert "Switched off" in said(screen.rules.pane)
    press(qtbot, screen.window(), Qt.Key.Key_S)
    assert screen.present.draft.edits == {"HOUSEX-01": {"on": True}}
    screen.turn("changes")
    screen.compare.list.setFocus()
    press(qtbot, screen.window(), Qt.Key.Key_B)
    assert rows(screen.compare.model) == ["HOUSEX-01"] and not screen.present.draft.edits
    press(qtbot, screen.window(), Qt.Key.Key_B)
    assert rows(screen.compare.model) == [] and not screen.present.draft


def test_a_term_list_in_another_language_is_taken_in(open_window, tmp_path):
    terms = tmp_path / "termes.csv"
    terms.write_text("not this;say this\nrassemblement;réunion\nmême;même\n")
    screen = at(open_window)
    screen.take(TERMS, terms)
    choose(screen.taking.lang, "fr")
    assert "termes.csv, line 3" in screen.taking.under.text()
    screen.taking.go.click()
    (id,) = rows(screen.compare.model)
    assert screen.present.entries[id].row["lang"] == ["fr"] and not screen.present.entries[id].row["on"]


def test_all_rules_of_an_import_are_switched_on_and_off_at_once(qtbot, open_window, tmp_path):
    terms = tmp_path / "house.csv"
    terms.write_text("not this;say this\ngathering;meeting\nassembly;meeting\nget-together;meeting\n")
    screen = at(open_window)
    screen.take(TERMS, terms)
    screen.taking.go.click()
    screen.turn("rules")
    assert not screen.acts.buttons["switch-all"].isVisible()  # nobody means all rules that there are
    choose(screen.rules.start.family, "HOUSE")
    button = screen.acts.buttons["switch-all"]
    assert button.isVisible() and button.text() == "Switch on all 3"
    press(qtbot, screen.window(), Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    ids = ["HOUSE-01", "HOUSE-02", "HOUSE-03"]
    assert screen.present.draft.edits == {id: {"on": True} for id in ids}
    assert "Switched off" not in said(screen.rules.pane) and button.text() == "Switch off all 3"
    press(qtbot, screen.window(), Qt.Key.Key_S)
    assert button.text() == "Switch on 1 more"
    button.click()
    assert screen.present.draft.edits == {id: {"on": True} for id in ids}
    button.click()
    assert screen.present.draft.edits == {}


def test_what_can_not_be_taken_in_says_why_beside_it(open_window, tmp_path, style):
    screen = at(open_window)
    bad = tmp_path / "terms.csv"
    bad.write_bytes(b"caf\xe9")
    screen.take(TERMS, bad)
    assert "UTF-8" in screen.taking.under.text() and not screen.taking.go.isEnabled()
    screen.back()
    assert not screen.taking.isVisible()
    screen.take(VALE, style)
    screen.taking.family.setText("VOICE")
    screen.taking.family.editingFinished.emit()
    screen.taking.go.click()
    assert screen.taking.isVisible() and "There is a file voice in force." in screen.taking.under.text()
    assert not screen.present.draft


def test_files_go_out_and_come_in_again(qtbot, open_window, tmp_path, folder):
    screen = at(open_window)
    change(screen, level="block")
    screen.changes.save(tmp_path / "rules")
    assert (tmp_path / "rules" / "rulebooks" / "tone.toml").exists()
    assert str(tmp_path / "rules") in screen.notice.accessibleName()
    screen.changes.save(tmp_path / "rules")
    assert "is not empty" in screen.notice.accessibleName()
    screen.changes.drop()
    file = tmp_path / "rules" / "rulebooks" / "voice.toml"
    file.write_text(file.read_text().replace('level = "block"', 'level = "warn"'))
    screen.take(FILES, tmp_path / "rules")
    ids = rows(screen.compare.model)
    assert "TONE-01" in ids and len(ids) > 2 and all(id == "TONE-01" or id.startswith(("VOICE", "NAME")) for id in ids)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_dialogs_open_by_key_and_are_the_only_ones(qtbot, open_window, monkeypatch):
    opened = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: opened.append(self.windowTitle()))
    screen = at(open_window)
    change(screen, level="block")
    screen.compare.list.setFocus()
    press(qtbot, screen.window(), Qt.Key.Key_F)
    press(qtbot, screen.window(), Qt.Key.Key_I)
    menu = next(m for m in screen.findChildren(QMenu) if m.isVisible())
    for action in menu.actions():
        action.trigger()
    menu.close()
    QApplication.processEvents()
    assert opened == [
        "A new folder for the rule files", "The folder of a Vale style", "A term list", "A folder of rule files",
    ]  # fmt: skip


def test_a_liaison_sees_what_is_proposed_and_signs_nothing(qtbot, open_window, folder):
    other = Desk.open(folder, "Officer")
    other.rulebook.propose(with_rule(other), "Ours.")
    screen = at(open_window, "Liaison Brazil")
    screen.compare.sets.pick("proposed")
    assert rows(screen.compare.model) == ["HOUSE-01"]
    visible, can = held(screen)
    assert "adopt" in visible and can == {"save-files"}
    assert "This act is for" in screen.acts.words.text()
    screen.compare.list.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_W, Qt.Key.Key_M):
        press(qtbot, screen.window(), key)
    assert not screen.bar.isVisible() and not screen.present.draft
    assert shown(screen)
