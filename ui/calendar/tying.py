"""Linking posts of the calendar, so that they move together, and letting one go again: two picks, one key."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.calendar.pages import Chip
from ui.calendar.presenter import CalendarPresenter
from ui.texts import t


class Tying(QObject):
    """Keeps the first of two posts until the second is picked."""

    def __init__(self, present: CalendarPresenter) -> None:
        super().__init__(present)
        self.present = present
        self.first: Chip | None = None

    def tie(self, chip: Chip) -> None:
        """Let the picked post move with the one that was picked before; the first is kept until then."""
        first, self.first = self.first, None
        if first is None or first.id == chip.id:
            self.first = chip
            words = t("Pick the post that “{title}” is to move with, then press the same key.", title=chip.title)
            self.present.placed.emit(words)
            return
        things = [self._thing(one) for one in (first, chip)]
        zone, desk = getattr(self.present.ctx.zone, "key", "UTC"), self.present.ctx.desk

        def job() -> tuple[str, int]:
            from g20desk.desk.plan_days import tie

            return tie(desk, things, zone)

        def told(answer: tuple[str, int]) -> None:
            self.present.load()
            self.present.placed.emit(t("{n} posts of “{plan}” move together.", n=answer[1], plan=answer[0]))

        self.present.ask(job, told)

    def let_go(self, chip: Chip) -> None:
        """Let it move by itself."""
        self.first, spot = None, self.present.spot(chip)
        if spot is None or not spot.linked:
            self.present.cannot.emit(t("It moves by itself."))
            return
        desk = self.present.ctx.desk
        self.present.place(lambda: desk.plans.link(spot.plan, [spot.entry], False), t("It moves by itself now."))

    def _thing(self, chip: Chip) -> tuple[str, str, str, int]:
        spot = self.present.spot(chip)
        return (spot.plan, spot.entry, "", chip.at) if spot else ("", "", chip.id, chip.at)
