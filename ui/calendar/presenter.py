"""The calendar: a day, a week or a month of posts in UTC, moving one of them, and the quiet times that are placed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal

from g20desk.clock import iso
from g20desk.desk import times
from g20desk.office.state import VOICES
from ui.bus import Ctx, Presenter
from ui.calendar import planned
from ui.calendar.moving import Along, along
from ui.calendar.pages import NEAR, Chip, midnight, month_of, page, said_locally, span
from ui.calendar.plan import NOTHING, QUIET, Band, Habit, gather
from ui.calendar.planned import NONE, Spot
from ui.calendar.rights import why_not
from ui.clashes import Meeting, grouped
from ui.texts import clock, day, t
from ui.zones import DAY


@dataclass(frozen=True, slots=True)
class Move:
    """A post, its time, and another; what it would meet there, and whether it goes out together with its others; what moves along,
    where it stands in a plan."""

    id: str
    title: str
    was: int
    to: int
    meets: tuple[Meeting, ...] = ()
    together: bool = False
    along: Along | None = None

    @property
    def times(self) -> dict[str, int]:
        """Where each chip that moves goes to."""
        return {self.id: self.to, **(self.along.times if self.along else {})}

    @property
    def mourned(self) -> bool:
        """Whether it needs a reason, or a person, to go out then."""
        return any(one.kind == "mourning" for one in self.meets)


class CalendarPresenter(Presenter):
    """One page at a time. A move is proposed, shown in its new place, then signed or left."""

    loaded = Signal(object)
    proposed = Signal(object)
    dropped = Signal()
    moved = Signal(object)
    cannot = Signal(str)
    placed = Signal(str)
    may = Signal(object)
    watches = frozenset(
        {"message", "post", "schedule", "hold", "embargo", "mourning", "slot", "recurring", "account", "plan"}
    )

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.view, self.anchor = "week", ctx.clock.now_ms()
        self.pending: Move | None = None
        self.last: Move | None = None
        self._rows: list[Any] = []
        self._plan, self._days = NOTHING, NONE
        self.accounts: tuple[str, ...] = ()
        self.cant: dict[str, str] = {}

    def load(self) -> None:
        """What is planned on this page, and whatever may still be moved to it or clash with it."""
        desk = self.ctx.desk
        start, count, *_ = span(self.view, self.anchor)

        def job() -> Any:
            rows = {r.id: r for r in desk.messages.planned(start - NEAR, start + count * DAY + NEAR)}
            rows |= {r.id: r for r in desk.messages.rows(open_only=True) if r.planned_ms or r.meant_ms}
            found = list(rows.values())
            names = tuple(a.name for a in desk.office.accounts.values() if not a.removed)
            end = start + count * DAY
            days = planned.gather(desk, start, end, found)
            return found, gather(desk, start, end, found), names, days, why_not(desk)

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
        """Go to the message; to the text that comes back, where its draft is not made yet."""
        row = next((r for r in (*self._rows, *self._days.entries) if r.id == id), None)
        if id.startswith(planned.MARK):
            if row is not None and row.message:
                self.ctx.go("composer", row.message)
            else:
                self.cannot.emit(t("There is no text of it yet."))
        elif one := next((c for c in self._plan.coming if c.id == id), None):
            self.ctx.go("composer", one.message)
        else:
            self.ctx.go("composer" if row is not None and row.state == "draft" else "messages", id)

    def nudge(self, chip: Chip, by: int) -> None:
        """Some minutes on, from where it stands or from where it is being moved to."""
        self.propose(chip, (self.pending.to if self.pending and self.pending.id == chip.id else chip.at) + by)

    def propose(self, chip: Chip, to: int) -> None:
        """Ask the desk whether it may be moved, then show it there; nothing is signed yet."""
        spot = self._days.spots.get(chip.id)
        if spot is not None:
            self._propose_all(chip, spot, to)
            return
        row = next((r for r in self._rows if r.id == chip.id), None)
        if row is None or not row.planned_ms:
            self.cannot.emit(t("A draft has no time yet. It is scheduled once it is signed off."))
            return
        move = Move(chip.id, row.title, row.planned_ms, to)
        if to == move.was:
            self.stay()
            self.dropped.emit()
            return

        def job() -> tuple[str, Move]:
            times.moment(iso(to), self.ctx.clock.now_ms())
            messages = self.ctx.desk.messages
            shown = messages.show(chip.id)
            meets = grouped(one for one in messages.clashes(chip.id, to) if one["kind"] in QUIET)
            why = str(shown["can"]["schedule"]) or next((m.sentence() for m in meets if m.stops), "")
            return why, replace(move, meets=tuple(meets), together=bool(shown["together"]))

        self.ask(job, self._asked)

    def _asked(self, answer: tuple[str, Move]) -> None:
        why, found = answer
        if why:
            self.cannot.emit(why)
            return
        self.pending = found
        self._tell()
        self.proposed.emit(found)

    def _propose_all(self, chip: Chip, spot: Spot, to: int) -> None:
        """The same of what stands in a plan: all that is linked with it moves along."""
        was = self.pending.was if self.pending is not None and self.pending.id == chip.id else chip.at
        if to == was:
            self.stay()
            self.dropped.emit()
            return
        chips = {one.entry: id for id, one in self._days.spots.items() if one.plan == spot.plan}

        def job() -> tuple[str, Move]:
            times.moment(iso(to), self.ctx.clock.now_ms())
            found = along(self.ctx.desk, spot, chips, to)
            return found.why, Move(chip.id, chip.title, was, to, found.meets, along=found)

        self.ask(job, self._asked)

    def stay(self) -> None:
        """It stays where it is."""
        if self.pending is not None:
            self.pending = None
            self._tell()

    def sign(self, move: Move, despite: str = "") -> None:
        """Sign the new time. `despite`: why it goes out on a day of mourning."""
        self.pending = None
        zone = getattr(self.ctx.zone, "key", "UTC")

        def job() -> None:
            when, _ = times.moment(iso(move.to), self.ctx.clock.now_ms())
            if move.along is not None:
                self.ctx.desk.plans.move(move.along.spot.plan, move.along.spot.entry, when, True, despite)
                return
            self.ctx.desk.messages.schedule(move.id, when, zone, move.together, despite)

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

    def place_embargo(self, until: int, why: str, topic: str, account: str) -> None:
        """Let nothing out before a moment."""
        self.place(
            lambda: self.ctx.desk.embargoes.place(until, why, topic, account),
            t("Under embargo until {when}.", when=self.say(until)),
        )

    def lift(self, band: Band, why: str) -> None:
        """Propose to lift an embargo, or lift it as the second person."""

        def told(answer: dict[str, Any]) -> None:
            self.load()
            self.placed.emit(t("Lifted.") if answer["lifted"] else t("Noted. A second person has to lift it too."))

        self.ask(lambda: self.ctx.desk.embargoes.lift(band.id, why), told)

    def declare(self, first: str, last: str, government: str, official: bool, why: str) -> None:
        """Declare a day of mourning."""
        desk = self.ctx.desk
        self.place(
            lambda: desk.mournings.declare(first, why, government, last, (), official), t("Day of mourning declared.")
        )

    def speaks_for(self) -> str:
        """The government that this person speaks for alone; empty for the office's own people."""
        person = self.ctx.facts.person
        return str(person.government) if person.role in VOICES else ""

    def end(self, band: Band, why: str) -> None:
        """Take a day of mourning out of the register."""
        self.place(lambda: self.ctx.desk.mournings.end(band.id, why), t("Taken out of the register."))

    def add_slot(self, name: str, days: list[int], time: str, zone: str, account: str) -> None:
        """Set a publishing slot."""
        slots = self.ctx.desk.slots
        self.place(lambda: slots.put(name, days, time, zone, [account] if account else []), t("The slot is offered."))

    def drop(self, habit: Habit, why: str) -> None:
        """Offer a slot no more, or make no more drafts of a message."""
        desk = self.ctx.desk
        if habit.kind == "slot":
            self.place(lambda: desk.slots.drop(habit.id), t("The slot is offered no more."))
        else:
            self.place(lambda: desk.recurrings.end(habit.id, why), t("It comes back no more."))

    def place(self, job: Callable[[], object], words: str) -> None:
        """Do something on the worker, then show the page anew and say so."""

        def told(_: object) -> None:
            self.load()
            self.placed.emit(words)

        self.ask(job, told)

    def open_plans(self) -> tuple[tuple[str, str], ...]:
        """The plans that this page shows something of: ids and names."""
        return tuple({one.plan: one.name for one in self._days.spots.values()}.items())

    def spot(self, chip: Chip) -> Spot | None:
        """Where a chip stands in a plan."""
        return self._days.spots.get(chip.id)

    def say(self, ms: int) -> str:
        """A time in UTC and on the desk's clock."""
        here = said_locally(ms, self.ctx.zone)
        return f"{day(ms)} {clock(ms)} UTC" + (f" ({here})" if here else "")

    def question(self, move: Move) -> str:
        """The act in words."""
        return t("Move “{title}” from {was} to {to}", title=move.title, was=self.say(move.was), to=self.say(move.to))

    def _got(self, answer: Any) -> None:
        self._rows, self._plan, self.accounts, self._days, self.cant = answer
        self.may.emit(self.cant)
        self._tell()

    def _tell(self) -> None:
        moving = self.pending.times if self.pending else {}
        now, plan = self.ctx.clock.now_ms(), self._plan
        if self.pending is not None:
            plan = replace(plan, meets={**plan.meets, self.pending.id: self.pending.meets})
        self.loaded.emit(page(self.view, self.anchor, now, self.ctx.zone, self._rows, moving, plan, self._days))
