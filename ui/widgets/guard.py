"""No Python error enters C++. PySide 6.11 carries an error of an event handler through Qt to whatever Python called Qt,
with other handlers running on the way, and leaves the dead event inside its trace: the next garbage collection crashes.
So each handler of ours ends its own errors, by telling `sys.excepthook`."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSize

ANSWERS: dict[str, Callable[[], Any]] = {
    "eventFilter": bool,
    "event": bool,
    "sizeHint": QSize,
    "minimumSizeHint": QSize,
}
_seen: set[str] = set()
HANDLERS = {"paint", "eventFilter", "event", "sizeHint", "minimumSizeHint"}


def handler(run: Callable[..., Any]) -> Callable[..., Any]:
    """The same, with errors told instead of raised."""

    @functools.wraps(run)
    def safe(*args: Any, **more: Any) -> Any:
        try:
            return run(*args, **more)
        except Exception as problem:
            sys.excepthook(type(problem), problem, problem.__traceback__)
            return ANSWERS.get(run.__name__, lambda: None)()

    safe.guarded = True  # type: ignore[attr-defined]
    return safe


def all_handlers() -> None:
    """Guard every handler of every class of the window that is loaded by now."""
    for name, module in list(sys.modules.items()):
        if name.startswith("ui.") and name not in _seen:
            _seen.add(name)
            for kind in list(vars(module).values()):
                if isinstance(kind, type) and issubclass(kind, QObject) and kind.__module__ == name:
                    _guard(kind)


def _guard(kind: type) -> None:
    for name, run in list(vars(kind).items()):
        ours = callable(run) and not hasattr(run, "guarded") and not isinstance(run, type)
        if ours and (name in HANDLERS or (name.endswith("Event") and not name.startswith("_"))):
            setattr(kind, name, handler(run))
