"""What tells of alarms beside the window: the tray's sign and the system's notices, for whichever window is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk.alarm import Alarm
from ui.alarms.notices import Notices
from ui.alarms.tray import Tray, sign
from ui.alarms.watcher import Standing, loud
from ui.alarms.words import many, matters, notice
from ui.window import Window
from ui.worker import Worker

AT_ONCE = 3


class Beside(QObject):
    """One for the program; its window may be made anew."""

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: Window | None = None
        self.tray = Tray(self)
        self.notices = Notices(worker, self.tray, self)
        self.tray.opened.connect(self.show)
        self.notices.clicked.connect(self.look)
        QApplication.setWindowIcon(sign(False))

    def of(self, window: Window) -> None:
        """This is the window now."""
        self.window = window
        window.alarms.watcher.stands.connect(self._stands)
        window.alarms.watcher.raised.connect(self._raised)
        window.destroyed.connect(lambda: self._gone(window))

    def show(self) -> None:
        """Bring the window to the front."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def look(self, key: str) -> None:
        """Somebody clicked the notice of that alarm; one that is over, or all of them, lead to Today."""
        self.show()
        if self.window is None:
            return
        now = self.window.alarms.standing
        found = next((alarm for alarm in (*now.asked, *now.alarms) if alarm.id == key), None)
        if found is not None:
            self.window.alarms.look_at(found)
        else:
            self.window.go("today", "")

    def close(self) -> None:
        """The program ends."""
        self.window = None
        self.notices.close()
        self.tray.close()

    def _stands(self, standing: Standing) -> None:
        if self.window is None:
            return  # an answer that came when the program had ended
        self.tray.put(standing.unseen())
        asked = {alarm.id for alarm in standing.asked if not alarm.seen}
        self.notices.keep(asked | {alarm.id for matter in standing.unseen() for alarm in matter})

    def _raised(self, alarms: list[Alarm]) -> None:
        if self.window is None:
            return
        chosen, sound = matters(loud(alarms, self.window.choices.quiet)), self.window.choices.sound
        told = [many(chosen, sound)] if len(chosen) > AT_ONCE else [notice(matter, sound) for matter in chosen]
        for one in told:
            self.notices.give(one, self.window)

    def _gone(self, window: Window) -> None:
        if self.window is window:
            self.window = None
