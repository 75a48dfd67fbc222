"""A message that comes back: on which days, at what time, and how long ahead its draft is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtWidgets import QLineEdit, QSpinBox

from g20desk.desk import days
from g20desk.errors import Usage
from g20desk.office.planning import MONTH, MOST_AHEAD_DAYS, WEEK, days_fit
from ui import theme
from ui.messages.model import Comes
from ui.texts import t
from ui.widgets.base import Label, line
from ui.widgets.form_bar import FormBar, labelled
from ui.widgets.segments import Segments
from ui.widgets.week_field import ClockField, WeekField


class RecurringBar(FormBar):
    """Each time a draft is made, never a post."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone, self.mode = zone, WEEK
        super().__init__("repeat", "", t("Let it come back"), reason=False)
        self.then: Callable[[Comes], object] = lambda comes: None
        self.closed: Callable[[], object] = lambda: None

    def fields(self) -> None:
        """Days of the week or of the month, a time, days ahead."""
        row = line(self.told, gap=12)
        self.every = Segments(t("How often"), ((WEEK, t("Each week"), ""), (MONTH, t("Each month"), "")))
        self.week, self.month = WeekField(), QLineEdit()
        self.month.setAccessibleName(t("Days of the month"))
        self.month.setPlaceholderText("1, 15, last")
        self.month.setMinimumHeight(theme.px(32))
        self.month.setMaximumWidth(theme.px(200))
        self.every.chosen.connect(self._choose)
        self.week.changed.connect(self.weigh)
        self.month.textChanged.connect(lambda _: self.weigh())
        for part in (self.every, self.week, self.month):
            row.addWidget(part)
        row.addStretch(1)
        row = line(self.told, gap=8)
        self.clock, self.ahead = ClockField(self.zone), QSpinBox()
        row.addWidget(Label(t("Meant for"), 12, tone="text2"))
        row.addWidget(self.clock)
        self.ahead.setRange(1, MOST_AHEAD_DAYS)
        self.ahead.lineEdit().setTextMargins(7, 0, 7, 0)
        self.ahead.setMinimumWidth(theme.px(64))
        labelled(row, t("Days ahead"), self.ahead)
        row.addStretch(1)
        note = t(
            "Each time its newest text becomes a draft, which goes the way of any other. Nothing is posted by itself."
        )
        self.told.addWidget(Label(note, 12, tone="text2", wrap=True))

    def ask(self, title: str, then: Callable[[Comes], object]) -> None:
        """Begin with each Monday, three days ahead."""
        self.words.setText(t("When shall “{title}” come back?", title=title))
        self.then = then
        self.week.put([1])
        self.month.setText("1")
        self.ahead.setValue(3)
        self.every.pick(WEEK)
        self._choose(WEEK)
        self.begin(self.week.buttons[0])

    def close_bar(self) -> None:
        """Leave without signing."""
        super().close_bar()
        self.closed()

    def lacks(self) -> str:
        """Days that there are."""
        return "" if days_fit(self.mode, self._days()) else t("Choose the days: for example 1, 15, last")

    def take(self, why: str) -> None:
        """Hand it over."""
        self.then(Comes(self.mode, self._days(), self.clock.clock(), self.clock.zone(), self.ahead.value()))

    def _choose(self, every: str) -> None:
        self.mode = every
        self.week.setVisible(every == WEEK)
        self.month.setVisible(every == MONTH)
        self.weigh()

    def _days(self) -> list[int]:
        if self.mode == WEEK:
            return self.week.days()
        try:
            return days.of_month(self.month.text())
        except Usage:
            return []
