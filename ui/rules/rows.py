"""Rules as rows of a list, and which of them are wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ui.rows import Row
from ui.rules import words
from ui.texts import LEVELS, t

OFF = "off"
CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Filter:
    """What someone looks for; an empty string is everything. `level` may also be `off` or `changed`."""

    family: str = ""
    lang: str = ""
    kind: str = ""
    level: str = ""
    search: str = ""

    def takes(self, entry: Any, haystack: str) -> bool:
        """Whether a rule is among what is looked for."""
        row = entry.row
        return (
            self.family in ("", entry.family)
            and (not self.lang or not row["lang"] or self.lang in row["lang"])
            and (not self.kind or not row["kinds"] or self.kind in row["kinds"])
            and (not self.level or self._level(entry))
            and all(word in haystack for word in self.search.casefold().split())
        )

    def _level(self, entry: Any) -> bool:
        if self.level == OFF:
            return not entry.row["on"]
        if self.level == CHANGED:
            return bool(entry.changed)
        return bool(entry.row["on"] and entry.row["level"] == self.level)


def haystack(entry: Any) -> str:
    """All words of a rule that someone may remember."""
    row = entry.row
    said = (entry.id, row["why"], row["source"], row["test"], row["owner"], entry.file)
    listed = (*row["not_this"], *row["say_this"], *row["bad"], *row["good"])
    return "\n".join(str(one) for one in (*said, *listed)).casefold()


def wide_row(entry: Any) -> Row:
    """The same where there is room."""
    row = row_of(entry)
    return replace(row, right=row.third_right, right_tone="text2", under=row.third)


def row_of(entry: Any) -> Row:
    """A rule in a list: its reason, its bad example, how serious it is, its id."""
    row = entry.row
    level = LEVELS.get(str(row["level"]), LEVELS["advise"])
    bad = next(iter(row["bad"]), "")
    state = ("new" if entry.before is None else "changed") if entry.changed else ""
    id = words.code(entry.id) + (f" · {t(state)}" if state else "")
    return Row(
        entry.id,
        words.one_line(str(row["why"])) or t("New rule"),
        words.quoted(words.one_line(str(bad))) if bad else t("No example yet"),
        level.icon if row["on"] else "power",
        level.tone if row["on"] else "text3",
        third=t(level.word) if row["on"] else t("Off"),
        third_right=id,
    )
