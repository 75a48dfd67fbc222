"""When governments are at work, and on which days they are not: what a silence is shown beside before its clock starts.

What is known of each stands in `resources/working.toml`; public holidays come from the library `holidays`, which is loaded
when they are first asked for. Nothing is decided by them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk.days import WEEK, date_at, zone
from g20desk.errors import Usage
from g20desk.office import working_time
from g20desk.office.working_time import Habits, Share

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

# Of a day that is free because another is worked, the library says in brackets which, in a form of its own.
_SWAPPED = re.compile(r"\s*[(（][^()（）]*\d[^()（）]*[)）]")
# How far a period reaches, at most: further on nobody has announced their holidays.
MOST_MS = 366 * 86_400_000


@dataclass(frozen=True, slots=True)
class Concerned:
    """A government beside a period. `city`: its seat; `zone`: the clock there. `share`: None where nothing is known of how
    it works."""

    government: str
    city: str = ""
    zone: str = ""
    share: Share | None = None

    def sentences(self) -> list[str]:
        """In plain English: how much of the period it is at work, its public holidays, when it is at work next."""
        if self.share is None:
            return [f"{self.government}: its working hours and public holidays are not known here."]
        found = self.share
        worked = spelled(found.working) if found.working else "none"
        said = [f"Working hours in {self.city}: {worked} of {spelled(found.whole)}."]
        for row in found.holidays:
            first, last, names = row[0].day, row[-1].day, ", ".join(dict.fromkeys(one.name for one in row))
            days = f"{first.day} {first:%B}"
            if first == last:
                said.append(f"{days} is a public holiday there: {names}.")
            else:
                said.append(f"{days} to {last.day} {last:%B} are public holidays there: {names}.")
        if found.begins is not None and found.begins >= found.until:
            day = date_at(found.begins, self.zone)
            said.append(
                f"The next working day there begins on {day:%A} {day.day} {day:%B}, {iso(found.begins)[11:16]} UTC."
            )
        return said

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        found = self.share
        if found is None:
            return {"government": self.government, "known": False}
        return {
            "government": self.government, "known": True, "city": self.city, "zone": self.zone,
            "working_minutes": found.working // 60_000, "minutes": found.whole // 60_000,
            "free": [{"day": str(one.day), "holiday": one.name or None} for one in found.free],
            "at_work_next": None if found.begins is None else iso(found.begins),
        }  # fmt: skip


def spelled(ms: int) -> str:
    """`2 hours`, `2 hours 30 minutes`, `20 minutes`."""
    hours, minutes = divmod(ms // 60_000, 60)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((hours, "hour"), (minutes, "minute")) if n]
    return " ".join(parts) or "0 minutes"


class Hours:
    """`desk.hours`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def period(self, governments: Iterable[str], since: int, until: int, lang: str = "en") -> list[Concerned]:
        """Each government beside the time from one instant to before another, the one with the least working time first.
        `lang`: of the names of cities and, where the library has them, of holidays. Raises Usage for a period that is
        none, or longer than a year."""
        if not since < until <= since + MOST_MS:
            raise Usage(
                "bad-period", "A period ends after it begins, within a year.", "Write for example: --within PT24H"
            )
        codes = dict.fromkeys(code.upper() for code in governments)
        found = [beside(code, since, until, lang) for code in codes]
        return sorted(found, key=lambda one: (one.share is not None, one.share.working if one.share else 0))

    def represented(self) -> list[str]:
        """The governments that somebody speaks for in this office."""
        people = self._desk.office.people.values()
        return sorted({one.government for one in people if one.government and not one.retired})


def beside(government: str, since: int, until: int, lang: str) -> Concerned:
    """A government beside a period."""
    known = _known().get(government)
    if known is None:
        return Concerned(government)
    # A row of free days may reach into the next year, and a day be another one there.
    years = range(date_at(since, known["zone"]).year, date_at(until, known["zone"]).year + 2)
    habits = _habits(government, tuple(years), lang)
    return Concerned(government, city(government, lang), known["zone"], working_time.share(habits, since, until))


def city(government: str, lang: str) -> str:
    """The seat of a government; empty where it is not known here."""
    names: dict[str, str] = _known().get(government, {}).get("city", {})
    return names.get(lang) or names.get("en", "")


@cache
def _known() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("resources").joinpath("working.toml").read_text(encoding="utf-8"))


@cache
def _habits(government: str, years: tuple[int, ...], lang: str) -> Habits:
    known = _known()[government]
    opens, closes = (time.fromisoformat(one) for one in known.get("hours", ("09:00", "17:00")))
    week = frozenset(WEEK.index(one) + 1 for one in known.get("week", WEEK[:5]))
    listed, made_up = _public(
        known["holidays"], known.get("region"), tuple(known.get("days", ("public",))), years, lang
    )
    more = {day: one["name"] for year in years for one in known.get("also", ()) for day in _each(one, year)}
    return Habits(zone(known["zone"]), week, opens, closes, {**more, **listed}, made_up)


def _public(
    country: str, region: str | None, lists: tuple[str, ...], years: tuple[int, ...], lang: str
) -> tuple[dict[date, str], frozenset[date]]:
    """The public holidays of a country's capital by their names, and the days of its weekends that are worked."""
    import holidays

    spoken = holidays.country_holidays(country).supported_languages
    # The English of the country itself goes before that of another.
    wanted = sorted((one for one in spoken if one.split("_")[0] == lang), key=lambda one: one == "en_US")
    found = holidays.country_holidays(
        country, subdiv=region, years=years, categories=lists, language=next(iter(wanted), "en_US")
    )
    names = {day: _SWAPPED.sub("", name) for day, name in found.items()}
    return names, frozenset(getattr(found, "weekend_workdays", ()))


def _each(one: dict[str, Any], year: int) -> list[date]:
    if "easter" in one:
        from dateutil.easter import easter

        return [easter(year) + timedelta(days=one["easter"])]
    return [date(year, one["month"], day) for day in range(one["day"], one.get("last", one["day"]) + 1)]
