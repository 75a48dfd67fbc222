"""The editor of one text: plain text only, findings as extra selections, direction from its language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit

from ui import theme
from ui.texts import RTL

LINES = {
    "block": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "warn": QTextCharFormat.UnderlineStyle.WaveUnderline,
    "advise": QTextCharFormat.UnderlineStyle.DotLine,
}
TONES = {"block": "block", "warn": "warn", "advise": "accentText"}


def utf16(text: str, at: int) -> int:
    """Qt's place for a code point's place."""
    return at + sum(ord(c) > 0xFFFF for c in text[:at])


class FindingEditor(QTextEdit):
    """A QTextEdit, because only that right-aligns Arabic."""

    def __init__(self, name: str, size: int = 16) -> None:
        super().__init__()
        self.size_ = size
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(0)
        self.set_language("en")

    def set_language(self, lang: str) -> None:
        """Font and direction of the text's own language, whatever the interface's."""
        self.setFont(theme.font(self.size_, lang=lang))
        option = QTextOption()
        far = lang in RTL
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if far else Qt.LayoutDirection.LeftToRight)
        # text carries its own direction: the alignment must not be mirrored a second time
        option.setAlignment(Qt.AlignmentFlag.AlignLeft if not far else Qt.AlignmentFlag.AlignRight)
        option.setAlignment(option.alignment() | Qt.AlignmentFlag.AlignAbsolute)
        self.document().setDefaultTextOption(option)

    def grow(self, least: int) -> None:
        """As high as the text needs; the column around it scrolls."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(least)
        self.document().documentLayout().documentSizeChanged.connect(
            lambda size: self.setFixedHeight(max(least, round(size.height()) + 8))
        )

    def set_text(self, text: str) -> None:
        """Another text; undo begins anew."""
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        shape = QTextBlockFormat()
        shape.setLineHeight(theme.px(26), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(shape)
        self.document().clearUndoRedoStacks()

    def mark(self, findings: Sequence[dict[str, Any]], entities: Sequence[dict[str, Any]] = ()) -> None:
        """Underline what was found and colour what the network links."""
        text, made = self.toPlainText(), []

        def selection(start: int, end: int) -> Any:
            one = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            last = self.document().characterCount() - 1
            cursor.setPosition(min(utf16(text, start), last))
            cursor.setPosition(min(utf16(text, end), last), QTextCursor.MoveMode.KeepAnchor)
            one.cursor = cursor  # type: ignore[attr-defined]
            return one

        for entity in entities:
            one = selection(entity["start"], entity["end"])
            one.format.setForeground(theme.color("accentText"))
            made.append(one)
        for finding in findings:
            whole = finding["start"] == 0 and finding["end"] >= len(text)
            if whole or "attachment" in finding or finding["start"] == finding["end"]:
                continue
            one = selection(finding["start"], finding["end"])
            one.format.setUnderlineStyle(LINES.get(finding["level"], LINES["advise"]))
            one.format.setUnderlineColor(theme.color(TONES.get(finding["level"], "accentText")))
            if finding["level"] == "block":
                one.format.setBackground(theme.color("blockSoft"))
            made.append(one)
        self.setExtraSelections(made)

    def replace(self, start: int, end: int, words: str) -> None:
        """Take a fix; one step of undo."""
        text, cursor = self.toPlainText(), self.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(utf16(text, start))
        cursor.setPosition(utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        cursor.endEditBlock()
