"""The sheet over the work: a report where there is one, what would be in the file for whoever helps, and where to save it. Esc
puts it away."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from ui import theme
from ui.support.screen import facts
from ui.support.words import report, sentence
from ui.texts import error, isolated, t
from ui.widgets.base import Label, clear, column, line, scrolled
from ui.widgets.button import KeyButton

if TYPE_CHECKING:
    from g20desk.support.bundle import Piece
    from ui.window import Window

NONE_OF = (
    "No text of any message, no name, no address, no password is in it. Nothing is sent: you hand it on as you like."
)


class Sheet(QFrame):
    """What is in the file is gathered beside the window each time it opens."""

    _step = Signal(int, int)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._pieces, self.was = window, list[Any](), None
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(self, (4, 12, 4, 12), 8)
        head = line(layout, (20, 0, 12, 0))
        head.addWidget(Label(t("For whoever helps you"), 15, theme.BOLD))
        head.addStretch(1)
        self.away = KeyButton(t("Put away"), "Esc", small=True)
        self.away.clicked.connect(self.leave)
        head.addWidget(self.away)
        inner = QWidget()
        self.list = column(inner, (20, 0, 20, 8), 4)
        layout.addWidget(scrolled(inner), 1)
        foot = line(layout, (20, 0, 12, 0))
        self.says = Label("", 12, tone="text2", wrap=True)
        foot.addWidget(self.says, 1)
        self.save = KeyButton(t("Save a support bundle…"), kind="main", small=True)
        self.save.clicked.connect(self.ask_where)
        foot.addWidget(self.save)
        for widget in (self.away, self.save):
            widget.installEventFilter(self)
        self._step.connect(self._gathering)
        self.hide()

    def open(self, one: dict[str, Any] | None = None) -> None:
        """Show it, with a report where there is one, and gather."""
        self.was = self.window().focusWidget()
        clear(self.list)
        self._pieces = []
        if one is not None:
            self._report(one)
        self.save.setEnabled(False)
        room = self.parentWidget().size()
        wide, tall = min(theme.px(720), room.width() - 40), min(theme.px(620), room.height() - 96)
        self.setGeometry((room.width() - wide) // 2, 64, wide, tall)
        self.setAccessibleName(t("For whoever helps you"))
        self.show()
        self.raise_()
        self.away.setFocus(Qt.FocusReason.ShortcutFocusReason)
        desk, known = self._window.ctx.desk, facts(self._window)

        def job() -> list[Piece]:
            from g20desk.support import bundle

            return bundle.gather(
                desk.folder, desk.person.name, lambda n, of, what: self._step.emit(n, of), {"window.json": known}
            )

        self._gathering(0, 1)
        self._window.ctx.worker.ask(job, self._gathered, self._refused, self, network=True, quiet=True)

    def leave(self) -> None:
        """Put it away."""
        self.hide()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_where(self) -> None:
        """Where to save it."""
        from g20desk.support import bundle

        dialog = QFileDialog(self, t("Save a support bundle…"), bundle.suggested(), "*.zip")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(lambda path: self.keep(Path(path)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def keep(self, path: Path) -> None:
        """Save what was shown, and nothing else. Who picked a file that is there was asked whether it may go."""
        pieces = list(self._pieces)

        def job() -> int:
            from g20desk.support import bundle

            return bundle.write(path, pieces, anew=True)

        self._window.ctx.worker.ask(job, partial(self._kept, path), self._refused, self, network=True)

    def _report(self, one: dict[str, Any]) -> None:
        said, means, _ = sentence(one)
        self.list.addWidget(Label(said, 13, theme.BOLD, wrap=True))
        self.list.addWidget(Label(means, 13, tone="text2", wrap=True))
        lines = report(one)
        for words in lines:
            row = Label(words, 12, tone="text2", wrap=True)
            row.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is read so everywhere
            self.list.addWidget(row)
        copy = KeyButton(t("Copy the report"), small=True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join(lines)))
        copy.installEventFilter(self)
        self.list.addWidget(copy)
        self.list.addSpacing(8)

    def _gathering(self, done: int, of: int) -> None:
        self.says.setText(t("Gathering: {n} of {of}", n=done, of=of))

    def _gathered(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self.list.addWidget(Label(t("What is in the file"), 13, theme.BOLD))
        self.list.addWidget(Label(t(NONE_OF), 13, tone="text2", wrap=True))
        for piece in pieces:
            row = line(self.list, gap=12)
            name = Label(piece.name, 12, theme.MEDIUM)
            name.setMinimumWidth(theme.px(190))
            row.addWidget(name)
            row.addWidget(Label(t(piece.says), 12, tone="text2", wrap=True), 1)
            row.addWidget(Label(t("{n} bytes", n=len(piece.content)), 12, tone="text2"))
        self.list.addStretch(1)
        self.says.setText("")
        self.save.setEnabled(True)
        if self.away.hasFocus():
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept(self, path: Path, size: int) -> None:
        self.says.setText(t("Saved: {name}, {n} bytes.", name=isolated(path.name), n=size))

    def _refused(self, problem: Exception) -> None:
        self.says.setText(" ".join(error(problem)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc puts it away."""
        if (
            event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.leave()
            return True
        return super().eventFilter(watched, event)


def sheet(window: Window) -> Sheet:
    """The window's own; made when it is first asked for."""
    there = window.findChild(Sheet)
    return there if there is not None else Sheet(window)
