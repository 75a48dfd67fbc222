"""What somebody has no right to is off, with the reason beside it: every role on every screen presses all that is on, and the desk
never says that it is not theirs to do. Some six seconds."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from g20desk.desk import Desk, may
from g20desk.errors import Refused
from tests.ui.conftest import content
from ui.widgets.bar import Bar
from ui.widgets.button import KeyButton
from ui.worker import Ticket, Worker

SCREENS = ("today", "messages", "calendar", "sign-off", "one-voice", "accounts", "record", "office", "rules", "library")
ROLES = ("Head of office", "Officer", "Liaison Brazil", "Presidency", "Analyst")
# These open a file dialog, a browser or another screen.
ELSEWHERE = ("Take in a file", "Save as a file", "Open calendar", "Find or do anything", "Open https")


@pytest.fixture
def office(folder: Any) -> Any:
    """Something is out, something on hold, something in the plan, a slot."""
    officer, to = Desk.open(folder, "Officer"), content("Growth is 3.1%.")
    made = officer.messages.new(to)
    officer.messages.submit(made["message"])
    Desk.open(folder, "Liaison Brazil").messages.decide(made["message"], "approve", made["digest"])
    officer.messages.schedule(made["message"], officer.clock.now_ms())
    officer.publish.once()
    Desk.open(folder, "Liaison India").holds.place("Two members dispute it.", topic="energy")
    officer.slots.put("morning", [1, 2, 3, 4, 5, 6, 7], "09:00", "UTC", [])
    plan = officer.plans.new("Day 1", "2031-01-01", "UTC")
    officer.plans.put(plan, {"at": officer.clock.now_ms() + 3_600_000}, title="Family photo")
    return folder


@pytest.fixture
def refused(monkeypatch: Any) -> list[str]:
    """What the desk said is not this person's to do."""
    found: list[str] = []
    run = Worker._run

    def looked(self: Worker, ticket: Ticket) -> None:
        job = ticket.job

        def watched() -> Any:
            try:
                return job()
            except Refused as refusal:
                if refusal.code == "no-right":
                    found.append(refusal.message)
                raise

        ticket.job = watched
        run(self, ticket)

    monkeypatch.setattr(Worker, "_run", looked)
    return found


def on(here: QWidget) -> list[str]:
    """The buttons that may be pressed, by name."""
    QApplication.processEvents()  # what was just made is shown
    found = [one for one in here.findChildren(KeyButton) if one.isVisible() and one.isEnabled()]
    names = dict.fromkeys(one.accessibleName() for one in found)
    return [one for one in names if one and not one.startswith(ELSEWHERE)]


def sign(here: QWidget) -> None:
    """Fill what is asked for and sign it."""
    for bar in [one for one in here.findChildren(Bar) if one.isVisible()]:
        for field in bar.findChildren(QLineEdit):
            if field.isVisible() and not field.text():
                field.setText("energy")
        button: QAbstractButton | None = getattr(bar, "sign", None)
        if button is not None and button.isVisible() and button.isEnabled():
            button.click()


@pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the keyboard")
@pytest.mark.parametrize("person", ROLES)
def test_what_is_on_is_ones_own_to_do(open_window: Any, office: Any, refused: list[str], person: str) -> None:
    window, wrong = open_window(person), {}
    for screen in SCREENS:
        window.go(screen, "")
        here = window.here()
        if screen == "calendar":
            here.board().pick(next(one.id for one in here.board().page.chips if one.title == "Family photo"))
        for name in on(here):
            button = next((one for one in here.findChildren(KeyButton) if one.accessibleName() == name), None)
            if button is None or not button.isVisible() or not button.isEnabled():
                continue
            button.click()
            sign(here)
            if refused:
                wrong[screen, name] = refused[:]
                refused.clear()
            if window.here() is not here:
                window.go(screen, "")
            while here.back():
                pass
    assert wrong == {}


def test_what_is_off_says_why(open_window: Any, office: Any) -> None:
    """For those who have least: an analyst publishes nothing, a liaison writes no drafts."""
    said = {}
    for person in ("Analyst", "Liaison Brazil"):
        window = open_window(person)
        for screen in SCREENS:
            window.go(screen, "")
            if screen == "messages":
                window.here().open(next(r.id for r in window.ctx.desk.messages.rows() if r.state == "sent"))
            QApplication.processEvents()
            off = [one for one in window.here().findChildren(KeyButton) if one.isVisible() and not one.isEnabled()]
            assert [one.text() for one in off if not (one.toolTip() or one.accessibleDescription())] == [], screen
            said |= {(person, screen, one.text()): one.toolTip() for one in off}
    assert said["Liaison Brazil", "today", "New message"] == may.NO_DRAFTS
    assert said["Analyst", "messages", "Take it down"] == "Only the account's own people publish on it."
    assert "head of the office" in said["Analyst", "office", "Invite"]
    assert said["Analyst", "today", "Ask to lift it"].startswith("This act is for: ")


def test_the_keys_say_the_same(qtbot: Any, open_window: Any, office: Any) -> None:
    window = open_window("Liaison Brazil")
    window.runs["new"]()
    assert window.here() is window.screens["today"] and window.here().notice.accessibleName() == may.NO_DRAFTS
    window = open_window("Analyst")
    window.runs["hold"]()
    assert window.here().notice.isVisible() and "bar" not in vars(window)
