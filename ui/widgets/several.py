"""Choosing several of a few words: a button that says which, and a menu that stays open while they are ticked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from ui.texts import caption, comma, isolated, t
from ui.widgets.choosing import MenuButton

SAID = 2  # so many are named on the button


class Ticks(QMenu):
    """Space, Enter and a click tick; Escape closes it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, and stay open."""
        if (one := self.activeAction()) is not None:
            one.trigger()
        else:
            super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """The same by key."""
        ticks = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ticks:
            if (one := self.activeAction()) is not None:
                one.trigger()
            return True
        return super().event(event)


class Several(MenuButton):
    """`changed`: others are ticked now. `none` is what it says where none is."""

    changed = Signal()

    def __init__(self, name: str, none: str) -> None:
        super().__init__(none)
        self.name, self.none = name, none
        self.menu = Ticks(self)
        self.menu.setAccessibleName(name)
        self.options: dict[str, QAction] = {}
        self.words: dict[str, str] = {}
        self.clicked.connect(self._open)

    def offer(self, options: Sequence[tuple[str, str]], ticked: Collection[str]) -> None:  # type: ignore[override]
        """These values with their words, some of them ticked."""
        self.menu.clear()
        self.options, self.words = {}, {}
        for value, words in options:
            made = QAction(caption(isolated(words)), self.menu)
            made.setCheckable(True)
            made.setChecked(value in ticked)
            made.triggered.connect(lambda _=False: self._say())
            self.menu.addAction(made)
            self.options[value], self.words[value] = made, isolated(words)
        self._say()

    def values(self) -> list[str]:
        """Those that are ticked, in their order."""
        return [value for value, one in self.options.items() if one.isChecked()]

    def _open(self) -> None:
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        if self.options:
            self.menu.setActiveAction(next(iter(self.options.values())))

    def _say(self) -> None:
        held = [self.words[value] for value in self.values()]
        named = comma().join(held) if len(held) <= SAID else t("{n} chosen", n=len(held))
        self.setText(named or self.none)
        self.setAccessibleName(f"{self.name}: {comma().join(held) or self.none}")
        self.updateGeometry()
        self.changed.emit()
