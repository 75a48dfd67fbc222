"""The editor of one text: plain text only, findings as extra selections, direction from its language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from ui import theme
from ui.texts import RTL
from ui.widgets.underlines import underlined


def utf16(text: str, at: int) -> int:
    """Qt's place for a code point's place."""
    return at + sum(ord(c) > 0xFFFF for c in text[:at])


def points(text: str, at: int) -> int:
    """The code point's place for Qt's."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * at].decode("utf-16-le", "surrogatepass"))


def _typed(raw: str) -> str:
    """Qt's raw text with line ends."""
    return raw.replace("\u2029", "\n").replace("\u2028", "\n")


def _files(source: QMimeData) -> list[str]:
    """The files among what was dropped or pasted. What is no picture is told where it is read: as text, the way to it on this computer
    would stand in the message."""
    return [url.toLocalFile() for url in source.urls() if url.isLocalFile()]


def _drawn(source: QMimeData) -> QImage:
    """The picture that was pasted; an empty one where there are only drawings (SVG), which may name files of this computer."""
    forms = [form for form in source.formats() if form.startswith("image/")]
    bare = [form for form in forms if form in ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp")]
    return QImage(source.imageData()) if bare or not forms else QImage()


class FindingEditor(QTextEdit):
    """A QTextEdit, because only that right-aligns Arabic. `pictured` carries the path of a file that was dropped or
    pasted, or the picture itself; `types` where someone types, as `typing`."""

    pictured = Signal(object)
    types = Signal(int)

    def __init__(self, name: str, size: int = 16) -> None:
        super().__init__()
        self.size_, self.composing = size, False
        self._typed, self._taking, self._revision = False, False, 0
        self._held: list[Any] = []
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(0)
        self.set_language("en")
        self.cursorPositionChanged.connect(self._moved)

    def set_language(self, lang: str) -> None:
        """Font and direction of the text's own language, whatever the interface's. A paragraph in another script lies as
        that is read, where the language itself runs from the left."""
        self.setFont(theme.font(self.size_, lang=lang))
        option, self.far = QTextOption(), lang in RTL
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self.far else Qt.LayoutDirection.LayoutDirectionAuto)
        # The alignment of what runs from the right must not be mirrored a second time.
        absolute = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        option.setAlignment(absolute if self.far else Qt.AlignmentFlag.AlignLeft)
        self.document().setDefaultTextOption(option)

    def grow(self, least: int) -> None:
        """As high as the text needs; the column around it scrolls."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(least)
        self.document().documentLayout().documentSizeChanged.connect(
            lambda size: self.setFixedHeight(max(least, round(size.height()) + 8))
        )

    def toPlainText(self) -> str:
        """The text letter by letter as it was typed: Qt's own turns spaces that keep words together into plain ones."""
        return _typed(self.document().toRawText())

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is what was typed."""
        made = super().createMimeDataFromSelection()
        made.text()  # Qt fills it when first asked, and would do so over ours
        made.clear()
        made.setText(_typed(self.textCursor().selectedText()))
        return made

    def settle(self) -> None:
        """What an input method is composing is taken as it stands, before the text is put away."""
        if self.composing:
            QGuiApplication.inputMethod().commit()

    def set_text(self, text: str) -> None:
        """Another text; undo begins anew, and nothing is being composed in it."""
        self.composing, self._held = False, []
        self.setPlainText(text)
        frame = self.document().rootFrame().frameFormat()
        frame.setRightMargin(2)  # the caret of a line that begins at the right edge needs room
        self.document().rootFrame().setFrameFormat(frame)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        shape = QTextBlockFormat()
        shape.setLineHeight(theme.px(26), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(shape)
        self.document().clearUndoRedoStacks()
        self._typed, self._revision = False, self.document().revision()

    def typing(self) -> int:
        """Where someone types, in code points; -1 where the caret was moved there."""
        return points(self.toPlainText(), self.textCursor().position()) if self._typed else -1

    def _moved(self) -> None:
        if not self._taking:
            now = self.document().revision()
            self._typed, self._revision = now != self._revision, now
            self.types.emit(self.typing())

    def mark(
        self,
        findings: Sequence[dict[str, Any]],
        entities: Sequence[dict[str, Any]] = (),
        lit: Sequence[tuple[int, int]] = (),
        agreed: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Underline what was found, colour what the network links, tint what is agreed wording and what one has gone to. The line that an input
        method is composing in is left alone until it is done: marks would shift under the words that are not in the text
        yet."""
        text, made = self.toPlainText(), []

        def selection(start: int, end: int) -> Any:
            one = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            last = self.document().characterCount() - 1
            cursor.setPosition(min(utf16(text, start), last))
            cursor.setPosition(min(utf16(text, end), last), QTextCursor.MoveMode.KeepAnchor)
            one.cursor = cursor  # type: ignore[attr-defined]
            return one

        for block in self._lines():
            if block.text() == "---":
                one = selection(0, 0)
                one.cursor = QTextCursor(block)
                one.format.setBackground(theme.color("sel"))
                one.format.setForeground(theme.color("text3"))
                one.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                made.append(one)
        for start, end in agreed:
            one = selection(start, end)
            one.format.setBackground(theme.color("lock"))
            one.format.setForeground(theme.color("lockText"))
            made.append(one)
        for entity in entities:
            one = selection(entity["start"], entity["end"])
            one.format.setForeground(theme.color("accentText"))
            made.append(one)
        for start, end in lit:
            if end - start < len(text):
                one = selection(start, end)
                one.format.setBackground(theme.color("accentSoft"))
                made.append(one)
        for finding in findings:
            whole = finding["start"] == 0 and finding["end"] >= len(text)
            if whole or "attachment" in finding or finding["start"] == finding["end"]:
                continue
            one = selection(finding["start"], finding["end"])
            one.format = underlined(finding)  # type: ignore[attr-defined]
            made.append(one)
        self._show(made)

    def _show(self, made: list[Any]) -> None:
        line = self.textCursor().block()
        self._held = [m for m in made if self.composing and m.cursor.block() == line]
        self.setExtraSelections([m for m in made if not (self.composing and m.cursor.block() == line)])

    def _lines(self) -> Any:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While words are being composed, marks keep off their line; they come back where their words are then."""
        composes = bool(event.preeditString())
        if composes and not self.composing:
            self.composing = True
            self._show(self.extraSelections())
        self._taking = True  # the caret jumps about while words are handed over
        super().inputMethodEvent(event)
        self._taking = False
        if event.commitString():
            self._moved()
        if self.composing and not composes:
            self.composing = False
            self.setExtraSelections([*self.extraSelections(), *self._held])
            self._held = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go where they point, through paragraphs of both directions, and come by each place once."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        arrow = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        marks = held == Qt.KeyboardModifier.ShiftModifier
        plain = not held and not self.textCursor().hasSelection()
        if arrow and (marks or plain) and not self.composing:
            cursor = self.textCursor()
            how = QTextCursor.MoveMode.KeepAnchor if marks else QTextCursor.MoveMode.MoveAnchor
            cursor.setPosition(self._beside(cursor, key == Qt.Key.Key_Left), how)
            self.setTextCursor(cursor)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _beside(self, cursor: QTextCursor, left: bool) -> int:
        """The place left or right of the caret. At the edge of a paragraph the way leads on to the next one in reading
        order, or the one before, and into it from its other edge."""
        block = cursor.block()
        layout, at = block.layout(), cursor.position() - block.position()
        there = layout.leftCursorPosition(at) if left else layout.rightCursorPosition(at)
        if there != at:
            return block.position() + there
        other = block.next() if left == self.far else block.previous()
        if not other.isValid():
            return cursor.position()
        layout = other.layout()
        back = layout.rightCursorPosition if left else layout.leftCursorPosition
        places = (n for n in range(other.length()) if layout.isValidCursorPosition(n) and back(n) == n)
        return other.position() + next(places, 0)

    def add_post(self) -> None:
        """Here the next post of the thread begins; one step of undo."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        before = "" if cursor.atBlockStart() and cursor.position() else "\n"
        cursor.insertText(f"{before}---\n")
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def join_posts(self) -> bool:
        """Take away the line before which this post began; whether there was one."""
        block = self.textCursor().block()
        while block.isValid() and block.text() != "---":
            block = block.previous()
        if not block.isValid():
            return False
        cursor = QTextCursor(block)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.deleteChar()
        cursor.endEditBlock()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text and pictures."""
        return source.hasImage() or bool(_files(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Text goes into the text; a picture is handed on."""
        if files := _files(source):
            for path in files:
                self.pictured.emit(path)
        elif source.hasImage() and not source.hasText():
            self.pictured.emit(_drawn(source))
        else:
            super().insertFromMimeData(source)

    def replace(self, start: int, end: int, words: str) -> None:
        """Take a fix; one step of undo."""
        text, cursor = self.toPlainText(), self.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(utf16(text, start))
        cursor.setPosition(utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        cursor.endEditBlock()
