"""The text in hand; or two of them, the original and another language beside it, both to be written in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from ui import actions, theme
from ui.composer.presenter import ComposerPresenter
from ui.findings import language
from ui.texts import t
from ui.widgets.base import Elided, Label, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.finding_editor import FindingEditor
from ui.widgets.flow import Flow

STACKED = 560
HIGH = 210


class Head(QWidget):
    """Which text is in hand, and what can be done with it, below where there is no room beside."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(8)
        names: QHBoxLayout = line(self.outer)
        self.outer.setStretchFactor(names, 1)
        self.lang, self.where = Label("", 13, theme.BOLD), Elided("", 12, tone="text2")
        names.addWidget(self.lang)
        names.addWidget(self.where, 1)
        self.ends = Flow(4)
        self.outer.addWidget(self.ends)
        self.compare = KeyButton("", actions.keys("compare", "composer"), "columns-2", "quiet", small=True)
        self.compare.setCheckable(True)

    def add(self, button: KeyButton) -> None:
        """Put one at the end."""
        self.ends.add(button)

    def follow(self, present: ComposerPresenter, where: str) -> None:
        """The text in hand, and with which language it can be compared, or is."""
        self.lang.setText(language(present.lang))
        self.lang.setVisible(not present.beside)
        self.where.setText(where)
        first, second = present.pair() if present.beside else (present.original(), present.second())
        self.compare.setText(t("Compare with {lang}", lang=language(second if present.lang == first else first)))
        self.compare.setAccessibleName(self.compare.text())
        self.compare.setChecked(bool(present.beside))
        self.compare.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the name or below it."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """What is at the end grew or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        names = self.lang.sizeHint().width() + theme.px(48)
        ends = self.ends.sizeHint().width()
        beside = names + 8 + ends <= self.width()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self.outer.direction() != way:
            self.outer.setDirection(way)
        # No least width: it would widen the column, and then there would be room.
        self.ends.setMinimumHeight(self.ends.height_at(ends if beside else max(1, self.width())))


class Pane(QWidget):
    """One text; its language is named while two stand side by side."""

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, gap=4)
        self.caption, self.editor = Label("", 12, theme.MEDIUM, "text2"), FindingEditor(t("Text"))
        self.editor.setPlaceholderText(t("Write here. A line with only --- starts the next post of a thread."))
        self.editor.grow(theme.px(HIGH))
        layout.addWidget(self.caption)
        layout.addWidget(self.editor)
        layout.addStretch(1)
        self.lang, self._of = "", None

    def put(self, of: Any, lang: str, text: str) -> None:
        """Show that text; one that is there already keeps its caret and what can be undone."""
        if of != self._of:
            self.editor.settle()
        self.lang = lang
        if of == self._of and text == self.editor.toPlainText():
            return
        self._of = of
        self.editor.blockSignals(True)
        self.editor.set_language(lang)
        self.editor.set_text(text)
        self.editor.blockSignals(False)


class Panes(QWidget):
    """`taken`: another of the two texts is in hand."""

    taken = Signal(str)

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        self.present = present
        self.outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(16)
        self.original, self.main = Pane(), Pane()
        self.between = QWidget()
        self.between.setFixedWidth(1)
        dress(self.between, "surface", "end")
        for one, stretch in ((self.original, 1), (self.between, 0), (self.main, 1)):
            self.outer.addWidget(one, stretch)
        for pane in (self.original, self.main):
            editor = pane.editor
            editor.textChanged.connect(lambda p=pane: present.write(p.editor.toPlainText(), p.lang))
            editor.types.connect(lambda at, p=pane: present.types(at) if p.editor is self.hand else None)
            editor.pictured.connect(present.add_picture)
            editor.installEventFilter(self)
        self.original.hide()
        self.between.hide()

    @property
    def hand(self) -> FindingEditor:
        """The editor of the text in hand."""
        left, _ = self.present.pair()
        return (self.original if left == self.present.lang else self.main).editor

    def editor(self, lang: str) -> FindingEditor:
        """The editor of a language that is shown; that of the text in hand where it is not."""
        return next((p.editor for p in self.shown() if p.lang == lang), self.hand)

    def shown(self) -> list[Pane]:
        """Those in sight."""
        return [self.original, self.main] if self.present.beside else [self.main]

    def fill(self) -> None:
        """Another message, language or network, or two languages side by side."""
        present, (left, right) = self.present, self.present.pair()
        langs = {self.original: left, self.main: right or present.lang}
        for pane in self.shown():
            lang = langs[pane]
            own = present.network if present.draft.own(lang, present.network) else ""
            pane.put((id(present.draft), lang, own), lang, present.draft.text(lang, present.network))
        for one in (self.original, self.between):
            one.setVisible(bool(left))
        self._name()
        self._fit()

    def _name(self) -> None:
        """Name them while there are two; the one in hand stands out."""
        for pane in (self.original, self.main):
            name = language(pane.lang)
            two = bool(self.present.beside)
            pane.caption.setText(name)
            pane.caption.set_tone("text" if pane.lang == self.present.lang else "text2")
            pane.caption.setVisible(two)
            pane.editor.setAccessibleName(t("Text in {lang}", lang=name) if two else t("Text"))

    def mark(self) -> None:
        """Underline what was found in each, and the counterparts of what the other says otherwise."""
        self._name()
        for pane in self.shown():
            found = [*self.present.findings(pane.lang), *self.present.counterparts(pane.lang)]
            agreed = self.present.agreed.here(pane.lang, pane.editor.toPlainText())
            places = [(one.start, one.end) for one in agreed]
            pane.editor.mark(found, self.present.entities(pane.lang), self.present.lit(pane.lang), places)

    def set_read_only(self, on: bool) -> None:
        """What is out is not written in any more."""
        for pane in (self.original, self.main):
            pane.editor.setReadOnly(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The text that gets the focus is the one in hand."""
        if event.type() == QEvent.Type.FocusIn:
            for pane in self.shown():
                if pane.editor is watched and pane.lang not in ("", self.present.lang):
                    self.taken.emit(pane.lang)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or below where that is too narrow to read."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        way = QBoxLayout.Direction
        stacked = self.width() < theme.px(STACKED)
        self.outer.setDirection(way.TopToBottom if stacked else way.LeftToRight)
        self.between.setVisible(bool(self.present.beside) and not stacked)
