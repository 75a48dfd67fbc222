"""A line of text whose words can be underlined. Qt marks what an input method composes in such a field, and in the same
way it marks what we tell it to; while one composes, it is left alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.widgets.finding_editor import points, utf16

Mark = tuple[int, int, QTextCharFormat]


class MarkedLine(QLineEdit):
    """Marks are ranges in code points. `typing` is where someone types, or -1."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.typing, self._composing = -1, False
        self._marks: Sequence[Mark] = ()
        self._length = len(text)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(self._is)
        self.cursorPositionChanged.connect(lambda _, now: self._moved(now))

    def mark(self, marks: Sequence[Mark]) -> None:
        """Underline these and nothing else."""
        self._marks = marks
        if self._composing:
            return
        text, at = self.text(), self.cursorPosition()
        made = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                utf16(text, start) - at,
                utf16(text, end) - utf16(text, start),
                how,
            )
            for start, end, how in marks
            if end <= len(text)
        ]
        QApplication.sendEvent(self, QInputMethodEvent("", made))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Marks come back when nothing is composed any more."""
        before, self._composing = self._composing, bool(event.preeditString())
        super().inputMethodEvent(event)
        if before and not self._composing:
            self.mark(self._marks)

    def _typed(self, text: str) -> None:
        """Marks before the place stay, those behind it move on, one that was touched goes."""
        self.typing = points(text, self.cursorPosition())
        more = len(text) - self._length
        at = self.typing - max(more, 0)
        rest = at - min(more, 0)
        before = [one for one in self._marks if one[1] < at]
        self.mark([*before, *((start + more, end + more, how) for start, end, how in self._marks if start > rest)])

    def _is(self, text: str) -> None:
        self._length = len(text)

    def _moved(self, now: int) -> None:
        if self.typing >= 0 and utf16(self.text(), self.typing) != now:
            self.typing = -1
