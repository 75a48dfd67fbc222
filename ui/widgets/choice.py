"""A choice of a few words, with its arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle

from ui import icons, theme


class Choice(QComboBox):
    """A QComboBox that draws its arrow from our icons, mirrored where the interface is."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the arrow."""
        super().paintEvent(event)
        side = theme.px(14)
        box = QRect(self.width() - side - 8, (self.height() - side) // 2, side, side)
        spot = QStyle.visualRect(self.layoutDirection(), self.rect(), box)
        painter = QPainter(self)
        icons.paint(painter, spot.x(), spot.y(), "chevron-down", 14, "text2")


def choice(name: str, options: Sequence[tuple[Any, str]]) -> Choice:
    """One of a few words."""
    made = Choice()
    made.setAccessibleName(name)
    made.setFont(theme.font(13))
    made.setMinimumHeight(theme.px(32))
    for value, said in options:
        made.addItem(said, value)
    return made
