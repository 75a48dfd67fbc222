"""Alarms in a window: the strip above its screens, the count at Today and in the title, the way to each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from g20desk.desk.alarm import ASKED, Alarm
from g20desk.office.form import RELAY
from ui.alarms.bar import AlarmBar
from ui.alarms.watcher import Standing, Watcher

if TYPE_CHECKING:
    from ui.window import Window


# Where what is no matter of a message or an account can be seen to.
SCREENS = {"hold": "today", "waits": "office", "record": "record", "uncounted": "record", "mail": "office"}
# What is a matter of a message that is signed off, not of one that goes out.
SIGN_OFF = dict.fromkeys((*ASKED, "broken", "late"), "sign-off")


class Alarms(QObject):
    """Made when the window has been painted; `start` begins to look."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.watcher, self.bar, self.standing = Watcher(window.ctx, self), AlarmBar(), Standing((), {})
        self.start, self.look = self.watcher.start, self.watcher.look
        window.middle.insertWidget(0, self.bar)
        self.watcher.stands.connect(self._stands)
        window.stack.currentChanged.connect(lambda _: self._stands(self.standing))
        self.bar.opened.connect(self.look_at)
        self.bar.seen.connect(self.watcher.see)
        self.bar.all_wanted.connect(lambda: window.go("today", ""))

    def look_at(self, alarm: Alarm) -> None:
        """Where something can be done about it; it is seen then."""
        told_of = RELAY if alarm.code == RELAY else SIGN_OFF.get(alarm.kind, "messages")
        screen = told_of if alarm.message else SCREENS.get(alarm.kind, "accounts")
        self._window.go(screen, alarm.message or (alarm.account if screen == "accounts" else ""))
        self._saw({alarm.id})

    def went(self, message: str) -> None:
        """Somebody went to that message: what alarms tell of it is seen."""
        here = (*self.standing.alarms, *self.standing.asked)
        self._saw({alarm.id for alarm in here if alarm.message == message})

    def _saw(self, ids: set[str]) -> None:
        here = (*self.standing.alarms, *self.standing.asked)
        if new := {alarm.id for alarm in here if alarm.id in ids and not alarm.seen}:
            self.watcher.see(new)

    def first(self) -> None:
        """The gravest that nobody looked at; where there is none, Today."""
        if waiting := self.standing.unseen():
            self.look_at(waiting[0][0])
        else:
            self._window.go("today", "")

    def _stands(self, standing: Standing) -> None:
        self.standing, window = standing, self._window
        waiting = len(standing.unseen())
        # Today lists them itself.
        self.bar.put(standing, window.here() is not window.screens["today"])
        window.rail.items["today"].set_count(waiting)
        name = window.windowTitle().split(") ", 1)[-1]
        window.setWindowTitle(f"({waiting}) {name}" if waiting else name)
