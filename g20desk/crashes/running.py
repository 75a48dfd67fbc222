"""A mark for each window and publisher that runs, and what the system's own crash leaves beside it. A mark whose process is
gone tells of an end that was no end: `fault` where something crashed, `unclean` where the power went or it was ended from
outside."""

from __future__ import annotations

import faulthandler
import json
import os
import re
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from g20desk import __version__, folders, locking, logs
from g20desk.clock import SystemClock
from g20desk.crashes import report
from g20desk.logs import files, journal, places, words

OLD_MS = 3_600_000
# Of the newest files of the log, how many are looked through for what a process logged last.
FILES = 2
FAULTS = {
    "Segmentation fault": "SegmentationFault", "Aborted": "Aborted", "Bus error": "BusError",
    "Floating-point exception": "FloatingPointException", "Floating point exception": "FloatingPointException",
    "Illegal instruction": "IllegalInstruction", "access violation": "AccessViolation", "stack overflow": "StackOverflow",
}  # fmt: skip
_FRAME = re.compile(r'\s+File "(.*)", line (\d+) in (.*)')


def folder() -> Path:
    """Where the marks lie."""
    return folders.logs() / "running"


class Running:
    """This process is marked from `begin` to `end`. Where the disk takes no mark it runs all the same."""

    def __init__(self, role: str, where: Path | None = None) -> None:
        self._role, self._where = role, where
        self._lock = ExitStack()
        self._mark: Path | None = None
        self._fault: IO[str] | None = None

    def begin(self) -> None:
        """Mark it, and have the system's own crashes written beside the mark."""
        now = SystemClock().now_ms()
        where = self._where or folder()
        mark = where / f"{os.getpid()}-{now}.json"
        try:
            where.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.enter_context(locking.held(mark.with_suffix(".lock"), seconds=1))
            self._fault = open(os.open(mark.with_suffix(".fault"), os.O_WRONLY | os.O_CREAT, 0o600), "w")  # noqa: SIM115
            mark.write_text(json.dumps({"at": now, "role": self._role, "version": __version__}), "utf-8")
        except (OSError, TimeoutError):
            self.end()
            return
        self._mark = mark
        faulthandler.enable(self._fault)

    def __enter__(self) -> Running:
        self.begin()
        return self

    def __exit__(self, *raised: object) -> None:
        self.end()

    def end(self) -> None:
        """The program ends as it should, or what ended it is reported already."""
        if self._fault is not None:
            if self._mark is not None:
                faulthandler.disable()
            self._fault.close()
            self._fault = None
        if self._mark is not None:
            for one in (self._mark, self._mark.with_suffix(".fault")):
                _drop(one)
        self._lock.close()
        if self._mark is not None:
            _drop(self._mark.with_suffix(".lock"))
            self._mark = None


def take_up(where: Path | None = None, reports: Path | None = None) -> list[dict[str, Any]]:
    """Make a report of each mark whose process is gone; those reports."""
    where = where or folder()
    made = []
    try:
        locks = sorted(where.glob("*.lock"))
        marks = {one.with_suffix(".lock") for one in where.glob("*.json")}
    except OSError:
        return []
    for lock in sorted({*locks, *marks}):
        mark = lock.with_suffix(".json")
        if lock not in marks and not _old(lock):
            continue  # somebody is about to begin
        try:
            with locking.held(lock, seconds=0):
                if mark.exists() and (found := _gone(mark)) is not None:
                    report.write(found, reports)
                    logs.note("left", role=found["role"], how=found["how"])
                    made.append(found)
                for one in (mark, mark.with_suffix(".fault")):
                    _drop(one)
        except (OSError, TimeoutError):
            continue  # it lives, or somebody else takes it up
        _drop(lock)
    return made


def _gone(mark: Path) -> dict[str, Any] | None:
    """The report of one whose process is gone."""
    try:
        told = json.loads(mark.read_text("utf-8"))
        role, version = told["role"], told["version"]
    except (OSError, ValueError, TypeError, KeyError):
        role, version = "", ""
    fault = mark.with_suffix(".fault")
    try:
        said, at = fault.read_text("utf-8", "replace"), fault.stat().st_mtime_ns // 1_000_000
    except OSError:
        said, at = "", 0
    how, found = ("fault", parsed(said)) if said.strip() else ("unclean", {})
    found["version"], found["last"] = version, _last(mark)
    return report.made(how, role, True, at if said.strip() else 0, **found)


def _last(mark: Path) -> list[dict[str, Any]]:
    """What that process logged last."""
    made: list[dict[str, Any]] = []
    try:
        for _, _, path in files.listed(mark.parent.parent)[-FILES:]:
            read = (journal.sound(one) for one in path.read_bytes().splitlines())
            made += [one for one in read if one is not None and str(one["process"]) == mark.stem.partition("-")[0]]
    except OSError:
        return []
    return made[-journal.LAST :]


def parsed(said: str) -> dict[str, Any]:
    """Kind and places of what faulthandler wrote; of its words only those that it has itself."""
    head = next(
        (line for line in said.splitlines() if line.startswith(("Fatal Python error: ", "Windows fatal exception: "))),
        "",
    )
    kind = next((name for words_, name in FAULTS.items() if words_ in head), words.OTHER)
    frames = []
    for block in said.split("\n\n"):
        lines = block.splitlines()
        if lines and lines[0].startswith("Current thread"):
            found = [_FRAME.fullmatch(one) for one in lines[1:]]
            frames = [places.place(one[1], int(one[2]), one[3]) for one in found if one is not None]
    return {"kind": words.Own(kind), "places": frames[::-1]}


def _old(path: Path) -> bool:
    try:
        return SystemClock().now_ms() - path.stat().st_mtime_ns // 1_000_000 > OLD_MS
    except OSError:
        return False


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        logs.note("left-behind")
