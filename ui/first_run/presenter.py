"""First run: the ways in, the harmless one first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.worker import Worker

KEYRING = ("no-keyring", "keyring", "passphrase", "store-key")


class FirstRunPresenter(QObject):
    """Opens an office on the worker and says so."""

    opened = Signal(object)
    failed = Signal(object)
    refused = Signal(str, object)

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

    def found(self, folder: Path, office: str, head: str) -> None:
        """A new office with its founding head; what is missing is said at its field."""
        for field, words in (("office", office), ("head", head)):
            if not words.strip():
                self.refused.emit(field, None)
                return

        def job() -> Any:
            from g20desk.desk import Desk

            return Desk.found(folder, office.strip(), head.strip(), rehearsal=False)

        self.worker.ask(job, self.opened.emit, self.failed.emit, self)

    def look_for_keyring(self, folder: Path) -> None:
        """Whether secrets can be kept here: said before anything is typed."""

        def job() -> None:
            from g20desk.ledger import secretstore

            secretstore.choose(folder, "probe", False).get("probe")

        self.worker.ask(job, lambda _: None, self.failed.emit, self)
