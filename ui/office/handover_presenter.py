"""The yearly handover: how far the last one has come, what a next one would do, and the acts of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from g20desk.desk import terms
from g20desk.desk.presidency import Line
from g20desk.office.presidency import holder, of_presidency
from ui.bus import Ctx, Presenter
from ui.texts import error, isolated, land, t

VERSION = 3  # of the rules, the first that know a handover
# Where the desk's refusal belongs.
PLACES = {
    "bad-government": "government",
    "same-presidency": "government",
    "other-presidency": "government",
    "not-presidency": "keep",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """Whose Presidency it is, was and will be (letters, empty where not known); the accounts of it by name; the checklist; whether this
    person hands over; the practice accounts, whose sign-in the practice network gives at once."""

    government: str = ""
    before: str = ""
    after: str = ""
    accounts: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    may: bool = False
    practice: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """A handover as it is written: to whom, who is next, which accounts stay."""

    government: str
    after: str
    keep: tuple[str, ...]


class HandoverPresenter(Presenter):
    """One call of the desk for each act."""

    listed = Signal(object)
    rehearsed = Signal(object, object)
    refused = Signal(str, str)
    done = Signal(str)
    watches = frozenset(
        {"office", "account", "custody", "handover", "presidency", "archive", "member", "role", "message"}
    )

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.now = Listed()

    def load(self) -> None:
        """All of it."""
        self.ask_list(self._gather, self._listed)

    def _gather(self) -> Listed:
        desk = self.ctx.desk
        office, government = desk.office, holder(desk.office)
        before, _, after = office.troika or ("", "", "")
        mine = tuple(one.name for one in of_presidency(office, government))
        may = desk.person.role == "head" and office.fold >= VERSION
        practice = frozenset(one.name for one in office.accounts.values() if one.network == "rehearsal")
        return Listed(government, before, after, mine, tuple(desk.presidency.checklist()), may, practice)

    def _listed(self, now: Listed) -> None:
        self.now = now
        self.listed.emit(now)

    def members(self) -> list[str]:
        """The members whose Presidency it could be next, by name."""
        return sorted((code for code in terms.members() if code != self.now.government), key=land)

    def following(self, government: str) -> str:
        """Who comes after, as it was announced."""
        return terms.following(government, self.now.government)

    def rehearse(self, wish: Wish) -> None:
        """What it would do."""
        job = partial(self.ctx.desk.presidency.rehearse, wish.government, wish.after, wish.keep)
        self.ctx.worker.ask(job, lambda made: self.rehearsed.emit(wish, made), self._refuse, self)

    def hand_over(self, wish: Wish, why: str) -> None:
        """Do it."""
        part = self.ctx.desk.presidency
        words = t("The Presidency is {land}'s now. What is left to do stands here.", land=land(wish.government))
        self._act(lambda: part.hand_over(wish.government, wish.after, wish.keep, why), words)

    def leave(self, one: Line, why: str) -> None:
        """Leave an item as it is."""
        self._act(lambda: self.ctx.desk.presidency.note(one.item, why), t("Left as it is, on record."))

    def release(self, name: str) -> None:
        """Give up the sign-in of before; the network is asked."""
        words = t("The network refuses the sign-in of {name}; this desk has dropped it.", name=isolated(name))
        self._act(lambda: self.ctx.desk.custody.release(name), words, True)

    def practise(self, name: str) -> None:
        """Sign in on a practice account: its network gives a key at once."""
        words = t("{name} is signed in.", name=name)
        self._act(lambda: self.ctx.desk.accounts.sign_in(name, ""), words, True)

    def _act(self, job: Any, words: str, network: bool = False) -> None:
        def did(_: object) -> None:
            self.load()
            self.done.emit(words)

        self.ctx.worker.ask(job, did, self._refuse, self, network)

    def _refuse(self, problem: Exception) -> None:
        said, help = error(problem)
        code = getattr(problem, "code", "")
        self.refused.emit(PLACES.get(code, ""), f"{said} {help if 'g20desk' not in help else ''}".strip())
