"""A publishing slot: its name, days, time, and the accounts that it is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtWidgets import QLineEdit

from ui import theme
from ui.texts import t
from ui.widgets.base import line
from ui.widgets.choice import Choice
from ui.widgets.form_bar import FormBar, labelled
from ui.widgets.week_field import ClockField, WeekField

Taken = Callable[[str, list[int], str, str, str], object]


class SlotBar(FormBar):
    """Offered when a message is scheduled; it binds nobody."""

    def __init__(self, zone: tzinfo, then: Taken) -> None:
        self.zone, self.then = zone, then
        words = t("A time of the week at which the office likes to publish")
        super().__init__("calendar-clock", words, t("Add the slot"), reason=False)

    def fields(self) -> None:
        """Name, days, time, account."""
        row = line(self.told, gap=8)
        self.name, self.account = QLineEdit(), Choice()
        self.name.setPlaceholderText(t("for example: Morning"))
        self.name.setFixedWidth(theme.px(200))
        self.name.textChanged.connect(lambda _: self.weigh())
        labelled(row, t("Name"), self.name)
        labelled(row, t("Account"), self.account)
        row.addStretch(1)
        row = line(self.told, gap=16)
        self.week, self.clock = WeekField(), ClockField(self.zone)
        self.week.changed.connect(self.weigh)
        row.addWidget(self.week)
        row.addWidget(self.clock)
        row.addStretch(1)

    def ask(self, accounts: tuple[str, ...]) -> None:
        """Begin with the working days."""
        self.account.clear()
        self.account.addItem(t("All accounts"), "")
        for name in accounts:
            self.account.addItem(name, name)
        self.name.clear()
        self.week.put([1, 2, 3, 4, 5])
        self.begin(self.name)

    def lacks(self) -> str:
        """A name and a day."""
        if not self.name.text().strip():
            return t("A name first")
        return "" if self.week.days() else t("Choose a day")

    def take(self, why: str) -> None:
        """Hand it over."""
        account = str(self.account.currentData())
        self.then(self.name.text().strip(), self.week.days(), self.clock.clock(), self.clock.zone(), account)
