"""Dates and times as people write them in tables. A date that can be read in two ways is told, never guessed. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

LONGEST = 100
ORDERS = ("dmy", "mdy", "ymd")
_NAMES = {
    1: "january jan janvier janv enero ene", 2: "february feb février févr fevrier febrero", 3: "march mar mars marzo",
    4: "april apr avril avr abril abr", 5: "may mai mayo", 6: "june jun juin junio", 7: "july jul juillet juil julio",
    8: "august aug août aout agosto ago", 9: "september sep sept septembre septiembre",
    10: "october oct octobre octubre", 11: "november nov novembre noviembre", 12: "december dec décembre déc decembre diciembre dic",
}  # fmt: skip
MONTHS = {name: month for month, names in _NAMES.items() for name in names.split()}
_NUMBERS = re.compile(r"(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?\Z")
_COMPACT = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)\Z")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]*(?:de\s+)?)?([^\W\d_]+)\.?[\s-]*(?:(\d{1,2})(?:st|nd|rd|th)?,?)?[\s,-]*(?:de\s+)?(\d{4})\Z"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d)(?::(\d\d))?)?\s*([ap])?\.?(?:m\.?)?\Z", re.IGNORECASE)


class NoDate(ValueError):
    """What is written is no date, or no time, and why in words."""


@dataclass(frozen=True, slots=True)
class Read:
    """A date that was read; `other`: what it is the other way round, where nobody said which (day first comes first); `shows`:
    the order that it can only be in, where it shows one."""

    day: date
    other: date | None = None
    shows: str = ""


def plain(text: str) -> str:
    """A cell as it is read: digits of any script as ours, marks of direction gone, one space for each run."""
    made = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign) != "Cf"
    )
    return " ".join(made.split())


def short(text: str) -> str:
    """The same of a cell that can be a date or a time. Raises NoDate for one that is too long for either."""
    if len(text) > LONGEST:
        raise NoDate(f"“{text[:20]}…” is no date; write for example 2027-04-03.")
    return plain(text)


def read_day(text: str, order: str = "") -> Read:
    """A date. `order`: dmy, mdy or ymd where somebody said so. Raises NoDate."""
    said = short(text)
    if compact := _COMPACT.match(said):
        return Read(_day(text, *map(int, compact.groups())), shows="ymd")
    if numbers := _NUMBERS.match(said):
        return _of_numbers(text, numbers[1], numbers[3], numbers[4], order)
    if named := _NAMED.match(said):
        month = MONTHS.get(named[2].casefold())
        days = [one for one in (named[1], named[3]) if one]
        if month and len(days) == 1:
            return Read(_day(text, int(named[4]), month, int(days[0])))
    if said.isdigit() and len(said) == 5:
        raise NoDate(f"“{text}” is a spreadsheet's number of a day; show the column as a date before saving it.")
    raise NoDate(f"“{text}” is no date; write for example 2027-04-03.")


def _of_numbers(text: str, first: str, middle: str, last: str, order: str) -> Read:
    if len(first) == 4:
        if len(last) > 2:
            raise NoDate(f"“{text}” is no date; write for example 2027-04-03.")
        return Read(_day(text, int(first), int(middle), int(last)), shows="ymd")
    if len(last) != 4 or len(first) > 2:
        raise NoDate(f"“{text}” has no year of four digits; write for example 2027-04-03.")
    year, a, b = int(last), int(first), int(middle)
    if order in ("dmy", "mdy"):
        return Read(_day(text, year, b, a) if order == "dmy" else _day(text, year, a, b))
    if order == "ymd":
        raise NoDate(f"“{text}” does not begin with the year.")
    ways = {name: one for name, one in (("dmy", _try(year, b, a)), ("mdy", _try(year, a, b))) if one is not None}
    if not ways:
        raise NoDate(f"“{text}” is no day of any month.")
    found = list(ways.values())
    if len(found) == 2 and found[0] != found[1]:
        return Read(found[0], found[1])
    return Read(found[0], shows=next(iter(ways)) if len(found) == 1 else "")


def _try(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(text: str, year: int, month: int, day: int) -> date:
    found = _try(year, month, day)
    if found is None:
        raise NoDate(f"“{text}” is no day of that month.")
    return found


def read_clock(text: str) -> str:
    """A time of day as 09:00: 9:00, 09.00, 9h00, 9:00 pm. Raises NoDate."""
    found = _CLOCK.match(short(text))
    no = NoDate(f"“{text}” is no time of a day; write for example 09:00.")
    if not found or not (found[2] or found[4]):
        raise no
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise no
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or int(found[3] or 0) > 59:
        raise no
    return f"{hour:02}:{minute:02}"
