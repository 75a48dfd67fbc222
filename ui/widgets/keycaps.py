"""A key as it stands in the keyboard's own box."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.base import Label, line
from ui.widgets.button import paint_key


class KeyCap(QWidget):
    """Shows; cannot be pressed."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        wide = QFontMetrics(theme.font(11, theme.MEDIUM)).horizontalAdvance(key) + theme.px(10)
        self.setFixedSize(max(wide, theme.px(18)), theme.px(18))
        self.setAccessibleName(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_key(painter, self.rect(), self.key, "text2", "ctl")


class KeyHint(QWidget):
    """Keys and what they do."""

    def __init__(self, keys: str, words: str) -> None:
        super().__init__()
        row = line(self, gap=5)
        for key in keys:
            row.addWidget(KeyCap(key))
        row.addWidget(Label(words, 12, tone="text2"))
