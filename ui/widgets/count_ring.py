"""The ring that fills as a post fills: amber from nine tenths, red when over."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.texts import t


class CountRing(QWidget):
    """Length over limit; the count itself stands beside it in words."""

    def __init__(self) -> None:
        super().__init__()
        self.length, self.limit = 0, 1
        self.setFixedSize(theme.px(18), theme.px(18))

    def put(self, length: int, limit: int) -> None:
        """Show a count."""
        self.length, self.limit = length, max(1, limit)
        self.setAccessibleName(t("{a} of {b} characters", a=length, b=limit))
        self.update()

    def tone(self) -> str:
        """Which colour the count calls for."""
        return "block" if self.length > self.limit else "warn" if self.length >= 0.9 * self.limit else "accentText"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(theme.color("sep"), 3))
        painter.drawEllipse(box)
        pen = QPen(theme.color(self.tone()), 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, -round(min(1.0, self.length / self.limit) * 360 * 16))
