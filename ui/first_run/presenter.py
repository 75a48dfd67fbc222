"""First run: the ways in, the harmless one first."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.attending import words as ways
from ui.office.rows import role_of
from ui.texts import error, isolated, t
from ui.worker import Worker

# How often a desk that waits looks, in milliseconds: at first, then; a little differently each time.
FIRST_MS, LOOK_MS = 500, 5_000
INVITATIONS = ("bad-file", "bad-invitation", "invitation-over")
KEYRING = ("no-keyring", "keyring", "passphrase", "store-key")


class FirstRunPresenter(QObject):
    """Opens an office on the worker and says so."""

    opened = Signal(object)
    failed = Signal(object)
    refused = Signal(str, object)
    waits = Signal(object)
    said = Signal(str)
    told = Signal(str, str)
    saved = Signal(str)

    def __init__(self, worker: Worker, rehearse: Callable[[Path], Any] | None = None) -> None:
        super().__init__()
        self.worker, self.make = worker, rehearse
        self._folder: Path | None = None
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

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

    def read(self, text: str) -> None:
        """What an invitation says of itself, as it is pasted."""
        from g20desk.desk import newcomer

        found = newcomer.read(text)
        self.said.emit(
            t("{office} invites {name}: {role}", office=isolated(found["name"]), name=isolated(found["person"]),
              role=role_of(found["role"], str(found.get("government", ""))))
            if found else ""
        )  # fmt: skip

    def join(self, folder: Path, invitation: str) -> None:
        """A desk that answers an invitation, and waits."""

        def job() -> Any:
            from g20desk.desk import newcomer

            return newcomer.ask(folder, invitation)

        def failed(problem: Exception) -> None:
            at_field = getattr(problem, "code", "") in INVITATIONS
            (self.refused.emit("invitation", problem) if at_field else self.failed.emit(problem))

        self.worker.ask(job, lambda made: self._wait(folder, made), failed, self)

    def wait(self, folder: Path) -> None:
        """Go on waiting where an earlier start left off."""

        def job() -> Any:
            from g20desk.desk import newcomer

            return newcomer.waiting(folder)

        self.worker.ask(job, lambda found: self._wait(folder, found), self.failed.emit, self)

    def look(self) -> None:
        """Whether this desk was let in: then it opens. Looks again by itself."""
        folder = self._folder
        if folder is None or self._looking:
            return
        self._timer.stop()
        self._looking = True

        def job() -> Any:
            from g20desk.desk import Desk, newcomer

            return Desk.open(folder) if newcomer.look(folder) else None

        self.worker.ask(job, self._looked, self._not_looked, self, network=True, quiet=True)

    def bring(self, file: Path) -> None:
        """What another desk of the office carried here."""
        folder = self._folder
        if folder is None:
            return

        def job() -> Any:
            from g20desk.desk import Desk, newcomer

            return Desk.open(folder) if newcomer.bring(folder, file) else None

        def then(desk: Any) -> None:
            if desk is None:
                self.told.emit(t("That came in; you are not let in by it yet."), "text2")
            else:
                self._looked(desk)

        self.worker.ask(job, then, lambda problem: self.told.emit(" ".join(error(problem)), "warn"), self, network=True)

    def save(self, file: Path, text: str) -> None:
        """Write the request into a file."""

        def failed(problem: Exception) -> None:
            self.told.emit(t("This file can't be used."), "warn")

        def job() -> None:
            from g20desk.desk import newcomer

            newcomer.into_file(file, text)

        self.worker.ask(job, lambda _: self.saved.emit(file.name), failed, self)

    def open_file(self, file: Path, then: Callable[[str], object]) -> None:
        """An invitation out of a file."""

        def failed(problem: Exception) -> None:
            self.refused.emit("file", None)

        def job() -> str:
            from g20desk.desk import newcomer

            return newcomer.from_file(file)

        self.worker.ask(job, then, failed, self)

    def _wait(self, folder: Path, made: Any) -> None:
        self._folder = folder
        self.waits.emit(made)
        self._timer.start(FIRST_MS)

    def _looked(self, desk: Any) -> None:
        self._looking = False
        if desk is None:
            self._timer.start(random.randint(LOOK_MS, 2 * LOOK_MS))
        else:
            self._folder = None
            self.opened.emit(desk)

    def _not_looked(self, problem: Exception) -> None:
        self._looking = False
        self._timer.start(random.randint(2 * LOOK_MS, 4 * LOOK_MS))
        code = getattr(problem, "code", "")
        words, help = ways.WAYS.get(code) or ways.TROUBLES.get(code) or ("", "")
        said = (
            f"{t(words)} {t(help)}"
            if words
            else t("The office cannot be reached just now; it is tried again by itself.")
        )
        self.told.emit(said, "warn" if words else "text2")

    def look_for_keyring(self, folder: Path) -> None:
        """Whether secrets can be kept here: said before anything is typed."""

        def job() -> None:
            from g20desk.ledger import secretstore

            secretstore.choose(folder, "probe", False).get("probe")

        self.worker.ask(job, lambda _: None, self.failed.emit, self)
