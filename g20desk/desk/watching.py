"""The headless publisher: wakes by a timer, by another process's act, and at the next planned time.

The ledger holds the truth about what is due; APScheduler only wakes us (STACK 8).
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.ledger import views

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

TICK_SECONDS = 15
GLANCE_SECONDS = 0.5


def watch(desk: Desk, say: Callable[[str], None]) -> tuple[dict[str, int], int]:
    """Publish until SIGINT (exit 130) or SIGTERM (exit 0); the sums, and the exit code."""
    from apscheduler.schedulers.background import BackgroundScheduler

    wake, stopped = threading.Event(), threading.Event()
    code = 0

    def leave(number: int, frame: Any) -> None:
        nonlocal code
        code = 130 if number == signal.SIGINT else 0
        stopped.set()
        wake.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    timer = BackgroundScheduler()
    timer.add_job(wake.set, "interval", seconds=TICK_SECONDS, coalesce=True, max_instances=1, misfire_grace_time=None)
    timer.start()
    sums = {"sent": 0, "refused": 0, "unknown": 0, "waiting": 0}
    say(f"{iso(desk.clock.now_ms())} watching; stop with Ctrl+C")
    try:
        while not stopped.is_set():
            wake.clear()
            seen = desk.store.data_version()
            told = desk.publish.once()
            for word in ("sent", "refused"):
                sums[word] += told[word]
            sums["unknown"], sums["waiting"] = told["unknown"], told["waiting"]
            if told["sent"] or told["refused"] or told["unknown"]:
                say(f"{iso(desk.clock.now_ms())} " + ", ".join(f"{n} {word}" for word, n in told.items()))
            _rest(desk, wake, seen)
    finally:
        timer.shutdown(wait=False)
    say(f"{iso(desk.clock.now_ms())} stopped")
    return sums, code


def _rest(desk: Desk, wake: threading.Event, seen: int) -> None:
    """Until the timer, another's act, or the next planned time."""
    while not wake.is_set():
        now = desk.clock.now_ms()
        planned = [row.due for row in views.due(desk.store, "message") if row.due]
        if any(now - 1000 < due <= now for due in planned):
            return
        soon = min((due - now for due in planned if due > now), default=10_000) / 1000
        if wake.wait(min(GLANCE_SECONDS, soon)) or desk.store.data_version() != seen:
            return
