"""Something that is to be said, put into the plan of a day: what, when, where, on which topic, and whether it is under embargo until
then. All members read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from ui import theme
from ui.texts import t
from ui.widgets.base import line
from ui.widgets.choice import Choice
from ui.widgets.form_bar import FormBar, labelled
from ui.widgets.time_field import TimeField

Taken = Callable[[dict[str, Any]], object]


class EntryBar(FormBar):
    """`then` gets the plan (its id, empty for a new one of that day), the title and the entry's fields."""

    def __init__(self, zone: tzinfo, then: Taken) -> None:
        self.zone, self.then = zone, then
        words = t("What is to be said that day; all members read the plan")
        super().__init__("calendar-days", words, t("Put it into the plan"), reason=False)

    def fields(self) -> None:
        """Title, plan, account, topic; the time and its embargo."""
        row = line(self.told, gap=8)
        self.title, self.topic = QLineEdit(), QLineEdit()
        self.plan, self.account = Choice(), Choice()
        self.title.setPlaceholderText(t("for example: Family photo"))
        self.title.textChanged.connect(lambda _: self.weigh())
        self.title.setMinimumWidth(theme.px(190))
        self.topic.setFixedWidth(theme.px(120))
        self.plan.setMinimumWidth(theme.px(190))
        labelled(row, t("Title"), self.title)
        labelled(row, t("Account"), self.account)
        labelled(row, t("Topic"), self.topic)
        labelled(row, t("Plan"), self.plan)
        self.when, self.embargo = TimeField(self.zone), QCheckBox(t("Under embargo until then"))
        self.when.changed.connect(lambda _: self.weigh())
        row = line(self.told, gap=16)
        row.addWidget(self.when)
        row.addWidget(self.embargo)
        row.addStretch(1)

    def ask(self, at: int, now: int, accounts: Sequence[str], plans: Sequence[tuple[str, str]]) -> None:
        """Begin with a time. `plans`: ids and names of those that are open."""
        for field, first, rest in (
            (self.plan, t("The one of that day"), plans), (self.account, t("None yet"), [(one, one) for one in accounts]),
        ):  # fmt: skip
            field.clear()
            field.addItem(first, "")
            for value, name in rest:
                field.addItem(name, value)
        self.title.clear()
        self.topic.clear()
        self.embargo.setChecked(False)
        self.when.begin(max(at, now), now)
        self.begin(self.title)

    def lacks(self) -> str:
        """A title and a time."""
        if not self.title.text().strip():
            return t("A title first")
        return "" if self.when.moment is not None else self.when.why or t("A time first")

    def take(self, why: str) -> None:
        """Hand it over."""
        at, account = self.when.moment, str(self.account.currentData())
        self.then({
            "plan": str(self.plan.currentData()), "title": self.title.text().strip(), "at": at,
            "not_before": at if self.embargo.isChecked() else 0, "topic": self.topic.text().strip(),
            "accounts": [account] if account else [],
        })  # fmt: skip
