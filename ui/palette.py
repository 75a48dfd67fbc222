"""Ctrl K: find a message or do anything, by words. An overlay, no dialog. Messages are searched for by the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.rows import Row, RowModel
from ui.texts import state, state_said, t
from ui.widgets.base import column
from ui.widgets.rowlist import RowList
from ui.worker import Ticket

FEW = 40
RULE = re.compile(r"[A-Za-z]{2,10}-\d\d")


class Palette(QFrame):
    """A field and a list; Enter does what is picked, Esc leaves."""

    rest_wanted = Signal(str)

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
        self.asked: Ticket | None = None
        self.stepped = False
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
                self.stepped = True
                at = max(0, min(self.model.rowCount() - 1, self.list.currentIndex().row() + step))
                self.list.setCurrentIndex(self.model.index(at))
                return True
        return super().eventFilter(watched, event)

    def _look(self, words: str) -> None:
        """What can be done is known at once; what is found follows. Nothing of an older search stays to be opened."""
        if self.asked is not None:
            self.asked.cancel()
        messages = self.ctx.desk.messages

        def job() -> tuple[list[Any], int]:
            found: tuple[list[Any], int] = messages.found(words, state_said(words), FEW)
            return found

        self.stepped = False
        self._show(self._acts(words))
        self.asked = self.ctx.worker.ask(job, lambda answer: self._got(words, *answer), lambda _: None, self)

    def _got(self, words: str, rows: list[Any], total: int) -> None:
        made = self._acts(words)
        made += [
            Row(f"at:{r.id}", r.title, "", state(r.state).icon, state(r.state).tone, t(state(r.state).word))
            for r in rows
        ]
        if total > len(rows):
            made.append(Row(f"all:{words}", t("Show all {n} in Messages", n=total), "", "search"))
        self._show(made)

    def _show(self, rows: list[Row]) -> None:
        self.model.put(rows)
        if not self.stepped:
            self.list.setCurrentIndex(self.model.index(0))

    def _acts(self, words: str) -> list[Row]:
        asked = words.casefold().split()
        made = [
            Row(f"do:{a.id}", t(a.text), "", "arrow-right", "text2", actions.keys(a.id))
            for a in actions.of("anywhere")
            if a.id in self.runs and a.id != "find"
        ]
        made = [r for r in made if all(w in f"{r.title} {r.right}".casefold() for w in asked)]
        if RULE.fullmatch(words.strip()):
            id = words.strip().upper()
            made.insert(0, Row(f"rule:{id}", t("Open the rule {rule}", rule=id), "", "book-check"))
        return made

    def _do(self, id: str) -> None:
        if not id:
            return
        self.leave()
        what, _, name = id.partition(":")
        if what == "do":
            self.runs[name]()
        elif what == "at":
            self.ctx.go("messages", name)
        elif what == "rule":
            self.ctx.go("rules", name)
        elif what == "all":
            self.rest_wanted.emit(name)
