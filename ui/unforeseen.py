"""What no one caught: said in the window, and logged as its kind and its places, with a report that stays here. Its own words
stay out of both, for they may quote a text or a secret."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

from g20desk import logs
from g20desk.logs.places import kind, places, where

AGAIN_S = 10.0
log = logging.getLogger("g20desk.window")
_reported: set[str] = set()


def note(problem: BaseException) -> None:
    """A line for whoever started the program in a terminal, one in the log, and a report: one a place while the program
    runs."""
    log.error("%s", " < ".join([kind(problem), *reversed(places(problem))]))
    logs.failure(problem)
    if logs.logging() and (what := where(problem)) not in _reported:
        _reported.add(what)
        from g20desk.crashes import report

        report.write(report.of(problem, "window"))


class Unforeseen:
    """To be `sys.excepthook`. What goes wrong at every repaint is told once in a while, not at every repaint."""

    def __init__(self, tell: Callable[[BaseException], object]) -> None:
        self._tell = tell
        self._told: dict[str, float] = {}

    def __call__(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """Log it and tell it."""
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, problem, trace)
            return
        what, now = where(problem), time.monotonic()
        if now - self._told.get(what, -AGAIN_S) < AGAIN_S:
            return
        self._told[what] = now
        note(problem)
        if threading.current_thread() is not threading.main_thread():
            return
        try:
            self._tell(problem)
        except Exception as another:  # where the notice itself fails there is still the log
            note(another)
