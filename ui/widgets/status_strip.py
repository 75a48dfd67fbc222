"""The strip at the foot: online or not, the record, the time in both zones."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.texts import clock, day, ltr, not_yet, t, zone_name
from ui.widgets.base import Elided, Icon, Label, dress, line


class StatusStrip(QWidget):
    """Facts, no buttons."""

    def __init__(self, rehearsal: bool) -> None:
        super().__init__()
        dress(self, "rail", "top")
        self.setFixedHeight(theme.px(32))
        row = line(self, (16, 0, 16, 0), 8)
        self.icon = Icon("flask-conical" if rehearsal else "wifi", 14, "warn" if rehearsal else "ok")
        row.addWidget(self.icon)
        row.addWidget(Label(t("Rehearsal") if rehearsal else t("This desk"), 12, theme.MEDIUM))
        self.words = Elided("", 12, tone="text2")
        row.addWidget(self.words, 1)
        self.date, self.utc, self.local = (
            Label("", 12, tone="text2"),
            Label("", 12, theme.BOLD),
            Label("", 12, tone="text2"),
        )
        for label in (self.date, self.utc, self.local):
            row.addWidget(label)
        self._all = t("Nothing leaves this computer.") if rehearsal else t("Everything you did is in the record.")
        self.tentative = 0
        self.rest()

    def rest(self) -> None:
        """The record's line, where nothing else is to be said."""
        words = not_yet(self.tentative)
        self.say(words + t(".") if words else self._all, "warn" if words else "text2")

    def say(self, words: str, tone: str = "text2") -> None:
        """A line of its own, or what stands in the way."""
        self.words.setText("·  " + words)
        self.words.set_tone(tone)

    def tick(self, now: int) -> None:
        """Once a minute."""
        self.date.setText(day(now, year=True))
        self.utc.setText(ltr(clock(now) + " UTC"))
        zone = zone_name()
        self.local.setText(ltr(f"{clock(now, local=True)} {zone}") if zone else "")
        self.local.setVisible(bool(zone))
