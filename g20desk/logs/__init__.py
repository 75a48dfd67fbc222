"""The program's log: what support needs to know, and nothing of what anybody writes, reads or is called.

`note` is called anywhere, costs little, and does nothing before `begin`. Which events there are: `words.py`. What other
people's code logs comes in by `foreign.py`, without its words.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from g20desk import __version__
from g20desk.logs.files import Keeping
from g20desk.logs.journal import Journal
from g20desk.logs.words import LEVELS

_open: Journal | None = None
_began = 0.0
_role = ""


def begin(role: str, folder: Path | None = None) -> Journal:
    """From now on this process logs, as the window, the publisher or a command; where no folder is named, in the system's
    place for logs."""
    global _open, _began, _role
    from g20desk import folders
    from g20desk.clock import SystemClock

    _open = Journal(lambda: folder or folders.logs(), keeping)
    _began, _role = SystemClock().monotonic(), role
    python = ".".join(map(str, sys.version_info[:3]))
    _open.note("started", {"role": role, "version": __version__, "python": python, "system": sys.platform}, early=True)
    return _open


def role() -> str:
    """As what this process runs."""
    return _role or "command"


def become(role: str) -> None:
    """What began as a command is the publisher from now on."""
    global _role
    _role = role
    note("watching")


def logging() -> bool:
    """Whether this process logs: a program that runs does, a test does not."""
    return _open is not None


def note(event: str, **fields: Any) -> None:
    """Log an event of `words.EVENTS`. Never raises for what cannot be written."""
    if _open is not None:
        _open.note(event, fields)


def failure(problem: BaseException) -> None:
    """Log what nobody foresaw: its kind and its places."""
    from g20desk.logs import places

    found = {"kind": places.kind(problem), "places": places.places(problem), "causes": places.causes(problem)}
    note("failed", **found, thread=places.thread())


def seconds() -> float:
    """How long this process has been logging."""
    from g20desk.clock import SystemClock

    return SystemClock().monotonic() - _began


def end(code: int = 0) -> None:
    """This process logs no more. What a command came to is in its own record."""
    global _open
    if _open is not None:
        if _role != "command":
            note("ended", role=_role, code=code, seconds=seconds())
        _open.close()
        _open = None


def last() -> list[dict[str, Any]]:
    """The records that were made last."""
    return list(_open.last) if _open is not None else []


def trouble() -> str:
    """What keeps this process's records from being written, as the system's name of it; nothing where all is well."""
    return _open.trouble if _open is not None else ""


def keeping() -> Keeping:
    """The level, days and size that hold: the administrator's where they are locked, else G20DESK_LOG_LEVEL, else what the
    administrator presets, else the program's own."""
    from g20desk import policy

    named = os.environ.get("G20DESK_LOG_LEVEL", "").strip().lower()
    own = Keeping()
    return Keeping(
        policy.effective("logs.level", named if named in (*LEVELS, "off") else None, own.level),
        policy.effective("logs.days", None, own.days),
        policy.effective("logs.megabytes", None, own.megabytes),
    )
