"""Rows of a table as what they ask for: a draft, a line or a title, at a time on somebody's clock. All faults at once, each with its
row and column; a date that can be read in two ways is one. Pure: what a local time is on the clock is the desk's to say.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from g20desk.office.form import LANG
from g20desk.office.tables.columns import IGNORED
from g20desk.office.tables.dates import LONGEST, NoDate, Read, plain, read_clock, read_day
from g20desk.office.tables.table import Fault, Line, Table, letters

_BETWEEN = re.compile(r"\s*[;|\n]\s*")
# A moment that says its offset or zone itself, and a date with a time behind it.
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d|(?:Z|[+-]\d\d:\d\d)?\[[\w+/-]+\])\Z")
_PAIR = re.compile(r"(.*\d)(?:\s*,)?(?:[T\s]+)(\d{1,2}(?:[:.h]\d\d(?::\d\d)?)?\s*(?:[ap]\.?m\.?)?)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a row says it: whole, with offset or zone, or a day and a time of the row's zone; `cell`: where it stands."""

    cell: int
    whole: str = ""
    day: date | None = None
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row asks for. `cells`: the place of each field that it fills; `identity` tells it from others, in this file and
    in later ones; `when` and `what` are digests of its time and accounts, and of its words."""

    number: int
    cells: Mapping[str, int]
    texts: Mapping[str, str]
    title: str
    kind: str
    to: tuple[str, ...]
    langs: tuple[str, ...]
    topic: str
    line: str
    group: str
    note: str
    minutes: int
    zone: str
    at: Moment | None
    embargo: Moment | None
    identity: str
    when: str
    what: str
    own_id: str = ""

    @property
    def source(self) -> str:
        """As an entry of a plan keeps it."""
        return f"{self.identity}:{self.when}:{self.what}"


def marked(*said: object) -> str:
    """A short digest of values."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


class Reader:
    """Reads the rows of a table; `faults` gathers what is wrong, `ambiguous` the dates that are to be asked about."""

    def __init__(self, table: Table, fields: Sequence[str], order: str = "") -> None:
        self._table, self._fields, self._order = table, fields, order
        self.faults: list[Fault] = []
        self.ambiguous: list[tuple[Fault, Read]] = []
        self._shows: dict[int, dict[str, tuple[int, str]]] = {}

    def rows(self) -> list[Row]:
        """All rows, those with faults too: what else is wrong with them is to be found."""
        made: dict[str, Row] = {}
        for line in self._table.rows:
            row = self._row(line)
            if (other := made.get(row.identity)) is not None:
                same = f"This row says the same as row {other.number}."
                says = f"This row has the id of row {other.number}." if row.own_id else same
                self._fault(
                    line, row.cells.get("id", 0), "row-twice", says, "Take one of them out, or give each its own id."
                )
                continue
            made[row.identity] = row
        self.faults += [self._asked(fault, read) for fault, read in self.ambiguous]
        self.faults.sort(key=lambda one: (one.row, len(one.letters), one.letters))
        return list(made.values())

    def _fault(self, line: Line, cell: int, code: str, message: str, help: str = "") -> None:
        self.faults.append(self._made(line, cell, code, message, help))

    def _made(self, line: Line, cell: int, code: str, message: str, help: str = "") -> Fault:
        name = self._table.header[cell] if cell < len(self._table.header) else ""
        value = line.cells[cell] if cell < len(line.cells) else ""
        return Fault(line.number, name, letters(cell), code, message, help, value)

    def _row(self, line: Line) -> Row:
        cells = {field: n for n, field in enumerate(self._fields)
                 if field != IGNORED and n < len(line.cells) and line.cells[n].strip()}  # fmt: skip
        said = {field: line.cells[n].strip() for field, n in cells.items()}
        for n, cell in enumerate(line.cells):
            if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in cell) and n < len(self._fields):
                self._fault(line, n, "bad-signs", "This cell holds signs that are no text.", "Choose another encoding.")
        texts = self._texts(line, cells, said)
        if not texts and not said.get("title") and not said.get("line"):
            self._fault(
                line,
                0,
                "no-text",
                "This row has neither a text nor a title nor a line.",
                "Fill one of them in, or take the row out.",
            )
        at = self._at(line, cells, said)
        embargo = self._moment(line, cells["embargo"], said["embargo"]) if "embargo" in said else None
        minutes = self._minutes(line, cells, said)
        to = tuple(one for one in _BETWEEN.split(said.get("to", "")) if one)
        own = plain(said.get("id", ""))
        time = [said.get(name, "") for name in ("at", "date", "time", "zone", "minutes", "embargo", "group")]
        words = [texts, *(said.get(name, "") for name in ("title", "kind", "topic", "line", "note"))]
        when, what = marked(time, to), marked(words)
        identity = marked("id", own) if own else marked("row", when, what)
        langs = tuple(texts) or self._langs(said)
        return Row(
            line.number, cells, texts, said.get("title", ""), said.get("kind", "").lower(), to, langs, said.get("topic", ""),
            said.get("line", ""), said.get("group", ""), said.get("note", ""), minutes, said.get("zone", ""), at, embargo,
            identity, when, what, own,
        )  # fmt: skip

    def _langs(self, said: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(one.lower() for one in re.split(r"[\s,;|]+", said.get("lang", "")) if one)

    def _texts(self, line: Line, cells: Mapping[str, int], said: Mapping[str, str]) -> dict[str, str]:
        langs = self._langs(said)
        for one in langs:
            if not LANG.match(one):
                self._fault(
                    line, cells["lang"], "bad-language", f"“{one}” is no language tag.", "Use for example: en, fr, ar"
                )
                return {}
        made = {field.removeprefix("text."): said[field] for field in said if field.startswith("text.")}
        if "text" in said:
            if len(langs) > 1:
                self._fault(
                    line,
                    cells["lang"],
                    "two-languages",
                    "One text is in one language.",
                    "Give each language a column: text_fr, text_ar",
                )
            elif (lang := (langs or ("en",))[0]) in made:
                self._fault(
                    line,
                    cells["text"],
                    "text-twice",
                    f"There are two texts in {lang}.",
                    "Say the language of this one.",
                )
            else:
                made[lang] = said["text"]
        return {lang: text.replace("\r\n", "\n").replace("\r", "\n") for lang, text in made.items()}

    def _minutes(self, line: Line, cells: Mapping[str, int], said: Mapping[str, str]) -> int:
        text = plain(said.get("minutes", "0"))
        if not text.isdigit() or int(text) > 14 * 24 * 60:
            self._fault(
                line, cells["minutes"], "bad-minutes", f"“{text}” is no number of minutes.", "Write for example: 30"
            )
            return 0
        return int(text)

    def _at(self, line: Line, cells: Mapping[str, int], said: Mapping[str, str]) -> Moment | None:
        if "at" in said:
            if "date" in said or "time" in said:
                self._fault(
                    line,
                    cells["at"],
                    "time-twice",
                    "The time of this row stands in two places.",
                    "Leave one of them out.",
                )
                return None
            return self._moment(line, cells["at"], said["at"])
        if "date" not in said:
            if "time" in said:
                self._fault(line, cells["time"], "no-date", "There is a time and no date.", "Fill the date in.")
            return None
        if "time" not in said:
            return self._moment(line, cells["date"], said["date"])
        day = self._day(line, cells["date"], said["date"])
        clock = self._clock(line, cells["time"], said["time"])
        return Moment(cells["time"], day=day, clock=clock) if day and clock else None

    def _moment(self, line: Line, cell: int, text: str) -> Moment | None:
        said = plain(text[: LONGEST + 1])
        if _WHOLE.match(said):
            return Moment(cell, whole=said.replace(" ", "T", 1))
        pair = _PAIR.match(said)
        if pair is None:
            if self._day(line, cell, text) is not None:
                self._fault(
                    line,
                    cell,
                    "no-time-of-day",
                    f"“{text}” has no time of the day.",
                    "Write for example: 2027-04-03 09:00",
                )
            return None
        day, clock = self._day(line, cell, pair[1]), self._clock(line, cell, pair[2])
        return Moment(cell, day=day, clock=clock) if day and clock else None

    def _day(self, line: Line, cell: int, text: str) -> date | None:
        try:
            found = read_day(text, self._order)
        except NoDate as no:
            self._fault(line, cell, "bad-date", str(no))
            return None
        if found.other is not None:
            self.ambiguous.append((self._made(line, cell, "ambiguous-date", ""), found))
        elif found.shows in ("dmy", "mdy"):
            self._shows.setdefault(cell, {}).setdefault(found.shows, (line.number, text))
        return found.day

    def _clock(self, line: Line, cell: int, text: str) -> str:
        try:
            return read_clock(text)
        except NoDate as no:
            self._fault(line, cell, "bad-time", str(no))
            return ""

    def _asked(self, fault: Fault, read: Read) -> Fault:
        """A date that can be read in two ways, with both, and what other rows of its column show."""
        assert read.other is not None
        shows = next((one for n, one in self._shows.items() if letters(n) == fault.letters), {})
        says = f"“{fault.value.strip()}” is {read.day} (day first) or {read.other} (month first)."
        words = {"dmy": "day first", "mdy": "month first"}
        for order, (number, text) in shows.items():
            says += f" Row {number} has “{text}”, which is {words[order]}."
        likely = next(iter(shows)) if len(shows) == 1 else "dmy or --dates mdy"
        return replace(fault, message=says, help=f"Say which: --dates {likely}")
