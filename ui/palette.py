"""Ctrl K: find a message or do anything, by words. An overlay, no dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.rows import Row, RowModel
from ui.texts import state, t
from ui.widgets.base import column
from ui.widgets.rowlist import RowList


class Palette(QFrame):
    """A field and a list; Enter does what is picked, Esc leaves."""

    def __init__(self, owner: QWidget, ctx: Ctx, runs: dict[str, Callable[[], object]]) -> None:
        super().__init__(owner)
        self.ctx, self.runs, self.was = ctx, runs, None
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(self, (10, 10, 10, 10), 8)
        self.field = QLineEdit()
        self.field.setPlaceholderText(t("Find or do anything"))
        self.field.setAccessibleName(t("Find or do anything"))
        self.field.setMinimumHeight(theme.px(36))
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Found"), narrow=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self.list.opened.connect(self._do)
        self.list.clicked.connect(lambda _: self._do(self.list.current_id()))
        self.messages: list[Any] = []
        self.hide()

    def open(self) -> None:
        """Show it in the middle at the top."""
        self.was = self.window().focusWidget()
        wide = min(theme.px(620), self.parentWidget().width() - 40)
        self.setGeometry((self.parentWidget().width() - wide) // 2, 72, wide, theme.px(420))
        self.field.clear()
        self._look("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ctx.worker.ask(self.ctx.desk.messages.rows, self._got, lambda _: None, self)

    def leave(self) -> None:
        """Put it away."""
        self.hide()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down, Enter and Esc while the field has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.list.current_id())
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                at = max(0, min(self.model.rowCount() - 1, self.list.currentIndex().row() + step))
                self.list.setCurrentIndex(self.model.index(at))
                return True
        return super().eventFilter(watched, event)

    def _got(self, rows: list[Any]) -> None:
        self.messages = rows
        self._look(self.field.text())

    def _look(self, words: str) -> None:
        asked = words.casefold().split()
        made = [
            Row(f"do:{a.id}", t(a.text), "", "arrow-right", "text2", actions.keys(a.id))
            for a in actions.of("anywhere")
            if a.id in self.runs and a.id != "find"
        ]
        made += [
            Row(f"at:{r.id}", r.title, "", state(r.state).icon, state(r.state).tone, t(state(r.state).word))
            for r in self.messages
        ]
        kept = [r for r in made if all(w in f"{r.title} {r.right}".casefold() for w in asked)]
        self.model.put(kept[:40])
        if kept:
            self.list.setCurrentIndex(self.model.index(0))

    def _do(self, id: str) -> None:
        self.leave()
        what, _, name = id.partition(":")
        if what == "do":
            self.runs[name]()
        elif what == "at":
            self.ctx.go("messages", name)
