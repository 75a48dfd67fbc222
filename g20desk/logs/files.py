"""The files of the log: one a day and number, `2026-11-30.1.jsonl`, each record one write at its end, so that several
processes write at once and nothing is ever renamed. The oldest go by age and by the size of all."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FULL = 1_000_000
PAUSE_S = 30.0
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.p\d+)?\.(\d+)\.jsonl")


@dataclass(frozen=True, slots=True)
class Keeping:
    """What an administrator may choose: from which level on, for how many days, how many megabytes in all."""

    level: str = "info"
    days: int = 7
    megabytes: int = 20


def listed(folder: Path) -> list[tuple[str, int, Path]]:
    """Day, number and path of each file, the oldest first. Raises OSError."""
    found = []
    for one in folder.iterdir() if folder.is_dir() else ():
        if named := _NAMED.fullmatch(one.name):
            found.append((named[1], int(named[2]), one))
    return sorted(found)


def clear(folder: Path, today: str, keeping: Keeping) -> None:
    """Let go what is too old, and the oldest of what is too much."""
    first = (date.fromisoformat(today) - timedelta(days=keeping.days - 1)).isoformat()
    sized = [(day, path, path.stat().st_size) for day, _, path in listed(folder)]
    total = sum(size for _, _, size in sized)
    for day, path, size in sized:
        if day >= first and total <= keeping.megabytes * 1_000_000 - FULL:
            break
        path.unlink(missing_ok=True)
        total -= size


class Files:
    """Where one process writes. `write` never raises: what is wrong with the folder stands in `trouble`, and is tried again
    after half a minute; how many records were lost meanwhile stands in `lost`."""

    def __init__(self, folder: Path, keeping: Keeping, monotonic: Callable[[], float], full: int = FULL) -> None:
        self.folder, self.trouble, self.lost = folder, "", 0
        self._keeping, self._monotonic, self._full = keeping, monotonic, full
        self._number, self._day, self._size, self._torn, self._after = -1, "", 0, False, 0.0

    def write(self, day: str, line: bytes) -> bool:
        """Put a record at the end of the day's file; whether it is there."""
        if self.trouble and self._monotonic() < self._after:
            self.lost += 1
            return False
        try:
            self._write(day, line)
        except OSError as error:
            import errno

            self.trouble = errno.errorcode.get(error.errno or 0, "OSError")
            self._after = self._monotonic() + PAUSE_S
            self.lost += 1
            self.close()
            return False
        self.trouble = ""
        return True

    def close(self) -> None:
        """The file is opened anew when something more is to be written."""
        number, self._number = self._number, -1
        if number >= 0:
            try:
                os.close(number)
            except OSError:  # it was closed with the disk that it lay on
                self._torn = True

    def _write(self, day: str, line: bytes) -> None:
        if self._number < 0 or day != self._day or os.fstat(self._number).st_size >= self._full:
            self.close()
            self._open(day)
        data = b"\n" + line if self._torn else line
        self._torn = os.write(self._number, data) < len(data)
        if self._torn:
            raise OSError(28, "no room")

    def _open(self, day: str) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        clear(self.folder, day, self._keeping)
        # On Windows an append is two steps, and processes would write over each other: there each has files of its own.
        mine = f"{day}.p{os.getpid()}" if sys.platform == "win32" else day
        for path in self._paths(mine):
            number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            if os.fstat(number).st_size < self._full:
                self._number, self._day = number, day
                return
            os.close(number)

    def _paths(self, mine: str) -> Iterator[Path]:
        number = max((n for _, n, path in listed(self.folder) if path.name.startswith(f"{mine}.")), default=1)
        while True:
            yield self.folder / f"{mine}.{number}.jsonl"
            number += 1
