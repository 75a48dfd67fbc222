"""Days of the week, and a time of day on somebody's clock."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QTimeEdit, QWidget

from ui import theme
from ui.texts import WEEK, t, zone_word
from ui.widgets.base import line
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice


class WeekField(QWidget):
    """Seven buttons of which some hold."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("Days of the week"))
        row = line(self, gap=4)
        self.buttons = [KeyButton(t(word), small=True) for word in WEEK]
        for button in self.buttons:
            button.setCheckable(True)
            button.toggled.connect(lambda _: self.changed.emit())
            row.addWidget(button)

    def days(self) -> list[int]:
        """Those that hold; 1 is Monday."""
        return [n for n, button in enumerate(self.buttons, 1) if button.isChecked()]

    def put(self, days: list[int]) -> None:
        """Let these hold."""
        for n, button in enumerate(self.buttons, 1):
            button.setChecked(n in days)


class ClockField(QWidget):
    """A time of day on the desk's clock or in UTC."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        row = line(self, gap=8)
        self.time, self.where = QTimeEdit(), Choice()
        self.time.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.time.setDisplayFormat("HH:mm")
        self.time.lineEdit().setTextMargins(7, 0, 7, 0)
        if zone_word(zone):
            self.where.addItem(zone_word(zone), str(zone))
        self.where.addItem("UTC", "UTC")
        self.time.setTime(QTime(9, 0))
        for part, name in ((self.time, t("Time")), (self.where, t("Clock"))):
            part.setAccessibleName(name)
            part.setMinimumHeight(theme.px(32))
            row.addWidget(part)

    def clock(self) -> str:
        """`09:00`."""
        return self.time.time().toString("HH:mm")

    def zone(self) -> str:
        """Whose clock."""
        return str(self.where.currentData())
