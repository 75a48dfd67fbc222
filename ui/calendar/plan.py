"""What a page shows besides posts: embargoes and days of mourning, slots, drafts that are to come, and which posts stand in
a quiet time. Asked of the desk on the worker; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ui.clashes import Meeting, grouped
from ui.texts import WEEK, clock, comma, day, ltr, t
from ui.zones import DAY

QUIET = ("embargo", "mourning")
OVER = ("sent", "partly-sent", "withdrawn", "refused", "missed")


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time in which nothing may go out, or nothing cheerful. `words` stand in it, `scope` says for whom;
    `whole`: for all that the office sends; `lifts`: whether it is lifted here, and not in a plan."""

    id: str
    kind: str
    start: int
    end: int
    words: str
    scope: str
    by: str
    why: str
    lifting: bool = False
    over: bool = False
    whole: bool = True
    lifts: bool = True

    def marks(self, begins: int) -> bool:
        """Whether it takes enough of the day that begins then (midnight UTC) to mark it."""
        part = min(self.end, begins + DAY) - max(self.start, begins)
        return part >= min(DAY // 4, self.end - self.start)

    @property
    def icon(self) -> str:
        """Its shape."""
        return "lock" if self.kind == "embargo" else "moon"


@dataclass(frozen=True, slots=True)
class Tick:
    """A publishing slot."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A day for which a recurring message's draft is not made yet; `message`: what is copied."""

    id: str
    message: str
    title: str
    planned_ms: int
    state: str = "coming"
    langs: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Habit:
    """A slot or a recurring message, as the side panel lists it."""

    id: str
    kind: str
    title: str
    under: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it. `meets`: for each message in a quiet time what it meets."""

    bands: tuple[Band, ...] = ()
    ticks: tuple[Tick, ...] = ()
    coming: tuple[Coming, ...] = ()
    meets: Mapping[str, tuple[Meeting, ...]] = field(default_factory=dict)
    habits: tuple[Habit, ...] = ()
    apart: Mapping[str, int] = field(default_factory=dict)


def habits(desk: Any) -> tuple[Habit, ...]:
    """All slots and all messages that come back."""
    made = []
    for row in desk.slots.rows():
        names = comma().join(row["accounts"]) or t("All accounts")
        made.append(Habit(row["slot"], "slot", row["slot"], f"{_days(row)} {_clock(row)}{comma()}{names}"))
    for row in desk.recurrings.rows():
        made.append(Habit(row["recurring"], "recurring", row["title"], f"{_days(row)} {_clock(row)}"))
    return tuple(made)


def _days(row: dict[str, Any]) -> str:
    if row.get("every") == "month":
        named = [t("the last") if day == -1 else str(day) for day in row["days"]]
        return t("each month on {days}", days=comma().join(named))
    return comma().join(t(WEEK[day - 1]) for day in row["days"])


def _clock(row: dict[str, Any]) -> str:
    return ltr(f"{row['time']} {str(row['zone']).rsplit('/', 1)[-1].replace('_', ' ')}")


NOTHING = Plan()


def gather(desk: Any, start: int, end: int, rows: list[Any]) -> Plan:
    """For the days from `start` to before `end`."""
    from g20desk.desk.clashing import apart

    bands = (*_embargoes(desk, start, end), *_mournings(desk, start, end))
    inside = [r for r in rows if r.planned_ms and r.state not in OVER and any(_in(b, r.planned_ms) for b in bands)]
    meets = {}
    for row in inside:
        quiet = [one for one in desk.messages.clashes(row.id) if one["kind"] in QUIET]
        if quiet:
            meets[row.id] = tuple(grouped(quiet))
    coming = tuple(
        Coming(f"{one.recurring.id}/{one.day}", one.recurring.message, title, one.when)
        for one, title in desk.recurrings.on(start, end)
    )
    ticks = tuple(Tick(at, slot.name) for at, slot in desk.slots.on(start, end))
    accounts = {a.name: apart(a) for a in desk.office.accounts.values() if not a.removed}
    return Plan(bands, ticks, coming, meets, habits(desk), accounts)


def _in(band: Band, at: int) -> bool:
    return band.start <= at < band.end


def _embargoes(desk: Any, start: int, end: int) -> list[Band]:
    now, made = desk.clock.now_ms(), []
    for one in desk.embargoes.between(start, end):
        row = desk.embargoes.row(one)
        scope = row["account"] or (t("Topic: {topic}", topic=row["topic"]) if row["topic"] else t("All accounts"))
        words = t("Embargo until {time}", time=ends(one.at, one.until))
        made.append(
            Band(
                one.id, "embargo", one.at, one.until, words, scope, row["by"], row["why"], row["lift_proposed"],
                one.until <= now, not row["account"] and not row["topic"],
            )
        )  # fmt: skip
    return made


def _mournings(desk: Any, start: int, end: int) -> list[Band]:
    now, made = desk.clock.now_ms(), []
    for one in desk.mournings.between(start, end):
        row = desk.mournings.row(one)
        words = t("Day of mourning, {land}", land=one.government) if one.government else t("Day of mourning")
        scope = t("All accounts") if not one.government else t("Accounts of {land}", land=one.government)
        if one.government and one.official:
            scope += comma() + t("the office's accounts too")
        made.append(
            Band(
                one.id,
                "mourning",
                one.since,
                one.until,
                words,
                scope,
                row["by"],
                row["why"],
                False,
                one.until <= now,
                one.official,
            )
        )
    return made


def ends(start: int, end: int) -> str:
    """When it ends: the time alone, with its weekday where it is another day, or the day where that is far."""
    name = day(end).split(" ", 1)[0]
    if end // DAY == start // DAY:
        return clock(end)
    return f"{name} {clock(end)}" if end - start < 6 * DAY else day(end)


def short(ms: int) -> str:
    """`Tue 1, 10:00`."""
    return f"{day(ms).rsplit(' ', 1)[0]}{comma()}{clock(ms)}"


def said(band: Band) -> str:
    """From when to when, for the side panel and for a screen reader."""
    ends = f"{day(band.end)} {clock(band.end)} UTC"
    if band.kind == "embargo":
        return t("until {when}", when=ends)
    return t("from {when} to {then}", when=f"{day(band.start)} {clock(band.start)} UTC", then=ends)
