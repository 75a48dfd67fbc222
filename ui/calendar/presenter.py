"""The calendar: a day, a week or a month of posts in UTC, and moving one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from g20desk.clock import iso
from g20desk.desk import times
from ui.bus import Ctx, Presenter
from ui.calendar.pages import NEAR, Chip, midnight, month_of, page, said_locally, span
from ui.calendar.zones import DAY
from ui.texts import clock, day, t


@dataclass(frozen=True, slots=True)
class Move:
    """A post, its time, and another."""

    id: str
    title: str
    was: int
    to: int


class CalendarPresenter(Presenter):
    """One page at a time. A move is proposed, shown in its new place, then signed or left."""

    loaded = Signal(object)
    proposed = Signal(object)
    dropped = Signal()
    moved = Signal(object)
    cannot = Signal(str)
    watches = frozenset({"message", "post", "schedule", "hold"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.view, self.anchor = "week", ctx.clock.now_ms()
        self.pending: Move | None = None
        self.last: Move | None = None
        self._rows: list[Any] = []

    def load(self) -> None:
        """What is planned on this page, and whatever may still be moved to it or clash with it."""
        messages = self.ctx.desk.messages
        start, count, *_ = span(self.view, self.anchor)

        def job() -> list[Any]:
            rows = {r.id: r for r in messages.planned(start - NEAR, start + count * DAY + NEAR)}
            rows |= {r.id: r for r in messages.rows(open_only=True) if r.planned_ms}
            return list(rows.values())

        self.ask_list(job, self._got)

    def show(self, view: str, at: int | None = None) -> None:
        """Another view, on the same day or on that one."""
        self.view = view
        if at is not None:
            self.anchor = at
        self._tell()
        self.load()

    def move(self, periods: int) -> None:
        """Earlier or later; 0 is today."""
        if not periods:
            self.anchor = self.ctx.clock.now_ms()
        elif self.view == "month":
            self.anchor = month_of(self.anchor, periods)
        else:
            self.anchor = midnight(self.anchor) + periods * (7 if self.view == "week" else 1) * DAY
        self.load()

    def open(self, id: str) -> None:
        """Go to the message."""
        self.ctx.go("messages", id)

    def nudge(self, chip: Chip, by: int) -> None:
        """Some minutes on, from where it stands or from where it is being moved to."""
        self.propose(chip, (self.pending.to if self.pending and self.pending.id == chip.id else chip.at) + by)

    def propose(self, chip: Chip, to: int) -> None:
        """Ask the desk whether it may be moved, then show it there; nothing is signed yet."""
        row = next((r for r in self._rows if r.id == chip.id), None)
        if row is None or not row.planned_ms:
            return
        move = Move(chip.id, row.title, row.planned_ms, to)
        if to == move.was:
            self.drop()
            self.dropped.emit()
            return

        def job() -> str:
            times.moment(iso(to), self.ctx.clock.now_ms())
            return str(self.ctx.desk.messages.show(chip.id)["can"]["schedule"])

        def told(why: str) -> None:
            if why:
                self.cannot.emit(why)
                return
            self.pending = move
            self._tell()
            self.proposed.emit(move)

        self.ask(job, told)

    def drop(self) -> None:
        """It stays where it is."""
        if self.pending is not None:
            self.pending = None
            self._tell()

    def sign(self, move: Move) -> None:
        """Sign the new time."""
        self.pending = None
        zone = getattr(self.ctx.zone, "key", "UTC")

        def job() -> None:
            when, _ = times.moment(iso(move.to), self.ctx.clock.now_ms())
            self.ctx.desk.messages.schedule(move.id, when, zone)

        def did(_: object) -> None:
            self.last = move
            self.load()
            self.moved.emit(move)

        self.ask(job, did)

    def move_back(self) -> None:
        """Propose the time that the last move came from: another act, signed like any other."""
        if self.last is not None:
            back = self.last
            chip = Chip(back.id, back.title, back.to, "", 0, "", "", "", False, False)
            self.propose(chip, back.was)

    def say(self, ms: int) -> str:
        """A time in UTC and on the desk's clock."""
        here = said_locally(ms, self.ctx.zone)
        return f"{day(ms)} {clock(ms)} UTC" + (f" ({here})" if here else "")

    def question(self, move: Move) -> str:
        """The act in words."""
        return t("Move “{title}” from {was} to {to}", title=move.title, was=self.say(move.was), to=self.say(move.to))

    def _got(self, rows: list[Any]) -> None:
        self._rows = rows
        self._tell()

    def _tell(self) -> None:
        moving = (self.pending.id, self.pending.to) if self.pending else None
        now = self.ctx.clock.now_ms()
        self.loaded.emit(page(self.view, self.anchor, now, self.ctx.zone, self._rows, moving))
