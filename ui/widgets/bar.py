"""A bar at the foot of a screen: words at the start, buttons at the end, below the words where there is no room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QCheckBox, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.base import dress, line
from ui.widgets.flow import Flow


class Bar(QWidget):
    """`told` is a column to be filled, `lead` the line it stands in; `add` puts a button at the end."""

    _keys: tuple[QWidget, Callable[[], object], Callable[[], object]] | None = None

    def __init__(self) -> None:
        super().__init__()
        dress(self, "surface", "bar")
        self.outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.outer.setContentsMargins(28, 12, 24, 12)
        self.outer.setSpacing(12)
        self.lead = line(gap=12)
        self.told = QVBoxLayout()
        self.told.setSpacing(2)
        self.lead.addLayout(self.told, 1)
        self.outer.addLayout(self.lead, 1)
        self.ends = Flow(8)
        self.outer.addWidget(self.ends)

    def add(self, button: QWidget) -> None:
        """One more at the end."""
        self.ends.add(button)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below."""
        super().resizeEvent(event)
        self.fit()

    def signs(self, button: QWidget, sign: Callable[[], object], leave: Callable[[], object]) -> None:
        """Enter signs and Escape leaves, from any field in it; on another button than this one Enter is that button's."""
        self._keys = (button, sign, leave)

    def event(self, event: QEvent) -> bool:
        """Something in it grew or went, or one of its keys."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        if self._keys and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._keys[2]()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter(*self._keys[:2])
                return True
        return super().event(event)

    def _enter(self, button: QWidget, sign: Callable[[], object]) -> None:
        held = self.focusWidget()
        other = isinstance(held, QAbstractButton) and not isinstance(held, QCheckBox) and held is not button
        held.click() if other else sign()

    def fit(self) -> None:
        """Beside where both have room."""
        room = self.width() - 52
        wide = self.ends.sizeHint().width()
        words = min(self.lead.sizeHint().width(), theme.px(420))
        beside = max(words, theme.px(200)) + wide + 12 <= room
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self.outer.direction() != way:
            self.outer.setDirection(way)
        tall = self.ends.height_at(wide if beside else room)
        if self.ends.minimumHeight() != tall:
            self.ends.setMinimumHeight(tall)
