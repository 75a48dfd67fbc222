"""The head builds a route of two stages in the window, plays it through and adopts it; an officer's statement takes it, and a second
officer and the members' silence sign it off. By keys alone, with the window's own threads."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.journeys.test_window import CTRL, Seat
from tests.story import Office
from tests.ui.test_routes_page import ALT, SENTENCE, bare, said
from ui import texts, theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
TEXT = "Finance ministers met today and adopted a statement on debt. Read it: https://g20.example.org/debt #G20"


@pytest.fixture(autouse=True)
def dressed(qapp: Any) -> None:
    texts.use("en")
    theme.wear(qapp, "light")


def reach(seat: Seat, widget: Any) -> None:
    """By Tab to a field, wherever the focus is."""
    seat.until(lambda: seat.held() is widget or seat.held() is widget.focusProxy(), Qt.Key.Key_Tab)


def pick(seat: Seat, box: Any, value: object) -> None:
    """Down or up in a choice until it says so."""
    reach(seat, box)
    down = box.findData(value) > box.currentIndex()
    seat.until(lambda: box.currentData() == value, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def number(seat: Seat, field: Any, value: str) -> None:
    """A number into a field of numbers."""
    reach(seat, field)
    seat.press(Qt.Key.Key_A, CTRL)
    seat.type(value)


def test_a_route_is_built_played_through_adopted_and_taken(qtbot, tmp_path):
    office = Office(tmp_path / "o")
    office.head.people.admit_here("Second Officer", "officer", "")

    head = Seat(qtbot, office, "Ada Head")
    head.press(Qt.Key.Key_G)
    head.press(Qt.Key.Key_O)
    screen = head.window.here()
    head.press(Qt.Key.Key_2, CTRL)
    page = screen.here
    head.press(Qt.Key.Key_N)
    assert head.held() is page.form.name
    head.type("Statement")
    reach(head, page.form.kinds.boxes["statement"])
    head.press(Qt.Key.Key_Space)
    first = page.form.cards[0]
    reach(head, first.name)
    head.type("Editors")
    pick(head, first.need, "any")
    number(head, first.within.many, "2")
    pick(head, first.within.unit, "H")
    head.press(Qt.Key.Key_A, ALT)
    second = page.form.cards[1]
    assert head.held() is second.name
    head.type("Members")
    pick(head, second.mode, "silence")
    pick(head, second.who.way, "governments")
    number(head, second.within.many, "24")
    pick(head, second.within.unit, "H")
    head.settle()
    qtbot.waitUntil(page.present.settled)
    assert bare(page.foot.sentence.text()) == SENTENCE

    reach(head, page.play.go)
    head.press(Qt.Key.Key_Space)
    play = page.play
    qtbot.waitUntil(lambda: play.play is not None)
    reach(head, play.buttons["approve"])
    assert play.speaker.currentText() == "Second Officer"
    head.press(Qt.Key.Key_Space)
    assert play.play.states() == ["approved", "running"]
    reach(head, play.buttons["time"])
    head.press(Qt.Key.Key_Space)
    assert play.play.over
    assert office.head.routes.rows() == []

    head.press(Qt.Key.Key_Return, CTRL)
    assert page.bar.words.text() == SENTENCE
    head.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.writing)
    head.leave()
    assert [one["name"] for one in office.head.routes.rows()] == ["Statement"]

    officer = Seat(qtbot, office, "Officer")
    officer.press(Qt.Key.Key_N, CTRL)
    composer = officer.window.here()
    officer.type(TEXT)
    pick_back(officer, composer.start.kind, "statement")
    qtbot.waitUntil(lambda: composer.submit.isEnabled() and "1 of 1 · within 2 h" in said(composer.start))
    officer.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: sum("Working hours in" in one for one in said(composer.ahead)) == 3, timeout=30_000)
    shown = said(composer.ahead)
    assert SENTENCE in shown and "Asked first: Second Officer" in shown
    officer.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: composer.present.draft.id != "")
    officer.settle()
    id = composer.present.draft.id
    officer.leave()
    round_ = office.head.messages.show(id)["signoff"]
    assert (round_["route"], [one["state"] for one in round_["stages"]]) == ("Statement", ["open", "waiting"])
    digest = office.head.messages.show(id)["digest"]
    office.desk("Second Officer").messages.decide(id, "approve", digest)
    assert [one["state"] for one in office.head.messages.show(id)["signoff"]["stages"]] == ["approved", "running"]


def pick_back(seat: Seat, box: Any, value: object) -> None:
    """A choice that stands before the text, as a person would make it: its list opened, the row, Enter."""
    seat.until(lambda: seat.held() is box, Qt.Key.Key_Backtab)
    seat.until(lambda: box.currentData() == value, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
