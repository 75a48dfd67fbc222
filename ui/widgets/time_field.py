"""A date and a time in the desk's zone or in UTC, with the other beside it. Nothing is chosen in silence: a time that
the clock jumps over is said, one that happens twice is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import QDateEdit, QTimeEdit, QWidget

from ui import theme
from ui.texts import clock, day, ltr, t, zone_word
from ui.widgets.base import Label, line
from ui.widgets.choice import Choice
from ui.zones import local, moments, nearest


class TimeField(QWidget):
    """`changed` carries the moment in milliseconds, or None with the reason in `why`."""

    changed = Signal(object)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.zone, self.now, self.why = zone, 0, ""
        self.moment: int | None = None
        row = line(self, gap=8)
        self.date, self.time, self.where, self.which = QDateEdit(), QTimeEdit(), Choice(), Choice()
        for part, form in ((self.date, "yyyy-MM-dd"), (self.time, "HH:mm")):
            part.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # before the form, which Qt turns round otherwise
            part.setDisplayFormat(form)
            part.lineEdit().setTextMargins(7, 0, 7, 0)
        self.where.addItem("UTC", UTC)
        if zone_word(zone):
            self.where.addItem(zone_word(zone), zone)
        for part, name in (
            (self.date, t("Date")), (self.time, t("Time")), (self.where, t("Clock")), (self.which, t("Which of the two")),
        ):  # fmt: skip
            part.setAccessibleName(name)
            part.setMinimumHeight(theme.px(32))
            part.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            row.addWidget(part)
        self.said = Label("", 12, tone="text2", wrap=True)
        row.addWidget(self.said, 1)
        self.which.hide()
        self.date.dateChanged.connect(lambda _: self._weigh(True))
        self.time.timeChanged.connect(lambda _: self._weigh(True))
        self.where.currentIndexChanged.connect(lambda _: self._turned())
        self.which.currentIndexChanged.connect(lambda _: self._weigh(False))

    def begin(self, ms: int, now: int) -> None:
        """Start from a moment. Today is allowed to its end on the clock that is used, wherever Greenwich is."""
        self.now = now
        self._put(ms)

    def clock_used(self) -> tzinfo:
        """UTC or the desk's."""
        zone: tzinfo = self.where.currentData()
        return zone

    def _put(self, ms: int) -> None:
        there, today = local(ms, self.clock_used()), local(self.now, self.clock_used())
        for part in (self.date, self.time):
            part.blockSignals(True)
        self.date.setMinimumDate(QDate(today.year, today.month, today.day))
        self.date.setDate(QDate(there.year, there.month, there.day))
        self.time.setTime(QTime(there.hour, there.minute))
        for part in (self.date, self.time):
            part.blockSignals(False)
        self._weigh(True)

    def _turned(self) -> None:
        self._put(self.moment if self.moment is not None else self.now)

    def _weigh(self, anew: bool) -> None:
        date, time, zone = self.date.date(), self.time.time(), self.clock_used()
        wall = datetime(date.year(), date.month(), date.day(), time.hour(), time.minute())
        found = moments(wall, zone)
        if anew:
            self.which.blockSignals(True)
            self.which.clear()
            for ms in found if len(found) > 1 else ():
                self.which.addItem(f"{clock(ms)} UTC", ms)
            self.which.setCurrentIndex(-1)
            self.which.blockSignals(False)
            self.which.setVisible(len(found) > 1)
        self.moment, self.why = None, ""
        if not found:
            before, after = nearest(wall, zone)
            self.why = t(
                "There is no {time} then: the clock goes forward over it. The nearest are {before} and {after}.",
                time=f"{wall:%H:%M}", before=f"{before:%H:%M}", after=f"{after:%H:%M}",
            )  # fmt: skip
        elif len(found) > 1 and self.which.currentIndex() < 0:
            self.why = t("{time} happens twice then: say which.", time=f"{wall:%H:%M}")
        else:
            chosen = self.which.currentData() if len(found) > 1 else found[0]
            if chosen < self.now:
                self.why = t("That is past.")
            else:
                self.moment = chosen
        self._say()
        self.changed.emit(self.moment)

    def _say(self) -> None:
        self.said.set_tone("text2" if self.moment is not None else "block")
        if self.moment is None:
            self.said.setText(self.why)
            return
        other = UTC if self.clock_used() is not UTC else self.zone
        there = local(self.moment, other)
        name = zone_word(other) or "UTC"
        date = day(round(there.replace(tzinfo=UTC).timestamp() * 1000))
        self.said.setText(f"= {date} " + ltr(f"{there:%H:%M} {name}") if zone_word(self.zone) else "")
