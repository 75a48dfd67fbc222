"""F1: the keys of the screen in front, over the work. Esc or F1 puts it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from ui import actions, theme
from ui.texts import t
from ui.widgets.base import Label, clear, column, line, right_to_left, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.keycaps import KeyCap


class KeySheet(QFrame):
    """Made from the table each time it opens."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.was: QWidget | None = None
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(self, (4, 12, 4, 8), 8)
        head = line(layout, (20, 0, 12, 0))
        head.addWidget(Label(t("Keys for this screen"), 15, theme.BOLD))
        head.addStretch(1)
        self.away = KeyButton(t("Put away"), "Esc", small=True)
        self.away.clicked.connect(self.leave)
        self.away.installEventFilter(self)
        head.addWidget(self.away)
        inner = QWidget()
        self.list = column(inner, (20, 0, 20, 12), 4)
        self.area: QScrollArea = scrolled(inner)
        layout.addWidget(self.area, 1)
        self.hide()

    def open(self, scope: str, title: str) -> None:
        """Show the keys of a scope, then those that hold anywhere."""
        self.was = self.window().focusWidget()
        clear(self.list)
        for name, among in ((title, actions.of(scope)), (t("Anywhere"), actions.of("anywhere"))):
            if among:
                self._group(name, among)
        self.list.addStretch(1)
        room = self.parentWidget().size()
        wide, tall = min(theme.px(620), room.width() - 40), min(theme.px(620), room.height() - 96)
        self.setGeometry((room.width() - wide) // 2, 64, wide, tall)
        self.setAccessibleName(t("Keys for this screen"))
        self.show()
        self.raise_()
        self.away.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Put it away."""
        self.hide()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def _group(self, name: str, among: tuple[actions.Action, ...]) -> None:
        self.list.addSpacing(4)
        self.list.addWidget(Label(name, 13, theme.BOLD))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for n, action in enumerate(among):
            grid.addWidget(self._caps(actions.keys(action.id, action.scope)), n, 0)
            grid.addWidget(Label(t(action.text), 13, wrap=True), n, 1)
        self.list.addLayout(grid)

    def _caps(self, keys: str) -> QWidget:
        made = QWidget()
        made.setMinimumWidth(theme.px(150))
        made.setAccessibleName(keys)
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # keys are read so everywhere
        row = line(made, gap=4)
        if right_to_left():
            row.addStretch(1)
        for key in keys.split():
            row.addWidget(KeyCap(key))
        if not right_to_left():
            row.addStretch(1)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc puts it away; the arrows scroll."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.leave()
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.type() == QEvent.Type.KeyPress and (lines := step.get(Qt.Key(event.key()), 0)):
                bar = self.area.verticalScrollBar()
                bar.setValue(bar.value() + lines * theme.px(24))
                return True
        return super().eventFilter(watched, event)
