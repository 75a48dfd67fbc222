"""One voice: the list of lines, the line, who carried it, by keys; against a real desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from ui.voice.ticks import Ticks

LINE = "G20 members will mobilise $300 billion a year by 2035 for climate action, from public and private sources."
LOCKS = ("mobilise $300 billion a year by 2035", "public and private sources")
FRENCH = "Pour le climat, 300 milliards de dollars par an d’ici 2035, de sources publiques et privées."


@pytest.fixture
def voiced(folder: Path) -> dict[str, str]:
    """An agreed line with a relay that drifted, one that declined and one that waits; and a draft."""
    officer, brazil, presidency = (Desk.open(folder, who) for who in ("Officer", "Liaison Brazil", "Presidency"))
    head = Desk.open(folder, "Head of office")
    for name in ("ZA Treasury X", "ZA Climate X", "ZA Trade X"):
        head.accounts.add("rehearsal", name=name, owner="presidency:ZA", like="x")
    made = officer.lines.new({"en": LINE, "fr": FRENCH}, "climate finance", {"en": LOCKS}, source="Johannesburg, 12")
    officer.messages.submit(made["line"])
    brazil.messages.decide(made["line"], "approve", made["digest"])
    ids = {"line": made["line"]}
    for name, account in (("drifted", "ZA Presidency X"), ("declined", "ZA Treasury X"), ("asked", "ZA Climate X")):
        ids[name] = officer.relays.ask(made["line"], [account])[0]["relay"]
    said = LINE.replace("action, from", "action, with a fair share from")
    presidency.relays.adopt(ids["drifted"], said, when_ms=presidency.clock.now_ms())
    presidency.publish.once()
    presidency.relays.decline(ids["declined"], "Our minister speaks tomorrow.")
    ids["draft"] = officer.lines.new({"en": "Debt relief for forty countries."}, "debt", {})["line"]
    return ids


@pytest.fixture
def screen(open_window, voiced):
    """The screen with the agreed line in front, as an officer sees it."""
    window = open_window("Officer")
    window.go("one-voice", voiced["line"])
    return window.here()


def test_the_list_tells_what_became_of_each_line(screen, voiced):
    rows = {row.id: row for row in screen.model.rows()}
    assert screen.count.text() == "2"
    agreed, draft = rows[voiced["line"]], rows[voiced["draft"]]
    assert (agreed.title, agreed.third, agreed.third_right) == ("Climate finance", "drift in 1 of 1", "1 carried")
    assert agreed.line.startswith("Agreed ") and agreed.line.endswith("until taken back")
    assert (draft.line, draft.third) == ("Not agreed yet", "draft")


def test_drafts_are_for_staff(open_window, voiced):
    window = open_window("Liaison Brazil")
    window.go("one-voice", "")
    assert [row.id for row in window.here().model.rows()] == [voiced["line"]]


def test_each_account_is_marked_against_the_line(screen, voiced):
    rows = screen.accounts.rows
    assert list(rows) == [voiced["drifted"], voiced["declined"], voiced["asked"]]
    said = rows[voiced["drifted"]].accessibleName()
    assert "South Africa. ZA Presidency X. Drifted. 4 words added, 0 locked" in said
    assert "“\u2068Our minister speaks tomorrow.\u2069”" in rows[voiced["declined"]].accessibleName()
    (ticks,) = screen.findChildren(Ticks)
    assert ticks.ticks.count("added") == 4 and ticks.accessibleDescription().startswith("4 words added")
    assert screen.many.text() == "1 account"


def test_the_filters_leave_what_they_say(screen, voiced):
    screen.filters.parts["drift"].click()
    assert list(screen.accounts.rows) == [voiced["drifted"]]
    screen.filters.parts["members"].click()
    assert not screen.accounts.rows and screen.accounts.empty.text() == "None of those who were asked."
    screen.filters.parts["presidency"].click()
    assert len(screen.accounts.rows) == 3


def test_keys_go_from_the_list_to_the_accounts_and_back(qtbot, screen, voiced):
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert screen.accounts.rows[voiced["drifted"]].hasFocus() and screen.accounts.id == voiced["drifted"]
    qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_J)
    assert screen.accounts.id == voiced["declined"]
    qtbot.keyClick(screen.window(), Qt.Key.Key_Escape)
    assert screen.list.hasFocus()


def test_the_language_is_turned_with_one_key(qtbot, screen):
    assert "mobilise" in screen.pane.text.accessibleName()
    qtbot.keyClick(screen.list, Qt.Key.Key_L)
    assert screen.pane.text.accessibleName() == FRENCH
    qtbot.keyClick(screen.list, Qt.Key.Key_L)
    assert screen.pane.lang == "en"


def test_what_others_do_appears_and_the_focus_stays(qtbot, screen, voiced):
    row = screen.accounts.rows[voiced["drifted"]]
    row.setFocus()
    screen.ctx.desk.relays.ask(voiced["line"], ["ZA Trade X"])
    assert len(screen.accounts.rows) == 4
    assert screen.accounts.rows[voiced["drifted"]] is row and row.hasFocus()


def test_a_list_is_narrowed_by_words_of_the_line(screen, voiced):
    screen.filter.setText("mobilise")
    assert [row.id for row in screen.model.rows()] == [voiced["line"]]
    screen.filter.setText("nothing of it")
    assert screen.empty.text() == "No line has these words." and screen.nothing.isVisibleTo(screen)
    assert screen.back() and screen.model.rowCount() == 2


def test_nothing_yet_is_said(open_window):
    window = open_window("Officer")
    window.go("one-voice", "")
    assert window.here().empty.text() == "No agreed lines yet."
    assert window.here().isAncestorOf(window.focusWidget())


def test_a_narrow_window_keeps_the_work_and_calls_the_list(qtbot, screen):
    screen.window().resize(1024, 700)
    assert not screen.end.isVisible() and screen.accounts.isVisible()
    screen.toggle_panel()
    assert screen.end.isVisible() and screen.end.x() == 0
