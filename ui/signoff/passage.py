"""A text that words can be chosen in, by mouse and by keys, to say something on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QTextCharFormat,
    QTextCursor,
)

from ui import theme
from ui.widgets.marked import Found, Marked
from ui.widgets.word_diff import Runs, places

Way = QTextCursor.MoveOperation
KEYS = {
    Qt.Key.Key_Left: (Way.Left, Way.WordLeft), Qt.Key.Key_Right: (Way.Right, Way.WordRight),
    Qt.Key.Key_Up: (Way.Up, Way.PreviousBlock), Qt.Key.Key_Down: (Way.Down, Way.NextBlock),
    Qt.Key.Key_Home: (Way.StartOfLine, Way.Start), Qt.Key.Key_End: (Way.EndOfLine, Way.End),
}  # fmt: skip


def commented() -> QTextCharFormat:
    """How words look that somebody said something on."""
    look = QTextCharFormat()
    look.setBackground(theme.color("accentSoft"))
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    look.setUnderlineColor(theme.color("accentText"))
    return look


class PassageText(Marked):
    """One post of a text. `key`: its language, network and number; `threads`: what is said on it, by where it stands."""

    def __init__(
        self, key: tuple[str, str, int], runs: Runs, findings: Iterable[Found], threads: Iterable[dict[str, Any]]
    ) -> None:
        super().__init__(16, runs, findings)
        self.key, self.at = key, places(runs)
        self.words = "".join(words for how, words in runs if how != "removed")
        self.caret = 0
        for one in threads:
            spans = self.at[one["about"]["start"] : one["about"]["end"]]
            if spans:
                self.marks.append(([(spans[0][0], spans[-1][1])], commented()))
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def chosen(self) -> tuple[int, int] | None:
        """The words that are chosen, in code points of the text as it is now; words that were taken out are none of it."""
        if not self.hasSelectedText():
            return None
        first, last = self._selected()
        inside = [n for n, (start, end) in enumerate(self.at) if end > first and start < last]
        return (inside[0], inside[-1] + 1) if inside else None

    def choose(self, start: int, end: int) -> None:
        """Have these words chosen."""
        spans = self.at[start:end]
        if spans:
            self.caret = spans[-1][1]
            self.setSelection(spans[0][0], spans[-1][1] - spans[0][0])

    def _selected(self) -> tuple[int, int]:
        start = self.selectionStart()
        return start, start + len(self.selectedText().encode("utf-16-le")) // 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move the caret, with Shift they choose, with Ctrl by words; Ctrl+A chooses all."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.choose(0, len(self.at))
        elif (ways := KEYS.get(Qt.Key(event.key()))) is not None:
            self._go(ways[bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)],
                     bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))  # fmt: skip
        else:
            event.ignore()
            return
        self.update()

    def _go(self, way: QTextCursor.MoveOperation, choosing: bool) -> None:
        anchor = self.caret
        if choosing and self.hasSelectedText():
            first, last = self._selected()
            anchor = first if self.caret == last else last
        cursor = QTextCursor(document := self.document())
        cursor.setPosition(min(self.caret, document.characterCount() - 1))
        cursor.movePosition(way)
        self.caret = cursor.position()
        start, end = sorted((anchor, self.caret))
        self.setSelection(start, end - start) if choosing and start < end else self.setSelection(0, 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The caret is where the choice ends."""
        super().mouseReleaseEvent(event)
        if self.hasSelectedText():
            self.caret = self._selected()[1]
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The choice is seen while it is made."""
        super().mouseMoveEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The caret shows."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is chosen stays chosen: the question about it takes the focus."""
        kept = self._selected() if self.hasSelectedText() else None
        super().focusOutEvent(event)
        if kept is not None:
            self.setSelection(kept[0], kept[1] - kept[0])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text with its marks, what is chosen, and the caret."""
        document, painter = self.document(), QPainter(self)
        painter.translate(self.contentsRect().topLeft())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, theme.color("text"))
        if self.hasSelectedText():
            chosen = QAbstractTextDocumentLayout.Selection()
            chosen.cursor = QTextCursor(document)
            first, last = (min(one, document.characterCount() - 1) for one in self._selected())
            chosen.cursor.setPosition(first)
            chosen.cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            chosen.format.setBackground(theme.color("accent"))
            chosen.format.setForeground(theme.color("onAccent"))
            context.selections = [chosen]
        document.documentLayout().draw(painter, context)
        if self.hasFocus() and not self.hasSelectedText():
            self._caret(painter, document)
        painter.end()

    def _caret(self, painter: QPainter, document: Any) -> None:
        block = document.findBlock(min(self.caret, document.characterCount() - 1))
        inside = self.caret - block.position()
        row = block.layout().lineForTextPosition(inside)
        if not row.isValid():
            return
        spot = document.documentLayout().blockBoundingRect(block).topLeft()
        x, y = spot.x() + row.cursorToX(inside)[0], spot.y() + row.y()
        painter.setPen(QPen(theme.color("accentText"), 2))
        painter.drawLine(round(x), round(y + 3), round(x), round(y + row.height() - 3))
