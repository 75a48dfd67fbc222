"""What One voice has in front: a line, and who carried it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from g20desk.desk.line_listing import LineRow
from g20desk.desk.relay_showing import Carrier
from g20desk.office import drift
from ui.texts import LANGS

ALL, PRESIDENCY, MEMBERS, DRIFT = "all", "presidency", "members", "drift"


@dataclass(frozen=True, slots=True)
class Listed:
    """A post as the desk lists it, marked against the line; `may`: this person may judge it."""

    row: dict[str, Any]
    marks: drift.Marks
    may: bool

    @property
    def open(self) -> bool:
        """Whether nobody has judged it."""
        return self.row["answer"] is None


def listed(rows: Sequence[dict[str, Any]], locks: dict[str, tuple[str, ...]], may: bool) -> tuple[Listed, ...]:
    """Those that wait for a person first, then those that were judged; each the newest first."""
    made = [
        Listed(row, drift.marks(row["wording"], [row["text"]], locks.get(row["lang"], ())), may)
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: not one.open))


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the desk tells it (`desk.lines.read`), its carriers, and how many there are in all; what governments posted beside
    it; `staff`: whether this person is of the office."""

    data: dict[str, Any]
    carriers: tuple[Carrier, ...]
    total: int
    now: int
    listed: tuple[Listed, ...] = ()
    staff: bool = False

    @property
    def row(self) -> LineRow:
        """The line."""
        found: LineRow = self.data["row"]
        return found

    def langs(self) -> list[str]:
        """Its languages, those of the interface first."""
        known = [code for code, _ in LANGS]
        return sorted(self.row.texts, key=lambda code: (known.index(code) if code in known else len(known), code))


def chosen(carriers: Sequence[Carrier], which: str) -> list[Carrier]:
    """The carriers of a filter."""
    kind = {PRESIDENCY: "presidency", MEMBERS: "member"}.get(which)
    return [
        one
        for one in carriers
        if (kind is None or one.kind == kind) and (which != DRIFT or (one.drifted and one.state == "drifted"))
    ]
