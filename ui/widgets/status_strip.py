"""The strip at the foot: in touch with the office or not, what is not in the record yet, the time in both zones."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import actions, theme
from ui.texts import clock, day, ltr, not_yet, t, tip, zone_name
from ui.widgets.base import Elided, Icon, Label, dress, line
from ui.widgets.button import KeyButton


class StatusStrip(QWidget):
    """Facts; the acts that are not in the record yet are a way to them."""

    pending_wanted = Signal()

    def __init__(self, rehearsal: bool) -> None:
        super().__init__()
        dress(self, "rail", "top")
        self.setFixedHeight(theme.px(32))
        row = line(self, (16, 0, 16, 0), 8)
        self._rehearsal = rehearsal
        self.icon = Icon("flask-conical" if rehearsal else "wifi", 14, "warn" if rehearsal else "ok")
        row.addWidget(self.icon)
        self.head = Label(t("Rehearsal") if rehearsal else t("This desk"), 12, theme.MEDIUM)
        row.addWidget(self.head)
        self.pending = KeyButton("", icon="cloud-off", kind="quiet", small=True)
        self.pending.setToolTip(tip(f"{t('Acts not yet in the record')}  {actions.keys('pending')}"))
        self.pending.clicked.connect(self.pending_wanted)
        self.pending.hide()
        row.addWidget(self.pending)
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
        self._tone = "text2"
        self.tentative = 0
        self.rest()

    def count(self, tentative: int) -> None:
        """So many acts have no place in the record yet."""
        self.tentative = tentative
        self.pending.setVisible(tentative > 0)
        said = t("1 act not yet in the office's record")
        self.pending.setText(
            t("{n} acts not yet in the office's record", n=tentative) if tentative > 1 else said
        )  # fmt: skip
        self.pending.setAccessibleName(not_yet(tentative))
        self.pending.updateGeometry()
        self.rest()

    def stand(self, icon: str, tone: str, head: str, words: str, words_tone: str) -> None:
        """How this desk stands to an office elsewhere."""
        self.icon.become(icon, tone)
        self.head.setText(t("Rehearsal") + " · " + head if self._rehearsal else head)
        self._all, self._tone = words, words_tone
        self.rest()

    def rest(self) -> None:
        """The strip's own words, where nothing else is to be said."""
        self.say(self._all, self._tone)

    def say(self, words: str, tone: str = "text2") -> None:
        """A line of its own, or what stands in the way."""
        self.words.setText("·  " + words if words else "")
        self.words.set_tone(tone)

    def tick(self, now: int) -> None:
        """Once a minute."""
        self.date.setText(day(now, year=True))
        self.utc.setText(ltr(clock(now) + " UTC"))
        zone = zone_name()
        self.local.setText(ltr(f"{clock(now, local=True)} {zone}") if zone else "")
        self.local.setVisible(bool(zone))
