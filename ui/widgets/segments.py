"""A few words of which one holds, side by side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from ui import theme
from ui.texts import tip
from ui.widgets.flow import Flow


class Segment(QAbstractButton):
    """One of them."""

    def __init__(self, words: str, key: str) -> None:
        super().__init__()
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(key)
        self.setToolTip(tip(f"{words}  {key}"))
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """The words at their widest."""
        font = QFontMetrics(theme.font(13, theme.BOLD))
        return QSize(font.horizontalAdvance(self.text()) + theme.px(24), theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Raised where it holds."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, box = self.isChecked(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if on or self.hasFocus():
            edge = "accentText" if self.hasFocus() else "sepStrong"
            painter.setPen(QPen(theme.color(edge), 2 if self.hasFocus() else 1))
            painter.setBrush(theme.color("surface") if on else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(theme.color("text" if on else "text2"))
        painter.setFont(theme.font(13, theme.BOLD if on else theme.MEDIUM))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())


class Segments(Flow):
    """`chosen` carries the id."""

    chosen = Signal(str)

    def __init__(self, name: str, parts: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__(2, start=True, edge=2)
        self.setAccessibleName(name)
        self.parts: dict[str, Segment] = {}
        for id, words, key in parts:
            self.parts[id] = Segment(words, key)
            self.parts[id].clicked.connect(lambda _=False, id=id: self.chosen.emit(id))
            self.add(self.parts[id])

    def minimumSizeHint(self) -> QSize:
        """All in one line, but in a flow that has no room for it."""
        return self.sizeHint()

    def pick(self, id: str) -> None:
        """The one that holds."""
        self.parts[id].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The trough."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("disabledFill"))
        painter.drawRoundedRect(QRectF(self.rect()), 7, 7)
