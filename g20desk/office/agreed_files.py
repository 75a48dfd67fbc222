"""Files of agreed language: a table with tabs, TOML, TMX. Faults are told by row and column, all of them at once. Pure."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from g20desk.office import tmx
from g20desk.office.agreed import MOST_UNITS, Unit, why_not
from g20desk.office.form import LANG

COLUMNS = ("id", "phrase", "summit", "year", "paragraph", "basis", "topic")
PHRASE = "phrase."
FORMATS = (".tsv", ".toml", ".tmx")
LONGEST_WORD = 200
_SPACE = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where: a row from 1, and a column by its name or number."""

    row: int
    column: str
    why: str


class Faults(ValueError):
    """A file with faults; nothing of it is taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].why)
        self.faults = tuple(faults)


def read(name: str, data: bytes) -> list[Unit]:
    """The units of a file, by the ending of its name. Raises Faults."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending not in FORMATS:
        raise Faults([Fault(0, "", f"a file of agreed language ends in {', '.join(FORMATS)}")])
    try:
        found = tmx.read(data) if ending == ".tmx" else _table(_text(data)) if ending == ".tsv" else _toml(_text(data))
    except tmx.BadTmx as bad:
        raise Faults([Fault(bad.line, str(bad.column), bad.why)]) from bad
    if not found:
        raise Faults([Fault(0, "", "there is no agreed language in it")])
    if len(found) > MOST_UNITS:
        raise Faults([Fault(0, "", f"it has more than {MOST_UNITS} texts")])
    return found


def _text(data: bytes) -> str:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if marked else "utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise Faults([Fault(before.count(b"\n") + 1, str(column), "this is not UTF-8: save it as UTF-8")]) from error


def _table(text: str) -> list[Unit]:
    head, *rows = text.rstrip("\n").split("\n")
    names = head.split("\t")
    faults = [Fault(1, name, "there is no such column") for name in names if not _column(name)]
    faults += [Fault(1, name, "this column stands twice") for name in sorted({n for n in names if names.count(n) > 1})]
    if not any(name == "phrase" or name.startswith(PHRASE) for name in names):
        faults.append(Fault(1, "phrase", "this column is missing"))
    if faults:
        raise Faults(faults)
    made: list[Unit] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        cells = row.split("\t")
        if not row.strip():
            continue
        if len(cells) != len(names):
            faults.append(
                Fault(
                    number, str(min(len(cells), len(names)) + 1), f"the row has {len(cells)} columns, not {len(names)}"
                )
            )
            continue
        made += _made(dict(zip(names, map(str.strip, cells), strict=True)), number, faults, seen)
    if faults:
        raise Faults(faults)
    return made


def _column(name: str) -> bool:
    return name in COLUMNS or (name.startswith(PHRASE) and bool(LANG.match(name.removeprefix(PHRASE))))


def _toml(text: str) -> list[Unit]:
    try:
        rows = tomllib.loads(text).get("phrase", [])
    except tomllib.TOMLDecodeError as error:
        raise Faults([Fault(0, "", f"this is not TOML: {error}")]) from error
    faults: list[Fault] = []
    made: list[Unit] = []
    seen: dict[str, int] = {}
    if not isinstance(rows, list):
        raise Faults([Fault(0, "phrase", "phrases are written as [[phrase]]")])
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            faults.append(Fault(number, "phrase", "phrases are written as [[phrase]]"))
            continue
        values = {name: str(value) if type(value) is int else value for name, value in row.items()}
        if isinstance(texts := values.get("texts"), dict):
            del values["texts"]
            values |= {f"{PHRASE}{lang}": said for lang, said in texts.items()}
        wrong = [name for name, value in values.items() if not _column(name) or not isinstance(value, str)]
        faults += [Fault(number, name, "this is not known here, or no text") for name in wrong]
        if not wrong:
            made += _made(values, number, faults, seen)
    if faults:
        raise Faults(faults)
    return made


def _made(row: dict[str, Any], number: int, faults: list[Fault], seen: dict[str, int]) -> list[Unit]:
    """The unit of a row; what is wrong with it is put to the faults."""
    before = len(faults)
    texts = {"en" if name == "phrase" else name.removeprefix(PHRASE): said
             for name, said in row.items() if name.startswith("phrase") and said}  # fmt: skip
    if not texts:
        faults.append(Fault(number, "phrase", "there is no text"))
    for lang, said in texts.items():
        if why := why_not(said):
            faults.append(Fault(number, "phrase" if lang == "en" else PHRASE + lang, why))
    for name in ("id", "summit", "paragraph", "basis", "topic"):
        if len(row.get(name, "")) > LONGEST_WORD or (row.get(name) and why_not(row[name])):
            faults.append(Fault(number, name, f"this is no word of up to {LONGEST_WORD} signs"))
    year = row.get("year", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        faults.append(Fault(number, "year", "a year has four digits"))
    if row.get("id") and (first := seen.setdefault(row["id"], number)) != number:
        faults.append(Fault(number, "id", f"row {first} has the same"))
    if len(faults) > before:
        return []
    words = {name: row.get(name, "") for name in ("id", "summit", "paragraph", "basis", "topic")}
    return [Unit(texts, year=int(year or 0), **words)]


def table(units: Iterable[Unit]) -> bytes:
    """Units as a table with tabs: English in `phrase`, other languages in columns of their own."""
    rows = list(units)
    others = sorted({lang for one in rows for lang in one.texts if lang != "en"})
    names = [*COLUMNS, *(PHRASE + lang for lang in others)]
    made = ["\t".join(names)]
    for one in rows:
        cells = [one.id, one.texts.get("en", ""), one.summit, str(one.year or ""), one.paragraph, one.basis, one.topic]
        made.append(
            "\t".join(_SPACE.sub(" ", cell) for cell in [*cells, *(one.texts.get(lang, "") for lang in others)])
        )
    return "\n".join([*made, ""]).encode("utf-8")
