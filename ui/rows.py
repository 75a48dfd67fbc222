"""Frozen rows for lists, and the model that keeps them by id: inserts, removes, moves; never a reset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

ROW = Qt.ItemDataRole.UserRole
ROOT_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows. `act` is the word on its button; `spoken` is the state as a word. `marks`: members and what
    each has said, with `tally` under them."""

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

    def sentence(self) -> str:
        """All of it, for a screen reader."""
        parts = (self.title, self.spoken, self.line, self.third, self.third_right, self.right, self.under)
        return ". ".join(p for p in parts if p)


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
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.sentence()
        return None

    def rows(self) -> tuple[Row, ...]:
        """What is shown, in order."""
        return tuple(self._rows)

    def place(self, id: str) -> int:
        """Where that id stands, or -1."""
        return next((n for n, row in enumerate(self._rows) if row.id == id), -1)

    def put(self, rows: list[Row]) -> None:
        """Become these rows with the fewest changes; selection and scroll stay."""
        wanted = {row.id for row in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].id not in wanted:
                self.beginRemoveRows(ROOT_INDEX, at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            was = self.place(row.id)
            if was < 0:
                self.beginInsertRows(ROOT_INDEX, at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
                continue
            if was != at and self.beginMoveRows(ROOT_INDEX, was, was, ROOT_INDEX, at if at < was else at + 1):
                self._rows.insert(at, self._rows.pop(was))
                self.endMoveRows()
            if self._rows[at] != row:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at))
