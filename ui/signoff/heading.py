"""Until when a stage runs: the bar in which the head lays a text before all again, or gives a stage more time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtWidgets import QCheckBox

from ui import theme
from ui.texts import span, t
from ui.widgets.base import line
from ui.widgets.form_bar import FormBar
from ui.widgets.time_field import TimeField

MINUTE = 60_000


class UntilBar(FormBar):
    """As long as the route says, or until a time; with a reason."""

    def __init__(self, glyph: str, verb: str, zone: tzinfo) -> None:
        self.zone = zone
        self.then: Callable[[str, int | None], object] = lambda why, until: None
        self.closed: Callable[[], object] = lambda: None
        super().__init__(glyph, "", verb)

    def fields(self) -> None:
        """The choice, and the time where another one is chosen."""
        self.usual = QCheckBox()
        self.usual.setFont(theme.font(13))
        self.usual.toggled.connect(lambda _: self._turned())
        self.until = TimeField(self.zone)
        self.until.changed.connect(lambda _: self.weigh())
        self.told.addWidget(self.usual)
        row = line(self.told, gap=8)
        row.addWidget(self.until)

    def ask(self, words: str, usual: str, now: int, at: int, then: Callable[[str, int | None], object]) -> None:
        """Ask; `usual` is what holds without a time, `at` the time that is proposed otherwise."""
        self.then = then
        self.words.setText(words)
        self.usual.setText(usual)
        self.usual.setAccessibleName(usual)
        self.until.begin(-(-at // MINUTE) * MINUTE, now)
        self.usual.setChecked(True)
        self._turned()
        self.begin(self.why)

    def lacks(self) -> str:
        """Why this time is none."""
        return "" if self.usual.isChecked() else self.until.why

    def take(self, why: str) -> None:
        """Hand it on."""
        self.then(why, None if self.usual.isChecked() else self.until.moment)

    def close_bar(self) -> None:
        """Leave without signing."""
        super().close_bar()
        self.closed()

    def _turned(self) -> None:
        self.until.setVisible(not self.usual.isChecked())
        if hasattr(self, "sign"):
            self.weigh()


def usual(within_ms: int, anew: bool) -> str:
    """What the route says; `anew`: from now on, not once more."""
    said = span(within_ms)
    if anew:
        return t("As long as the route says: {span}", span=said)
    return t("Once more as long as the route says: {span}", span=said)
