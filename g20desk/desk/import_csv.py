"""A table (CSV) as what it asks for: accounts, lines and clocks looked up, all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from g20desk.desk.import_match import Wanted
from g20desk.desk.times import moment, on_clock
from g20desk.errors import DeskError, Usage
from g20desk.office.tables import columns, encoding, table
from g20desk.office.tables.columns import IGNORED
from g20desk.office.tables.rows import Moment, Reader, Row, marked
from g20desk.office.tables.table import DELIMITERS, Fault, letters

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said about a file: its encoding, the sign between cells, the order of its dates (dmy, mdy, ymd), whose
    clock it goes by, what columns are, the plan that it goes to; of a calendar, the time that days without one have (or
    skip), and which zones its names mean. Empty: read off the file, or asked."""

    encoding: str = ""
    delimiter: str = ""
    dates: str = ""
    zone: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""
    all_day: str = ""
    zones: Mapping[str, str] = field(default_factory=dict)


def read(desk: Desk, data: bytes, said: Said, zone: str) -> tuple[dict[str, Any], list[Wanted], list[Fault]]:
    """What is read off the file for a person to see, what it asks for, and its faults. `zone`: whose clock it goes by where
    nobody said so, the plan's. Raises Usage where it can't be read as a table at all."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Usage(
            "no-table",
            "This is a spreadsheet or a document, no table as text.",
            "Save it as CSV (UTF-8), and take that in.",
        )
    text = encoding.read(data, said.encoding)
    found = table.read(text.text, said.delimiter)
    fields, faults = columns.mapped(found, said.columns)
    facts = {
        "encoding": text.encoding, "certain": text.certain, "samples": list(text.samples),
        "other_encodings": {name: list(words) for name, words in text.others},
        "delimiter": DELIMITERS[found.delimiter],
        "columns": [{"column": name, "letters": letters(n), "field": None if fields[n] == IGNORED else fields[n]}
                    for n, name in enumerate(found.header)],
        "dates": said.dates or None, "rows": len(found.rows),
    }  # fmt: skip
    reader = Reader(found, fields, said.dates)
    rows = reader.rows() if not faults else []  # with a column that nobody knows, half of a row would be missed
    clocks = _Clocks(desk, found, said.zone or zone)
    wanted = [_wanted(desk, row, clocks) for row in rows]
    faults = [*found.faults, *faults, *reader.faults, *clocks.faults]
    return facts, wanted, sorted(faults, key=lambda one: (one.row, len(one.letters), one.letters))


class _Clocks:
    """What rows name, looked up on this desk; what can't be found is a fault."""

    def __init__(self, desk: Desk, found: table.Table, zone: str) -> None:
        self._desk, self._table, self._zone = desk, found, zone
        self._now = desk.clock.now_ms()
        self._lines = {number: line for number, line in ((one.number, one) for one in found.rows)}
        self.faults: list[Fault] = []

    def fault(self, row: Row, cell: int, error: DeskError) -> None:
        """What is wrong with a cell."""
        cells = self._lines[row.number].cells
        name = self._table.header[cell] if cell < len(self._table.header) else ""
        value = cells[cell] if cell < len(cells) else ""
        self.faults.append(Fault(row.number, name, letters(cell), error.code, error.message, error.help, value))

    def look(self, row: Row, field: str, find: Callable[[str], str], named: str) -> str:
        """The id of what is named; a fault in the field's cell where there is none."""
        try:
            return find(named)
        except DeskError as error:
            self.fault(row, row.cells.get(field, 0), error)
            return ""

    def at(self, row: Row, said: Moment | None) -> int:
        """The moment that a row means, in milliseconds; 0 for none."""
        if said is None:
            return 0
        try:
            return self._at(row, said)
        except DeskError as error:
            self.fault(row, row.cells["zone"] if error.code == "bad-zone" and row.zone else said.cell, error)
            return 0

    def _at(self, row: Row, said: Moment) -> int:
        from g20desk.desk import days

        if said.whole:
            return moment(said.whole, self._now)[0]
        zone = row.zone or self._zone
        if not zone:
            raise Usage("no-zone", "Nobody said whose clock this time goes by.", "Say it: --zone Europe/Rome")
        days.zone(zone)
        assert said.day is not None
        made = on_clock(said.day, said.clock, zone)
        if made < self._now:
            raise Usage("past-time", f"{said.day} {said.clock} is past.", "Choose a later time, or leave the row out.")
        return made


def _wanted(desk: Desk, row: Row, clocks: _Clocks) -> Wanted:
    from g20desk.desk.settling import KINDS

    kind = row.kind or "news"
    if kind not in KINDS:
        clocks.fault(
            row, row.cells["kind"], Usage("unknown-kind", f"There is no kind “{kind}”.", f"Kinds: {', '.join(KINDS)}.")
        )
    ids = [clocks.look(row, "to", lambda one: desk.accounts.get(one).id, name) for name in dict.fromkeys(row.to)]
    line = clocks.look(row, "line", lambda one: desk.lines.get(one).id, row.line) if row.line else ""
    return Wanted(
        row.number, row.identity, row.when, row.what, row.title, dict(row.texts), kind, tuple(ids), row.langs, row.topic,
        line, marked("group", row.group) if row.group else "", row.note, row.minutes, clocks.at(row, row.at),
        clocks.at(row, row.embargo), alike=not row.own_id,
    )  # fmt: skip
