"""Placing an embargo, declaring a day of mourning: what, for whom, until when, and why. Enter signs, Esc leaves."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import tzinfo
from functools import cache

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit

from resources import ROOT
from ui import theme
from ui.texts import language, t
from ui.widgets.base import Label, line
from ui.widgets.choice import Choice
from ui.widgets.form_bar import FormBar, labelled
from ui.widgets.time_field import TimeField
from ui.zones import local

HOUR = 3_600_000


@cache
def members() -> tuple[tuple[str, dict[str, str]], ...]:
    """The members' codes and their names by language."""
    found = tomllib.loads((ROOT / "facts" / "members.toml").read_text("utf-8"))["member"]
    return tuple((one["code"], one["name"]) for one in sorted(found, key=lambda one: one["code"]))


class EmbargoBar(FormBar):
    """Nothing goes out before a time."""

    def __init__(self, zone: tzinfo, then: Callable[[int, str, str, str], object]) -> None:
        self.zone, self.then = zone, then
        super().__init__("lock", t("Let nothing out before"), t("Place the embargo"), "warn")

    def fields(self) -> None:
        """Until when, and what."""
        self.field = TimeField(self.zone)
        self.field.changed.connect(lambda _: self.weigh())
        self.told.addWidget(self.field)
        row = line(self.told, gap=8)
        self.account, self.topic = Choice(), QLineEdit()
        self.topic.setFixedWidth(theme.px(200))
        labelled(row, t("Account"), self.account)
        labelled(row, t("Topic"), self.topic)
        self.topic.setPlaceholderText(t("for example: climate"))
        row.addStretch(1)

    def ask(self, now: int, accounts: tuple[str, ...]) -> None:
        """Begin with the next full hour but two."""
        self.account.clear()
        self.account.addItem(t("All accounts"), "")
        for name in accounts:
            self.account.addItem(name, name)
        self.topic.clear()
        self.field.begin((now // HOUR + 3) * HOUR, now)
        self.begin(self.field.date)

    def lacks(self) -> str:
        """A time that is to come."""
        return self.field.why if self.field.moment is None else ""

    def take(self, why: str) -> None:
        """Hand it over."""
        assert self.field.moment is not None
        self.then(self.field.moment, why, self.topic.text().strip(), str(self.account.currentData()))


class MourningBar(FormBar):
    """A day on which only condolences and statements go out by themselves."""

    def __init__(self, zone: tzinfo, then: Callable[[str, str, str, bool, str], object]) -> None:
        self.zone, self.then, self.only = zone, then, ""
        super().__init__("moon", t("Declare a day of mourning"), t("Declare it"), "warn")

    def fields(self) -> None:
        """Whose, and which days."""
        row = line(self.told, gap=8)
        self.land, self.first, self.last = Choice(), QDateEdit(), QDateEdit()
        self.land.currentIndexChanged.connect(lambda _: self._whose())
        labelled(row, t("Whose"), self.land)
        for words, part in ((t("First day"), self.first), (t("Last day"), self.last)):
            part.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            part.setDisplayFormat("yyyy-MM-dd")
            part.lineEdit().setTextMargins(7, 0, 7, 0)
            part.setCalendarPopup(False)
            part.dateChanged.connect(lambda _: self.weigh())
            labelled(row, words, part)
        row.addStretch(1)
        box = line(self.told, gap=6)
        self.official, said = QCheckBox(), Label(t("The office's own accounts keep it too"), 12)
        self.official.setAccessibleName(said.text())
        said.mousePressEvent = lambda _: self.official.click()  # type: ignore[method-assign]
        box.addWidget(self.official)
        box.addWidget(said, 1)
        note = t("It is the whole day in all their time zones. Condolences and statements go out; all else waits.")
        self.told.addWidget(Label(note, 12, tone="text2", wrap=True))

    def ask(self, now: int, only: str = "") -> None:
        """Begin with today on the desk's clock. `only`: who speaks for a government declares for it alone."""
        today = local(now, self.zone)
        self.only = only
        self.land.clear()
        if not only:
            self.land.addItem(t("All members"), "")
        for code, names in members():
            if only in ("", code):
                self.land.addItem(f"{code} · {names.get(language(), names['en'])}", code)
        for part in (self.first, self.last):
            part.setDate(QDate(today.year, today.month, today.day))
        self._whose()
        self.begin(self.land)

    def lacks(self) -> str:
        """The last day is not before the first."""
        return "" if self.first.date() <= self.last.date() else t("The last day is before the first")

    def take(self, why: str) -> None:
        """Hand it over."""
        first, last = (part.date().toString("yyyy-MM-dd") for part in (self.first, self.last))
        self.then(first, last, str(self.land.currentData()), self.official.isChecked(), why)

    def _whose(self) -> None:
        of_all = not self.land.currentData()
        self.official.setEnabled(not of_all and not self.only)
        self.official.setChecked(of_all)
