"""Who stands in for whom: each liaison with their deputy, and what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from g20desk.clock import from_iso
from ui.bus import Ctx, Presenter
from ui.texts import error, isolated, t

VERSION = 2  # of the rules, the first that know deputies
# Where the desk's refusal belongs.
PLACES = {"past": "until", "malformed": "until", "unknown-person": "person", "own-deputy": "person", "other-voice": "person",
          "no-right": "person"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A liaison, and who stands in for them: from when until when in milliseconds, and whether now; nobody: empty. `mine`: it is this
    person who names the deputy; `ends`: this person may end it."""

    id: str
    liaison: str
    government: str
    deputy: str
    since: int
    until: int
    now: bool
    mine: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The liaisons, and whom one may name."""

    rows: tuple[Standing, ...] = ()
    people: tuple[str, ...] = ()
    now: int = 0


class DeputiesPresenter(Presenter):
    """One call of the desk for each act."""

    listed = Signal(object)
    refused = Signal(str, str)
    done = Signal(str)
    watches = frozenset({"office"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.now = Listed()

    def load(self) -> None:
        """All of them."""
        self.ask_list(self._gather, self._listed)

    def _gather(self) -> Listed:
        desk = self.ctx.desk
        office, me = desk.office, desk.person
        named = {one["liaison"]: one for one in desk.deputies.rows()}
        made = []
        for person in office.people.values():
            if person.role != "liaison" or person.retired or not person.government:
                continue
            found: dict[str, Any] = named.get(person.name, {})
            mine = person.id == me.id and office.fold >= VERSION
            made.append(Standing(
                person.id, person.name, person.government, found.get("deputy", ""),
                from_iso(found["since"]) if found else 0, from_iso(found["until"]) if found else 0, bool(found.get("now")),
                mine, bool(found) and (mine or me.role == "head"),
            ))  # fmt: skip
        others = [one.name for one in office.people.values() if not one.retired and one.id != me.id
                  and one.role not in ("publisher", "observer")]  # fmt: skip
        made.sort(key=lambda one: (not one.mine, one.government, one.liaison.casefold()))
        return Listed(tuple(made), tuple(others), desk.clock.now_ms())

    def _listed(self, now: Listed) -> None:
        self.now = now
        self.listed.emit(now)

    def name(self, person: str, since: int, until: int) -> None:
        """Who speaks for this liaison's government besides them, for some time."""
        words = t("{name} speaks for your government besides you, for that time.", name=isolated(person))
        self._act(lambda: self.ctx.desk.deputies.name(person, since, until), words)

    def end(self, liaison: str) -> None:
        """Nobody stands in any more."""
        words = t("Nobody stands in for {name} any more.", name=isolated(liaison))
        self._act(lambda: self.ctx.desk.deputies.end(liaison), words)

    def _act(self, job: Any, words: str) -> None:
        def did(_: object) -> None:
            self.load()
            self.done.emit(words)

        self.ctx.worker.ask(job, did, self._refuse, self)

    def _refuse(self, problem: Exception) -> None:
        said, help = error(problem)
        code = getattr(problem, "code", "")
        self.refused.emit(PLACES.get(code, ""), f"{said} {help if 'g20desk' not in help else ''}".strip())
