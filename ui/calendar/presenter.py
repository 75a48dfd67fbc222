"""The calendar: a week of posts in UTC, and where two come too close on the same accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from ui.bus import Ctx, Presenter
from ui.texts import clock, day, state, t

DAY, MINUTE = 86_400_000, 60_000
NEAR = 30 * MINUTE
OUT = ("sent", "partly-sent", "withdrawn", "refused", "missed")


@dataclass(frozen=True, slots=True)
class Chip:
    """One post in the week."""

    id: str
    title: str
    at: int
    day: int
    state: str
    langs: str
    clash: bool
    past: bool

    def sentence(self) -> str:
        """For a screen reader."""
        words = [day(self.at), clock(self.at) + " UTC", self.title, t(state(self.state).word)]
        return ", ".join([*words, t("Clash")] if self.clash else words)


@dataclass(frozen=True, slots=True)
class Week:
    """What the screen shows."""

    start: int
    now: int
    title: str
    days: tuple[str, ...]
    chips: tuple[Chip, ...]
    clashes: tuple[tuple[str, tuple[Chip, Chip]], ...]
    counts: tuple[tuple[str, int], ...]


def monday(ms: int) -> int:
    """Midnight UTC of that week's Monday (1970 began on a Thursday)."""
    return ((ms // DAY + 3) // 7 * 7 - 3) * DAY


class CalendarPresenter(Presenter):
    """One week at a time."""

    loaded = Signal(object)
    watches = frozenset({"message", "post", "schedule", "hold"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.start = monday(ctx.clock.now_ms())

    def load(self) -> None:
        """The rows with a time in them."""
        self.ask(self.ctx.desk.messages.rows, self._got)

    def move(self, weeks: int) -> None:
        """Earlier or later; 0 is this week."""
        self.start = self.start + weeks * 7 * DAY if weeks else monday(self.ctx.clock.now_ms())
        self.load()

    def open(self, id: str) -> None:
        """Go to the message."""
        self.ctx.go("messages", id)

    def _got(self, rows: list[Any]) -> None:
        now, start = self.ctx.clock.now_ms(), self.start
        inside = sorted(
            (r for r in rows if r.planned_ms and start <= r.planned_ms < start + 7 * DAY), key=lambda r: r.planned_ms
        )
        pairs = [
            (a, b)
            for n, a in enumerate(inside)
            for b in inside[n + 1 :]
            if b.planned_ms - a.planned_ms < NEAR
            and set(a.accounts) & set(b.accounts)
            and a.state not in OUT
            and b.state not in OUT
        ]
        hit = {r.id for pair in pairs for r in pair}
        chips = {
            r.id: Chip(
                r.id,
                r.title,
                r.planned_ms,
                (r.planned_ms - start) // DAY,
                r.state,
                " ".join(x.upper() for x in r.langs) if len(r.langs) < 3 else t("{n} lang.", n=len(r.langs)),
                r.id in hit,
                r.planned_ms < now,
            )
            for r in inside
        }
        clashes = tuple(
            (t("Clash, {day} {time} UTC", day=day(a.planned_ms), time=clock(a.planned_ms)), (chips[a.id], chips[b.id]))
            for a, b in pairs
        )
        counts: dict[str, int] = {}
        for r in inside:
            counts[r.state] = counts.get(r.state, 0) + 1
        self.loaded.emit(
            Week(
                start,
                now,
                f"{day(start)} – {day(start + 6 * DAY, True)}",
                tuple(day(start + n * DAY).rsplit(" ", 1)[0] for n in range(7)),
                tuple(chips.values()),
                clashes,
                tuple(counts.items()),
            )
        )
