"""First run: three ways in, the harmless one first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from g20desk.errors import Usage
from ui.texts import t
from ui.worker import Worker


class FirstRunPresenter(QObject):
    """Opens an office on the worker and says so."""

    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, worker: Worker, rehearse: Callable[[Path], Any] | None = None) -> None:
        super().__init__()
        self.worker, self.make = worker, rehearse

    def rehearse(self, folder: Path) -> None:
        """A practice office in that folder."""

        def job() -> Any:
            if self.make is not None:
                return self.make(folder)
            from g20desk.desk import Desk

            return Desk.rehearse(folder)

        self.worker.ask(job, self.opened.emit, self.failed.emit, self)

    def not_here(self, command: str) -> None:
        """What the window cannot do yet, and where it can be done."""
        self.failed.emit(
            Usage(
                "not-in-window",
                t("This way in is not in the window yet."),
                t("It works from the command line: {command}", command=command),
            )
        )
