"""The headless publisher: wakes by a timer, by another process's act, and at the next planned time.

The ledger holds the truth about what is due; APScheduler only wakes us (STACK 8). Trouble with the disk or the record
is said once and tried again; only a person ends the watch.
"""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from g20desk.clock import Clock, iso
from g20desk.desk.rounds import WORDS, Rounds, counted
from g20desk.errors import Usage
from g20desk.ledger import views

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

TICK_SECONDS = 15
GLANCE_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
JUMP_SECONDS = 30.0
ALIVE = "publisher/alive"
PASSING = ("disk-full", "store-busy", "store-read-only", "store", "store-missing")


class Watch:
    """One run of the publisher. `say` gets a line for people at each thing that happens."""

    def __init__(self, desk: Desk, say: Callable[[str], None]) -> None:
        self._desk, self._say = desk, say
        self.wake, self.stopped = threading.Event(), threading.Event()
        self.sums = dict.fromkeys(WORDS, 0)
        self._rounds = Rounds(desk, patient=True)
        self._steady = Steady(desk.clock)
        self._trouble = ""
        self._odd: set[str] = set()

    def run(self) -> None:
        """Publish until `stopped`; then wait for what is on its way."""
        while not self.stopped.is_set():
            self.wake.clear()
            try:
                self._round()
            except Usage as error:
                if error.code not in PASSING:
                    raise
                self._told(error.message)
                self.wake.wait(TROUBLE_SECONDS)
        self._count(counted(self._rounds.end()))

    def _round(self) -> None:
        jump = self._steady.jump()
        if jump:
            self._line(f"the clock was moved by {jump:.0f} s; times are judged by the new one")
        seen = self._desk.store.data_version()
        self._count(counted(self._rounds.start()))
        for remark in self._desk.publish.remarks():
            self._line(remark)
        while self._rounds.altered:
            message, account, what = self._rounds.altered.pop()
            self._line(f"message {message[:12]} does not stand on {account} as it was signed off: {what}")
        while self._rounds.drafted:
            self._line(self._rounds.drafted.pop(0))
        odd = self._desk.clocks.odd()
        for host in odd.keys() - self._odd:
            self._line(f"the clock of {host} is {odd[host] / 1000:+.0f} s off this computer's")
        self._odd = set(odd)
        self._told(self._desk.clocks.wrong())
        self._desk.store.set_meta(ALIVE, json.dumps({"at": self._desk.clock.now_ms(), "trouble": self._trouble}))
        self._rest(seen)

    def _rest(self, seen: int) -> None:
        """Until the timer, another's act, a worker's end, or the next planned time."""
        while not self.wake.is_set():
            now = self._desk.clock.now_ms()
            planned = [row.due for row in views.due(self._desk.store, "message") if row.due]
            if any(now - 1000 < due <= now for due in planned):
                return
            soon = min((due - now for due in planned if due > now), default=10_000) / 1000
            if self.wake.wait(min(GLANCE_SECONDS, soon)) or self._desk.store.data_version() != seen:
                return
            if self._rounds.wanted():
                return

    def _count(self, told: dict[str, int]) -> None:
        for word in ("sent", "refused"):
            self.sums[word] += told[word]
        self.sums["unknown"], self.sums["waiting"] = told["unknown"], told["waiting"]
        if told["sent"] or told["refused"] or told["unknown"]:
            self._line(", ".join(f"{n} {word}" for word, n in told.items()))

    def _told(self, trouble: str) -> None:
        """Say what is wrong when it begins, and that it is over when it is."""
        if trouble != self._trouble:
            self._line(trouble or "going on")
            self._trouble = trouble

    def _line(self, words: str) -> None:
        self._say(f"{iso(self._desk.clock.now_ms())} {words}")


class Steady:
    """Wall time beside a clock that nobody sets and that counts sleep: tells when the wall clock was moved."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._apart = self._now()

    def _now(self) -> float:
        return self._clock.now_ms() / 1000 - self._clock.monotonic()

    def jump(self) -> float:
        """By how many seconds the wall clock was moved since the last call; 0 for less than half a minute."""
        now = self._now()
        moved, self._apart = now - self._apart, now
        return moved if abs(moved) > JUMP_SECONDS else 0.0


def watch(desk: Desk, say: Callable[[str], None]) -> tuple[dict[str, int], int]:
    """Publish until SIGINT (exit 130) or SIGTERM (exit 0); the sums, and the exit code."""
    from apscheduler.schedulers.background import BackgroundScheduler

    code = 0
    desk.publish.queues()  # a person without the right is told at once
    one = Watch(desk, say)

    def leave(number: int, frame: Any) -> None:
        nonlocal code
        code = 130 if number == signal.SIGINT else 0
        one.stopped.set()
        one.wake.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    timer = BackgroundScheduler()
    timer.add_job(one.wake.set, "interval", seconds=TICK_SECONDS, coalesce=True, max_instances=1,
                  misfire_grace_time=None)  # fmt: skip
    timer.start()
    say(f"{iso(desk.clock.now_ms())} watching; stop with Ctrl+C")
    try:
        one.run()
    finally:
        timer.shutdown(wait=False)
    say(f"{iso(desk.clock.now_ms())} stopped")
    return one.sums, code
