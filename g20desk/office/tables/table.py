"""A text of cells: which sign stands between them, the columns and the rows, with their numbers as a spreadsheet has them. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from g20desk.errors import Usage

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_ROWS = 10_000
MOST_BYTES = 32 * 1024 * 1024
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: its row (1 is the header), its column's name and letters, what to do, what stands there;
    row 0: with the file as a whole."""

    row: int
    column: str
    letters: str
    code: str
    message: str
    help: str = ""
    value: str = ""

    def as_json(self) -> dict[str, object]:
        """As `import` says it."""
        return {"row": self.row, "column": self.column, "letters": self.letters, "code": self.code,
                "message": self.message, "help": self.help, "value": self.value[:200]}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number, and its cells as they were written."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the sign between its cells, its header, its rows (empty ones left out)."""

    delimiter: str
    header: tuple[str, ...]
    rows: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()


def letters(number: int) -> str:
    """The letters of a column, 0 is A."""
    made = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        made = chr(65 + rest) + made
    return made


def read(text: str, delimiter: str = "") -> Table:
    """The table in a text. `delimiter`: a sign or its name, where somebody said so. Raises Usage."""
    sign = _sign(delimiter) if delimiter else ""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:  # as Excel writes it
        sign, text = sign or first.strip()[4:] or "\t", rest
        records, faults = _records(text, sign)
        return _table(sign, [[], *records], faults)
    sign = sign or _found(text)
    records, faults = _records(text, sign)
    return _table(sign, records, faults)


def _sign(typed: str) -> str:
    named = {name: sign for sign, name in DELIMITERS.items()} | {"\\t": "\t"}
    sign = named.get(typed.lower(), typed)
    if sign not in DELIMITERS:
        raise Usage("bad-delimiter", f"“{typed}” does not stand between cells.", "comma, semicolon, tab or bar")
    return sign


def _found(text: str) -> str:
    """The sign that cuts the first rows into most cells, as many in each; a comma where there is but one column."""
    scores = {}
    for sign in DELIMITERS:
        records, _ = _records(text, sign, LOOKED_AT)
        counts = [len(one) for one in records if one]
        if counts and counts[0] > 1:
            scores[sign] = (sum(count == counts[0] for count in counts) / len(counts), counts[0])
    best = max(scores.values(), default=(0.0, 0))
    alike = [sign for sign, score in scores.items() if score == best]
    if len(alike) > 1:
        names = " or ".join(DELIMITERS[sign] for sign in alike)
        raise Usage(
            "unsure-delimiter", f"The cells can be cut by {names}.", f"Say which: --delimiter {DELIMITERS[alike[0]]}"
        )
    return alike[0] if alike else ","


def _records(text: str, sign: str, most: int = MOST_ROWS + 2) -> tuple[list[list[str]], list[Fault]]:
    made: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        for record in reader:
            made.append(record)
            if len(made) > most:
                break
    except csv.Error as error:
        if "limit" in str(error):
            why = "A cell of this row is longer than 130,000 signs."
        else:
            why = "A quotation mark in this row stands alone: what it opens is not closed, or text follows it."
        return made, [Fault(len(made) + 1, "", "", "bad-quotes", why, "Save the file again from the spreadsheet.")]
    return made, []


def _table(sign: str, records: Sequence[list[str]], faults: list[Fault]) -> Table:
    lines = [Line(n, tuple(record)) for n, record in enumerate(records, 1) if any(cell.strip() for cell in record)]
    if not lines:
        raise Usage(
            "empty-file", "There is no row in this file." if not faults else faults[0].message, "Save it again."
        )
    head, rows = lines[0], lines[1:]
    if len(rows) > MOST_ROWS:
        raise Usage("too-many-rows", f"A file has at most {MOST_ROWS:,} rows.", "Cut it in parts.")
    header = tuple(" ".join(cell.split()) for cell in head.cells)
    while header and not header[-1]:
        header = header[:-1]
    for n, name in enumerate(header):
        if name and name.casefold() in {one.casefold() for one in header[:n]}:
            faults.append(Fault(head.number, name, letters(n), "column-twice", f"The column “{name}” is there twice."))
    for line in rows:
        for n, cell in enumerate(line.cells):
            if cell.strip() and (n >= len(header) or not header[n]):
                what = "This cell stands under no header."
                faults.append(
                    Fault(line.number, "", letters(n), "no-header", what, "Name the column in the first row.", cell)
                )
    return Table(sign, header, tuple(rows), tuple(faults))
