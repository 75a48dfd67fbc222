"""A report of what nobody foresaw: when, in which part, the kind and the places in the code, versions, and what was logged
last. No words of an exception, no values, no names, no folders. The last ten are kept."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from g20desk import __version__, folders, logs
from g20desk.clock import SystemClock, from_iso, iso
from g20desk.logs import journal, places, words

KEPT = 10
SEEN = "seen"
# What ends a command is told where it was typed.
TOLD = ("window", "publisher")
_FIELDS: Mapping[str, words.Kind] = {
    "how": words.how, "role": words.role, "kind": words.name, "places": words.places, "causes": words.names,
    "thread": words.thread, "threads": words.threads, "ended": words.flag, "version": words.version,
    "python": words.version, "qt": words.version, "system": words.system, "release": words.version, "seconds": words.seconds,
}  # fmt: skip


def folder() -> Path:
    """Where they lie."""
    return folders.logs() / "crashes"


def of(problem: BaseException, role: str, ended: bool = False) -> dict[str, Any]:
    """A report of an exception; `ended`: the program came to its end by it."""
    import threading

    return made(
        "exception", role, ended,
        kind=places.kind(problem), places=places.places(problem), causes=places.causes(problem), thread=places.thread(),
        threads=[places.thread(one.name) for one in threading.enumerate()], last=logs.last(), seconds=logs.seconds(),
    )  # fmt: skip


def keep(problem: BaseException, role: str, ended: bool = False) -> None:
    """Log it, and keep a report of it."""
    logs.failure(problem)
    if logs.logging():
        write(of(problem, role, ended))


def made(how: str, role: str, ended: bool, at: int = 0, last: Any = (), **found: Any) -> dict[str, Any]:
    """A report; `at` in milliseconds, now where it is none."""
    about = {
        "version": __version__,
        "python": platform.python_version(),
        "qt": qt(),
        "system": sys.platform,
        "release": _release(),
    }
    told = {"how": how, "role": role, "ended": ended, **about, **found}
    return {"at": iso(at or SystemClock().now_ms()), **fitted(told, kept=False), "last": list(last)}


def fitted(told: Mapping[str, Any], kept: bool) -> dict[str, Any]:
    """What of it may stand in a report."""
    return {name: _FIELDS[name](value, kept) for name, value in told.items() if name in _FIELDS}


def write(report: Mapping[str, Any], where: Path | None = None) -> Path | None:
    """Keep a report; the oldest go. None where the disk takes nothing: there is still the log."""
    where = where or folder()
    stem = str(report["at"]).replace(":", "").replace("-", "")
    try:
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number in range(100):
            path = where / f"{stem}-{number:02d}.json"
            try:
                with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                    json.dump(report, out, indent=1)
                break
            except FileExistsError:
                continue
        for old in files(where)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def files(where: Path | None = None) -> list[Path]:
    """The reports' files, the oldest first."""
    where = where or folder()
    return sorted(where.glob("*.json")) if where.is_dir() else []


def read(path: Path) -> dict[str, Any] | None:
    """A report, with nothing in it that this program could not have written; None where it is none."""
    try:
        told = json.loads(path.read_text("utf-8"))
        at = iso(from_iso(told["at"]))
        last = [found for one in told["last"] if (found := journal.sound(json.dumps(one))) is not None]
        return {"at": at, **fitted(told, kept=True), "last": last[-journal.LAST :]}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def kept(where: Path | None = None) -> list[dict[str, Any]]:
    """All reports that can be read, the oldest first."""
    return [found for path in files(where) if (found := read(path)) is not None]


def untold(where: Path | None = None) -> list[dict[str, Any]]:
    """Reports of ends that nobody has put away yet, the oldest first."""
    seen = _seen(where or folder())
    return [
        one for one in kept(where) if one.get("ended") is True and one.get("role") in TOLD and one["at"] not in seen
    ]


def put_away(where: Path | None = None) -> None:
    """Tell of those that are there no more. A disk that takes nothing only means that they are told again."""
    where = where or folder()
    try:
        (where / SEEN).write_text("".join(f"{one['at']}\n" for one in kept(where)), "utf-8")
    except OSError as error:
        logs.failure(error)


def _seen(where: Path) -> set[str]:
    try:
        return set((where / SEEN).read_text("utf-8").splitlines())
    except (OSError, ValueError):
        return set()


def qt() -> str:
    """Qt's version, without loading it."""
    try:
        return metadata.version("PySide6_Essentials")
    except metadata.PackageNotFoundError:
        return ""


def _release() -> str:
    """The numbers of the system's own version: `6.1.0` of `6.1.0-18-amd64`."""
    return platform.release().partition("-")[0]
