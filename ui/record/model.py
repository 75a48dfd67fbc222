"""The record's rows: when, what, about what, who, and one small sign where it does not simply count."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from g20desk.desk.record import Recorded
from ui import icons, theme
from ui.record.words import about, look, standing
from ui.rows import MORE, Row, RowModel
from ui.texts import t, when
from ui.widgets.rowlist import Index, RowDelegate, RowList, wide_of


@dataclass(frozen=True, slots=True)
class ActRow(Row):
    """`under` is the time, `right` the author; `mark`: the sign at the end and its tone."""

    mark: str = ""
    mark_tone: str = "text2"


def row_of(act: Recorded, now: int) -> ActRow:
    """A row of the list."""
    icon, verb = look(act)
    stands = standing(act)
    marked = bool(act.code) or act.place is None
    return ActRow(
        act.id, verb, about(act), icon, "text3" if not act.kind else "text2",
        act.by or t("A device that the office does not know"), "text2", when(act.at, now),
        spoken=t(stands.word) if marked else "", mark=stands.icon if marked else "", mark_tone=stands.tone,
    )  # fmt: skip


def more_row(shown: int) -> Row:
    """The last one, where there are more."""
    return Row(f"{MORE}{shown}", t("Show older acts"), icon="chevron-down")


class ActDelegate(RowDelegate):
    """One line of 33 pixels."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """From the font, so that it grows with the text."""
        return QSize(200, theme.px(33))

    def _wide(self, painter: QPainter, rect: QRect, way: Qt.LayoutDirection, row: Row, picked: bool) -> None:
        x, wide, high = rect.x() + 24, rect.width() - 48, rect.height() - 1
        top = rect.y()
        if not isinstance(row, ActRow):
            self._icon(painter, rect, way, x, top + (high - theme.px(16)) // 2, row, 16)
            box = QRect(x + theme.px(26), top, wide - theme.px(26), high)
            self._text(painter, rect, way, box, row.title, 13, theme.MEDIUM, "accentText")
            return
        time = theme.px(152) if wide > theme.px(620) else theme.px(132)
        who = theme.px(150) if wide > theme.px(620) else theme.px(110)
        self._text(painter, rect, way, QRect(x, top, time - 12, high), row.under, 12, theme.REGULAR, "text2")
        self._icon(painter, rect, way, x + time, top + (high - theme.px(16)) // 2, row, 16)
        begin, end = x + time + theme.px(26), x + wide - theme.px(28) - who
        verb = min(wide_of(row.title, 13, theme.MEDIUM) + 4, end - begin)
        tone = "text" if row.tone != "text3" else "text2"
        self._text(painter, rect, way, QRect(begin, top, verb, high), row.title, 13, theme.MEDIUM, tone)
        if (room := end - begin - verb - 18) > theme.px(30):
            box = QRect(begin + verb + 6, top, room, high)
            self._text(painter, rect, way, box, row.line, 13, theme.REGULAR, "text2")
        self._text(painter, rect, way, QRect(end, top, who, high), row.right, 12, theme.REGULAR, "text2")
        if row.mark:
            spot = QRect(x + wide - theme.px(16), top + (high - theme.px(16)) // 2, theme.px(16), theme.px(16))
            spot = QStyle.visualRect(way, rect, spot)
            icons.paint(painter, spot.x(), spot.y(), row.mark, 16, row.mark_tone)


class ActList(RowList):
    """The record's list."""

    def __init__(self, model: RowModel, name: str) -> None:
        super().__init__(model, name)
        self.setItemDelegate(ActDelegate(False, self))
        self.setUniformItemSizes(True)
