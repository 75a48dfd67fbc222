"""What is done with plans in the calendar: linking posts, so that they move together (two picks, one key), letting one go again,
putting something in and taking it out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.calendar.pages import Chip
from ui.calendar.presenter import CalendarPresenter
from ui.texts import t


class Tying(QObject):
    """Keeps the first of two posts until the second is picked. `reads`: what an entry says, before it is changed."""

    reads = Signal(object)

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

    def put(self, said: dict[str, Any]) -> None:
        """Put something into a plan, or change what an entry of it says."""
        fields, desk = dict(said), self.present.ctx.desk
        if entry := fields.pop("entry", ""):
            named, words = fields.pop("title"), t("The plan says “{title}” otherwise now.", title=said["title"])
            self.present.place(lambda: desk.plans.put(fields.pop("plan"), fields, entry, named), words)
            return
        plan, title, zone = fields.pop("plan"), fields.pop("title"), getattr(self.present.ctx.zone, "key", "UTC")

        def job() -> str:
            from g20desk.desk.plan_days import put

            return put(desk, plan, title, fields, zone)

        def told(name: str) -> None:
            self.present.load()
            self.present.placed.emit(t("“{title}” is in “{plan}”.", title=title, plan=name))

        self.present.ask(job, told)

    def read(self, chip: Chip) -> None:
        """What its entry says, to be changed. Of what stands there with a message, the message says it."""
        spot, desk = self.present.spot(chip), self.present.ctx.desk
        if spot is None:
            self.present.cannot.emit(t("It stands in no plan."))
            return

        def job() -> dict[str, Any] | None:
            from g20desk.desk.plan_days import says

            return says(desk, spot.plan, spot.entry)

        def told(answer: dict[str, Any] | None) -> None:
            if answer is None:
                self.present.cannot.emit(t("Its message says all this: open it and write it there."))
            else:
                self.reads.emit(answer)

        self.present.ask(job, told)

    def take_out(self, chip: Chip) -> None:
        """Take it out of its plan; its message stays as it is."""
        spot, desk = self.present.spot(chip), self.present.ctx.desk
        if spot is None:
            self.present.cannot.emit(t("It stands in no plan."))
            return
        self.present.place(lambda: desk.plans.drop(spot.plan, [spot.entry]), t("It is in the plan no more."))

    def _thing(self, chip: Chip) -> tuple[str, str, str, int]:
        spot = self.present.spot(chip)
        return (spot.plan, spot.entry, "", chip.at) if spot else ("", "", chip.id, chip.at)
