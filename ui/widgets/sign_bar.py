"""The confirming step: what is signed, said again in words, and what becomes of it. Enter signs, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent

from ui import theme
from ui.texts import t
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import Icon, Label, dress


class SignBar(AskBar):
    """An AskBar with a sign and a second line."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, "surface")
        self.icon = Icon("circle-check", 20, "accentText")
        self.lead.insertWidget(0, self.icon)
        self.under = Label("", 12, tone="text2", wrap=True)
        self.told.insertWidget(1, self.under)
        self.leave.setText(t("Back"))
        self.leave.setAccessibleName(t("Back"))

    def confirm(
        self,
        glyph: str,
        words: str,
        under: str,
        verb: str,
        then: Callable[[str], object],
        reason: str = "",
        must: bool = False,
        given: str = "",
    ) -> None:
        """Ask with a sign and a line on what becomes of it."""
        self.icon.become(glyph, "accentText")
        self.under.setText(under)
        self.under.setVisible(bool(under))
        self.ask(words, verb, then, reason, must, given)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The blue line that says: this is the step."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 2, theme.color("accentText"))
