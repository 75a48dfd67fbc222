"""Lines by members: what each member's accounts came to, as a mark with a shape, a colour and a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QStyledItemDelegate, QTableView

from g20desk.desk.line_listing import Cell, LineRow
from ui import icons, lands, theme
from ui.texts import land, t, tip
from ui.voice.relay_states import RELAYS
from ui.voice.words import topic

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
NOWHERE = QModelIndex()


def letters(code: str) -> str:
    """As members are written: `AfU`, for AU is Australia."""
    return "AfU" if code.upper() == "AFU" else code


class GridModel(QAbstractTableModel):
    """A row a line, a column a member; governments that are no members come after them where they were asked."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.lines: list[LineRow] = []
        self.cells: Mapping[tuple[str, str], Cell] = {}
        self.codes: list[str] = list(lands.members())

    def put(self, lines: Sequence[LineRow], cells: Mapping[tuple[str, str], Cell]) -> None:
        """Show these; where the lines and members are the same, only what they came to changes."""
        known = lands.members()
        others = sorted({code for _, code in cells} - set(known) - {""})
        codes = [*known, *others]
        if [one.id for one in lines] == [one.id for one in self.lines] and codes == self.codes:
            self.lines, self.cells = list(lines), cells
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(codes) - 1))
            return
        self.beginResetModel()
        self.lines, self.cells, self.codes = list(lines), cells, codes
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many governments."""
        return 0 if parent.isValid() else len(self.codes)

    def cell(self, index: Index) -> Cell | None:
        """What a member's accounts came to; None where it was not asked."""
        return self.cells.get((self.lines[index.row()].id, self.codes[index.column()]))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell, and the sentence for screen readers and who points at it."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        if role == CELL:
            return self.cell(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.sentence(index))
        return None

    def sentence(self, index: Index) -> str:
        """`Climate finance. Brazil: Drifted`, and of how many accounts where there are more than one."""
        cell, line = self.cell(index), self.lines[index.row()]
        word = t(RELAYS[cell.state].word) if cell is not None else t("Not asked")
        said = f"{topic(line)}. {land(self.codes[index.column()])}: {word}"
        return f"{said}. {t('{n} accounts', n=cell.accounts)}" if cell is not None and cell.accounts > 1 else said

    def headerData(self, at: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Members by their letters, lines by their topic."""
        across = way == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return letters(self.codes[at]) if across else topic(self.lines[at])
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            whole = land(self.codes[at]) if across else topic(self.lines[at])
            return tip(whole) if role == Qt.ItemDataRole.ToolTipRole else whole
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(11 if across else 12, theme.MEDIUM)
        if role == Qt.ItemDataRole.TextAlignmentRole and not across:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class CellDelegate(QStyledItemDelegate):
    """The state's icon in the middle; a point where nobody was asked."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Tint and ring of the picked cell, the mark."""
        rect, cell = QRect(option.rect), index.data(CELL)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("sel"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.color("accentText"), 2))
                painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color("sep"))
        size = theme.px(16)
        if cell is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sepStrong"))
            painter.drawEllipse(rect.center().x() - 1, rect.center().y() - 1, 3, 3)
        else:
            look = RELAYS[cell.state]
            icons.paint(painter, rect.center().x() - size // 2, rect.center().y() - size // 2, look.icon, 16, look.tone)
        painter.restore()


class Grid(QTableView):
    """Arrows go from cell to cell; Enter opens the line, on the account that the mark is of."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.model_ = GridModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(t("Lines by members"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setMinimumSectionSize(theme.px(24))
        across.setDefaultSectionSize(theme.px(32))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(theme.px(34))
        down.setFixedWidth(theme.px(184))
        for header in (across, down):
            header.setHighlightSections(False)
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._open)

    def fill(self, lines: Sequence[LineRow], cells: Mapping[tuple[str, str], Cell], wanted: str) -> None:
        """Show these, on the line that is read."""
        before = self.currentIndex()
        self.model_.put(lines, cells)
        at = next((n for n, one in enumerate(lines) if one.id == wanted), 0)
        if lines and not (before.isValid() and self.currentIndex().isValid()):
            self.setCurrentIndex(self.model_.index(at, 0))

    def sizeHint(self) -> QSize:
        """As wide as its members."""
        return QSize(theme.px(840), theme.px(320))

    def currentChanged(self, now: QModelIndex, before: QModelIndex) -> None:
        """What is picked is said."""
        super().currentChanged(now, before)
        self.setAccessibleDescription(self.model_.sentence(now) if now.isValid() else "")

    def _open(self, index: Index) -> None:
        cell = self.model_.cell(index)
        self.opened.emit(self.model_.lines[index.row()].id, cell.relay if cell is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; J and K as arrows; other letters belong to the screen."""
        now = self.currentIndex()
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and now.isValid():
            self._open(now)
        elif step and now.isValid():
            row = max(0, min(self.model_.rowCount() - 1, now.row() + step))
            self.setCurrentIndex(self.model_.index(row, now.column()))
        elif event.text() and event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)
