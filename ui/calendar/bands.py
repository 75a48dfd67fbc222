"""How quiet times and slots are painted: hatching is time nothing may go out, a hatched strip at the side where that is so
for some accounts only; a dotted line is a slot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle

from ui import icons, theme
from ui.calendar.chips import sides, two_lines, words
from ui.calendar.plan import Band, Tick

STEP, STRIP = 9, 7


def hatch(painter: QPainter, box: QRect, band: Band) -> None:
    """Slanting lines over a tint; paler once it is over."""
    if box.isEmpty():
        return
    painter.save()
    painter.setClipRect(box)
    painter.fillRect(box, theme.faint("warnSoft", 70 if band.over else 130))
    painter.setPen(QPen(theme.faint("warn", 26 if band.over else 56), 1))
    tall = box.height()
    for x in range(box.x() - tall - (box.x() - tall) % STEP, box.right() + STEP, STEP):
        painter.drawLine(QPointF(x, box.bottom() + 1), QPointF(x + tall, box.y()))
    painter.restore()


def edge(painter: QPainter, box: QRect, band: Band) -> None:
    """Where it begins or ends."""
    painter.fillRect(box, theme.faint("warn", 90 if band.over else 200))


def label(painter: QPainter, box: QRect, band: Band, way: Qt.LayoutDirection) -> None:
    """Its shape and words on a clean ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(QRectF(box), 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    glyph, near = theme.px(14), sides(way)[0]

    def place(x: int, y: int, wide: int, tall: int) -> QRect:
        return QStyle.visualRect(way, box, QRect(box.x() + x, box.y() + y, wide, tall))

    spot = place(6, theme.px(4), glyph, glyph)
    icons.paint(painter, spot.x(), spot.y(), band.icon, 14, "warn")
    for n, (said, font, tone) in enumerate(lines(band, box.width())):
        x = 10 + glyph if n == 0 else 7
        line = place(x, theme.px(2) + n * theme.px(16), box.width() - x - 4, theme.px(17))
        words(painter, line, near, said, font, tone)


def lines(band: Band, wide: int) -> list[tuple[str, QFont, str]]:
    """What it is, over two lines where it has to be, and for whom."""
    bold = theme.font(11, theme.BOLD)
    said = [one for one in two_lines(band.words, bold, wide - theme.px(14) - 14) if one]
    return [*((one, bold, "warn") for one in said), (band.scope, theme.font(11), "text2")]


def label_height(band: Band, wide: int) -> int:
    """Room for its words in a column."""
    return theme.px(6) + theme.px(16) * len(lines(band, wide))


def slot(painter: QPainter, box: QRect, tick: Tick, way: Qt.LayoutDirection) -> None:
    """A dotted line over the column, with its name at the end."""
    painter.setPen(QPen(theme.faint("accentText", 150), 1, Qt.PenStyle.DotLine))
    painter.drawLine(box.topLeft(), box.topRight())
    over = QRect(box.x(), box.y() - theme.px(16), box.width(), theme.px(16))
    words(painter, over, sides(way)[1], tick.name, theme.font(11), "text3")
