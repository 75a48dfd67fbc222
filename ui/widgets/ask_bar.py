"""A question in a strip inside the screen: the act in words, a sentence where one is due, then it is signed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme
from ui.texts import t
from ui.widgets.bar import Bar
from ui.widgets.base import Label, dress
from ui.widgets.button import KeyButton


class AskBar(Bar):
    """Enter signs, Esc leaves. Hidden until it asks."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, "accent", "bar")
        self.told.setSpacing(4)
        self.words = Label("", 13, theme.BOLD, wrap=True)
        self.reason = QLineEdit()
        self.reason.setMinimumHeight(theme.px(32))
        self.why_not = Label("", 12, tone="text2")
        self.leave = KeyButton(t("Leave"), "Esc")
        self.sign = KeyButton("", "↵", kind="main")
        self.told.addWidget(self.words)
        self.told.addWidget(self.reason)
        for one in (self.why_not, self.leave, self.sign):
            self.add(one)
        self.needs_reason = False
        self.then: Callable[[str], object] = lambda why: None
        self.closed: Callable[[], object] = lambda: None
        self.was: QWidget | None = None
        self.reason.textChanged.connect(self._weigh)
        self.reason.returnPressed.connect(self._sign)
        self.sign.clicked.connect(self._sign)
        self.leave.clicked.connect(self.close_bar)
        for part in (self.reason, self.sign, self.leave):
            part.installEventFilter(self)
        self.hide()

    def ask(
        self,
        words: str,
        verb: str,
        then: Callable[[str], object],
        reason: str = "",
        must: bool = False,
        given: str = "",
    ) -> None:
        """Ask; `reason` is the field's name, and no field where it is empty."""
        self.was = self.window().focusWidget()
        self.words.setText(words)
        self.sign.setText(verb)
        self.sign.setAccessibleName(verb)
        self.needs_reason, self.then = must, then
        self.reason.setText(given)
        self.reason.setVisible(bool(reason))
        self.reason.setPlaceholderText(reason)
        self.reason.setAccessibleName(reason or t("Why"))
        self._weigh()
        self.show()
        (self.reason if reason else self.sign).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_bar(self) -> None:
        """Leave without signing."""
        self.hide()
        self.closed()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the blue button signs; Escape leaves, from anywhere in the bar."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.close_bar()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.type() == QEvent.Type.KeyPress and watched is not self.reason:
                (self._sign if watched is self.sign else self.close_bar)()
                return True
        return super().eventFilter(watched, event)

    def _weigh(self) -> None:
        lacks = self.needs_reason and not self.reason.text().strip()
        self.sign.setEnabled(not lacks)
        self.why_not.setText(t("One sentence first") if lacks else "")
        self.why_not.setVisible(lacks)

    def _sign(self) -> None:
        if self.sign.isEnabled():
            why, then = self.reason.text().strip(), self.then
            self.close_bar()
            then(why)
