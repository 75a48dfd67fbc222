"""A term list (CSV: not this, say this, why, language) made a rule file, a rule a row, every one off."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from g20desk.rulebook.imported import Candidate, Imported, LeftOut, family_of, written
from g20desk.rulebook.schema import LANGS

COLUMNS = {
    "not this": "not_this", "not": "not_this", "avoid": "not_this", "wrong": "not_this", "term": "not_this",
    "say this": "say_this", "say": "say_this", "use": "say_this", "instead": "say_this", "better": "say_this",
    "why": "why", "reason": "why", "note": "why", "lang": "lang", "language": "lang",
}  # fmt: skip
USUAL = ("not_this", "say_this", "why", "lang")
WHY = "The office uses another term."
_END = re.compile(r"[.!?。؟]+(?=\s|\Z)")


class Unreadable(ValueError):
    """A file that is no term list; the message says why."""


def imported(name: str, data: bytes, *, lang: str = "en", family: str = "", owner: str = "language") -> Imported:
    """A rule file from a list. The file's first line may name the columns; without it they come in the order above.
    Raises Unreadable for what is no table."""
    rows = _rows(data)
    columns = [COLUMNS.get(cell.strip().lower().replace("_", " "), "") for cell in rows[0][1]]
    if "not_this" in columns:
        rows = rows[1:]
    else:
        columns = list(USUAL)
    candidates: list[Candidate] = []
    left_out: list[LeftOut] = []
    seen: set[tuple[str, str]] = set()
    for number, cells in rows:
        where = f"{name}, line {number}"
        given = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
        spoken = given.get("lang", "").lower().partition("-")[0] or lang
        term, answer = (" ".join(given.get(key, "").split()) for key in ("not_this", "say_this"))
        why = _refused(cells, columns, term, answer, spoken, seen)
        if why:
            left_out.append(LeftOut(where, why))
            continue
        seen.add((spoken, term))
        candidates.append(_candidate(where, name, term, answer, sentence(given.get("why", ""), WHY), spoken, owner))
    return written(family or family_of(name.rpartition(".")[0] or name), name, candidates, left_out)


def _rows(data: bytes) -> list[tuple[int, list[str]]]:
    """Rows with something in them, with the number of their line."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    except UnicodeDecodeError:
        raise Unreadable("this is not UTF-8; save the list as “CSV UTF-8”") from None
    if "\0" in text:
        raise Unreadable("this is no text")
    text = text.lstrip("\ufeff")
    first = text.lstrip().partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", first)
    mark = max("\t;,", key=bare.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
    made = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                made.append((reader.line_num, cells))
    except csv.Error as error:
        raise Unreadable(f"line {reader.line_num} can't be read: {error}") from None
    if not made:
        raise Unreadable("there is nothing in it")
    return made


def _refused(
    cells: list[str], columns: list[str], term: str, answer: str, spoken: str, seen: set[tuple[str, str]]
) -> str:
    """Why a row makes no rule; empty where it does."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        return "it has more columns than the list; put quotation marks around text that holds the separator"
    if not term:
        return "it does not say what not to say"
    if term == answer:
        return "both terms are the same"
    if spoken not in LANGS:
        return f"there are no rules in “{spoken}”; languages are {', '.join(LANGS)}"
    if (spoken, term) in seen:
        return f"“{term}” stands in the list before"
    if not re.search(r"\w", term) or "*" in term:
        return "it holds no word, or a star"
    return ""


def _candidate(where: str, name: str, term: str, answer: str, why: str, spoken: str, owner: str) -> Candidate:
    exact = term != term.lower() or term.lower() == answer.lower()
    row: dict[str, Any] = {
        "kind": "substitution" if answer else "phrase", "level": "advise", "lang": [spoken],
        "not_this": [term], **({"say_this": [answer]} if answer else {}), **({"case": "exact"} if exact else {}),
        "why": why, "source": f"Term list {name}", "owner": owner, "principle": 6,
    }  # fmt: skip
    if term.lower() in answer.lower() and len(term) < len(answer):
        row["except_when"] = {"phrases": [answer]}
    return Candidate(where, row, [(term, answer)])


def sentence(text: str, usual: str) -> str:
    """A reason as one sentence: marks inside become semicolons."""
    text = " ".join(text.replace("e.g.", "for example").replace("i.e.", "that is").split())
    text = re.sub(r"[.!?。؟]+\Z", "", text).rstrip()
    text = _END.sub(";", text)
    return f"{text}." if text else usual
