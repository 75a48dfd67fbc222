"""Which column of a table means what: known names, and what a person says of the others. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from g20desk.errors import Usage
from g20desk.office.form import LANG
from g20desk.office.tables.table import Fault, Table, letters

# A field, and the names that columns of it go by; `text` may be followed by a language: text_fr, text (ar).
FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("uid", "identifier", "ref", "reference", "key", "number", "no", "no."),
    "at": (
        "when",
        "date and time",
        "datetime",
        "date time",
        "start",
        "starts",
        "publish at",
        "scheduled",
        "time (utc)",
    ),
    "date": ("day", "on", "start date"),
    "time": ("hour", "start time", "local time", "clock"),
    "zone": ("time zone", "timezone", "tz"),
    "minutes": ("duration", "length"),
    "title": ("subject", "name", "summary", "what", "event"),
    "text": ("message", "post", "copy", "body", "content", "wording"),
    "lang": ("language", "languages", "langs"),
    "kind": ("type", "category"),
    "to": ("account", "accounts", "channel", "channels", "on account", "post on"),
    "topic": ("subject matter", "theme"),
    "embargo": ("not before", "not_before", "embargo until", "embargoed until"),
    "line": ("agreed line",),
    "group": ("linked", "moves with", "together"),
    "note": ("notes", "remark", "remarks", "comment", "comments"),
}
IGNORED = "-"
_TEXT = re.compile(r"text[\s_.:-]*\(?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\)?\Z", re.IGNORECASE)


def known(name: str) -> str:
    """The field that a column of this name is; empty for none."""
    plain = " ".join(name.casefold().split())
    if found := _TEXT.match(plain):
        return f"text.{_tag(found[1])}"
    return next((field for field, names in FIELDS.items() if plain == field or plain in names), "")


def _tag(lang: str) -> str:
    first, *rest = lang.split("-")
    return "-".join(
        [first.lower(), *(one.upper() if len(one) == 2 else one.title() if len(one) == 4 else one for one in rest)]
    )


def mapped(table: Table, given: Mapping[str, str]) -> tuple[tuple[str, ...], list[Fault]]:
    """The field of each column (IGNORED: none), and the columns that nobody knows. `given`: a column's name or letters and
    its field, or - to leave it out. Raises Usage."""
    said = {}
    for name, field in given.items():
        wanted = field.strip().lower() if field.strip() != IGNORED else IGNORED
        if (
            wanted != IGNORED
            and wanted not in FIELDS
            and not (wanted.startswith("text.") and LANG.match(_tag(wanted[5:])))
        ):
            raise Usage(
                "bad-field",
                f"There is no field “{field}”.",
                f"One of: {', '.join(FIELDS)}, text.LANG, or - to leave it out",
            )
        said[_place(table, name)] = f"text.{_tag(wanted[5:])}" if wanted.startswith("text.") else wanted
    made, faults = [], []
    for n, name in enumerate(table.header):
        field = said.get(n) or (known(name) if name else IGNORED)
        if not field:
            faults.append(Fault(1, name, letters(n), "unknown-column", f"Nobody knows what the column “{name}” is.",
                                f'Say it: --map "{name}=FIELD", or leave it out: --map "{name}=-"', name))  # fmt: skip
        elif field != IGNORED and field in made:
            faults.append(Fault(1, name, letters(n), "field-twice", f"Two columns are “{field}”.",
                                f'Leave one out: --map "{name}=-"', name))  # fmt: skip
        made.append(field or IGNORED)
    return tuple(made), faults


def _place(table: Table, name: str) -> int:
    plain = " ".join(name.casefold().split())
    for n, one in enumerate(table.header):
        if one.casefold() == plain:
            return n
    for n in range(len(table.header)):
        if letters(n).casefold() == plain:
            return n
    raise Usage("no-column", f"There is no column “{name}”.", f"There are: {', '.join(filter(None, table.header))}")
