"""How much of a period falls into a government's working hours, and which of its days are free.

Pure: the week, the clock and the public holidays are passed in. Instants are milliseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

# The longest row of free days that is looked past for the next working day.
MOST_DAYS = 40


@dataclass(frozen=True, slots=True)
class Habits:
    """How a government works. `week`: the days that it works, Monday is 1; `holidays`: the names of its public holidays by
    date; `made_up`: days of the weekend that are worked instead of others."""

    zone: tzinfo
    week: frozenset[int]
    opens: time
    closes: time
    holidays: Mapping[date, str] = field(default_factory=dict)
    made_up: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether it is at work on a day."""
        return day in self.made_up or (day.isoweekday() in self.week and day not in self.holidays)

    def hours(self, day: date) -> tuple[int, int]:
        """When its working hours begin and end on a day."""
        return self._at(day, self.opens), self._at(day, self.closes)

    def local(self, at: int) -> date:
        """The day that it is there."""
        return datetime.fromtimestamp(at / 1000, self.zone).date()

    def _at(self, day: date, clock: time) -> int:
        return round(datetime.combine(day, clock, self.zone).timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Free:
    """A day that a government does not work, as its own clock has it. `name`: of the public holiday, empty where it is none;
    `weekend`: it would be free without one."""

    day: date
    name: str
    weekend: bool


@dataclass(frozen=True, slots=True)
class Share:
    """What a period is to a government. `working`: how much of it falls into its working hours, in milliseconds; `free`:
    its days off that the period touches, public holidays on a weekend included; `begins`: when it is at work next, which is
    the period's beginning where it is at work then; None where that is too far off."""

    since: int
    until: int
    working: int
    free: tuple[Free, ...]
    begins: int | None

    @property
    def whole(self) -> int:
        """How long the period is, in milliseconds."""
        return self.until - self.since

    @property
    def holidays(self) -> tuple[tuple[Free, ...], ...]:
        """The public holidays in it that are no weekend's days, in rows of days that follow one another."""
        rows: list[tuple[Free, ...]] = []
        for one in self.free:
            if one.weekend or not one.name:
                continue
            if rows and one.day - rows[-1][-1].day == timedelta(days=1):
                rows[-1] = (*rows[-1], one)
            else:
                rows.append((one,))
        return tuple(rows)


def share(habits: Habits, since: int, until: int) -> Share:
    """How a government works from one instant to before another, which is not earlier."""
    working, free = 0, []
    for day in _days(habits.local(since), habits.local(max(since, until - 1))):
        if habits.works(day):
            opens, closes = habits.hours(day)
            working += max(0, min(until, closes) - max(since, opens))
        else:
            free.append(Free(day, habits.holidays.get(day, ""), day.isoweekday() not in habits.week))
    return Share(since, until, working, tuple(free), begins(habits, since))


def begins(habits: Habits, at: int) -> int | None:
    """The first instant from this one on at which a government is at work; None where that is too far off."""
    first = habits.local(at)
    for day in _days(first, first + timedelta(days=MOST_DAYS)):
        if habits.works(day):
            opens, closes = habits.hours(day)
            if at < closes:
                return max(at, opens)
    return None


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
