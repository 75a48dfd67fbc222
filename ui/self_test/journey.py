"""The main job in the window by keys, as people do it: written, signed off, sent; on the rehearsal's office."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk
from ui.bus import Bus, Ctx, facts
from ui.self_test.painted import dressed, gone
from ui.window import Window
from ui.worker import Worker

ACCOUNTS = ["G20 X", "G20 Bluesky", "G20 Mastodon"]
TEXT = "Trade ministers met in Pretoria today and agreed on a joint plan. #G20"
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
SECONDS = 90.0


class Stuck(Exception):
    """The window did not come to where the keys lead."""


class Seat:
    """A person before the window of their desk."""

    def __init__(self, folder: Path, person: str) -> None:
        self.desk = Desk.open(folder, person)
        self.worker, bus = Worker(), Bus()
        bus.listen(self.desk)
        self.window = Window(Ctx(self.desk, facts(self.desk), self.worker, bus))
        bus.setParent(self.window)
        self.window.sender.stop()

    def __enter__(self) -> Seat:
        self.window.show()
        self.settle()
        return self

    def __exit__(self, *raised: object) -> None:
        self.worker.close()
        gone(self.window)

    def wait(self, reached: Callable[[], Any], what: str) -> None:
        """Let the window work until it is so. Raises Stuck."""
        until = time.monotonic() + SECONDS
        while not reached():
            if time.monotonic() > until:
                raise Stuck(what)
            QTest.qWait(5)

    def settle(self) -> None:
        """Nothing is being waited for, and the window is in front."""
        self.wait(self.worker.idle, "the desk does not come to rest")
        QApplication.processEvents()
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, "the window does not come to the front")

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Keys where the focus is, each once the desk has done what the one before asked."""
        for key in keys:
            QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)
            self.settle()

    def here(self) -> Any:
        """The screen in front."""
        return self.window.here()


def main_job(folder: Path) -> str:
    """A message from an empty page to receipts on three networks."""
    dressed()
    office = folder / "office"
    with Seat(office, "Officer") as officer:
        message = write(officer)
    with Seat(office, "Liaison Brazil") as brazil:
        approve(brazil, message)
    with Seat(office, "Officer") as officer:
        posts = send(officer, message)
    return f"written, signed off and sent by keys: {len(posts)} posts"


def write(officer: Seat) -> str:
    """A text for three accounts, submitted; the message's id."""
    officer.press(Qt.Key.Key_N, modifier=CTRL)
    composer = officer.here()
    for box in composer.start.boxes:
        wanted = box.accessibleName().split(",")[0] in ACCOUNTS
        if box.isChecked() != wanted:
            box.setFocus()
            officer.press(Qt.Key.Key_Space)
    if sorted(composer.present.draft.to) != sorted(ACCOUNTS):
        raise Stuck(f"the message goes to {', '.join(composer.present.draft.to)}")
    officer.press(Qt.Key.Key_1, modifier=CTRL)
    QTest.keyClicks(officer.window.focusWidget(), TEXT)
    officer.wait(composer.submit.isEnabled, "the message can't be submitted")
    officer.settle()
    officer.press(Qt.Key.Key_Return, modifier=CTRL)
    officer.press(Qt.Key.Key_Return, modifier=CTRL)  # what lies before it was read
    officer.wait(lambda: composer.present.draft.id, "the message was not submitted")
    officer.settle()
    return str(composer.present.draft.id)


def approve(liaison: Seat, message: str) -> None:
    """Read, and decided."""
    liaison.press(Qt.Key.Key_G, Qt.Key.Key_S)
    screen = liaison.here()
    liaison.wait(lambda: screen.present.id == message and screen.reading is not None, "the message is not in Sign-off")
    liaison.press(Qt.Key.Key_A, Qt.Key.Key_Return)
    liaison.wait(lambda: screen.present.queue == [], "the approval was not taken")
    liaison.settle()


def send(officer: Seat, message: str) -> list[dict[str, Any]]:
    """Published now; the posts with their receipts."""

    def shown() -> dict[str, Any]:
        return officer.desk.messages.show(message)

    if shown()["state"] != "approved":
        raise Stuck(f"the message is {shown()['state']}")
    officer.press(Qt.Key.Key_G, Qt.Key.Key_M)
    screen = officer.here()
    for _ in range(10):
        if screen.present.id == message:
            break
        officer.press(Qt.Key.Key_J)
    officer.press(Qt.Key.Key_S, Qt.Key.Key_Return)
    officer.wait(lambda: shown()["state"] == "sent", "the message was not sent")
    officer.settle()
    posts: list[dict[str, Any]] = shown()["posts"]
    if not all(one["url"] for one in posts):
        raise Stuck("a post has no receipt")
    return posts
