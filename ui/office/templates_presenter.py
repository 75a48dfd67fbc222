"""Templates for emergencies: those in force, those that wait for a second person, one that is written, one that is filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal

from g20desk.errors import Refused
from ui.bus import Ctx
from ui.office.written import WrittenPresenter
from ui.texts import error, isolated, reason, t

VERSION = 2  # of the rules, the first that know templates


@dataclass(frozen=True, slots=True)
class Listed:
    """Templates in force and proposed, by id; those in force as files; the accounts, which of them are official, and the languages of each. `write`: why this person can't lay one
    before others; `withdraw`: why they withdraw none; `fill`: why they begin no message; each empty where they may."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    langs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    write: str = ""
    withdraw: str = ""
    fill: str = ""


class TemplatesPresenter(WrittenPresenter):
    """One call of the desk for each act."""

    listed = Signal(object)
    looked = Signal(str)
    shown = Signal(object)
    refused = Signal(str)
    done = Signal(str)
    begun = Signal(str)
    watches = frozenset({"office"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.now = Listed()

    def load(self) -> None:
        """All of them."""
        self.ask_list(self._gather, self._listed)

    def _gather(self) -> Listed:
        desk = self.ctx.desk
        office, role = desk.office, desk.person.role
        accounts = [one for one in office.accounts.values() if not one.removed]
        write = (
            ""
            if role in ("head", "liaison")
            else t("Templates are cleared by the head and somebody who speaks for a government.")
        )
        if office.fold < VERSION:
            write = t(
                "This office goes by its first rules, which know no routes. The head and a second person adopt newer ones."
            )
        rows = {one["id"]: one for one in desk.templates.rows()}
        return Listed(
            rows, {one["id"]: one for one in desk.templates.proposed()}, {id: desk.templates.as_file(id) for id in rows},
            tuple(one.name for one in accounts), tuple(one.name for one in accounts if one.owner == "official"),
            {one.name: one.langs for one in accounts},
            write, write, "" if desk.messages.staff else t("Messages are begun by the office's own staff."),
        )  # fmt: skip

    def _listed(self, now: Listed) -> None:
        self.now = now
        self.listed.emit(now)

    def _look(self) -> None:
        value, templates = self._value, self.ctx.desk.templates

        def told(why: str) -> None:
            if value is self._value:
                self._seen = value
                self.looked.emit(why)

        self.ctx.worker.ask(lambda: templates.against(value), told, self.failed.emit, self)

    def adopt(self, value: dict[str, Any]) -> None:
        """Lay it before those who clear it."""

        def did(waits: str) -> None:
            self.load()
            words = t("It waits for {whom}.", whom=reason(waits)) if waits else t("It is in force.")
            self.done.emit(words)

        self.ctx.worker.ask(lambda: self.ctx.desk.templates.adopt(value), did, self._refuse, self)

    def second(self, id: str) -> None:
        """Join what somebody laid before this person."""
        self._act(lambda: self.ctx.desk.people.second(id), t("It counts now."))

    def take_back(self, id: str, why: str) -> None:
        """Off the table, before it was cleared."""
        self._act(lambda: self.ctx.desk.people.withdraw(id, why), t("It waits no more."))

    def withdraw(self, name: str) -> None:
        """Out of use."""
        words = t("The template {name} is taken out of use.", name=isolated(name))
        self._act(lambda: self.ctx.desk.templates.withdraw(name), words)

    def preview(self, name: str, slots: dict[str, dict[str, str]]) -> None:
        """What it says filled so."""
        templates = self.ctx.desk.templates
        self.ctx.worker.ask(lambda: templates.preview(name, slots), self.shown.emit, self.failed.emit, self)

    def fill(self, name: str, to: tuple[str, ...], slots: dict[str, dict[str, str]]) -> None:
        """Begin the message; its draft is what comes next."""
        templates = self.ctx.desk.templates
        self.ctx.worker.ask(lambda: templates.fill(name, to, slots)["message"], self.begun.emit, self._refuse, self)

    def _act(self, job: Any, words: str) -> None:
        def did(_: object) -> None:
            self.load()
            self.done.emit(words)

        self.ctx.worker.ask(job, did, self._refuse, self)

    def _refuse(self, problem: Exception) -> None:
        said, help = error(problem)
        more = help if isinstance(problem, Refused) and "g20desk" not in help else ""
        self.refused.emit(f"{said} {more}".strip())
