"""The program's log: what support needs to know, and nothing of what anybody writes, reads or is called.

`note` is called anywhere, costs little, and does nothing before `begin`. Which events there are: `words.py`. What other
people's code logs comes in by `foreign.py`, without its words.
"""

from __future__ import annotations

import os
import sys
from _thread import allocate_lock
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from g20desk.logs.files import Keeping
    from g20desk.logs.journal import Journal

# What logs for this process; made with the first record, so that a program which only shows its help loads nothing for it.
_open: Journal | None = None
_logs = False
_where: Path | None = None
_began = 0.0
_role = ""
_lock = allocate_lock()


def begin(role: str, folder: Path | None = None) -> None:
    """From now on this process logs, as the window, the publisher or a command; where no folder is named, in the system's
    place for logs."""
    global _logs, _where, _began, _role
    _logs, _where, _began, _role = True, folder, monotonic(), role


def _journal() -> Journal:
    """The journal, which begins with what runs here."""
    global _open
    with _lock:
        if _open is None:
            _open = _made()
    return _open


def _made() -> Journal:
    from g20desk import __version__, folders
    from g20desk.logs.journal import Journal

    where = _where
    made = Journal(lambda: where or folders.logs(), keeping)
    python = ".".join(map(str, sys.version_info[:3]))
    told = {"role": _role, "version": __version__, "python": python, "system": sys.platform}
    made.note("started", told, early=True)
    return made


def logging() -> bool:
    """Whether this process logs: a program that runs does, a test does not."""
    return _logs


def role() -> str:
    """As what this process runs."""
    return _role or "command"


def become(role: str) -> None:
    """What began as a command is the publisher from now on."""
    global _role
    _role = role
    note("watching")


def note(event: str, **fields: Any) -> None:
    """Log an event of `words.EVENTS`. Never raises for what cannot be written."""
    if _logs:
        _journal().note(event, fields)


def failure(problem: BaseException) -> None:
    """Log what nobody foresaw: its kind and its places."""
    from g20desk.logs import places

    found = {"kind": places.kind(problem), "places": places.places(problem), "causes": places.causes(problem)}
    note("failed", **found, thread=places.thread())


def seconds() -> float:
    """How long this process has been logging."""
    return monotonic() - _began


def end(code: int = 0) -> None:
    """This process logs no more. What a command came to is in its own record."""
    global _open, _logs
    if _logs and _role != "command":
        note("ended", role=_role, code=code, seconds=seconds())
    if _open is not None:
        _open.close()
    _open, _logs = None, False


def last() -> list[dict[str, Any]]:
    """The records that were made last."""
    return list(_journal().last) if _logs else []


def trouble() -> str:
    """What keeps this process's records from being written, as the system's name of it; nothing where all is well."""
    return _open.trouble if _open is not None else ""


def keeping() -> Keeping:
    """The level, days and size that hold: the administrator's where they are locked, else G20DESK_LOG_LEVEL, else what the
    administrator presets, else the program's own."""
    from g20desk import policy
    from g20desk.logs.files import Keeping
    from g20desk.logs.words import LEVELS

    named = os.environ.get("G20DESK_LOG_LEVEL", "").strip().lower()
    own = Keeping()
    return Keeping(
        policy.effective("logs.level", named if named in (*LEVELS, "off") else None, own.level),
        policy.effective("logs.days", None, own.days),
        policy.effective("logs.megabytes", None, own.megabytes),
    )
