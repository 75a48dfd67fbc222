"""One rule in two rulebooks, side by side: what went is struck through at the start, what came underlined at the end."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from g20desk.office import wording
from g20desk.rulebook.editing import USUAL
from ui import theme
from ui.rules import words
from ui.rules.changes import FILE, Difference
from ui.texts import LEVELS, isolated, ltr, t
from ui.widgets.base import Icon, Label, clear, column, line, rule
from ui.widgets.word_diff import markup, spoken

MOST_LINES = 400
AROUND = 1
Side = list[tuple[str, str]]


def sides(key: str, before: Any, after: Any) -> tuple[list[Side], list[Side]]:
    """A value in both, line by line, as runs of (same|removed|added, text); lines that are in both stand once."""
    one, other = words.said(key, before), words.said(key, after)
    if len(one) == len(other) == 1:
        runs = wording.diff(one[0], other[0])
        return [[r for r in runs if r[0] != "added"]], [[r for r in runs if r[0] != "removed"]]
    left: list[Side] = []
    right: list[Side] = []
    for how, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if how == "equal":
            left += _kept(one[i1:i2])
            right += _kept(other[j1:j2])
        else:
            left += [[("removed", said)] for said in one[i1:i2]]
            right += [[("added", said)] for said in other[j1:j2]]
    return left[:MOST_LINES], right[:MOST_LINES]


def _kept(lines: list[str]) -> list[Side]:
    """Lines that did not change: those next to a change, and how many there are between."""
    if len(lines) <= 2 * AROUND + 1:
        return [[("same", said)] for said in lines]
    between = [("same", t("… {n} more …", n=len(lines) - 2 * AROUND))]
    return [*([("same", said)] for said in lines[:AROUND]), between, *([("same", said)] for said in lines[-AROUND:])]


class DifferencePane(QWidget):
    """Fills itself anew for each change."""

    def __init__(self) -> None:
        super().__init__()
        self.work = column(self, (28, 20, 28, 20), 8)

    def empty(self, said: str, trouble: str = "") -> None:
        """Nothing differs, or it can't be read."""
        clear(self.work)
        self.work.addWidget(Label(said, 13, tone="text2", wrap=True))
        if trouble:
            self.work.addWidget(Label(isolated(trouble), 12, theme.MEDIUM, "block", wrap=True))
        self.work.addStretch(1)

    def fill(self, change: Difference, heads: tuple[str, str]) -> None:
        """Show it under the names of the two rulebooks."""
        clear(self.work)
        if isinstance(change.before or change.after, Mapping):
            self._rule(change, heads)
        else:
            self._file(change, heads)
        self.work.addStretch(1)

    def _rule(self, change: Difference, heads: tuple[str, str]) -> None:
        said: Mapping[str, Any] = change.after or change.before  # type: ignore[assignment]
        look = change.row()
        head = line(self.work, gap=8)
        head.addWidget(Icon(look.icon, 16, look.tone))
        head.addWidget(Label(ltr(change.id), 13, theme.MEDIUM, "text2"))
        if change.before is None or change.after is None:
            head.addWidget(Label(look.line, 13, theme.MEDIUM, look.tone))
        head.addStretch(1)
        self.work.addWidget(Label(isolated(str(said["why"])), 15, theme.BOLD, wrap=True))
        if not (isinstance(change.before, Mapping) and isinstance(change.after, Mapping)):
            self._alone(said, heads[0] if change.after is None else heads[1])
            return
        grid = self._grid(heads)
        for key in change.keys:
            self._key(grid, t(words.KEYS[key]), *sides(key, _named(key, change.before), _named(key, change.after)))

    def _alone(self, said: Mapping[str, Any], head: str) -> None:
        """A rule that only one of the two has: what it says besides what any rule says."""
        grid = self._grid((head,))
        for key in words.KEYS:
            lines = words.said(key, _named(key, said))
            if lines and said[key] != USUAL[key]:
                self._key(grid, t(words.KEYS[key]), [[("same", one)] for one in lines])

    def _file(self, change: Difference, heads: tuple[str, str]) -> None:
        self.work.addWidget(Label(ltr(change.id.removeprefix(FILE)), 15, theme.BOLD, wrap=True))
        before, after = (str(x or "").splitlines() for x in (change.before, change.after))
        self._key(self._grid(heads), t("Lines"), *sides("", before, after))

    def _grid(self, heads: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, theme.px(110))
        for n, head in enumerate(heads, 1):
            grid.setColumnStretch(n, 1)
            grid.addWidget(Label(head, 12, theme.MEDIUM, "text2"), 0, n)
        grid.addWidget(rule(), 1, 0, 1, 3)
        self.work.addSpacing(6)
        self.work.addLayout(grid)
        return grid

    def _key(self, grid: QGridLayout, name: str, *columns: list[Side]) -> None:
        at = grid.rowCount()
        grid.addWidget(Label(name, 12, theme.MEDIUM, "text3", wrap=True), at, 0)
        for n, side in enumerate(columns, 1):
            shape = f"margin:0; line-height:{theme.px(20)}px; -qt-line-height-type:fixed"
            said = "<br>".join(markup(runs).replace("\n", "<br>") for runs in side) or "—"
            label = Label(f'<p style="{shape}">{said}</p>', 13, wrap=True, rich=True)
            label.setAccessibleName(
                f"{name}: " + ". ".join(spoken(runs) or "".join(w for _, w in runs) for runs in side)
            )
            grid.addWidget(label, at, n)
        for n in range(len(columns) + 1):
            grid.setAlignment(grid.itemAtPosition(at, n).widget(), Qt.AlignmentFlag.AlignTop)
        grid.addWidget(rule(), at + 1, 0, 1, 3)


def _named(key: str, row: Mapping[str, Any]) -> Any:
    """A value as it is told elsewhere on the screen."""
    value = row.get(key)
    return t(LEVELS[value].word) if key == "level" and value in LEVELS else value
