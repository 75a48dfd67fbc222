"""What a page of the calendar shows, worked out from the rows: pure, without widgets and without a clock of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice, takewhile
from typing import Any

from g20desk.desk.clashing import NEAR_MS as NEAR
from ui.calendar.plan import NOTHING, Band, Habit, Plan, Tick
from ui.calendar.planned import NONE, Contradiction, Planned
from ui.texts import clock, clock_in, comma, day, ltr, state, t, zone_word
from ui.zones import DAY, MINUTE, Change, changes, offset, offset_word

QUARTER = 15 * MINUTE
OUT = ("sent", "partly-sent", "withdrawn", "refused", "missed")
VIEWS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Chip:
    """One post on the page. `day` counts from the page's first."""

    id: str
    title: str
    at: int
    local: str
    day: int
    state: str
    langs: str
    accounts: str
    clash: bool
    past: bool
    moving: bool = False
    quiet: tuple[str, ...] = ()
    linked: int = 0
    plan: str = ""

    def sentence(self) -> str:
        """For a screen reader."""
        words = [day(self.at), clock(self.at) + " UTC", self.local, self.title, t(state(self.state).word)]
        with_it = moves_with(self.linked) if self.linked else ""
        return ", ".join(w for w in [*words, with_it, t("Clash") if self.clash else "", *self.quiet] if w)


def moves_with(number: int) -> str:
    """How many posts move along."""
    return t("1 linked post moves with it") if number == 1 else t("{n} linked posts move with it", n=number)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two posts too close on one account, and the way out: the later one at the next free quarter. `minutes`: how far
    apart that account wants them."""

    title: str
    pair: tuple[Chip, Chip]
    free: int
    minutes: int = NEAR // MINUTE


@dataclass(frozen=True, slots=True)
class Silent:
    """A post in quiet times, and the way out: the first free quarter after them."""

    chip: Chip
    bands: tuple[str, ...]
    free: int


@dataclass(frozen=True, slots=True)
class Page:
    """A day, a week, or the weeks of a month."""

    view: str
    start: int
    count: int
    first: int
    end: int
    now: int
    title: str
    days: tuple[str, ...]
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    clashes: tuple[Clash, ...]
    counts: tuple[tuple[str, int], ...]
    changes: tuple[Change, ...]
    zone: tzinfo
    bands: tuple[Band, ...] = ()
    ticks: tuple[Tick, ...] = ()
    silent: tuple[Silent, ...] = ()
    marks: tuple[str, ...] = ()
    habits: tuple[Habit, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    def over(self, number: int) -> tuple[Band, ...]:
        """The quiet times of one day."""
        begins = self.start + number * DAY
        return tuple(b for b in self.bands if b.start < begins + DAY and begins < b.end)

    def on(self, number: int) -> tuple[Chip, ...]:
        """The posts of one day, in order."""
        return tuple(c for c in self.chips if c.day == number)


def midnight(ms: int) -> int:
    """Midnight UTC of that day."""
    return ms // DAY * DAY


def monday(ms: int) -> int:
    """Midnight UTC of that week's Monday (1970 began on a Thursday)."""
    return ((ms // DAY + 3) // 7 * 7 - 3) * DAY


def month_of(ms: int, ahead: int = 0) -> int:
    """Midnight UTC of the first of that month, or of one some months on."""
    when = datetime.fromtimestamp(ms / 1000, UTC)
    months = when.year * 12 + when.month - 1 + ahead
    return round(datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC).timestamp() * 1000)


def span(view: str, anchor: int) -> tuple[int, int, int, int]:
    """The first day shown and how many; the first and the end of the period itself."""
    if view == "day":
        start = midnight(anchor)
        return start, 1, start, start + DAY
    if view == "week":
        start = monday(anchor)
        return start, 7, start, start + 7 * DAY
    first, end = month_of(anchor), month_of(anchor, 1)
    start = monday(first)
    weeks = (monday(end - DAY) - start) // (7 * DAY) + 1
    return start, weeks * 7, first, end


def title_of(view: str, first: int, end: int) -> str:
    """`23 – 29 November 2026, week 48` and the like."""
    one, last = datetime.fromtimestamp(first / 1000, UTC), datetime.fromtimestamp(end / 1000, UTC) - timedelta(days=1)
    if view == "day":
        return day(first, True)
    if view == "month":
        return f"{t(one.strftime('%B'))} {one.year}"
    months = (t(one.strftime("%B")), t(last.strftime("%B")))
    begin = str(one.day) if one.month == last.month else f"{one.day} {months[0]}"
    begin += "" if one.year == last.year else f" {one.year}"
    return f"{begin} – {last.day} {months[1]} {last.year}" + comma() + t("week {n}", n=one.isocalendar().week)


def said_locally(ms: int, zone: tzinfo) -> str:
    """`22:00 New York, Mon 30`: the local clock, with the day where it is another; empty for a desk on UTC."""
    name = zone_word(zone)
    if not name:
        return ""
    here = datetime.fromtimestamp(ms / 1000, zone)
    other = here.date() != datetime.fromtimestamp(ms / 1000, UTC).date()
    return ltr(f"{clock_in(ms, zone)} {name}") + (f", {t(here.strftime('%a'))} {here.day}" if other else "")


def clashing(rows: list[Any], times: dict[str, int], apart: Mapping[str, int]) -> list[tuple[Any, Any]]:
    """Pairs nearer to each other than an account that both go to wants them, neither of them over; the rows come in the
    order of their times."""
    waiting = [r for r in rows if r.state not in (*OUT, "coming", "in-plan")]
    most = max(apart.values(), default=NEAR)
    return [
        (a, b)
        for n, a in enumerate(waiting)
        for b in takewhile(lambda b, a=a: times[b.id] - times[a.id] < max(most, NEAR), islice(waiting, n + 1, None))
        if any(times[b.id] - times[a.id] < apart.get(name, NEAR) for name in set(a.accounts) & set(b.accounts))
    ]


def free_after(row: Any, since: int, rows: Iterable[Any], times: dict[str, int], apart: Mapping[str, int]) -> int:
    """The first quarter of an hour at or after `since` that is far enough from all others on the row's accounts."""
    others = [
        (times[r.id], max(apart.get(name, NEAR) for name in set(r.accounts) & set(row.accounts)))
        for r in rows
        if r.id != row.id and r.state not in OUT and set(r.accounts) & set(row.accounts)
    ]
    at = -(-since // QUARTER) * QUARTER
    while any(abs(at - other) < far for other, far in others):
        at += QUARTER
    return at


def page(
    view: str, anchor: int, now: int, zone: tzinfo, rows: list[Any], moving: Mapping[str, int] | None = None,
    plan: Plan = NOTHING, days: Planned = NONE,
) -> Page:  # fmt: skip
    """Everything a page shows. `moving`: posts, and the times that they are being moved to; `days`: what plans of days hold."""
    start, count, first, end = span(view, anchor)
    rows, moving = [*rows, *plan.coming, *days.entries], moving or {}
    times = {r.id: at for r in rows if (at := r.planned_ms or getattr(r, "meant_ms", None))}
    times |= {id: at for id, at in moving.items() if id in times}
    planned = sorted((r for r in rows if r.id in times), key=lambda r: (times[r.id], r.title))
    inside = [r for r in planned if start <= times[r.id] < start + count * DAY]
    pairs = clashing(planned, times, plan.apart)
    hit = {r.id for pair in pairs for r in pair} | {id for one in days.clashes for id in one.chips}

    def chip(r: Any) -> Chip:
        at = times[r.id]
        langs = " ".join(x.upper() for x in r.langs) if len(r.langs) < 3 else t("{n} lang.", n=len(r.langs))
        return Chip(
            r.id, r.title, at, said_locally(at, zone), (at - start) // DAY, r.state, langs, ", ".join(sorted(r.accounts)),
            r.id in hit, at < now, r.id in moving, tuple(one.sentence() for one in plan.meets.get(r.id, ())),
            days.spots[r.id].linked if r.id in days.spots else 0, days.spots[r.id].name if r.id in days.spots else "",
        )  # fmt: skip

    shown = {r.id: chip(r) for r in inside}
    clashes = tuple(
        Clash(
            t("Clash, {day} {time} UTC", day=day(times[a.id]), time=clock(times[a.id])),
            (chip(a), chip(b)),
            free_after(b, max(times[a.id] + 1, now), planned, times, plan.apart),
            max(plan.apart.get(name, NEAR) for name in set(a.accounts) & set(b.accounts)) // MINUTE,
        )
        for a, b in pairs
        if a.id in shown or b.id in shown
    )
    silent = tuple(
        Silent(
            shown[r.id],
            tuple(one.id for one in plan.meets[r.id]),
            free_after(r, max(_quiet_end(plan, times[r.id]), now), planned, times, plan.apart),
        )
        for r in inside
        if shown[r.id].quiet and r.state not in OUT
    )
    counts: dict[str, int] = {}
    for r in inside:
        counts[r.state] = counts.get(r.state, 0) + 1
    turned = changes(start, start + count * DAY, zone)
    offsets = [offset(start + n * DAY + DAY // 2, zone) for n in range(count)]
    notes = tuple(offset_word(o) if turned and view == "week" else "" for o in offsets)
    names = tuple(day(start + n * DAY).rsplit(" ", 1)[0] for n in range(count))
    return Page(
        view, start, count, first, end, now, title_of(view, first, end), names, notes, tuple(shown.values()), clashes,
        tuple(counts.items()), turned, zone, (*plan.bands, *days.bands), plan.ticks, silent,
        tuple(_mark(plan, start + n * DAY) for n in range(count)), plan.habits, days.clashes,
    )  # fmt: skip


def _mark(plan: Plan, begins: int) -> str:
    """What marks a day: mourning before embargo."""
    kinds = {b.kind for b in plan.bands if b.marks(begins)}
    return t("Mourning") if "mourning" in kinds else t("Embargo") if kinds else ""


def _quiet_end(plan: Plan, at: int) -> int:
    """When the quiet times over a moment are over."""
    return max((b.end for b in plan.bands if b.start <= at < b.end), default=at)
