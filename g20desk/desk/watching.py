"""The headless publisher: wakes by a timer, by another process's act, and at the next planned time.

The ledger holds the truth about what is due; APScheduler only wakes us (STACK 8). Trouble with the disk or the record
is said once and tried again; only a person ends the watch.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk import logs, policy
from g20desk.clock import Clock, iso
from g20desk.desk import health
from g20desk.desk.alarm import Alarm
from g20desk.desk.hook import Hook
from g20desk.desk.postman import Postman
from g20desk.desk.rounds import WORDS, Rounds, counted
from g20desk.desk.service import Service
from g20desk.errors import Usage
from g20desk.ledger import views

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

TICK_SECONDS = 15
GLANCE_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
JUMP_SECONDS = 30.0
PASSING = ("disk-full", "store-busy", "store-read-only", "store", "store-missing")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a watch tells. `what`: started, outcome, remark, draft, alarm, hook, mail, clock, trouble,
    going-on, stopped."""

    at: int
    what: str
    words: str
    alarm: Alarm | None = None

    def line(self) -> str:
        """For people."""
        return f"{iso(self.at)} {self.words}"

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        more = {} if self.alarm is None else {"alarm": self.alarm.as_json()}
        return {"at": iso(self.at), "what": self.what, "says": self.words, **more}


Say = Callable[[Said], None]


class Watch:
    """One run of the publisher. `say` hears of each thing that happens."""

    def __init__(self, desk: Desk, say: Say, hook: Hook | None = None, service: Service | None = None) -> None:
        self._desk, self._say, self._hook = desk, say, hook
        self._service = service or Service({})
        self.wake, self.stopped = threading.Event(), threading.Event()
        self.sums = dict.fromkeys(WORDS, 0)
        self._rounds = Rounds(desk, patient=True)
        self._postman = Postman(desk)
        self._steady = Steady(desk.clock)
        self._trouble = ""
        self._odd: set[str] = set()

    def run(self) -> None:
        """Publish until `stopped`; then wait for what is on its way."""
        self._service.ready()
        while not self.stopped.is_set():
            self.wake.clear()
            self._service.alive()
            try:
                self._round()
            except Usage as error:
                if error.code not in PASSING:
                    # Whoever looks at the file sees why nothing goes out from now on.
                    self._leave_word(error.message)
                    raise
                logs.note("trouble", code=error.code)
                self._told(error.message)
                self._leave_word(error.message)
                self.wake.wait(TROUBLE_SECONDS)
        self._service.stopping()
        self._count(counted(self._rounds.end()))
        self._mail(self._postman.end())
        if self._hook is not None:
            self._hook.end()

    def _round(self) -> None:
        jump = self._steady.jump()
        if jump:
            self.tell("clock", f"the clock was moved by {jump:.0f} s; times are judged by the new one")
        seen = self._desk.store.data_version()
        for message in self._desk.signoffs.close_over():
            self.tell("silence", f"message {message[:12]}: nobody broke the silence")
        self._count(counted(self._rounds.start()))
        for remark in self._desk.publish.remarks():
            self.tell("remark", remark)
        while self._rounds.drafted:
            self.tell("draft", self._rounds.drafted.pop(0))
        odd = self._desk.clocks.odd()
        for host in odd.keys() - self._odd:
            self.tell("clock", f"the clock of {host} is {odd[host] / 1000:+.0f} s off this computer's")
        self._odd = set(odd)
        self._alarms()
        self._mail(self._postman.look())
        trouble = self._desk.clocks.wrong()
        self._told(self._leave_word(trouble) or trouble)
        self._rest(seen)

    def _alarms(self) -> None:
        """Tell what nobody at this terminal was told yet, and have the office's own program told."""
        for alarm in self._desk.alarms.fresh("publisher")[1]:
            about = f" message {alarm.message[:12]}" if alarm.message else ""
            self.tell("alarm", f"alarm{about} {alarm.sentence()} {alarm.why}".strip(), alarm)
            if self._hook is not None and (wrong := self._hook.run(alarm)):
                self.tell("hook", wrong)
        for wrong in self._hook.look() if self._hook is not None else ():
            self.tell("hook", wrong)

    def _mail(self, said: list[str]) -> None:
        for words in said:
            self.tell("mail", words)

    def _leave_word(self, trouble: str) -> str:
        """For `doctor`, `publish --health` and whoever watches the file; what is wrong with that, or nothing."""
        try:
            health.write(self._desk.folder, health.Health(self._desk.clock.now_ms(), trouble))
        except OSError as error:
            return f"{health.FILE} can't be written: {error.strerror}"
        return ""

    def _rest(self, seen: int) -> None:
        """Until the timer, another's act, a worker's end, or the next planned time."""
        while not self.wake.is_set():
            self._service.alive()
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
            self.tell("outcome", ", ".join(f"{n} {word}" for word, n in told.items()))

    def _told(self, trouble: str) -> None:
        """Say what is wrong when it begins, and that it is over when it is."""
        if trouble != self._trouble:
            self._trouble = trouble
            self.tell("trouble" if trouble else "going-on", trouble or "going on")

    def tell(self, what: str, words: str, alarm: Alarm | None = None) -> None:
        """Say one thing, to the manager of services too."""
        self._say(Said(self._desk.clock.now_ms(), what, words, alarm))
        self._service.status(self._trouble or words)


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


def watch(desk: Desk, say: Say, on_alarm: str = "") -> tuple[dict[str, int], int]:
    """Publish until SIGINT (exit 130) or SIGTERM (exit 0); the sums, and the exit code. `on_alarm`: a program that is
    run for each alarm."""
    from apscheduler.schedulers.background import BackgroundScheduler

    code = 0
    if on_alarm:
        policy.need("programs.alarm")
    desk.publish.queues()  # a person without the right is told at once
    one = Watch(desk, say, Hook(on_alarm, desk.clock.monotonic) if on_alarm else None, Service())

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
    one.tell("started", "watching; stop with Ctrl+C")
    try:
        one.run()
    finally:
        timer.shutdown(wait=False)
    one.tell("stopped", "stopped")
    return one.sums, code
