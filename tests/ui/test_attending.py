"""The window in touch with the office: real desks, a hub in this process, real threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import copying
from g20desk.desk.attending import Standing, Trouble
from g20desk.errors import Refused, Unreachable
from tests.desks.test_attending import Cut, gone
from tests.desks.world import World, world
from tests.ui.conftest import shown
from ui.attending import attendant as attending
from ui.attending.words import TROUBLES, WAYS, line
from ui.window import Window
from ui.worker import Worker

MINUTE = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto", "ben") as made:
        yield made


@pytest.fixture
def open_on(qtbot: Any, office: World) -> Iterator[Callable[[str], Window]]:
    """A window on somebody's desk, with its worker's threads; not in touch yet."""
    opened: list[tuple[Window, Worker]] = []

    def make(who: str) -> Window:
        worker = Worker()
        opened.append((shown(qtbot, office.desk(who), worker), worker))
        return opened[-1][0]

    yield make
    for window, worker in opened:
        window.touch.finish(10)
        worker.close()


def begin(qtbot: Any, window: Window) -> None:
    """In touch, and one exchange done."""
    window.touch.begin()
    attendant = window.touch.attendant
    assert attendant is not None
    with qtbot.waitSignal(attendant.stands):
        pass


def test_what_others_did_comes_in_and_what_was_done_goes_out_by_itself(qtbot: Any, office: World, open_on: Any) -> None:
    office.draft("ben", "The press centre opens on Monday.")
    office.sync("ben")
    window = open_on("otto")
    begin(qtbot, window)
    window.go("messages", "")
    qtbot.waitUntil(lambda: [row.title for row in window.here().model.rows()] == ["The press centre opens on Monday."])
    office.desk("otto").holds.place("A leak.")
    qtbot.waitUntil(lambda: office.desk("otto").tentative == 0)
    office.sync("ben")
    assert office.desk("ben").office.held("")


def test_what_comes_in_leaves_typing_focus_and_selection(qtbot: Any, office: World, open_on: Any) -> None:
    mine = office.draft("otto", "Ministers meet.")
    window = open_on("otto")
    begin(qtbot, window)
    window.go("composer", mine)
    editor = window.here().editor
    qtbot.waitUntil(lambda: editor.toPlainText() == "Ministers meet.")
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    qtbot.keyClicks(editor, " They agree")
    place = editor.textCursor().position()
    office.sync("ben")
    office.draft("ben", "The press centre opens on Monday.")
    office.sync("ben")
    window.touch.wake()
    window.screens["today"].presenter.front = True
    qtbot.waitUntil(lambda: office.desk("otto").messages.count() == 2)
    qtbot.keyClicks(editor, ".")
    assert editor.toPlainText() == "Ministers meet. They agree."
    assert editor.textCursor().position() == place + 1
    assert window.focusWidget() is editor


def test_offline_the_strip_says_since_when_and_what_waits(qtbot: Any, office: World, open_on: Any) -> None:
    office.wrap = lambda line: Cut(gone())
    window = open_on("otto")
    begin(qtbot, window)
    qtbot.waitUntil(lambda: window.strip.head.text().endswith("UTC"))
    assert "Offline since" in window.strip.head.text()
    office.draft("otto")
    office.draft("otto")
    qtbot.waitUntil(lambda: window.strip.pending.text() == "2 acts not yet in the office's record")
    assert "They are safe on this desk" in window.strip.words.text()
    window.strip.pending.click()
    record = window.here()
    assert record is window.screens["record"]
    qtbot.waitUntil(lambda: [row.title for row in record.model.rows()] == ["Revised", "Revised"])
    assert {row.mark for row in record.model.rows()} == {"cloud-off"}
    assert record.pending.isVisibleTo(window)
    office.wrap = lambda line: line
    qtbot.keyClick(record.list, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.strip.head.text().endswith("Online"))
    qtbot.waitUntil(lambda: not record.model.rows())
    assert not window.strip.pending.isVisibleTo(window)
    assert "Last received" in window.strip.words.text()


def test_the_key_goes_to_what_is_not_in_the_record(qtbot: Any, open_on: Any) -> None:
    window = open_on("otto")
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.here() is window.screens["record"]
    assert window.here().present.view == "tentative"


def test_an_office_on_this_desk_alone_says_nothing_of_a_network(qtbot: Any, open_window: Any) -> None:
    window = open_window()
    before = window.strip.words.text(), window.strip.head.text()
    begin(qtbot, window)
    assert (window.strip.words.text(), window.strip.head.text()) == before
    window.touch.finish(10)


def test_what_stands_in_the_way_is_said_here_and_an_alarm(qtbot: Any, office: World, open_on: Any) -> None:
    office.wrap = lambda line: Cut(Refused("two-histories", "The keeper of the order signed two histories.", "Tell."))
    window = open_on("otto")
    window.alarms.start()
    begin(qtbot, window)
    qtbot.waitUntil(lambda: window.strip.head.text().endswith(TROUBLES["two-histories"][0]))
    qtbot.waitUntil(lambda: [one.kind for one in window.alarms.standing.alarms] == ["record"])
    rows = window.screens["today"].needs.rows
    qtbot.waitUntil(
        lambda: [row.title for row in rows()][:1] == ["Two different histories were signed for this office."]
    )
    window.alarms.first()
    assert window.here() is window.screens["record"]
    assert window.here().troubles.isVisibleTo(window)
    office.wrap = lambda line: line
    window.touch.wake()
    qtbot.waitUntil(lambda: not window.alarms.standing.alarms)
    assert not window.here().troubles.isVisibleTo(window)


def test_acts_of_a_copied_desk_are_put_away_when_done(qtbot: Any, office: World, open_on: Any) -> None:
    office.draft("otto")
    office.copied("otto", "old")
    office.sync("otto")
    office.put_back("otto", "old")
    copy = office.desk("otto")
    copy.store.set_meta("undone/x", copy.store.meta("undone/x"))
    copy.store.drop_metas("undone/x")
    with copy.store.write():
        item = copy.store.tentative()[0]
        copying.noticed(copy.store, _head(item), set())
    window = open_on("otto")
    window.go("record", "")
    troubles = window.here().troubles
    qtbot.waitUntil(lambda: troubles.isVisibleTo(window))
    troubles.findChild(type(window.here().pending.again)).click()
    qtbot.waitUntil(lambda: not troubles.isVisibleTo(window))
    assert not copying.undone(copy.store)


def _head(item: Any) -> Any:
    """A head that names the same chain and place as an event that is here."""
    return item.header


def test_back_off_grows_with_jitter_and_a_person_begins_anew(office: World, open_on: Any) -> None:
    window = open_on("otto")
    made = attending.Attendant(window.ctx, window)
    pauses = []
    for fails in range(1, 12):
        made._fails = fails
        pauses.append(made._pause())
    for n, pause in enumerate(pauses):
        top = min(attending.LONGEST, attending.FIRST * 2**n)
        assert top / 2 <= pause <= top
    made.wake()
    assert made._fails == 0


def test_a_computer_that_slept_tries_at_once(office: World, open_on: Any) -> None:
    window = open_on("otto")
    made = attending.Attendant(window.ctx, window)
    woken = []
    made.woken.connect(lambda: woken.append(True))
    made._looked = window.ctx.clock.now_ms()
    made._look()
    assert not woken
    office.clock("otto").on += 3 * MINUTE
    made._look()
    assert woken


def test_what_was_done_last_goes_out_as_the_program_ends(qtbot: Any, office: World, open_on: Any) -> None:
    window = open_on("otto")
    begin(qtbot, window)
    office.desk("otto").holds.place("A leak.")
    window.close()
    window.touch.finish(10)
    assert office.desk("otto").tentative == 0


@pytest.mark.parametrize("code", sorted(WAYS))
def test_each_way_has_its_line(code: str) -> None:
    now = 40 * MINUTE
    said = line(Standing(True, 2, 10 * MINUTE, 20 * MINUTE, Trouble(code, 20 * MINUTE)), now)
    assert said.head == "Offline since 00:20 UTC"
    assert said.words and said.icon == "wifi-off" and said.tone == "text2"


@pytest.mark.parametrize("code", sorted(TROUBLES))
def test_each_trouble_says_what_it_is_and_what_to_do(code: str) -> None:
    said = line(Standing(True, 0, 1, 0, None, (Trouble(code, 0, n=7),)), 0)
    assert said.head and said.words and "{" not in said.head + said.words
    assert not {"hub", "sync", "ledger", "event", "hash"} & set(f"{said.head} {said.words}".lower().split())
    assert Unreachable
