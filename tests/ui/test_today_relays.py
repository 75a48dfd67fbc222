"""Today on lines that are to be carried: the communicator's rows, and the asker's."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.story import Hands
from tests.ui.conftest import shown
from tests.ui.test_adopting import HOUR, LINE, agreed, ask
from tests.ui.test_routes_page import CTRL, bare
from ui.today.relays import CARRY
from ui.worker import InlineWorker


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def today(qtbot: Any, folder: Any, clock: Hands) -> Any:
    """The rows of lines on Today, for a person at a time: (title, line, right)."""

    def rows(person: str) -> list[tuple[str, str, str]]:
        window = shown(qtbot, Desk.open(folder, person, clock), InlineWorker())
        found = [row for row in window.here().needs.rows() if row.id.startswith(CARRY)]
        return [(bare(row.title), bare(row.line), bare(row.right)) for row in found]

    return rows


def test_what_a_communicator_is_asked_stands_by_the_time_that_is_left(folder, today, clock):
    ask(folder, agreed(folder), 0)
    ask(folder, agreed(folder, {"en": f"Tomorrow: {LINE}"}), 24)
    ask(folder, agreed(folder, {"en": f"Today: {LINE}"}), 3)
    rows = today("Presidency")
    assert [title for title, *_ in rows] == [f"Today: {LINE}", f"Tomorrow: {LINE}", LINE]
    assert {line for _, line, _ in rows} == {"Carry it · ZA Presidency X"}
    assert today("Officer") == today("Liaison Brazil") == []
    clock.on += 4 * HOUR
    assert today("Presidency")[0][2].endswith("overdue")
    ((title, line, right),) = today("Officer")
    assert (title, line) == (f"Today: {LINE}", "No word yet from South Africa · ZA Presidency X") and right.endswith(
        "overdue"
    )


def test_taken_on_without_a_time(folder, today):
    relay = ask(folder, agreed(folder), 24)
    Desk.open(folder, "Presidency").relays.adopt(relay)
    ((_, line, _),) = today("Presidency")
    assert line == "Taken on, without a time yet · ZA Presidency X"
    presidency = Desk.open(folder, "Presidency")
    presidency.messages.schedule(relay, presidency.clock.now_ms() + HOUR)
    assert today("Presidency") == []


def test_what_went_wrong_stands_until_it_is_left(qtbot, folder, today, open_window):
    relay = ask(folder, agreed(folder), 24)
    Desk.open(folder, "Presidency").relays.decline(relay, "Our minister speaks tomorrow.")
    ((title, line, _),) = today("Officer")
    assert (title, line) == (LINE, "A government does not carry agreed wording. ZA Presidency X")
    assert today("Presidency") == []
    window = open_window("Officer")
    window.go("relay", relay)
    qtbot.keyClick(window.here(), Qt.Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert not window.here().buttons["leave"].isVisible()
    assert today("Officer") == []


def test_a_line_that_is_withdrawn_is_told_on_both_desks(folder, today):
    line = agreed(folder)
    relay = ask(folder, line, 24)
    presidency = Desk.open(folder, "Presidency")
    presidency.relays.adopt(relay, when_ms=presidency.clock.now_ms() + HOUR)
    Desk.open(folder, "Officer").messages.withdraw(line, "A figure is wrong.")
    for person in ("Presidency", "Officer"):
        ((_, said, _),) = today(person)
        assert said.startswith("Agreed wording that was taken on does not stand any more."), person


def test_a_row_leads_to_the_relay_and_so_does_its_alarm(qtbot, folder, open_window):
    relay = ask(folder, agreed(folder), 24)
    window = open_window("Presidency")
    window.here().present.open(f"{CARRY}{relay}")
    assert window.here().scope == "relay" and window.here().present.brief.id == relay
    Desk.open(folder, "Presidency").relays.decline(relay, "No.")
    office = open_window("Officer")
    (alarm,) = [one for one in Desk.open(folder, "Officer").alarms.standing() if one.kind == "declined"]
    office.alarms.look_at(alarm)
    assert office.here().scope == "relay" and office.here().present.brief.why == "No."


def test_it_is_new_until_it_was_looked_at_and_counted_until_it_has_a_time(folder, open_window):
    relay = ask(folder, agreed(folder), 24)
    window = open_window("Presidency")
    assert window.rail.items["one-voice"].count == 1 and window.rail.items["sign-off"].count == 0
    assert [row.fresh for row in window.here().needs.rows() if row.id.startswith(CARRY)] == [True]
    window.go("relay", relay)
    window.go("today", "")
    assert [row.fresh for row in window.here().needs.rows() if row.id.startswith(CARRY)] == [False]
    presidency = window.ctx.desk
    presidency.relays.adopt(relay, when_ms=presidency.clock.now_ms() + HOUR)
    assert window.rail.items["one-voice"].count == 0
    assert open_window("Officer").rail.items["one-voice"].count == 0


def test_messages_call_a_line_and_a_relay_what_they_are(folder, open_window):
    line = agreed(folder)
    relay = ask(folder, line, 24)
    window = open_window("Officer")
    window.go("messages", "")
    rows = {row.id: (row.third, row.line.partition(" ·")[0]) for row in window.here().model.rows()}
    assert rows[line] == ("Agreed", "Line") and rows[relay] == ("Asked", "Relay")
    Desk.open(folder, "Presidency").relays.adopt(relay)
    other = open_window("Officer")
    other.go("messages", relay)
    assert {row.id: row.third for row in other.here().model.rows()}[relay] == "Taken on"


def test_the_composer_sends_a_relay_where_it_is_written(folder, open_window):
    relay = ask(folder, agreed(folder), 24)
    window = open_window("Presidency")
    window.go("messages", relay)
    window.go("composer", relay)
    assert window.here().scope == "relay"
    window._back()
    assert window.here().scope == "messages"
