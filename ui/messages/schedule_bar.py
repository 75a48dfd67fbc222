"""When a message goes out: now, at a time, or in a free slot; what it would meet then, and a reason where one is due.
Enter signs, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ui import theme
from ui.clashes import grouped
from ui.messages.model import When
from ui.texts import clock, clock_in, day, isolated, ltr, t, tip, zone_word
from ui.widgets.bar import Bar
from ui.widgets.base import Icon, Label, beside, clear, column, line
from ui.widgets.button import KeyButton
from ui.widgets.segments import Segments
from ui.widgets.time_field import TimeField

NOW, AT = "now", "at"


class ScheduleBar(Bar):
    """`weighed` asks what a moment (None: now) would meet; the answer comes to `meets`."""

    weighed = Signal(object)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.zone = zone
        self.icon = Icon("calendar-clock", 20, "accentText")
        self.lead.insertWidget(0, self.icon, 0, Qt.AlignmentFlag.AlignTop)
        self.told.setSpacing(8)
        self.words, self.under = Label("", 13, theme.BOLD, wrap=True), Label("", 12, tone="text2", wrap=True)
        self.told.addWidget(self.words)
        self.told.addWidget(self.under)
        self._choices()
        self.found = column(self._part(), gap=4)
        self.why = QLineEdit()
        self.why.setMinimumHeight(theme.px(32))
        self.why.setPlaceholderText(t("Why it goes out that day all the same; without a reason it waits for a person"))
        self.why.setAccessibleName(t("Why it goes out on a day of mourning"))
        self.told.addWidget(self.why)
        self.leave = KeyButton(t("Back"), "Esc")
        self.sign = KeyButton(t("Schedule"), "↵", kind="main")
        for button, run in ((self.leave, self.close_bar), (self.sign, self._sign)):
            button.clicked.connect(run)
            self.add(button)
        self.signs(self.sign, self._sign, self.close_bar)
        self.mode, self.stopped, self.now = NOW, False, 0
        self.then: Callable[[When], object] = lambda when: None
        self.closed: Callable[[], object] = lambda: None
        self.was: QWidget | None = None
        self.hide()

    def _part(self) -> QWidget:
        made = QWidget()
        self.told.addWidget(made)
        return made

    def _choices(self) -> None:
        row = line(self.told, gap=12)
        self.modes = Segments(t("When"), ((NOW, t("Now"), ""), (AT, t("At a time"), "")))
        self.modes.chosen.connect(self._choose)
        self.field = TimeField(self.zone)
        self.field.changed.connect(lambda _: self._weigh())
        row.addWidget(self.modes)
        row.addWidget(self.field, 1)
        row.addStretch(0)
        self.offers = line(self._part(), gap=8)
        box = line(self.told, gap=6)
        self.together, said = QCheckBox(), Label(t("On all its accounts together, or not yet"), 12)
        self.together.setAccessibleName(said.text())
        said.mousePressEvent = lambda _: self.together.click()  # type: ignore[method-assign]
        box.addWidget(self.together)
        box.addWidget(said, 1)

    def ask(
        self, title: str, under: str, now: int, at: int | None, together: bool, then: Callable[[When], object]
    ) -> None:
        """Ask; `at`: the time to begin with, None for now."""
        self.was = self.window().focusWidget()
        self.words.setText(t("When shall “{title}” go out?", title=title))
        self.under.setText(under)
        self.now, self.then = now, then
        self.together.setChecked(together)
        self.why.clear()
        self.offer([])
        self.meets([])
        self.mode = AT if at is not None else NOW
        self.modes.pick(self.mode)
        self.field.setVisible(self.mode == AT)
        self.show()
        self.field.begin(at if at is not None else -(-now // 3_600_000) * 3_600_000, now)
        self.sign.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, slots: list[tuple[int, str]]) -> None:
        """The next free slots, each with its name."""
        clear(self.offers)
        if slots:
            self.offers.addWidget(Label(t("Next free"), 12, tone="text2"))
        for at, name in slots:
            here = f" ({clock_in(at, self.zone)} {zone_word(self.zone)})" if zone_word(self.zone) else ""
            button = KeyButton(f"{day(at)} {clock(at)} UTC · {isolated(name)}", small=True)
            button.setToolTip(tip(f"{name}{ltr(here)}"))
            button.clicked.connect(lambda _=False, at=at: self._take(at))
            self.offers.addWidget(button)
        self.offers.addStretch(1)

    def meets(self, found: list[dict[str, Any]]) -> None:
        """What it would meet at the chosen time: what stops it, and what a person should know."""
        clear(self.found)
        meetings = grouped(found)
        self.stopped = any(one.stops for one in meetings)
        for one in meetings[:4]:
            row, tone = line(self.found, gap=8), "block" if one.stops else "warn"
            said = Label(one.sentence(), 12, tone=tone, wrap=True)
            row.addLayout(beside(Icon("lock" if one.stops else "triangle-alert", 14, tone), said))
            row.addWidget(said, 1)
        if len(meetings) > 4:
            self.found.addWidget(Label(t("and {n} more", n=len(meetings) - 4), 12, tone="text2"))
        self.why.setVisible(any(one.kind == "mourning" for one in meetings) and not self.stopped)
        self._able()

    def chosen(self) -> int | None:
        """The moment in hand; None is now, or a time that is none yet."""
        return self.field.moment if self.mode == AT else None

    def close_bar(self) -> None:
        """Leave without signing."""
        self.hide()
        self.closed()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, mode: str) -> None:
        self.mode = mode
        self.field.setVisible(mode == AT)
        if mode == AT:
            self.field.date.setFocus(Qt.FocusReason.OtherFocusReason)
        self._weigh()

    def _take(self, at: int) -> None:
        self.mode = AT
        self.modes.pick(AT)
        self.field.show()
        self.field.begin(at, self.now)
        self.sign.setFocus(Qt.FocusReason.OtherFocusReason)

    def _weigh(self) -> None:
        if not self.isHidden() and (self.mode == NOW or self.field.moment is not None):
            self.weighed.emit(self.chosen())
        self._able()

    def _able(self) -> None:
        told = self.mode == NOW or self.field.moment is not None
        self.sign.setEnabled(told and not self.stopped)
        stops = t("Nothing may go out then") if self.stopped else "" if told else self.field.why
        self.sign.setAccessibleDescription(stops or "↵")
        self.sign.setToolTip(tip(stops))

    def _sign(self) -> None:
        if not self.sign.isEnabled():
            return
        zone = getattr(self.field.clock_used(), "key", "UTC") if self.mode == AT else "UTC"
        made, then = When(self.chosen(), zone, self.together.isChecked(), self.why.text().strip()), self.then
        self.close_bar()
        then(made)
