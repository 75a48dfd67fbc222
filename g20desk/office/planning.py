"""An office's habits: the slots at which it likes to publish, and what it says again and again. Pure, on dates alone:
what a local time is on the clock is worked out by the desk, and offered or written down as a moment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d\Z")
WEEK, MONTH = "week", "month"
LAST = -1
MOST_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the week, on some accounts or (none named) on all. `days`: 1 is Monday; `time`: 09:00 in its zone."""

    name: str
    days: tuple[int, ...]
    time: str
    zone: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A draft that was made for one day: the act that says so, and the moment that it is meant for."""

    event: str
    device: str
    when: int


@dataclass(frozen=True, slots=True)
class Recurring:
    """A message that comes back: which one is copied, on which days (of the week, or of the month; -1 is its last), at
    what local time, and how many days ahead its draft is made."""

    id: str
    by: str
    message: str
    every: str
    days: tuple[int, ...]
    time: str
    zone: str
    ahead_days: int
    ended: bool = False
    made: Mapping[str, Made] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a draft was made for."""

    recurring: str
    day: str
    when: int


def days_fit(every: str, days: Sequence[int]) -> bool:
    """Whether these are days of such a period, each once."""
    most = {WEEK: 7, MONTH: 31}.get(every, 0)
    good = all(1 <= day <= most or (day == LAST and every == MONTH) for day in days)
    return bool(days) and good and len(set(days)) == len(days)


def falls(every: str, days: Sequence[int], on: date) -> bool:
    """Whether it falls on this day. A month that lacks a day goes without."""
    if every == WEEK:
        return on.isoweekday() in days
    return on.day in days or (LAST in days and (on + timedelta(days=1)).month != on.month)


def dates(every: str, days: Sequence[int], first: date, last: date) -> Iterator[date]:
    """The days on which it falls, ends included."""
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        if falls(every, days, on):
            yield on
