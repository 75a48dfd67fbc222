"""One process's log: makes records, keeps the last of them for a report of a crash, hands them to the files."""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from g20desk.clock import Clock, SystemClock, iso
from g20desk.logs.files import Files, Keeping
from g20desk.logs.words import EVENTS, LEVELS, fitted

LAST = 50


class Journal:
    """`folder` and `keeping` are asked for when the first record is written: a program that only shows its help looks for
    neither."""

    def __init__(
        self, folder: Callable[[], Path], keeping: Callable[[], Keeping] = Keeping, clock: Clock | None = None
    ) -> None:
        self.last: deque[dict[str, Any]] = deque(maxlen=LAST)
        self._where, self._keeping, self._clock = folder, keeping, clock or SystemClock()
        self._files: Files | None = None
        self._least = 0
        self._early: list[dict[str, Any]] = []
        self._lock = threading.RLock()

    @property
    def trouble(self) -> str:
        """What keeps records from being written: `EACCES`, `ENOSPC`; nothing where all is well."""
        return self._files.trouble if self._files is not None else ""

    def note(self, event: str, fields: dict[str, Any], early: bool = False) -> None:
        """Log an event. `early`: it is written with the one after it."""
        about, now = EVENTS[event], self._clock.now_ms()
        made = {"at": iso(now), "level": about.level, "part": about.part, "event": event, "process": os.getpid()}
        made |= fitted(event, fields)
        with self._lock:
            self.last.append(made)
            if early:
                self._early.append(made)
                return
            waiting, self._early = [*self._early, made], []
            files = self._opened()
            for record in waiting:
                if LEVELS.index(record["level"]) >= self._least:
                    self._put(files, record)

    def _put(self, files: Files, record: dict[str, Any]) -> None:
        lost = files.lost
        if files.write(record["at"][:10], line(record)) and lost:
            files.lost = 0
            self.note("log", {"lost": lost})

    def _opened(self) -> Files:
        if self._files is None:
            keeping = self._keeping()
            self._least = LEVELS.index(keeping.level) if keeping.level in LEVELS else len(LEVELS)
            self._files = Files(self._where(), keeping, self._clock.monotonic)
        return self._files

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._files is not None:
                self._files.close()


def line(record: dict[str, Any]) -> bytes:
    """A record as it stands in the file."""
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def sound(text: str | bytes) -> dict[str, Any] | None:
    """A record that is read back, with nothing in it that this program could not have written; None where it is none."""
    from g20desk.clock import from_iso

    try:
        told = json.loads(text)
        about, at, process = EVENTS[told["event"]], iso(from_iso(told["at"])), int(told["process"])
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
    made = {"at": at, "level": about.level, "part": about.part, "event": told["event"], "process": process}
    return made | fitted(made["event"], told, kept=True)
