"""What is drawn of a route: a stage's mark on the line, and a small box for each government."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QToolTip, QWidget

from ui import icons, theme
from ui.texts import DECISIONS, STAGES, land, t

RUNS = ("open", "running")
TINTS = {"approve": ("ok", "okSoft"), "object": ("block", "blockSoft"), "request-changes": ("warn", "warnSoft")}


class Node(QWidget):
    """The stage's mark on the line."""

    def __init__(self, number: int, state: str, last: bool) -> None:
        super().__init__()
        self.number, self.state, self.last = number, state, last
        self.setFixedWidth(theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring with a tick or a number, and the line down to the next."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, middle = theme.px(20), self.width() / 2
        if not self.last:
            painter.setPen(QPen(theme.color("sep"), 2))
            painter.drawLine(round(middle), size + 6, round(middle), self.height())
        if self.state in STAGES:
            glyph, tone = STAGES[self.state]
            icons.paint(painter, round(middle - size / 2), 2, glyph, 20, tone)
            return
        runs = self.state in RUNS
        tone = "accentText" if runs else "text3"
        pen = QPen(theme.color(tone), 1.75)
        if not runs:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("accentSoft" if runs else "surface"))
        box = QRectF(middle - size / 2 + 1, 3, size - 2, size - 2)
        painter.drawEllipse(box)
        painter.setFont(theme.font(11, theme.BOLD))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(self.number))


class Members(QWidget):
    """One small box a government: its code, and its word as a shape."""

    def __init__(self, voices: list[tuple[str, str]]) -> None:
        super().__init__()
        self.shown = sorted(voices)
        self.setAccessibleName(t("Governments"))
        self.setAccessibleDescription(
            ". ".join(f"{land(g)}: {t(DECISIONS.get(d, DECISIONS['']).word)}" for g, d in self.shown)
        )
        self.setFixedHeight(((len(self.shown) + 4) // 5) * theme.px(25))

    def sizeHint(self) -> QSize:
        """Five a line."""
        return QSize(theme.px(260), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n, (code, said) in enumerate(self.shown):
            look, box = DECISIONS.get(said, DECISIONS[""]), self._box(n)
            edge, fill = TINTS.get(said, ("sepStrong", "surface"))
            painter.setPen(QPen(theme.color(edge), 1))
            painter.setBrush(theme.color(fill))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            icons.paint(painter, box.x() + 6, box.y() + 4, look.icon, 13, look.tone)
            painter.setFont(theme.font(11, theme.BOLD))
            painter.setPen(theme.color("text"))
            painter.drawText(box.adjusted(20, 0, -4, 0), int(Qt.AlignmentFlag.AlignCenter), code)

    def _box(self, n: int) -> QRect:
        wide, high = theme.px(48), theme.px(21)
        place = QRect((n % 5) * (wide + 5), (n // 5) * (high + 4), wide, high)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def event(self, event: QEvent) -> bool:
        """A tooltip for the box that is pointed at."""
        if isinstance(event, QHelpEvent) and (words := self.pointed(event.pos())):
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def pointed(self, at: QPoint) -> str:
        """The whole name and word of the box there; empty between them."""
        under = (one for n, one in enumerate(self.shown) if self._box(n).contains(at))
        return next((f"{land(code)}: {t(DECISIONS.get(said, DECISIONS['']).word)}" for code, said in under), "")
