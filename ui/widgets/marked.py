"""Message text to be read, with what was found underlined in it as the composer has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from g20desk.rulebook.reading import Span, merged
from ui.widgets.base import Label
from ui.widgets.underlines import underlined
from ui.widgets.word_diff import Runs, places

Found = dict[str, Any]


def stands(text: str, found: Found) -> tuple[int, int] | None:
    """Where a finding's words stand in a text; the nearest to where they were found, for what went out may have written a
    handle otherwise. None where they don't, or are all of it."""
    words, start = found["text"], found["start"]
    if not words or "attachment" in found or words == text:
        return None
    before, after = text.rfind(words, 0, start + len(words)), text.find(words, start)
    places = [at for at in (before, after) if at >= 0]
    at = min(places, key=lambda at: abs(at - start), default=-1)
    return (at, at + len(words)) if at >= 0 else None


def _over(document: QTextDocument, spans: Iterable[Span]) -> Iterator[QTextCursor]:
    last = document.characterCount() - 1
    for start, end in spans:
        cursor = QTextCursor(document)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        yield cursor


class Marked(Label):
    """A label whose words are drawn with underlines; for all else it is the label that it looks like."""

    def __init__(self, size: int, runs: Runs, findings: Iterable[Found]) -> None:
        super().__init__("", size, wrap=True, rich=True)
        text = "".join(words for how, words in runs if how != "removed")
        at = places(runs)
        self.marks: list[tuple[list[Span], QTextCharFormat]] = []
        for found in findings:
            if (place := stands(text, found)) is not None:
                # Words that were taken out may stand in between.
                self.marks.append((merged(at[slice(*place)]), underlined(found)))

    def document(self) -> QTextDocument:
        """The text as it is drawn."""
        made = QTextDocument()
        made.setDocumentMargin(0)
        made.setDefaultFont(self.font())
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        made.setDefaultTextOption(option)
        made.setHtml(self.text())
        made.setTextWidth(self.contentsRect().width())
        for spans, look in self.marks:
            for cursor in _over(made, spans):
                cursor.mergeCharFormat(look)
        return made

    def marked(self) -> list[tuple[str, QTextCharFormat]]:
        """The words that are underlined, and how."""
        document = self.document()
        return [("".join(c.selectedText() for c in _over(document, spans)), look) for spans, look in self.marks]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text with its marks."""
        document, painter = self.document(), QPainter(self)
        painter.translate(self.contentsRect().topLeft())
        document.drawContents(painter)
        painter.end()
