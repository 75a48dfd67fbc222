"""What no one caught: said in the window, and logged as its kind and its places. Its own words stay out of the log, for
they may quote a text or a secret."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]
AGAIN_S = 10.0
log = logging.getLogger("g20desk.window")


def places(problem: BaseException) -> list[str]:
    """`ui/today/view.py:120 in _show`, from the outermost call to the one that failed; other people's code by its file."""
    made = []
    for frame in traceback.extract_tb(problem.__traceback__):
        path = Path(frame.filename)
        shown = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        made.append(f"{shown}:{frame.lineno} in {frame.name}")
    return made


def where(problem: BaseException) -> str:
    """Kind and place, for whoever reports it: `KeyError, ui/today/view.py:120 in _show`."""
    return ", ".join([type(problem).__name__, *places(problem)[-1:]])


def note(problem: BaseException) -> None:
    """A line in the log."""
    log.error("%s", " < ".join([type(problem).__name__, *reversed(places(problem))]))


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
