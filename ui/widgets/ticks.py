"""Some of a few words: boxes to tick, three in a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from ui import theme
from ui.texts import caption


class Ticks(QWidget):
    """Some of a few words; none ticked means all."""

    changed = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        self.boxes: dict[str, QCheckBox] = {}
        self._order: list[str] = []
        for n, (code, said) in enumerate(options):
            box = QCheckBox(caption(said))
            box.setAccessibleName(f"{name}: {said}")
            box.setFont(theme.font(13))
            box.toggled.connect(lambda _: self.changed.emit())
            self.boxes[code] = box
            grid.addWidget(box, n // 3, n % 3)
        grid.setColumnStretch(3, 1)

    def put(self, codes: Sequence[str]) -> None:
        """Tick these."""
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code in codes)
            box.blockSignals(False)
        self._order = list(codes)

    def value(self) -> list[str]:
        """Those that are ticked: as they were ordered before, then the new ones."""
        ticked = [code for code, box in self.boxes.items() if box.isChecked()]
        return [
            *(code for code in self._order if code in ticked),
            *(code for code in ticked if code not in self._order),
        ]
