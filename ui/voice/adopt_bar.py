"""Taking a line on: now, at a time, or without one yet. Enter signs, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import Qt

from ui.texts import clock, clock_in, day, isolated, ltr, t, zone_word
from ui.widgets.base import Label, line
from ui.widgets.form_bar import FormBar
from ui.widgets.segments import Segments
from ui.widgets.time_field import TimeField

NOW, AT, LATER = "now", "at", "later"
HOUR = 3_600_000


class AdoptBar(FormBar):
    """`ask` hands on the moment, or None for no time yet."""

    closed: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self, zone: tzinfo) -> None:
        self.zone, self.mode, self.now, self.due, self.over = zone, NOW, 0, 0, 0
        self.then: Callable[[int | None], object] = lambda when: None
        super().__init__("calendar-clock", "", t("Take it on"), reason=False)

    def fields(self) -> None:
        """When it goes out, and what there is to say of that time."""
        self.under = Label("", 12, tone="text2", wrap=True)
        self.told.addWidget(self.under)
        row = line(self.told, gap=12)
        self.modes = Segments(t("When"), ((NOW, t("Now"), ""), (AT, t("At a time"), ""), (LATER, t("No time yet"), "")))
        self.modes.chosen.connect(self._choose)
        self.field = TimeField(self.zone)
        self.field.changed.connect(lambda _: self.weigh())
        row.addWidget(self.modes)
        row.addWidget(self.field, 1)
        row.addStretch(0)
        self.said = Label("", 12, tone="warn", wrap=True)
        self.told.addWidget(self.said)

    def ask(
        self, account: str, now: int, due: int, over: int, planned: int, then: Callable[[int | None], object]
    ) -> None:
        """Ask. `due`: by when the office wants it, `over`: when the line is over, `planned`: the time that it has; 0 for none."""
        self.now, self.due, self.over, self.then = now, due, over, then
        self.words.setText(t("When shall it go out on {account}?", account=isolated(account)))
        self.under.setText(
            t("Asked for by {when}.", when=moment(due, self.zone)) if due else t("The office named no time.")
        )
        self.mode = AT if planned > now else NOW
        self.modes.pick(self.mode)
        self.field.setVisible(self.mode == AT)
        self.field.begin(
            planned if planned > now else max(now, min(due, over or due)) if due > now else -(-now // HOUR) * HOUR, now
        )
        self.begin(self.sign)

    def chosen(self) -> int | None:
        """The moment in hand; None where there is none."""
        return self.now if self.mode == NOW else self.field.moment if self.mode == AT else None

    def lacks(self) -> str:
        """A time that it can't go out at."""
        at = self.chosen()
        if self.mode == AT and at is None:
            return self.field.why
        return t("The line does not stand any more then.") if at is not None and self.over and at >= self.over else ""

    def weigh(self) -> None:
        """Whether it may be signed, and whether it is later than was asked."""
        super().weigh()
        at = self.chosen()
        late = at is not None and self.due and at > self.due
        said = self.lacks() or (t("That is later than the office asked.") if late else "")
        if self.mode == LATER:
            said = t("Nothing goes out before you name a time.")
        self.said.set_tone("block" if self.lacks() else "text2" if self.mode == LATER else "warn")
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def take(self, why: str) -> None:
        """Hand it on; now is when it is signed."""
        self.then(self.chosen())

    def close_bar(self) -> None:
        """Leave without signing."""
        super().close_bar()
        self.closed()

    def _choose(self, mode: str) -> None:
        self.mode = mode
        self.field.setVisible(mode == AT)
        (self.field.date if mode == AT else self.sign).setFocus(Qt.FocusReason.OtherFocusReason)
        self.weigh()


def moment(ms: int, zone: tzinfo) -> str:
    """`Wed 10 March 15:00 UTC (16:00 Rome)`."""
    here = f" ({clock_in(ms, zone)} {zone_word(zone)})" if zone_word(zone) else ""
    return f"{day(ms)} {clock(ms)} UTC{ltr(here)}"
