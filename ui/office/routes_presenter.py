"""The routes of the office: those in force, their versions, one that is being built, and what is set for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from g20desk.desk.route_drafts import Sketch, Version
from g20desk.errors import DeskError, Refused
from g20desk.office import playing
from g20desk.office.route import Route
from ui.bus import Ctx
from ui.lands import english
from ui.office.written import WrittenPresenter
from ui.texts import error, isolated, t


@dataclass(frozen=True, slots=True)
class Listed:
    """Routes in force as files by id, what each says, all versions with their files and sentences, and what the forms offer. `least`: the shortest silence in
    milliseconds, 0 for none; `can`: why this person may not change any of it, empty where they may."""

    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: dict[str, Sketch] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    old: dict[str, dict[str, Any]] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    least: int = 0
    troika: tuple[str, ...] = ()
    can: str = ""


class RoutesPresenter(WrittenPresenter):
    """One call of the desk for each act."""

    listed = Signal(object)
    sketched = Signal(object)
    refused = Signal(str)
    done = Signal(str)
    taken = Signal(object)
    played = Signal(object)
    not_played = Signal(str)
    watches = frozenset({"office"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.now = Listed()

    def load(self) -> None:
        """All of it."""
        self.ask_list(self._gather, self._listed)

    def _gather(self) -> Listed:
        from g20desk.desk.routes import as_file
        from g20desk.office.routes import least_silence

        desk = self.ctx.desk
        office, here = desk.office, desk.routes
        files = {one.id: as_file(one, office) for one in office.routes.values()}
        versions = tuple(here.history())
        can = "" if desk.person.role == "head" else t("This is for the head of the office.")
        if office.fold < playing.VERSION:
            can = t(
                "This office goes by its first rules, which know no routes. The head and a second person adopt newer ones."
            )
        authors = sorted(playing.authors(office), key=lambda one: one.role != "officer")
        people = [one for one in office.people.values() if not one.retired]
        return Listed(
            files, {one.id: here.of_route(one, english) for one in office.routes.values()}, versions,
            {one.route.id: as_file(one.route, office) for one in versions},
            {one.route.id: here.of_route(one.route, english).sentence for one in versions},
            {one.id: one.name for one in office.accounts.values()},
            tuple(one.name for one in office.accounts.values() if not one.removed),
            tuple(one.name for one in people if one.role not in ("publisher", "observer")),
            tuple(sorted({one.government for one in people if one.government})),
            tuple(one.name for one in authors), least_silence(office), office.troika, can,
        )  # fmt: skip

    def _listed(self, now: Listed) -> None:
        self.now = now
        self.listed.emit(now)

    def _look(self) -> None:
        value, routes = self._value, self.ctx.desk.routes

        def told(sketch: Sketch) -> None:
            if value is self._value:
                self._seen = value
                self.sketched.emit(sketch)

        self.ctx.worker.ask(lambda: routes.sketch(value, english), told, self.failed.emit, self)

    def adopt(self, value: dict[str, Any]) -> None:
        """The head adopts it."""
        words = t("The route {name} is in force.", name=isolated(str(value["name"])))
        self._act(lambda: self.ctx.desk.routes.adopt(value), words)

    def withdraw(self, name: str) -> None:
        """The head takes it out of use."""
        words = t("The route {name} is taken out of use. What is under way goes on by it.", name=isolated(name))
        self._act(lambda: self.ctx.desk.routes.withdraw(name), words)

    def set_least(self, ms: int) -> None:
        """How long a silence lasts at least."""
        self._act(lambda: self.ctx.desk.routes.least_silence(ms), t("It holds from now on."))

    def set_presidency(self, government: str, before: str, after: str) -> None:
        """Whose Presidency it is, was and will be."""
        self._act(lambda: self.ctx.desk.routes.presidency(government, before, after), t("It holds from now on."))

    def save(self, file: Path, value: dict[str, Any]) -> None:
        """A route as a file."""
        from g20desk.desk.route_drafts import as_toml

        words = t("It is in {file}.", file=file.name)
        self._act(lambda: file.write_text(as_toml(value), encoding="utf-8"), words)

    def read(self, file: Path) -> None:
        """A route from a file, to be looked at and adopted."""
        from g20desk.desk import route_drafts, routes

        def job() -> dict[str, Any]:
            value = routes.read(file)
            route_drafts.check_form(value)
            return value

        self.ctx.worker.ask(job, self.taken.emit, self._refuse, self)

    def begin_play(self, route: Route, author: str, kind: str) -> None:
        """A sample by somebody is submitted, in memory."""
        desk = self.ctx.desk

        def job() -> playing.Play:
            person = desk.office.named(author)
            if person is None:
                raise Refused("unknown-person", "This person is not in the office.")
            content = {"c.kind": kind, "c.topic": (*route.topics, "")[0], "c.to": [[one] for one in route.accounts[:1]]}
            return playing.start(desk.office, route, person.id, content, desk.clock.now_ms())

        self.ctx.worker.ask(job, self.played.emit, self._not_played, self)

    def _not_played(self, problem: Exception) -> None:
        if not isinstance(problem, DeskError):
            self.failed.emit(problem)
            return
        self.not_played.emit(error(problem)[0])

    def _act(self, job: Any, words: str) -> None:
        def did(_: object) -> None:
            self.load()
            self.done.emit(words)

        self.ctx.worker.ask(job, did, self._refuse, self)

    def _refuse(self, problem: Exception) -> None:
        said, help = error(problem)
        self.refused.emit(f"{said} {help if 'g20desk' not in help else ''}".strip())
