"""Above the list of what has no place yet: how many, since when, what that means, and the way to try again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from g20desk.desk.attending import AGAIN, Standing, Trouble
from ui import actions, theme
from ui.attending.words import GENTLE, SHOWN, trouble
from ui.attending.words import line as line_of
from ui.bus import Ctx
from ui.texts import clock, day, not_yet, t
from ui.widgets.base import Icon, Label, beside, clear, column, dress, line, rule, told
from ui.widgets.button import KeyButton


class Pending(QWidget):
    """Shown where that list is, and there is something in it."""

    def __init__(self, ctx: Ctx) -> None:
        super().__init__()
        self._clock = ctx.clock
        outer = column(self)
        inner = QWidget()
        outer.addWidget(inner)
        layout = column(inner, (24, 16, 24, 14), 6)
        self.head = Label("", 15, theme.BOLD, wrap=True)
        top = line(layout, gap=12)
        top.addLayout(beside(Icon("cloud-off", 20), self.head))
        top.addWidget(self.head, 1)
        self.words = Label("", 13, tone="text2", wrap=True)
        layout.addWidget(self.words)
        foot = line(layout, (0, 4, 0, 0), 10)
        self.again = KeyButton(t("Try again now"), actions.keys("exchange", "record"), "refresh-cw", small=True)
        self.state = Label("", 12, tone="text2", wrap=True)
        self.carry = KeyButton(t("Carry on a stick"), actions.keys("carry", "record"), "usb", small=True)
        foot.addWidget(self.carry)
        foot.addWidget(self.again)
        foot.addWidget(self.state, 1)
        outer.addWidget(rule())
        self.hide()

    def stand(self, found: Standing) -> None:
        """How this desk stands to the office."""
        self.again.setVisible(found.elsewhere)
        said = line_of(found, self._clock.now_ms())
        self.state.setText(f"{said.head}. {said.words}" if found.elsewhere else "")

    def put(self, count: int, since: int, wanted: bool) -> None:
        """So many, the first of them done then."""
        self.setVisible(wanted and count > 0)
        self.head.setText(not_yet(count))
        at = (
            clock(since)
            if since // 86_400_000 == self._clock.now_ms() // 86_400_000
            else f"{day(since)} {clock(since)}"
        )
        self.words.setText(
            t("Made here since {when} UTC, signed with your key and kept on this desk. When you are online they join the "
              "record in this order. Until then the others cannot see them, and the office may have moved on.", when=at)
        )  # fmt: skip


class Troubles(QWidget):
    """What keeps this desk from the record, what to do, and what can be done here."""

    done_again = Signal()
    keep = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = column(self, (24, 14, 24, 12), 10)
        self._shown: tuple[Trouble, ...] = ()
        dress(self, "warn", "bottom")
        self.hide()

    def stand(self, found: Standing) -> None:
        """As it is now; what is said already stays as it is, with the focus in it."""
        told = tuple(replace(one, at=0) for one in found.troubles)
        if told == self._shown:
            return
        self._shown = told
        clear(self.rows)
        for one in told:
            self._one(one)
        self.setVisible(bool(told))

    def _one(self, one: Trouble) -> None:
        words, help = trouble(one)
        grave = one.code not in GENTLE
        icon = Icon("octagon-alert" if grave else "triangle-alert", 16, "block" if grave else "warn")
        row, _ = told(self.rows, icon, Label(words, 13, theme.BOLD, wrap=True), help, gap=12)
        if one.code == AGAIN:
            self._button(row, t("Done, or not wanted"), self.done_again)
        elif one.code in SHOWN:
            self._button(row, t("Save what was shown"), self.keep)

    def _button(self, row: QHBoxLayout, words: str, then: SignalInstance) -> None:
        button = KeyButton(words, small=True)
        button.clicked.connect(lambda: then.emit())
        row.addWidget(button)
