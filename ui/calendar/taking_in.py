"""A table or a calendar file that is being taken in: what was said of it, what it would come to, and taking it in. No widgets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from g20desk.desk.import_csv import Said
from g20desk.errors import DeskError, Refused
from ui.calendar.presenter import CalendarPresenter
from ui.worker import Ticket


class TakingIn(QObject):
    """One file in hand. `looked` carries what it would come to, or why it can't be read; `step` how far it is; `made` what was made."""

    looked = Signal(object)
    step = Signal(int, int)
    made = Signal(object)
    failed = Signal(object)

    def __init__(self, present: CalendarPresenter) -> None:
        super().__init__(present)
        self.present = present
        self.path: Path | None = None
        self.said = Said()
        self.plans: tuple[tuple[str, str], ...] = ()
        self.look: Any = None
        self._ticket: Ticket | None = None

    def begin(self, path: Path) -> None:
        """Read a file, by this desk's clock until somebody says another."""
        self.path, self.look = path, None
        self.said = Said(zone=getattr(self.present.ctx.zone, "key", "UTC"))
        self._look()

    def say(self, **changes: Any) -> None:
        """Something else is said of it."""
        said = replace(self.said, **changes)
        if said != self.said:
            self.said = said
            self._look()

    def map(self, column: str, field: str) -> None:
        """What a column is, by its letters."""
        self.say(columns={**self.said.columns, column: field})

    def _look(self) -> None:
        path, said, desk = self.path, self.said, self.present.ctx.desk
        assert path is not None

        def job() -> tuple[Any, Any]:
            plans = tuple((one["plan"], one["name"]) for one in desk.plans.rows() if one["state"] == "open")
            try:
                return plans, desk.importing.look(path, said)
            except DeskError as problem:
                return plans, problem

        def then(answer: tuple[Any, Any]) -> None:
            if (path, said) == (self.path, self.said):
                self.plans, found = answer
                self.look = None if isinstance(found, DeskError) else found
                self.looked.emit(found)

        self._ask(job, then)

    def take(self, changes: bool) -> None:
        """Take it in; with `changes`, what it says otherwise than before too."""
        look, desk, held = self.look, self.present.ctx.desk, list[Ticket]()

        def progress(done: int, of: int) -> None:
            if held and held[0].stopped.is_set():
                raise Refused(
                    "stopped", "This was stopped.", "What is not there yet is made when the file is imported again."
                )
            self.step.emit(done, of)

        held.append(self._ask(lambda: desk.importing.make(look, changes, progress), self._made))

    def _made(self, answer: dict[str, Any]) -> None:
        self.path = self.look = None
        self.made.emit(answer)

    def _ask(self, job: Any, then: Any) -> Ticket:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self.present.ctx.worker.ask(job, then, self.failed.emit, self, network=True)
        return self._ticket
