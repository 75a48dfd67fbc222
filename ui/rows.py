"""Frozen rows for lists, and the model that keeps them by id: inserts, removes, moves; never a reset."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.texts import t, tip

ROW = Qt.ItemDataRole.UserRole
ROOT_INDEX = QModelIndex()
MORE = "more/"


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows. `act` is the word on its button; `spoken` is the state as a word. `marks`: members and what
    each has said, with `tally` under them. `fresh`: there is something in it that this person has not seen. `why_not`:
    why they can't do what `act` says."""

    id: str
    title: str
    line: str = ""
    icon: str = ""
    tone: str = "text2"
    right: str = ""
    right_tone: str = "text"
    under: str = ""
    act: str = ""
    third: str = ""
    third_right: str = ""
    spoken: str = ""
    ltr: bool = False
    marks: tuple[tuple[str, str], ...] = ()
    tally: str = ""
    fresh: bool = False
    why_not: str = ""

    def sentence(self) -> str:
        """All of it, for a screen reader."""
        parts = (
            self.title,
            t("Not seen yet") if self.fresh else "",
            self.spoken,
            self.line,
            self.third,
            self.third_right,
            self.right,
            self.under,
        )
        return ". ".join(p for p in parts if p)


def page(rows: list[Row], total: int, step: int) -> list[Row]:
    """The rows, and where there are more in all, a last one that says how many and asks for the next `step`."""
    left = total - len(rows)
    if left <= 0:
        return rows
    words = t("Show {n} more of {left}", n=min(step, left), left=left)
    return [*rows, Row(f"{MORE}{len(rows)}", words, icon="chevron-down")]


class RowModel(QAbstractListModel):
    """Rows keyed by id; `put` moves the list from what it was to what it should be."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT_INDEX) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, sentence for screen readers, or the row itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence()
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.sentence())
        return None

    def rows(self) -> tuple[Row, ...]:
        """What is shown, in order."""
        return tuple(self._rows)

    def place(self, id: str) -> int:
        """Where that id stands, or -1."""
        return next((n for n, row in enumerate(self._rows) if row.id == id), -1)

    def put(self, rows: list[Row]) -> None:
        """Become these rows with the fewest changes; selection and scroll stay."""
        self._remove({row.id for row in rows})
        kept = {row.id for row in self._rows}
        at = 0
        while at < len(rows):
            row = rows[at]
            if row.id not in kept:
                new = list(takewhile(lambda one: one.id not in kept, islice(rows, at, None)))
                self.beginInsertRows(ROOT_INDEX, at, at + len(new) - 1)
                self._rows[at:at] = new
                self.endInsertRows()
                at += len(new)
                continue
            if self._rows[at].id != row.id:
                was = self.place(row.id)
                self.beginMoveRows(ROOT_INDEX, was, was, ROOT_INDEX, at)
                self._rows.insert(at, self._rows.pop(was))
                self.endMoveRows()
            if self._rows[at] != row:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at))
            at += 1

    def _remove(self, wanted: set[str]) -> None:
        """Take away all others, run by run, from the end."""
        last = len(self._rows) - 1
        while last >= 0:
            first = last
            while first >= 0 and self._rows[first].id not in wanted:
                first -= 1
            if first < last:
                self.beginRemoveRows(ROOT_INDEX, first + 1, last)
                del self._rows[first + 1 : last + 1]
                self.endRemoveRows()
            last = first - 1
