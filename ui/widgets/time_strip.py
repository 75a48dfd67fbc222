"""Twenty-four hours in UTC with the desk's zone under it; titles get lanes and never overlap."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from ui import icons, theme
from ui.texts import clock, isolated, ltr, t, zone_name

HOUR = 3_600_000
LANE, LANES = 29, 5


@dataclass(frozen=True, slots=True)
class Dot:
    """One post on the strip."""

    id: str
    title: str
    at: int
    icon: str
    tone: str
    word: str


def begins(now: int) -> int:
    """06:00 UTC of that day, or of the day before when it is earlier than six."""
    six = now // (24 * HOUR) * 24 * HOUR + 6 * HOUR
    return six if now >= six else six - 24 * HOUR


class TimeStrip(QWidget):
    """Painted; its accessible description says what is on it."""

    def __init__(self) -> None:
        super().__init__()
        self.dots: tuple[Dot, ...] = ()
        self.now = 0
        self._laid: dict[tuple[int, int], list[tuple[Dot, int, int, int]]] = {}
        self.setAccessibleName(t("Next 12 hours"))
        self._fit()

    def put(self, dots: tuple[Dot, ...], now: int) -> None:
        """Show these."""
        self.dots, self.now, self._laid = dots, now, {}
        if self.isVisible():  # otherwise the width is still to come
            self._fit()
        self.setAccessibleDescription(". ".join(f"{clock(d.at)} UTC, {d.word}, {d.title}" for d in dots))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs other lanes."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many lanes as the posts need, three at least."""
        left = theme.px(76)
        used = [lane for *_, lane in self.lanes(left, self.width() - left - 24)]
        high = 39 + LANE * (max([2, *used]) + 1) + (24 if zone_name() else 0)
        if self.height() != theme.px(high):
            self.setFixedHeight(theme.px(high))

    def start(self) -> int:
        """The first hour that it shows."""
        return begins(self.now)

    def lanes(self, left: int, wide: int) -> list[tuple[Dot, int, int, int]]:
        """Each dot with its x, its width and its lane; measured once for each width."""
        if (left, wide) not in self._laid:
            self._laid[left, wide] = self._lay(left, wide)
        return self._laid[left, wide]

    def _lay(self, left: int, wide: int) -> list[tuple[Dot, int, int, int]]:
        font, ends, made = QFontMetrics(theme.font(12, theme.MEDIUM)), [0] * LANES, []
        now = left + round((self.now - self.start()) / (24 * HOUR) * wide)
        for dot in sorted(self.dots, key=lambda d: d.at):
            if not 0 <= dot.at - self.start() < 24 * HOUR:
                continue
            x = left + round((dot.at - self.start()) / (24 * HOUR) * wide)
            long = min(font.horizontalAdvance(dot.title), theme.px(210)) + theme.px(34)
            if dot.tone != "unk" and x + theme.px(90) < now < x + long:
                long = now - x - 4  # what is past does not reach into what comes
            x = min(x, left + wide - long)
            lane = next((n for n in range(LANES) if ends[n] <= x), min(range(LANES), key=lambda n: ends[n]))
            if ends[lane] > x:
                long = theme.px(26)  # no room for its words: the shape alone, in the lane with most room
                x = max(x, ends[lane] - 8)
            ends[lane] = x + long + 8
            made.append((dot, x, long, lane))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, tint, posts, now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        way, whole = self.layoutDirection(), self.rect()
        zone, left = zone_name(), theme.px(76)
        wide = self.width() - left - 24
        top, foot = theme.px(26), self.height() - (theme.px(30) if zone else 6)

        def flip(box: QRect) -> QRect:
            return QStyle.visualRect(way, whole, box)

        def at(ms: int) -> int:
            return left + round((ms - self.start()) / (24 * HOUR) * wide)

        until = min(at(self.now + 12 * HOUR), left + wide)
        painter.fillRect(flip(QRect(at(self.now), top, until - at(self.now), foot - top)), theme.color("accentSoft"))
        painter.setPen(QPen(theme.color("sepStrong"), 1))
        for y in (top, foot):
            painter.drawLine(flip(QRect(left, y, wide, 1)).topLeft(), flip(QRect(left, y, wide, 1)).topRight())
        painter.setFont(theme.font(11, theme.MEDIUM))
        side = Qt.AlignmentFlag.AlignVCenter | QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft)
        painter.setPen(theme.color("text3"))
        painter.drawText(flip(QRect(24, 0, left - 24, theme.px(20))), int(side), "UTC")
        painter.drawText(flip(QRect(24, foot + 6, left - 24, theme.px(20))), int(side), zone)
        for hour in range(25):
            moment, tall = self.start() + hour * HOUR, 6 if hour % 3 == 0 else 3
            for y in (top - tall, foot):
                tick = flip(QRect(at(moment), y, 1, tall))
                painter.fillRect(tick, theme.color("sepStrong"))
            near = abs(moment - self.now) < HOUR
            if hour % 3 == 0 and hour < 24 and not near:
                painter.setPen(theme.color("text2"))
                for y, here in ((0, False), (foot + 6, True)):
                    if not here or zone:
                        painter.drawText(
                            flip(QRect(at(moment) - theme.px(30), y, theme.px(60), theme.px(20))),
                            int(Qt.AlignmentFlag.AlignCenter),
                            clock(moment, local=here),
                        )
        painter.fillRect(flip(QRect(at(self.now), top - 6, 2, foot - top + 12)), theme.color("accentText"))
        for dot, x, long, lane in self.lanes(left, wide):
            self._dot(painter, flip(QRect(x, top + 8 + lane * theme.px(LANE), long, theme.px(25))), dot)
        for y, here in ((0, False), (foot + 6, True)):
            if not here or zone:
                box = flip(QRect(at(self.now) - theme.px(22), y, theme.px(45), theme.px(19)))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent"))
                painter.drawRoundedRect(box, 4, 4)
                painter.setPen(theme.color("onAccent"))
                painter.setFont(theme.font(11, theme.BOLD))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), ltr(clock(self.now, local=here)))

    def _dot(self, painter: QPainter, box: QRect, dot: Dot) -> None:
        way, past = self.layoutDirection(), dot.at < self.now
        if dot.tone == "unk":
            painter.setPen(QPen(theme.color("unk"), 1))
            painter.setBrush(theme.color("unkSoft"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        spot = QStyle.visualRect(
            way, box, QRect(box.x() + 5, box.y() + (box.height() - theme.px(16)) // 2, theme.px(16), theme.px(16))
        )
        icons.paint(painter, spot.x(), spot.y(), dot.icon, 16, dot.tone)
        font = theme.font(12, theme.MEDIUM)
        painter.setFont(font)
        painter.setPen(theme.color("unk" if dot.tone == "unk" else "text2" if past else "text"))
        room = QStyle.visualRect(
            way, box, QRect(box.x() + theme.px(28), box.y(), box.width() - theme.px(30), box.height())
        )
        side = QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(
            room,
            int(side | Qt.AlignmentFlag.AlignVCenter),
            isolated(QFontMetrics(font).elidedText(dot.title, Qt.TextElideMode.ElideRight, room.width())),
        )
