"""Another time for a post, typed: the date, the time, and whose clock."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.calendar.pages import Chip
from ui.texts import t
from ui.widgets.base import Label, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.time_field import TimeField


class MoveBar(QWidget):
    """`wanted` carries the chip and the moment; the question follows in the confirming bar."""

    wanted = Signal(object, object)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        dress(self, "accent", "bar")
        layout = column(self, (28, 12, 28, 12), 10)
        row = line(layout, gap=12)
        self.words = Label("", 13, theme.BOLD, wrap=True)
        self.field = TimeField(zone)
        self.go, self.leave = KeyButton(t("Move it"), "↵", kind="main"), KeyButton(t("Leave"), "Esc")
        row.addWidget(self.words, 1)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        layout.addWidget(self.field)
        self.chip: Chip | None = None
        self.was: QWidget | None = None
        self.field.changed.connect(lambda ms: self.go.setEnabled(ms is not None))
        self.go.clicked.connect(self.take)
        self.leave.clicked.connect(self.close_bar)
        self.hide()

    def ask(self, chip: Chip, now: int) -> None:
        """Begin with the time that it has."""
        self.chip, self.was = chip, self.window().focusWidget()
        self.words.setText(t("Move “{title}” to", title=chip.title))
        self.field.begin(max(chip.at, now), now)
        self.show()
        self.field.date.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Hand the time over where there is one."""
        if self.chip is not None and self.field.moment is not None:
            chip, moment = self.chip, self.field.moment
            self.close_bar()
            self.wanted.emit(chip, moment)

    def close_bar(self) -> None:
        """Away with it."""
        self.hide()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)
