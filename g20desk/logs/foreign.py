"""What other people's code tells: of a record of a library, of a warning and of what no one could raise only who, how grave
and what kind comes in, never its words."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any

from g20desk import logs
from g20desk.clock import SystemClock
from g20desk.logs import places
from g20desk.logs.words import OTHER, Own

AGAIN_S = 10.0
# What is said there is logged already.
OWN = "g20desk.window"


class Foreign(logging.Handler):
    """Stands at the root of all loggers. One that tells the same over and over is noted every ten seconds, with how often.
    What would have stood on standard error without us stands there still."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._told: dict[tuple[str, ...], tuple[float | None, int]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Note a record without its words."""
        raised = record.exc_info[0] if record.exc_info else None
        kind = getattr(record, "raised", "") or (places.kind(raised) if raised is not None else "")
        if record.name != OWN:
            self.tell(places.library(record.name), _grade(record.levelno), kind)
        if logging.lastResort is not None and logging.root.handlers == [self]:
            logging.lastResort.handle(record)

    def tell(self, library: str, grade: str, kind: str) -> None:
        """Note it, unless the same was noted just now."""
        now, what = SystemClock().monotonic(), (library, grade, kind)
        at, more = self._told.get(what, (None, 0))
        if at is not None and now - at < AGAIN_S:
            self._told[what] = at, more + 1
            return
        self._told[what] = now, 0
        logs.note("library", library=library, grade=grade, kind=kind or Own(OTHER), more=more)


def _grade(number: int) -> str:
    return "error" if number >= logging.ERROR else "warning" if number >= logging.WARNING else "info"


def listen(unforeseen: Callable[[BaseException], object] = logs.failure) -> Foreign:
    """Hear all loggers, warnings, and what is raised in threads and in clearing up, where nobody can catch it. Once is enough."""
    there = next((one for one in logging.root.handlers if isinstance(one, Foreign)), None)
    if there is not None:
        return there
    made = Foreign()
    logging.root.addHandler(made)
    shown, raised = warnings.showwarning, sys.unraisablehook

    def warned(message: Any, category: type[Warning], filename: str, *more: Any) -> None:
        made.tell(places.library(places.shown(filename).partition("/")[0]), "warning", places.kind(category))
        shown(message, category, filename, *more)

    def unraisable(what: Any) -> None:
        if isinstance(what.exc_value, Exception):
            logs.failure(what.exc_value)
        raised(what)

    def in_a_thread(what: Any) -> None:
        if isinstance(what.exc_value, Exception):
            unforeseen(what.exc_value)

    warnings.showwarning = warned  # type: ignore[assignment]
    sys.unraisablehook, threading.excepthook = unraisable, in_a_thread
    return made
