"""The month, painted: one line a post with its shape and title; what does not fit is counted and opens the day."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.calendar import bands
from ui.calendar.board import Board
from ui.calendar.chips import paint_line, sides, words
from ui.calendar.pages import Chip
from ui.texts import ltr, t
from ui.widgets.base import dress
from ui.zones import DAY


class MonthGrid(Board):
    """Seven days across, the month's weeks down."""

    day_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("Month"))
        self.more: list[tuple[QRect, int]] = []

    def sizeHint(self) -> QSize:
        """Room for the date and three lines a day."""
        weeks = self.page.count // 7 if self.page else 5
        return QSize(theme.px(900), weeks * (theme.px(28) + 3 * theme.px(20) + 6))

    def minimumSizeHint(self) -> QSize:
        """Scrolls rather than shrinks."""
        return QSize(theme.px(100) * 7, self.sizeHint().height())

    def cell(self, day: int) -> QRect:
        """The box of a day, read from the start."""
        weeks = self.page.count // 7 if self.page else 5
        wide, tall = self.width() / 7, self.height() / weeks
        x, y = round(day % 7 * wide), round(day // 7 * tall)
        return QRect(x, y, round((day % 7 + 1) * wide) - x, round((day // 7 + 1) * tall) - y)

    def lines(self, day: int) -> tuple[tuple[Chip, ...], int]:
        """The posts that fit, and how many do not."""
        chips = self.page.on(day) if self.page else ()
        room = max(1, (self.cell(day).height() - theme.px(28) - 4) // theme.px(20))
        if len(chips) <= room:
            return chips, 0
        held = self.current()
        shown = chips[: room - 1]
        if held in chips and held not in shown and shown:
            shown = (*shown[:-1], held)  # type: ignore[arg-type]
        return shown, len(chips) - len(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Days, then posts."""
        if self.page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.boxes, self.more = [], []
        for day in range(self.page.count):
            self._day(painter, day)

    def _day(self, painter: QPainter, day: int) -> None:
        page = self.page
        assert page is not None
        way, cell, at = self.layoutDirection(), self.cell(day), page.start + day * DAY
        near, far = sides(way)
        inside, today = page.first <= at < page.end, page.now // DAY * DAY == at
        if not inside or day % 7 > 4:
            painter.fillRect(self.flip(cell), theme.color("sunken" if inside else "window"))
        for band in (b for b in page.bands if b.marks(at)):
            wide = cell.width() - 1 if band.whole else theme.px(bands.STRIP)
            bands.hatch(painter, self.flip(QRect(cell.x() + 1, cell.y() + 1, wide, cell.height() - 1)), band)
        painter.fillRect(self.flip(QRect(cell.x(), cell.y(), cell.width(), 1)), theme.color("sep"))
        painter.fillRect(self.flip(QRect(cell.x(), cell.y(), 1, cell.height())), theme.color("sep"))
        date = str(datetime.fromtimestamp(at / 1000, UTC).day)
        head = self.flip(QRect(cell.x() + 8, cell.y() + 4, cell.width() - 16, theme.px(22)))
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            dot = self.flip(QRect(cell.x() + 5, cell.y() + 4, theme.px(26), theme.px(22)))
            painter.drawRoundedRect(QRectF(dot), 4, 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            font, middle = theme.font(13, theme.BOLD), int(Qt.AlignmentFlag.AlignHCenter)
            words(painter, dot, middle, date, font, "onAccent")
        else:
            words(painter, head, near, date, theme.font(13, theme.MEDIUM), "text" if inside else "text3")
        turned = [ltr(f"{c.before} → {c.after}") for c in page.changes if at <= c.at < at + DAY]
        note = " · ".join(one for one in (*turned, page.marks[day]) if one)
        rest = self.flip(QRect(cell.x() + theme.px(38), cell.y() + 4, cell.width() - theme.px(46), theme.px(22)))
        words(painter, rest, far, note, theme.font(11, theme.MEDIUM), "warn")
        shown, more = self.lines(day)
        held = self.current()
        y = cell.y() + theme.px(28)
        for chip in shown:
            box = self.flip(QRect(cell.x() + 3, y, cell.width() - 6, theme.px(20)))
            self.boxes.append((box, chip))
            picked = self.hasFocus() and held is not None and held.id == chip.id
            paint_line(painter, box, chip, way, picked)
            y += theme.px(20)
        if more:
            box = self.flip(QRect(cell.x() + 8, y, cell.width() - 16, theme.px(20)))
            self.more.append((box, at))
            words(painter, box, near, ltr(f"+{more}"), theme.font(12, theme.MEDIUM), "accentText")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks; on what is counted it opens the day."""
        spot = event.position().toPoint()
        for box, at in self.more:
            if box.contains(spot):
                self.day_wanted.emit(at)
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two open: the post, or the day beside it."""
        spot = event.position().toPoint()
        if self.chip_at(spot) is None and (at := self.day_at(spot)) is not None:
            self.day_wanted.emit(at)
        else:
            super().mouseDoubleClickEvent(event)

    def day_at(self, spot: QPoint) -> int | None:
        """Midnight UTC of the day there."""
        for day in range(self.page.count if self.page else 0):
            if self.flip(self.cell(day)).contains(spot):
                return self.page.start + day * DAY  # type: ignore[union-attr]
        return None


class WeekDays(QWidget):
    """The names over the month."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__()
        self.grid = grid
        dress(self, "surface", "bottom")
        self.setFixedHeight(theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Monday first."""
        super().paintEvent(event)
        painter, near = QPainter(self), sides(self.layoutDirection())[0]
        painter.setPen(QPen(theme.color("sepStrong"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for n, name in enumerate((t("Mon"), t("Tue"), t("Wed"), t("Thu"), t("Fri"), t("Sat"), t("Sun"))):
            cell = self.grid.flip(self.grid.cell(n))
            box = QRect(cell.x() + 8, 0, cell.width() - 16, self.height() - 1)
            words(painter, box, near, name, theme.font(12, theme.MEDIUM), "text2")
