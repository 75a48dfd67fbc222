"""Where in the code something went wrong: kinds of exceptions and places in source files, never what an exception says, for
its words may quote a text or a secret; and no folder of the person at this computer."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

from g20desk.logs.words import OTHER, THREADS, Own

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path(os.__file__).resolve().parent
CAUSES = 5


def shown(filename: str) -> str:
    """`ui/today/view.py`, `httpx/_client.py`, `threading.py`; `elsewhere` for whatever is no code that was installed."""
    if filename.startswith("<frozen "):
        return filename
    path = Path(filename)
    if path.suffix != ".py":
        return "elsewhere"
    for mark in ("site-packages", "dist-packages"):
        if mark in path.parts:
            return "/".join(path.parts[len(path.parts) - path.parts[::-1].index(mark) :])
    if not path.is_absolute():  # so they stand in a frozen program
        return path.as_posix() if path.parts[0].removesuffix(".py") in sys.modules else "elsewhere"
    if path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    return path.name if path.is_relative_to(LIBRARY) else "elsewhere"


def place(filename: str, line: int, function: str) -> Own:
    """`ui/today/view.py:120 in _show`."""
    return Own(f"{shown(filename)}:{line} in {function}")


def places(problem: BaseException) -> list[Own]:
    """From the outermost call to the one that failed."""
    return [place(one.filename, one.lineno or 0, one.name) for one in traceback.extract_tb(problem.__traceback__)]


def kind(problem: BaseException | type[BaseException]) -> Own:
    """The name of its class, where that stands in a module under this name."""
    one = problem if isinstance(problem, type) else type(problem)
    found: Any = sys.modules.get(one.__module__)
    for name in one.__qualname__.split("."):
        found = getattr(found, name, None)
    return Own(one.__name__ if found is one else OTHER)


def causes(problem: BaseException) -> list[Own]:
    """The kinds of what it came from, the nearest first."""
    made: list[Own] = []
    while len(made) < CAUSES:
        before = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
        if before is None:
            break
        made.append(kind(before))
        problem = before
    return made


def where(problem: BaseException) -> str:
    """Kind and place, for whoever reports it: `KeyError, ui/today/view.py:120 in _show`."""
    return ", ".join([kind(problem), *places(problem)[-1:]])


def of_job(job: Callable[..., Any]) -> Own:
    """Where a job is written."""
    while isinstance(job, partial):
        job = job.func
    code = getattr(job, "__code__", None)
    if isinstance(code, CodeType):
        return place(code.co_filename, code.co_firstlineno, code.co_name)
    return Own(OTHER)


def thread(named: str = "") -> str:
    """Which of the program's threads this is, without its number."""
    name = named or threading.current_thread().name
    return next((one for one in THREADS if name.startswith(one)), OTHER)


def library(name: str) -> Own:
    """A library by the name of its logger, where it is a module that is loaded."""
    first = name.partition(".")[0]
    return Own(first if first in sys.modules and first.isidentifier() else OTHER)
