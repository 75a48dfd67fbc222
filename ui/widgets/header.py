"""The head of a screen: its title, a line of explanation, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ui import theme
from ui.widgets.base import Elided, dress, line
from ui.widgets.flow import Flow


class Header(QWidget):
    """The screen's title, a line of explanation, and what can be done, at the end; in lines of its own where there is
    no room beside the title."""

    def __init__(self, title: str, sub: str = "") -> None:
        super().__init__()
        dress(self, "surface", "bottom")
        self.outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.outer.setContentsMargins(24, 0, 24, 0)
        self.outer.setSpacing(0)
        self.row: QHBoxLayout = line(self.outer, gap=12)
        self.title, self.sub = Elided(title, 20, theme.BOLD), Elided(sub, 13, tone="text2")
        self.row.addWidget(self.title)
        self.row.addWidget(self.sub)
        self.row.addStretch(1)
        self.ends = Flow()
        self.outer.addWidget(self.ends)
        self._fit()

    def add(self, widget: QWidget) -> QWidget:
        """Put something at the end."""
        self.ends.add(widget)
        self._fit()
        return widget

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the title or below it."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """What is at the end grew or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        room = self.width() - 48
        title = sum(
            one.sizeHint().width() + 12
            for n in range(self.row.count())
            if (one := self.row.itemAt(n).widget()) is not None and one is not self.sub and not one.isHidden()
        )
        ends = self.ends.sizeHint().width()
        beside = title + 24 + ends <= room
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self.outer.direction() != way:
            self.outer.setDirection(way)
        tall = theme.px(64) if beside else theme.px(52) + self.ends.height_at(room) + 12
        self.ends.setMinimumWidth(ends if beside else 0)
        self.title.setMinimumWidth(min(self.title.sizeHint().width(), theme.px(360)) if beside else 0)
        self.ends.setMinimumHeight(self.ends.height_at(ends if beside else room))
        self.outer.setContentsMargins(24, 0, 24, 0 if beside else 12)
        if self.minimumHeight() != tall:
            self.setFixedHeight(tall)
