"""The week, painted: days across, hours down, chips that stack and never shrink. Arrows pick, Enter opens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QWidget

from ui import icons, theme
from ui.calendar.presenter import DAY, Chip, Week
from ui.texts import clock, isolated, state, t, zone_name

LEFT = 104
TINTS = {"warn": "warnSoft", "accentText": "accentSoft", "block": "blockSoft", "unk": "unkSoft"}


class WeekGrid(QWidget):
    """Focusable; the picked chip is said in words."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.week: Week | None = None
        self.at = 0
        self.boxes: list[tuple[QRect, Chip]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("Week"))

    def sizeHint(self) -> QSize:
        """Every hour has room."""
        return QSize(theme.px(900), theme.px(47) * 24 + 16)

    def minimumSizeHint(self) -> QSize:
        """Scrolls rather than shrinks."""
        return QSize(theme.px(620), self.sizeHint().height())

    def put(self, week: Week) -> None:
        """Show a week."""
        self.week = week
        self.at = max(0, min(self.at, len(week.chips) - 1))
        self._say()
        self.update()

    def _say(self) -> None:
        chips = self.week.chips if self.week else ()
        self.setAccessibleDescription(chips[self.at].sentence() if chips else t("No posts this week."))

    def y(self, ms: int) -> int:
        """Where a time of day stands."""
        return 8 + round(ms % DAY / 3_600_000 * theme.px(47))

    def column(self, day: int) -> tuple[int, int]:
        """x and width of a day."""
        wide = (self.width() - LEFT) / 7
        return LEFT + round(day * wide), round(wide)

    def lay(self) -> list[tuple[QRect, Chip]]:
        """Where each chip stands: it moves down until it overlaps nothing."""
        made: list[tuple[QRect, Chip]] = []
        foot = [0] * 7
        high = theme.px(56)
        for chip in self.week.chips if self.week else ():
            x, wide = self.column(chip.day)
            top = max(self.y(chip.at), foot[chip.day])
            foot[chip.day] = top + high + 3
            made.append(
                (QRect(x + 5 + (5 if chip.clash else 0), top, wide - 10 - (5 if chip.clash else 0), high), chip)
            )
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hours, days, now, chips."""
        if self.week is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        way, whole = self.layoutDirection(), self.rect()

        def flip(box: QRect) -> QRect:
            return QStyle.visualRect(way, whole, box)

        for n in range(7):
            x, wide = self.column(n)
            if n > 4:
                painter.fillRect(flip(QRect(x, 0, wide + 1, self.height())), theme.color("sunken"))
            painter.fillRect(flip(QRect(x, 0, 1, self.height())), theme.color("sep"))
        painter.setFont(theme.font(11, theme.MEDIUM))
        today = (self.week.now - self.week.start) // DAY
        zone = zone_name()
        for hour in range(24):
            y = self.y(hour * 3_600_000)
            painter.fillRect(flip(QRect(LEFT - 6, y, self.width() - LEFT + 6, 1)), theme.color("sep"))
            if hour % 2 == 0 and abs(y - self.y(self.week.now)) > 12:
                moment = self.week.start + hour * 3_600_000
                painter.setPen(theme.color("text2"))
                painter.drawText(flip(QRect(20, y - 9, 40, 18)), int(Qt.AlignmentFlag.AlignCenter), clock(moment))
                if zone:
                    painter.drawText(
                        flip(QRect(60, y - 9, 40, 18)), int(Qt.AlignmentFlag.AlignCenter), clock(moment, local=True)
                    )
        if 0 <= today < 7:
            self._now(painter, flip, today)
        self.boxes = [(flip(box), chip) for box, chip in self.lay()]
        for n, (box, chip) in enumerate(self.boxes):
            self._chip(painter, box, chip, n == self.at and self.hasFocus())

    def _now(self, painter: QPainter, flip: object, today: int) -> None:
        assert self.week is not None
        place = flip
        y, (x, wide) = self.y(self.week.now), self.column(today)
        painter.fillRect(place(QRect(LEFT, y, x - LEFT, 1)), theme.color("accentText"))  # type: ignore[operator]
        painter.fillRect(place(QRect(x, y - 1, wide, 2)), theme.color("accentText"))  # type: ignore[operator]
        box = place(QRect(20, y - 9, 40, 18))  # type: ignore[operator]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.color("onAccent"))
        painter.setFont(theme.font(11, theme.BOLD))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), clock(self.week.now))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _chip(self, painter: QPainter, box: QRect, chip: Chip, focused: bool) -> None:
        look, way = state(chip.state), self.layoutDirection()
        draft = chip.state in ("draft", "submitted", "objected")
        painter.setBrush(theme.color(TINTS.get(look.tone, "surface")))
        tone = look.tone if look.tone in TINTS else "sepStrong"
        pen = QPen(theme.color("accentText" if focused else tone), 2 if focused else 1)
        if draft and not focused:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chip.clash:
            bar = QStyle.visualRect(way, box, QRect(box.x() - 6, box.y(), 3, box.height() + 3))
            if way == Qt.LayoutDirection.RightToLeft:
                bar.moveLeft(box.right() + 3)
            painter.fillRect(bar, theme.color("block"))
        spot = QStyle.visualRect(way, box, QRect(box.x() + 7, box.y() + 6, 14, 14))
        icons.paint(painter, spot.x(), spot.y(), look.icon, 14, look.tone)
        near = QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute
        far = QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(theme.font(12, theme.MEDIUM))
        ink = "text2" if chip.past else "text"
        painter.setPen(theme.color(ink))
        head = QStyle.visualRect(way, box, QRect(box.x() + 25, box.y() + 3, box.width() - 32, 20))
        painter.drawText(head, int(near | Qt.AlignmentFlag.AlignVCenter), clock(chip.at))
        painter.setFont(theme.font(11, theme.MEDIUM))
        if box.width() > theme.px(92):
            tone = "block" if chip.clash else "text2"
            painter.setPen(theme.color(tone))
            painter.drawText(head, int(far | Qt.AlignmentFlag.AlignVCenter), t("Clash") if chip.clash else chip.langs)
        self._title(painter, box, chip.title, ink, int(near | Qt.AlignmentFlag.AlignTop))

    def _title(self, painter: QPainter, box: QRect, title: str, ink: str, side: int) -> None:
        font = theme.font(12, theme.MEDIUM)
        metrics, room = QFontMetrics(font), box.width() - 14
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        first, rest = title, ""
        while metrics.horizontalAdvance(first) > room and " " in first:
            first, _, last = first.rpartition(" ")
            rest = f"{last} {rest}".strip()
        for n, words in enumerate((first, rest)):
            said = isolated(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
            painter.drawText(QRect(box.x() + 7, box.y() + 22 + n * theme.px(15), room, 18), side, said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down (J K) pick; Enter opens."""
        chips = self.week.chips if self.week else ()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        if step and chips:
            self.at = max(0, min(len(chips) - 1, self.at + step))
            self._say()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chips:
            self.opened.emit(chips[self.at].id)
        else:
            super().keyPressEvent(event)

    def chip_at(self, spot: QPoint) -> int:
        """Which chip is there, or -1."""
        return next((n for n, (box, _) in enumerate(self.boxes) if box.contains(spot)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        at = self.chip_at(event.position().toPoint())
        if at >= 0:
            self.at = at
            self._say()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two open."""
        at = self.chip_at(event.position().toPoint())
        if at >= 0:
            self.opened.emit(self.boxes[at][1].id)
