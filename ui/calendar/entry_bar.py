"""Something that is to be said, put into the plan of a day or changed there: what, when, where, in which languages, on which topic,
and whether it is under embargo until then. All members read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from ui import theme
from ui.texts import LANGS, t
from ui.widgets.base import line
from ui.widgets.choice import Choice
from ui.widgets.form_bar import FormBar, labelled
from ui.widgets.several import Several
from ui.widgets.time_field import TimeField

Taken = Callable[[dict[str, Any]], object]


class EntryBar(FormBar):
    """`then` gets the plan (its id, empty for a new one of that day), the title and the entry's fields; of an entry that is changed
    its id and what is said otherwise now."""

    def __init__(self, zone: tzinfo, then: Taken) -> None:
        self.zone, self.then = zone, then
        self.changes: dict[str, Any] | None = None
        super().__init__("calendar-days", "", t("Put it into the plan"), reason=False)

    def fields(self) -> None:
        """Title, topic, plan; the time and its embargo; accounts and languages."""
        row = line(self.told, gap=8)
        self.title, self.topic, self.plan = QLineEdit(), QLineEdit(), Choice()
        self.title.setPlaceholderText(t("for example: Family photo"))
        self.title.textChanged.connect(lambda _: self.weigh())
        self.title.setMinimumWidth(theme.px(190))
        self.topic.setFixedWidth(theme.px(160))
        self.topic.textChanged.connect(lambda _: self.weigh())
        self.plan.setMinimumWidth(theme.px(190))
        labelled(row, t("Title"), self.title)
        labelled(row, t("Topic"), self.topic)
        labelled(row, t("Plan"), self.plan)
        self.of_plan = row.itemAt(row.count() - 2).widget()
        self.when, self.embargo = TimeField(self.zone), QCheckBox(t("Under embargo until then"))
        self.when.changed.connect(lambda _: self.weigh())
        self.embargo.toggled.connect(lambda _: self.weigh())
        row = line(self.told, gap=16)
        row.addWidget(self.when)
        row.addWidget(self.embargo)
        row.addStretch(1)
        row = line(self.told, gap=8)
        self.accounts, self.langs = Several(t("Accounts"), t("None yet")), Several(t("Languages"), t("None yet"))
        for words, field in ((t("Accounts"), self.accounts), (t("Languages"), self.langs)):
            field.changed.connect(self.weigh)
            named = field.accessibleName()
            labelled(row, words, field)
            field.setAccessibleName(named)
        row.addStretch(1)

    def ask(self, at: int, now: int, accounts: Sequence[str], plans: Sequence[tuple[str, str]]) -> None:
        """Begin with a time. `plans`: ids and names of those that are open."""
        self.plan.clear()
        self.plan.addItem(t("The one of that day"), "")
        for value, name in plans:
            self.plan.addItem(name, value)
        self.when.begin(max(at, now), now)
        words = t("What is to be said that day; all members read the plan")
        self._begin(None, words, t("Put it into the plan"), accounts)

    def change(self, said: dict[str, Any], accounts: Sequence[str]) -> None:
        """Begin with what an entry says: {"plan", "entry", "title", "topic", "accounts", "langs", "at", "not_before"}. Its time is
        changed by moving it, since others may move with it."""
        words = t("What the plan says of it; its time is changed by moving it")
        self._begin(said, words, t("Change it"), accounts)

    def _begin(self, said: dict[str, Any] | None, words: str, verb: str, accounts: Sequence[str]) -> None:
        self.changes = None  # while the fields are filled
        told = said or {"title": "", "topic": "", "accounts": (), "langs": (), "not_before": 0}
        self.words.setText(words)
        self.sign.setText(verb)
        self.sign.setAccessibleName(verb)
        for field in (self.when, self.plan, self.of_plan):
            field.setVisible(said is None)
        self.title.setText(told["title"])
        self.topic.setText(told["topic"])
        self.accounts.offer([(one, one) for one in dict.fromkeys((*accounts, *told["accounts"]))], told["accounts"])
        known = {code: t(name) for code, name in LANGS}
        langs = dict.fromkeys((*known, *told["langs"]))
        self.langs.offer([(one, known.get(one, one)) for one in langs], told["langs"])
        self.embargo.setChecked(bool(told["not_before"]))
        self.changes = said
        self.begin(self.title)

    def lacks(self) -> str:
        """A title and a time, or something that is said otherwise."""
        if not self.title.text().strip():
            return t("A title first")
        if self.changes is not None:
            return "" if self._otherwise() else t("Nothing is changed yet")
        return "" if self.when.moment is not None else self.when.why or t("A time first")

    def take(self, why: str) -> None:
        """Hand it over."""
        if (said := self.changes) is not None:
            self.then(
                {"plan": said["plan"], "entry": said["entry"], "title": self.title.text().strip(), **self._otherwise()}
            )
            return
        at = self.when.moment
        self.then({
            **self._said(), "plan": str(self.plan.currentData()), "at": at, "not_before": at if self.embargo.isChecked() else 0,
        })  # fmt: skip

    def _said(self) -> dict[str, Any]:
        return {
            "title": self.title.text().strip(), "topic": self.topic.text().strip(), "accounts": self.accounts.values(),
            "langs": self.langs.values(),
        }  # fmt: skip

    def _otherwise(self) -> dict[str, Any]:
        """What is said otherwise than the entry says it."""
        said = self.changes or {}
        now = self._said()
        if self.embargo.isChecked() != bool(said["not_before"]):
            now["not_before"] = said["at"] if self.embargo.isChecked() else 0
        return {
            name: value for name, value in now.items()
            if (sorted(value) != sorted(said[name]) if isinstance(value, list) else value != said[name])
        }  # fmt: skip
