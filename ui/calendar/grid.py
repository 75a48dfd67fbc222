"""A day or a week, painted: days across, hours down, chips that stack and never shrink or go out of sight."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.calendar import bands
from ui.calendar.board import Board
from ui.calendar.chips import chip_height, paint_chip, sides, words
from ui.calendar.pages import QUARTER, Chip, Page
from ui.calendar.plan import Band
from ui.texts import clock, clock_in, ltr, t, zone_word
from ui.widgets.base import dress
from ui.zones import DAY, Change

HOUR = 3_600_000
FAR = 6


def left() -> int:
    """The room of the two clocks."""
    return theme.px(116)


def head_height() -> int:
    """The room of a day's name."""
    return theme.px(48)


class HoursGrid(Board):
    """Arrows pick, Enter opens, the mouse moves a post to another time."""

    wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(t("Week"))
        self.marks: list[tuple[QRect, Change]] = []
        self.grip: tuple[Chip, QPoint] | None = None
        self.ghost: tuple[QRect, int] | None = None

    def sizeHint(self) -> QSize:
        """Every hour has room, and so has every chip."""
        foot = max((box.bottom() for box, _ in self.lay()), default=0) if self.page else 0
        return QSize(theme.px(900), max(theme.px(47) * 24 + 16, foot + 12))

    def minimumSizeHint(self) -> QSize:
        """Scrolls rather than shrinks."""
        return QSize(left() + theme.px(76) * (self.page.count if self.page else 7), self.sizeHint().height())

    def y(self, ms: int) -> int:
        """Where a time of day stands."""
        return 8 + round(ms % DAY / HOUR * theme.px(47))

    def column(self, day: int) -> tuple[int, int]:
        """x and width of a day."""
        wide = (self.width() - left()) / (self.page.count if self.page else 7)
        return left() + round(day * wide), round(wide)

    def lay(self) -> list[tuple[QRect, Chip | Change | Band]]:
        """Where each chip, each clock change and each quiet time's words stand: they move down until they overlap
        nothing."""
        page = self.page
        if page is None:
            return []
        made: list[tuple[QRect, Chip | Change | Band]] = []
        foot = [0] * page.count
        heads = [(max(band.start, page.start), band) for band in page.bands]
        items = [*((one.at, one) for one in (*page.chips, *page.changes)), *heads]
        for at, one in sorted(items, key=lambda item: (item[0], isinstance(item[1], Chip))):
            day = (at - page.start) // DAY
            x, wide = self.column(day)
            high = self._tall(one, wide - 10)
            top = max(self.y(at) + 2 * isinstance(one, Band), foot[day])
            foot[day] = top + high + 3
            inset = 10 if isinstance(one, Chip) and (one.clash or one.quiet) else 5
            made.append((QRect(x + inset, top, wide - inset - 5, high), one))
        return made

    def _tall(self, one: Chip | Change | Band, wide: int) -> int:
        if isinstance(one, Band):
            return bands.label_height(one, wide)
        return chip_height() if isinstance(one, Chip) else theme.px(20)

    def _quiet(self, painter: QPainter, page: Page) -> None:
        """The hatching of each day, and lines where it begins and ends."""
        for day in range(page.count):
            begins, (x, wide) = page.start + day * DAY, self.column(day)
            for band in page.over(day):
                top = self.y(band.start) if band.start > begins else 0
                foot = self.y(band.end) if band.end < begins + DAY else self.height()
                across = wide - 1 if band.whole else theme.px(bands.STRIP)
                bands.hatch(painter, self.flip(QRect(x + 1, top, across, foot - top)), band)
                for at, y in ((band.start, top), (band.end, foot)):
                    if begins < at < begins + DAY:
                        bands.edge(painter, self.flip(QRect(x + 1, y - 1, across, 2)), band)
        for tick in page.ticks:
            x, wide = self.column((tick.at - page.start) // DAY)
            box = self.flip(QRect(x + 6, self.y(tick.at), wide - 12, 1))
            bands.slot(painter, box, tick, self.layoutDirection())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hours, days, clock changes, now, chips."""
        if self.page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._hours(painter, self.page)
        self._quiet(painter, self.page)
        laid = [(self.flip(box), one) for box, one in self.lay()]
        self.boxes = [(box, one) for box, one in laid if isinstance(one, Chip)]
        self.marks = [(box, one) for box, one in laid if isinstance(one, Change)]
        for box, change in self.marks:
            self._change(painter, box, change)
        for box, band in ((box, one) for box, one in laid if isinstance(one, Band)):
            bands.label(painter, box, band, self.layoutDirection())
        today = (self.page.now - self.page.start) // DAY
        if 0 <= today < self.page.count:
            self._now(painter, today)
        held, wide = self.current(), self.page.count == 1
        for box, chip in self.boxes:
            picked = self.hasFocus() and held is not None and chip.id == held.id
            paint_chip(painter, box, chip, self.layoutDirection(), picked, wide)
        if self.ghost is not None:
            painter.setPen(QPen(theme.color("accentText"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.ghost[0], 5, 5)
            font = theme.font(12, theme.BOLD)
            words(painter, self.ghost[0].adjusted(8, 0, -8, 0), sides(self.layoutDirection())[0],
                  clock(self.ghost[1]), font, "accentText")  # fmt: skip

    def _hours(self, painter: QPainter, page: Page) -> None:
        for n in range(page.count):
            x, wide = self.column(n)
            if (page.start // DAY + n + 3) % 7 > 4:
                painter.fillRect(self.flip(QRect(x, 0, wide + 1, self.height())), theme.color("sunken"))
            painter.fillRect(self.flip(QRect(x, 0, 1, self.height())), theme.color("sep"))
        font, middle, zone = theme.font(11, theme.MEDIUM), int(Qt.AlignmentFlag.AlignCenter), zone_word(page.zone)
        today = 0 <= page.now - page.start < page.count * DAY
        axis = page.now // DAY * DAY if today else page.start
        for hour in range(24):
            y, moment = self.y(hour * HOUR), axis + hour * HOUR
            painter.fillRect(self.flip(QRect(left() - 6, y, self.width() - left() + 6, 1)), theme.color("sep"))
            near_now = today and abs(y - self.y(page.now)) <= theme.px(14)
            if near_now or (hour % 2 and page.count > 1):
                continue
            painter.setFont(font)
            painter.setPen(theme.color("text"))
            tall = theme.px(18)
            painter.drawText(self.flip(QRect(theme.px(14), y - tall // 2, theme.px(40), tall)), middle, clock(moment))
            if zone:
                painter.setPen(theme.color("text2"))
                box = QRect(theme.px(66), y - tall // 2, theme.px(40), tall)
                painter.drawText(self.flip(box), middle, clock_in(moment, page.zone))

    def _change(self, painter: QPainter, box: QRect, change: Change) -> None:
        assert self.page is not None
        x, wide = self.column((change.at - self.page.start) // DAY)
        painter.setPen(QPen(theme.color("warn"), 1, Qt.PenStyle.DashLine))
        y = self.y(change.at)
        rule = self.flip(QRect(x, y, wide, 1))
        painter.drawLine(rule.topLeft(), rule.topRight())
        painter.fillRect(box, theme.color("warnSoft"))
        said = ltr(f"{change.before} → {change.after}")
        if self.page.count == 1:
            said = t("The clock changes: {times}", times=said)
        font = theme.font(11, theme.MEDIUM)
        words(painter, box.adjusted(6, 0, -6, 0), sides(self.layoutDirection())[0], said, font, "warn")

    def _now(self, painter: QPainter, today: int) -> None:
        assert self.page is not None
        y, (x, wide), tall = self.y(self.page.now), self.column(today), theme.px(18)
        painter.fillRect(self.flip(QRect(left(), y, x - left(), 1)), theme.color("accentText"))
        painter.fillRect(self.flip(QRect(x, y - 1, wide, 2)), theme.color("accentText"))
        box = self.flip(QRect(theme.px(12), y - tall // 2, theme.px(44), tall))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(theme.font(11, theme.BOLD))
        painter.setPen(theme.color("onAccent"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), clock(self.page.now))
        if zone_word(self.page.zone):
            painter.setPen(theme.color("accentText"))
            box = self.flip(QRect(theme.px(66), y - tall // 2, theme.px(40), tall))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), clock_in(self.page.now, self.page.zone))

    def time_at(self, top: QPoint) -> int:
        """The quarter of an hour at a chip's upper edge, on the day under it."""
        assert self.page is not None
        spot = self.flip(QRect(top, QSize(1, 1))).topLeft()
        wide = (self.width() - left()) / self.page.count
        day = max(0, min(self.page.count - 1, int((spot.x() - left()) // wide)))
        within = round((spot.y() - 8) / theme.px(47) * HOUR / QUARTER) * QUARTER
        return self.page.start + day * DAY + max(0, min(DAY - QUARTER, within))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks, and may begin a move."""
        super().mousePressEvent(event)
        spot = event.position().toPoint()
        chip = self.chip_at(spot)
        self.grip = (chip, spot) if chip is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The place where it would go."""
        spot = event.position().toPoint()
        if self.grip is None or self.page is None or (spot - self.grip[1]).manhattanLength() < FAR:
            return
        chip, start = self.grip
        top = next(box.y() for box, one in self.boxes if one.id == chip.id)
        to = self.time_at(QPoint(spot.x(), top + spot.y() - start.y()))
        x, wide = self.column((to - self.page.start) // DAY)
        self.ghost = (self.flip(QRect(x + 5, self.y(to), wide - 10, chip_height())), to)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: ask for it."""
        if self.grip is not None and self.ghost is not None:
            self.wanted.emit(self.grip[0], self.ghost[1])
        self.grip = self.ghost = None
        self.update()


class Days(QWidget):
    """The heads of the days; in a week with a clock change each says how far the desk is from UTC."""

    def __init__(self, grid: HoursGrid) -> None:
        super().__init__()
        self.grid = grid
        dress(self, "surface", "bottom")
        self.setFixedHeight(head_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Day, date, and how many."""
        super().paintEvent(event)
        painter, page = QPainter(self), self.grid.page
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("sepStrong"))
        if page is None:
            return
        small, tall, way = theme.font(11, theme.MEDIUM), self.height(), self.layoutDirection()
        near, far = sides(way)

        def flip(box: QRect) -> QRect:
            made = self.grid.flip(box)
            return QRect(made.x(), box.y(), made.width(), box.height())

        middle = int(Qt.AlignmentFlag.AlignHCenter)
        words(painter, flip(QRect(theme.px(12), 0, theme.px(44), tall)), middle, "UTC", small, "text")
        painter.setPen(theme.color("text2"))
        wrap = middle | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(flip(QRect(theme.px(56), 0, left() - theme.px(58), tall)), wrap, zone_word(page.zone))
        today = (page.now - page.start) // DAY
        for n, name in enumerate(page.days):
            x, wide = self.grid.column(n)
            if n == today:
                painter.fillRect(flip(QRect(x, 0, wide, tall - 1)), theme.color("accentSoft"))
            note = " · ".join(one for one in (ltr(page.notes[n]), page.marks[n]) if one)
            upper = tall - theme.px(18) if note else tall
            font = theme.font(13, theme.BOLD if n == today else theme.MEDIUM)
            box = flip(QRect(x + 12, 0, wide - 24, upper))
            count = str(len(page.on(n)) or "")
            used = QFontMetrics(theme.font(11)).horizontalAdvance(count) + 6 if count else 0
            title = (
                box.adjusted(used, 0, 0, 0) if way == Qt.LayoutDirection.RightToLeft else box.adjusted(0, 0, -used, 0)
            )
            words(painter, title, near, name, font, "accentText" if n == today else "text")
            words(painter, box, far, count, theme.font(11), "text2")
            if note:
                low = flip(QRect(x + 12, upper - theme.px(6), wide - 24, theme.px(18)))
                words(painter, low, near, note, theme.font(11), "warn")
