"""The window in touch with the office: exchanges acts beside everything else, by itself, and as soon as there is cause.

Two threads that nobody waits for: one exchanges, the other hears from the office that there is more. Both may be ended at any point:
what an exchange writes is written whole or not at all.
"""

from __future__ import annotations

import random
import threading
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from g20desk.desk.attending import Standing
from g20desk.errors import DeskError, Refused, Unreachable
from ui.bus import Ctx
from ui.unforeseen import note
from ui.worker import OFFICE

# Seconds. Out of reach: from the first to the last, twice as long each time; in reach without news: `POLL` where the office can't
# keep a line open, `QUIET` where it does.
FIRST, LONGEST = 2.0, 120.0
POLL, QUIET = 15.0, 60.0
HEARKEN = 50.0
DEAF = 2
SOON_MS = 300
GLANCE_MS = 5_000
ASLEEP_MS = 20_000


class Attendant(QObject):
    """`stands` carries a Standing after each exchange. `start` begins; `wake` is for whoever wants it now."""

    stands = Signal(object)
    woken = Signal()
    _found = Signal(object)

    def __init__(self, ctx: Ctx, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._clock = ctx.desk, ctx.clock
        self._wake, self._ended = threading.Event(), threading.Event()
        self._fails = 0
        self._thread: threading.Thread | None = None
        # Whether a line is open on which the office tells of more, and whether it keeps any open at all.
        self._listening, self._lines = False, True
        self._network: Any = None
        self._soon, self._glance = QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.wake)
        self._glance.setInterval(GLANCE_MS)
        self._glance.timeout.connect(self._look)
        self._found.connect(self._hand_over)
        self._looked, self._deaf = 0, 0
        self._wrote = self._quiet = self._last = False
        ctx.bus.done_here.connect(self._done)
        ctx.bus.elsewhere.connect(self._others)

    def start(self) -> None:
        """From now on, where the order is kept on another machine; else as soon as it is."""
        if self._thread is not None or self._ended.is_set():
            return
        self._thread = threading.Thread(target=self._run, name=OFFICE, daemon=True)
        self._thread.start()
        self._looked = self._clock.now_ms()
        self._glance.start()
        self._hear_network()

    def stop(self) -> None:
        """No more but what was done just now; an exchange that is under way ends by itself, or with the program."""
        self._last |= self._soon.isActive() or self._wake.is_set()
        self._ended.set()
        self._wake.set()
        self._soon.stop()
        self._glance.stop()

    def finish(self, seconds: float) -> None:
        """What was done last goes out before the program ends, where that takes no longer than this."""
        self.stop()
        if self._thread is not None:
            self._thread.join(seconds)

    def wake(self) -> None:
        """Try now, whatever came of it before."""
        self._fails = 0
        self._wake.set()
        self.woken.emit()

    def running(self) -> bool:
        """Whether it has begun."""
        return self._thread is not None and not self._ended.is_set()

    def _run(self) -> None:
        try:
            while not self._ended.is_set():
                self._wake.clear()
                self._wake.wait(self._once())
            if self._last:
                self._once()
            if self._desk.attending.elsewhere:
                self._desk.attending.remember()
        finally:
            self._desk.store.close()

    def _once(self) -> float:
        """One exchange; how many seconds until the next, where nothing comes between."""
        store = self._desk.store
        before, tentative = store.last_place()[0], self._desk.tentative
        try:
            found: Standing = self._desk.attending.exchange()
        except DeskError as problem:  # the desk itself: a full disk, a record that is held
            note(problem)
            found = self._desk.attending.standing()
            self._fails += 1
        except Exception as problem:  # a bug of ours must not end the exchange for the day
            note(problem)
            self._fails += 1
            return self._pause()
        place = store.last_place()[0]
        self._wrote |= (place, found.tentative) != (before, tentative)
        self._heard_nothing(place > before and not tentative)
        self._tell(found)
        if not found.elsewhere:
            return LONGEST
        if found.away or found.troubles:
            self._fails += 1
            return self._pause()
        self._fails = 0
        if self._ended.is_set():
            return 0.0
        return QUIET if self._hearken() else POLL * random.uniform(0.8, 1.2)

    def _pause(self) -> float:
        """Twice as long each time, and never at the same moment as the others who lost the same network."""
        return float(min(LONGEST, FIRST * 2 ** min(self._fails - 1, 10)) * random.uniform(0.5, 1.0))

    def _heard_nothing(self, came: bool) -> None:
        """Where more came in than the open line had told of, something on the way keeps its words back: then it is asked."""
        self._deaf = self._deaf + 1 if came and self._quiet else 0 if came else self._deaf
        self._quiet = False
        if self._deaf >= DEAF:
            self._lines = False

    def _hearken(self) -> bool:
        """Keep a line open on which the office says that there is more; whether one is."""
        from g20desk.desk import ways

        if self._listening or not self._lines:
            return self._lines
        try:
            line = ways.hub(self._desk.ledger, self._clock)
        except DeskError:  # the administrator's policy changed just now: the next exchange says so
            return False
        place = self._desk.store.last_place()[0]
        self._listening = True
        threading.Thread(target=self._listen, args=(line, place), name="office-line", daemon=True).start()
        return True

    def _listen(self, line: Any, place: int) -> None:
        begun = self._clock.monotonic()
        try:
            self._quiet = line.wait(place, HEARKEN) is None
            if self._quiet and self._clock.monotonic() - begun < HEARKEN / 4:
                self._lines = False  # it is cut off on the way
        except Refused:
            self._lines = False
        except Unreachable as gone:
            self._lines = gone.code not in ("too-many-waits", "something-else")
        except Exception as problem:  # a bug of ours: the next exchange goes on without the line
            note(problem)
            self._lines = False
        finally:
            line.close()
            self._listening = False
            self._wake.set()  # there is more, or a new line is due

    def _hand_over(self, found: Standing) -> None:
        self.stands.emit(found)

    def _others(self) -> None:
        # What an exchange wrote looks like another process's.
        mine, self._wrote = self._wrote, False
        if not mine:
            self._done()

    def _done(self) -> None:
        """An act was done on this desk: it goes out as soon as hands are still."""
        if self.running() and not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        """A computer that slept missed its turns."""
        now = self._clock.now_ms()
        slept, self._looked = now - self._looked > ASLEEP_MS, now
        if slept:
            self.wake()

    def _hear_network(self) -> None:
        """The system says when there is a network again, where it can."""
        from PySide6.QtNetwork import QNetworkInformation

        if QNetworkInformation.loadDefaultBackend():
            self._network = QNetworkInformation.instance()
            self._network.reachabilityChanged.connect(self._reachable)

    def _reachable(self, now: Any) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if now == QNetworkInformation.Reachability.Online:
            self.wake()

    def _tell(self, found: Standing) -> None:
        """On the window's thread, where there is still one to tell."""
        if not self._ended.is_set() and shiboken6.isValid(self):
            self._found.emit(found)
