"""A bar with fields of its own at a screen's foot: what is set, and a reason where one is due. Enter signs, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui import theme
from ui.texts import t, tip
from ui.widgets.bar import Bar
from ui.widgets.base import Icon, Label
from ui.widgets.button import KeyButton


class FormBar(Bar):
    """Derived bars say which fields of their own there are, what those lack in words (empty where they hold), and who
    takes what was filled in, with the reason."""

    fields: Callable[[], None]
    lacks: Callable[[], str]
    take: Callable[[str], None]

    def __init__(self, glyph: str, words: str, verb: str, tone: str = "accentText", reason: bool = True) -> None:
        super().__init__()
        self.lead.insertWidget(0, Icon(glyph, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
        self.told.setSpacing(8)
        self.words = Label(words, 13, theme.BOLD, wrap=True)
        self.told.addWidget(self.words)
        self.fields()
        self.needs_reason = reason
        self.why = QLineEdit()
        self.why.setMinimumHeight(theme.px(32))
        self.why.setPlaceholderText(t("Why, in one sentence"))
        self.why.setAccessibleName(t("Why, in one sentence"))
        self.why.textChanged.connect(lambda _: self.weigh())
        self.told.addWidget(self.why)
        self.why.setVisible(reason)
        self.leave, self.sign = KeyButton(t("Back"), "Esc"), KeyButton(verb, "↵", kind="main")
        for button, run in ((self.leave, self.close_bar), (self.sign, self._sign)):
            button.clicked.connect(run)
            self.add(button)
        self.signs(self.sign, self._sign, self.close_bar)
        self.was: QWidget | None = None
        self.hide()

    def begin(self, first: QWidget) -> None:
        """Show it, with the focus on its first field."""
        self.was = self.window().focusWidget()
        self.why.clear()
        self.weigh()
        self.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def weigh(self) -> None:
        """Whether it may be signed."""
        unsaid = self.needs_reason and not self.why.text().strip()
        lacks = self.lacks() or (t("One sentence first") if unsaid else "")
        self.sign.setEnabled(not lacks)
        self.sign.setToolTip(tip(lacks))
        self.sign.setAccessibleDescription(lacks or "↵")

    def close_bar(self) -> None:
        """Leave without signing."""
        self.hide()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sign(self) -> None:
        if self.sign.isEnabled():
            why = self.why.text().strip()
            self.close_bar()
            self.take(why)


def labelled(row: QHBoxLayout, words: str, field: QWidget) -> None:
    """A name before a field."""
    field.setAccessibleName(words)
    field.setMinimumHeight(theme.px(32))
    row.addWidget(Label(words, 12, tone="text2"))
    row.addWidget(field)
