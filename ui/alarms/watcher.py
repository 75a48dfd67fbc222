"""Looks for alarms: after each change, and as time goes by. Every screen hears what stands; the system, what is new."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from g20desk.desk.alarm import ALWAYS, Alarm
from ui.alarms.words import matters
from ui.bus import Ctx, touches

SETTLE_MS = 200
TICK_MS = 30_000
MOST_TITLES = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands: all of it, the titles of the first messages among those that nobody has seen yet, and what this person
    is asked for, which is told beside the window alone."""

    alarms: tuple[Alarm, ...]
    titles: dict[str, str]
    asked: tuple[Alarm, ...] = ()

    def unseen(self) -> list[list[Alarm]]:
        """What waits for a look, matter by matter, the gravest first."""
        return matters(alarm for alarm in self.alarms if not alarm.seen)


class Watcher(QObject):
    """`stands` carries a Standing, `raised` the alarms that nobody was told of before."""

    stands = Signal(object)
    raised = Signal(object)

    def __init__(self, ctx: Ctx, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._soon, self._tick = QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.look)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.look)

    def start(self) -> None:
        """From now on."""
        self._ctx.bus.changed.connect(self._changed)
        self._tick.start()
        self.look()

    def look(self) -> None:
        """Ask the desk what stands, and tell."""
        desk = self._ctx.desk

        def job() -> tuple[Standing, list[Alarm]]:
            asked = desk.alarms.asked()
            found, new = desk.alarms.fresh("window", asked)
            wanted = dict.fromkeys(alarm.message for alarm in found if alarm.message and not alarm.seen)
            titles = {row.id: row.title for row in desk.messages.some(list(wanted)[:MOST_TITLES])}
            return Standing(tuple(found), titles, tuple(asked)), new

        self._ctx.worker.ask(job, self._found, owner=self, quiet=True)

    def see(self, ids: Collection[str]) -> None:
        """Somebody looked at these. One that has ended meanwhile is no matter."""

        def job() -> None:
            alarms = self._ctx.desk.alarms
            alarms.see({alarm.id for alarm in (*alarms.standing(), *alarms.asked())} & set(ids))

        self._ctx.worker.ask(job, lambda _: self.look(), owner=self, quiet=True)

    def _found(self, answer: tuple[Standing, list[Alarm]]) -> None:
        standing, new = answer
        self.stands.emit(standing)
        if new:
            self.raised.emit(new)
        # Where this desk was told a mail server, it sends the office's notices.
        self._ctx.worker.ask(self._ctx.desk.mail.send, owner=self, network=True, quiet=True)

    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if touches(changes, {"message", "post", "hold", "account", "office", "alarm"}) and not self._soon.isActive():
            self._soon.start()


def loud(alarms: list[Alarm], quiet: tuple[str, ...]) -> list[Alarm]:
    """Those that a notice is given of: what was not asked to be quiet, and what never is."""
    return [alarm for alarm in alarms if alarm.kind in ALWAYS or alarm.kind not in quiet]
