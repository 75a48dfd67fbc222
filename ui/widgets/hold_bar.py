"""Placing a hold, from anywhere: on everything, on a topic or on an account, and why. Enter signs, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit

from g20desk.desk.holds import Concerned
from ui import theme
from ui.texts import isolated, t
from ui.widgets.base import Label, line
from ui.widgets.choice import Choice
from ui.widgets.form_bar import FormBar
from ui.widgets.segments import Segments

ALL, TOPIC, ACCOUNT = "all", "topic", "account"


class HoldBar(FormBar):
    """`then` gets the reason, the topic and the account's name; both are empty for everything."""

    def __init__(self, then: Callable[[str, str, str], object]) -> None:
        self.then, self.of = then, ALL
        self.open: Sequence[Concerned] = ()
        words = t("Place a hold: nothing goes out until two people lift it")
        super().__init__("octagon-pause", words, t("Place a hold"), "block")

    def fields(self) -> None:
        """What it stops, and how much of what is planned that is."""
        row = line(self.told, gap=12)
        self.modes = Segments(
            t("What it stops"), ((ALL, t("Everything"), ""), (TOPIC, t("A topic"), ""), (ACCOUNT, t("An account"), ""))
        )
        self.modes.chosen.connect(self._choose)
        self.topic, self.account, self.other = Choice(), Choice(), QLineEdit()
        self.other.setPlaceholderText(t("for example: climate"))
        row.addWidget(self.modes)
        for words, field in ((t("Topic"), self.topic), (t("Account"), self.account), (t("Another topic"), self.other)):
            field.setAccessibleName(words)
            field.setMinimumSize(theme.px(200), theme.px(32))
            row.addWidget(field)
        row.addStretch(1)
        self.counts = Label("", 12, tone="text2", wrap=True)
        self.told.addWidget(self.counts)
        for choice in (self.topic, self.account):
            choice.currentIndexChanged.connect(lambda _: self._shape())
        self.other.textChanged.connect(lambda _: self.weigh())

    def ask(self, accounts: Sequence[str], found: Sequence[Concerned]) -> None:
        """Begin with everything; `found`: what a hold could stop now."""
        self.open = found
        topics = sorted({one.topic for one in found if one.topic}, key=str.casefold)
        for field, rows in (
            (self.topic, [*((isolated(one), one) for one in topics), (t("Another topic"), "")]),
            (self.account, [(isolated(one), one) for one in accounts]),
        ):
            field.blockSignals(True)
            field.clear()
            for words, value in rows:
                field.addItem(words, value)
            field.blockSignals(False)
        self.other.clear()
        self.of = ALL
        self.modes.pick(ALL)
        self._shape()
        self.begin(self.why)

    def lacks(self) -> str:
        """Which topic."""
        self.counts.setText(self._count())
        return t("A topic first") if self.of == TOPIC and not self._topic() else ""

    def take(self, why: str) -> None:
        """Hand it over."""
        self.then(why, self._topic() if self.of == TOPIC else "", self._account() if self.of == ACCOUNT else "")

    def _choose(self, of: str) -> None:
        self.of = of
        self._shape()

    def _shape(self) -> None:
        self.topic.setVisible(self.of == TOPIC)
        self.account.setVisible(self.of == ACCOUNT)
        self.other.setVisible(self.of == TOPIC and not self.topic.currentData())
        self.weigh()

    def _topic(self) -> str:
        """One that is in use as it is written there: a hold goes by the same letters."""
        typed = self.other.text().strip()
        known = {one.topic.casefold(): one.topic for one in self.open if one.topic}
        return str(self.topic.currentData() or "") or known.get(typed.casefold(), typed)

    def _account(self) -> str:
        return str(self.account.currentData() or "")

    def _count(self) -> str:
        """How many of the messages that may still go out it stops."""
        topic, account = self._topic(), self._account()
        stops = sum(
            self.of == ALL or (one.topic == topic if self.of == TOPIC else account in one.accounts) for one in self.open
        )
        if stops == 1:
            return t("It stops 1 message that is planned.")
        return (
            t("It stops {n} messages that are planned.", n=stops)
            if stops
            else t("Nothing that it stops is planned now.")
        )
