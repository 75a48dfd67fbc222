"""How long: a number and a unit; as a route file has it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from g20desk.desk.routes import duration
from ui import theme
from ui.texts import t
from ui.widgets.base import line
from ui.widgets.choice import choice

UNITS = (("M", "minutes", 60_000), ("H", "hours", 3_600_000), ("D", "days", 86_400_000))
SECONDS = ("S", "seconds", 1_000)


class SpanField(QWidget):
    """`changed`: it says something else now."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        row = line(self, gap=8)
        self.many = QSpinBox()
        self.many.setRange(1, 99_999)
        self.many.setMinimumHeight(theme.px(32))
        self.many.setAccessibleName(name)
        self.many.lineEdit().setTextMargins(7, 0, 0, 0)
        self.unit = choice(t("Unit of time"), [(id, t(said)) for id, said, _ in UNITS])
        row.addWidget(self.many)
        row.addWidget(self.unit)
        row.addStretch(1)
        self.setFocusProxy(self.many)
        self.many.valueChanged.connect(lambda _: self.changed.emit())
        self.unit.currentIndexChanged.connect(lambda _: self.changed.emit())

    def put(self, ms: int) -> None:
        """In the largest unit that it has a whole number of; one day is 24 hours."""
        days = ms % 86_400_000 == 0 and ms >= 2 * 86_400_000
        units = [one for one in UNITS if ms and ms % one[2] == 0 and (one[0] != "D" or days)]
        id, said, size = units[-1] if units else SECONDS
        for part in (self.many, self.unit):
            part.blockSignals(True)
        if self.unit.findData(id) < 0:
            self.unit.addItem(t(said), id)
        self.unit.setCurrentIndex(self.unit.findData(id))
        self.many.setValue(max(1, ms // size))
        for part in (self.many, self.unit):
            part.blockSignals(False)

    def value(self) -> str:
        """`PT2H`, `P3D`."""
        unit = str(self.unit.currentData())
        return f"P{self.many.value()}D" if unit == "D" else f"PT{self.many.value()}{unit}"

    def ms(self) -> int:
        """In milliseconds."""
        return duration(self.value())
