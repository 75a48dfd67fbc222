"""Agreed wording in the composer: what goes on with what is typed, and what stands in the texts. Looked up beside the window, one
question at a time; an answer to an older question is dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from g20desk.errors import DeskError
from g20desk.office.standing import Standing
from g20desk.office.suggesting import Offer
from ui.bus import Presenter, touches

MOST = 3
SOURCES = frozenset({"message", "agreed", "rulebook", "piece"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The text in hand and where the caret is in it, in code points (-1: nothing is to be offered); the topic; the text that it
    is a translation of, (language, text); all texts that are shown, the same way."""

    lang: str = "en"
    text: str = ""
    at: int = -1
    topic: str = ""
    beside: tuple[str, str] = ("", "")
    shown: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What was found for a question."""

    of: Asked = Asked()
    offers: tuple[Offer, ...] = ()
    here: dict[tuple[str, str], list[Standing]] = field(default_factory=dict)


class Agreed(QObject):
    """`changed`: there is something new to show; `taken` carries the offer to be put into the text."""

    changed = Signal()
    taken = Signal(object)

    def __init__(self, present: Presenter) -> None:
        super().__init__(present)
        self.present, self.chosen = present, 0
        self._wanted, self._told = Asked(), Told()
        self._busy, self._stale, self._due = False, False, False
        present.ctx.bus.changed.connect(self._heard)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What can be put in, the best first."""
        return self._told.offers if self._wanted.at >= 0 else ()

    def here(self, lang: str, text: str) -> list[Standing]:
        """What of a text that is shown is agreed wording; nothing while it is being looked up."""
        return self._told.here.get((lang, text), [])

    def in_hand(self) -> list[Standing]:
        """What of the text in hand is agreed wording, as it was when last looked up."""
        return self.here(self._told.of.lang, self._told.of.text)

    def follow(self, asked: Asked) -> None:
        """This is what is being written now."""
        if asked != self._wanted:
            self._wanted, self._due = asked, False
            self._next()

    def step(self, by: int) -> None:
        """Choose the next one, or the one before."""
        if self.offers:
            self.chosen = (self.chosen + by) % len(self.offers)
            self.changed.emit()

    def take(self, number: int = -1) -> None:
        """Put an offer in, the chosen one where none is named; what was typed last is looked up first."""
        if self._told.of != self._wanted:
            self._due = True
        elif self.offers:
            self.taken.emit(self.offers[self.chosen if number < 0 else number])

    def _heard(self, changes: frozenset[tuple[str, str]]) -> None:
        if touches(changes, SOURCES):
            self._stale = True
            self._next()

    def _next(self) -> None:
        asked, library = self._wanted, self.present.ctx.desk.library
        if self._busy or (asked == self._told.of and not self._stale):
            return
        self._busy, self._stale = True, False

        def job() -> Told:
            offers = (
                library.offers(asked.text, asked.at, asked.lang, asked.topic, asked.beside, MOST)
                if asked.at >= 0
                else []
            )
            return Told(asked, tuple(offers), {one: library.here(one[1], one[0]) for one in asked.shown})

        self.present.ctx.worker.ask(job, self._answered, self._failed, self, network=True, quiet=True)

    def _answered(self, told: Told) -> None:
        self._busy = False
        if told.of == self._wanted:
            held = self.offers[self.chosen].entry if self.chosen < len(self.offers) else None
            self._told = told
            self.chosen = next((n for n, one in enumerate(told.offers) if one.entry == held), 0)
            self.changed.emit()
            if self._due:
                self._due = False
                self.take()
        self._next()

    def _failed(self, problem: Exception) -> None:
        self._busy = False
        self._told = Told(self._wanted)
        self.changed.emit()
        if not isinstance(problem, DeskError):
            self.present.failed.emit(problem)
