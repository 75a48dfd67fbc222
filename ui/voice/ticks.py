"""Drift, one tick a word: grey where the word stands, taller and in colour where something happened to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from g20desk.office import drift
from ui import theme
from ui.texts import t

# From what weighs least: where there are more words than room, a tick shows the gravest of its words.
WEIGHT = (drift.AROUND, drift.SAME, drift.ADDED, drift.CHANGED, drift.GONE, drift.LOCKED)
STEP, LEAST = 6, 2


class Ticks(QWidget):
    """Painted from the end that the language is read from."""

    def __init__(self, ticks: Sequence[str], words: str, far: bool) -> None:
        super().__init__()
        self.ticks, self.far = tuple(ticks), far
        self.setAccessibleName(t("Drift, word by word"))
        self.setAccessibleDescription(f"{words}. {t('{n} words', n=len(self.ticks))}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A word takes a few pixels, as long as there is room."""
        return QSize(theme.px(174), theme.px(16))

    def minimumSizeHint(self) -> QSize:
        """It may shrink."""
        return QSize(theme.px(60), theme.px(16))

    def shown(self) -> list[str]:
        """The ticks that there is room for."""
        most = max(1, self.width() // LEAST)
        n = len(self.ticks)
        if n <= most:
            return list(self.ticks)
        parts = [self.ticks[at * n // most : (at + 1) * n // most] for at in range(most)]
        return [max(part, key=WEIGHT.index) for part in parts]

    def paintEvent(self, event: QPaintEvent) -> None:
        """One after the other, on one base line."""
        painter = QPainter(self)
        ticks = self.shown()
        step = min(theme.px(STEP), self.width() / max(1, len(ticks)))
        wide, high = max(1.0, step * 0.72), self.height()
        for n, how in enumerate(ticks):
            x = self.width() - n * step - wide if self.far else n * step
            tall = {drift.SAME: 0.4, drift.AROUND: 0.15}.get(how, 1.0) * high
            box = QRectF(x, high - tall if tall == high else (high + 0.4 * high) / 2 - tall, wide, tall)
            tone = {drift.SAME: "sepStrong", drift.AROUND: "sepStrong", drift.LOCKED: "block"}.get(how, "warn")
            if how == drift.GONE:  # hollow: nothing stands there
                painter.setPen(QPen(theme.color(tone), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            else:
                painter.fillRect(box, theme.color(tone))
