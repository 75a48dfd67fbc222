"""A government's communicator takes a line on in the window: as it is, with words around it, translated; or declines it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from g20desk.desk import Desk
from tests.ui.test_routes_page import CTRL, said

LINE = "We agreed on debt relief for forty countries by 2027."
LOCK = "debt relief for forty countries"
HOUR = 3_600_000


def agreed(folder: Path, texts: dict[str, str] | None = None, locks: Any = None, **more: Any) -> str:
    """A line that is signed off; its id."""
    officer = Desk.open(folder, "Officer")
    made = officer.lines.new(texts or {"en": LINE}, "debt", locks or {"en": (LOCK,)}, **more)
    officer.messages.submit(made["line"])
    Desk.open(folder, "Liaison Brazil").messages.decide(made["line"], "approve", made["digest"])
    return str(made["line"])


def ask(folder: Path, line: str, hours: int = 24, why: str = "The summit opens.") -> str:
    officer = Desk.open(folder, "Officer")
    until = officer.clock.now_ms() + hours * HOUR if hours else 0
    (one,) = officer.relays.ask(line, ["ZA Presidency X"], until, why)
    return one["relay"]


@pytest.fixture
def asked(folder: Path) -> str:
    return ask(folder, agreed(folder))


@pytest.fixture
def screen(qtbot: Any, open_window: Any, asked: str) -> Any:
    window = open_window("Presidency")
    window.go("relay", asked)
    return window.here()


def state(screen: Any) -> dict[str, Any]:
    return screen.ctx.desk.relays.show(screen.present.brief.id)


def press(qtbot: Any, screen: Any, key: Qt.Key = Qt.Key.Key_Return, how: Any = CTRL) -> None:
    qtbot.keyClick(screen.window().focusWidget() or screen, key, how)


def type_at_the_start(qtbot: Any, screen: Any, words: str) -> None:
    screen.work.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(screen.work.editor, words)


def test_it_shows_what_is_asked_and_the_line(screen):
    shown = said(screen)
    for words in ("ZA Presidency X", "Asked by Officer", "The summit opens.", "Word for word"):
        assert any(words in one for one in shown), words
    assert screen.work.editor.toPlainText() == LINE
    assert [LINE[a:b] for a, b in screen.work.editor.locked] == [LOCK]
    assert screen.buttons["adopt"].isEnabled() and not screen.buttons["withdraw"].isVisible()


def test_as_it_is_and_at_once_and_this_desk_sends_it(qtbot, screen):
    press(qtbot, screen)
    assert screen.when.isVisible() and state(screen)["state"] == "asked"
    press(qtbot, screen)
    assert state(screen)["state"] == "adopted"
    sent: list[Any] = []
    screen.window().sender.send(sent.append, sent.append)
    assert [one["sent"] for one in sent] == [1]
    assert state(screen)["state"] == "carried" and state(screen)["drift"] == 0
    qtbot.waitUntil(lambda: not screen.buttons["adopt"].isEnabled())
    assert screen.why_not.text() == "Something of this is out, or was."


def test_the_office_s_window_never_tries_to_send_it(qtbot, folder, open_window, asked):
    presidency = Desk.open(folder, "Presidency")
    presidency.relays.adopt(asked, when_ms=presidency.clock.now_ms())
    office, sent = open_window("Officer"), []
    before = [one.id for one in presidency.store.all()]
    office.sender.send(sent.append, sent.append)
    assert [one["sent"] for one in sent] == [0]
    assert presidency.relays.show(asked)["state"] == "adopted"
    assert [one.id for one in presidency.store.all()] == before, "no act of any kind"


def test_words_around_it_show_how_far_it_is_and_stay_over_a_restart(qtbot, open_window, screen, asked):
    type_at_the_start(qtbot, screen, "President Ramos: ")
    assert any("other words" in one and "every locked phrase stands" in one for one in said(screen.work))
    screen.present.hidden()
    window = open_window("Presidency")
    window.go("relay", asked)
    assert window.here().work.editor.toPlainText() == f"President Ramos: {LINE}"
    press(qtbot, window.here())
    press(qtbot, window.here())
    assert state(window.here())["texts"] == {"en": [f"President Ramos: {LINE}"]}
    assert window.here().ctx.desk.messages.kept(f"relay/{asked}") is None


def test_a_locked_phrase_that_is_changed_is_told_at_once_and_put_in_by_a_key(qtbot, screen):
    editor = screen.work.editor
    start = LINE.index("forty")
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len("forty"), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    qtbot.keyClicks(editor, "fifty")
    assert any("Missing" in one and LOCK in one for one in said(screen.work))
    assert not screen.buttons["adopt"].isEnabled()
    assert screen.why_not.text() == f"A locked phrase is missing: “{LOCK}”"
    press(qtbot, screen)
    assert not screen.when.isVisible()
    press(qtbot, screen, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert screen.present.lost("en") == []
    press(qtbot, screen, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert editor.toPlainText() == LINE


def test_without_a_time_and_then_with_one(qtbot, screen):
    press(qtbot, screen)
    screen.when.modes.parts["later"].click()
    press(qtbot, screen, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert (state(screen)["state"], screen.present.brief.planned) == ("adopted", 0)
    assert screen.buttons["adopt"].text() == "Plan it"
    press(qtbot, screen)
    screen.when.modes.parts["at"].click()
    at = screen.ctx.clock.now_ms() + 3 * HOUR
    screen.when.field.begin(at, at - HOUR)
    press(qtbot, screen)
    assert abs(screen.present.brief.planned - at) < 60_000
    adopted = [
        v
        for v in screen.ctx.desk.messages.get(screen.present.brief.id).verdicts
        if v.event.header.kind == "relay.adopted"
    ]
    assert len(adopted) == 1, "what says the same is not signed again"
    press(qtbot, screen, Qt.Key.Key_T, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert screen.present.brief.planned == 0


def test_a_time_after_the_line_is_over_or_later_than_asked(qtbot, folder, open_window):
    officer = Desk.open(folder, "Officer")
    end = officer.clock.now_ms() + 5 * HOUR
    relay = ask(folder, agreed(folder, until_ms=end), 2)
    window = open_window("Presidency")
    window.go("relay", relay)
    screen = window.here()
    press(qtbot, screen)
    screen.when.modes.parts["at"].click()
    screen.when.field.begin(end - HOUR, officer.clock.now_ms())
    assert screen.when.said.text() == "That is later than the office asked." and screen.when.sign.isEnabled()
    screen.when.field.begin(end + HOUR, officer.clock.now_ms())
    assert not screen.when.sign.isEnabled() and "does not stand any more then" in screen.when.said.text()


def test_it_is_declined_with_a_reason(qtbot, screen, folder):
    press(qtbot, screen, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert not screen.bar.sign.isEnabled()
    qtbot.keyClicks(screen.bar.reason, "Our minister speaks tomorrow.")
    press(qtbot, screen, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert (state(screen)["state"], state(screen)["why"]) == ("declined", "Our minister speaks tomorrow.")
    assert screen.buttons["adopt"].isEnabled(), "they may think again"


def test_a_language_that_the_line_lacks_is_a_translation_of_theirs(qtbot, folder, open_window):
    head = Desk.open(folder)
    head.accounts.add("rehearsal", name="ZA Bluesky", owner="presidency:ZA", langs=("en", "fr"), like="bluesky")
    officer = Desk.open(folder, "Officer")
    (one,) = officer.relays.ask(agreed(folder), ["ZA Bluesky"])
    window = open_window("Presidency")
    window.go("relay", one["relay"])
    screen = window.here()
    assert list(screen.work.tabs.tabs) == ["en", "fr"]
    press(qtbot, screen, Qt.Key.Key_2)
    screen.work.editor.insertPlainText("Nous avons convenu d'un allégement de la dette.")
    assert any("your translation" in one for one in said(screen.work))
    qtbot.waitUntil(screen.buttons["adopt"].isEnabled)
    assert {one["level"] for one in screen.present.all_findings()} == {"warn"}, (
        "the office's code is told, not enforced"
    )
    press(qtbot, screen)
    press(qtbot, screen)
    assert set(state(screen)["texts"]) == {"en", "fr"}


def test_what_the_network_can_not_take_has_to_be_fixed(qtbot, screen):
    screen.work.editor.insertPlainText("President Ramos said at length: " * 10)
    qtbot.waitUntil(lambda: "must be fixed" in screen.why_not.text())
    assert not screen.buttons["adopt"].isEnabled()


def test_others_read_it_and_the_office_takes_it_back(qtbot, folder, open_window, asked):
    window = open_window("Officer")
    window.go("relay", asked)
    screen = window.here()
    assert screen.work.editor.isReadOnly() and not screen.buttons["adopt"].isVisible()
    press(qtbot, screen, Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(screen.bar.reason, "Not now.")
    press(qtbot, screen, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert state(screen)["state"] == "withdrawn"
    other = open_window("Presidency")
    other.go("relay", asked)
    assert other.here().why_not.text() == "The office took this back." and other.here().work.editor.isReadOnly()


def test_a_line_that_is_withdrawn_meanwhile_stops_it_on_the_screen(qtbot, screen, folder, asked):
    type_at_the_start(qtbot, screen, "Today: ")
    officer = Desk.open(folder, "Officer")
    officer.messages.withdraw(screen.present.brief.line, "A figure is wrong.")
    screen.present.load()
    assert not screen.buttons["adopt"].isEnabled()
    assert "not agreed any more" in screen.why_not.text()
    assert screen.work.editor.toPlainText() == f"Today: {LINE}", "what was typed stays"
