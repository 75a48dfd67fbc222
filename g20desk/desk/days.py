"""Dates as they are on people's clocks: which zones a government lives by, when a day is that day somewhere, and what
moment a local time is."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from g20desk.errors import Usage


@cache
def _zones() -> dict[str, list[str]]:
    from importlib import resources

    return tomllib.loads(resources.files("resources").joinpath("zones.toml").read_text(encoding="utf-8"))


def zones_of(government: str) -> tuple[str, ...]:
    """The zones that a member lives by; UTC for none. Raises Usage where none are known."""
    if not government:
        return ("UTC",)
    found = _zones().get(government)
    if found is None:
        raise Usage("unknown-zones", f"The time zones of {government} are not known here.", "Name them: --zone ZONE")
    return tuple(found)


def zone(name: str) -> ZoneInfo:
    """A time zone by its name. Raises Usage."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise Usage("bad-zone", f"There is no time zone “{name}”.", "Write for example: Europe/Rome") from error


def day(text: str) -> date:
    """A date as it is written: 2026-11-30. Raises Usage."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Usage("bad-date", f"“{text}” is no date.", "Write for example: 2026-11-30")


def span(first: date, last: date, zones: Sequence[str]) -> tuple[int, int]:
    """From when to before when it is one of these days in any of the zones, in milliseconds since 1970."""
    named = [zone(name) for name in zones]
    after = last + timedelta(days=1)
    return min(_midnight(first, one, 0) for one in named), max(_midnight(after, one, 1) for one in named)


def _midnight(of: date, where: ZoneInfo, fold: int) -> int:
    """A day's beginning; where the clock goes over it, the first moment of that day."""
    return round(datetime.combine(of, time(), where).replace(fold=fold).timestamp() * 1000)


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def of_week(text: str) -> list[int]:
    """Days of the week as they are written: mon,thu. Raises Usage."""
    try:
        return sorted({WEEK.index(one.strip().lower()[:3]) + 1 for one in text.split(",")})
    except ValueError as error:
        raise Usage("bad-days", f"“{text}” is no list of days.", "Write for example: mon,thu") from error


def of_month(text: str) -> list[int]:
    """Days of the month as they are written: 1,15,last. Raises Usage."""
    try:
        return sorted({-1 if one.strip().lower() == "last" else int(one) for one in text.split(",")})
    except ValueError as error:
        raise Usage("bad-days", f"“{text}” is no list of days.", "Write for example: 1,15,last") from error


def at(on: date, clock: str, where: str) -> int:
    """The moment of a local time (09:00), in milliseconds, as calendars take it (RFC 5545): one that the clock goes
    forward over is that much later, of one that comes twice it is the first."""
    hour, minute = map(int, clock.split(":"))
    return round(datetime.combine(on, time(hour, minute), zone(where)).timestamp() * 1000)


def date_at(ms: int, where: str) -> date:
    """The date at a moment in a zone."""
    return datetime.fromtimestamp(ms / 1000, zone(where)).date()
