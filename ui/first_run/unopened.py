"""A desk that is here and is not open: its record is being brought to a newer form, or this program can't open it, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.texts import error, ltr, reason, t
from ui.widgets.base import Icon, Label, beside, column, dress, line
from ui.widgets.button import KeyButton

# What opening a desk ends with where there is nothing to found or join: the desk is there.
CODES = (
    "store-newer", "store-older", "store-room", "store-moved", "store-damaged", "store-busy", "store-read-only",
    "store-unreadable", "store", "disk-full",
)  # fmt: skip
_WIDE = 640


class Unopened(QWidget):
    """One sentence on what is, one on what to do; `again` is called to try once more."""

    def __init__(self, folder: Path, again: Callable[[], object]) -> None:
        super().__init__()
        dress(self, "surface")
        outer = column(self, (72, 24, 72, 24))
        outer.addStretch(2)
        row = line(outer, gap=16)
        row.addStretch(1)
        inner = QWidget()
        inner.setFixedWidth(theme.px(_WIDE))
        row.addWidget(inner)
        row.addStretch(1)
        outer.addStretch(3)
        layout = column(inner, gap=14)
        head = line(layout, gap=12)
        self.icon, self.what = Icon("hourglass", 20, "accentText"), Label("", 20, theme.BOLD, wrap=True)
        head.addLayout(beside(self.icon, self.what))
        head.addWidget(self.what, 1)
        self.help = Label("", 13, tone="text2", wrap=True)
        layout.addWidget(self.help)
        self.where = Label(t("The desk: {folder}", folder=ltr(str(folder))), 12, tone="text2", wrap=True)
        layout.addWidget(self.where)
        foot = line(layout, gap=10)
        self.again = KeyButton(t("Look again"), "R", icon="refresh-cw")
        self.leave = KeyButton(t("Close the program"), kind="quiet")
        self.again.clicked.connect(again)
        self.leave.clicked.connect(self.close)
        for button in (self.again, self.leave):
            foot.addWidget(button)
        foot.addStretch(1)
        key = QShortcut(QKeySequence("R"), self)
        key.activated.connect(lambda: self.again.isVisible() and again())
        self.setWindowTitle("G20 Desk")
        self.setMinimumSize(1024, 700)
        self.resize(1440, 900)

    def wait(self, words: str) -> None:
        """What is being done, and how far it is."""
        self._put("hourglass", "accentText", reason(words), t("Leave the computer on. Nothing is lost should it stop."))
        self.again.hide()

    def refuse(self, problem: object) -> None:
        """Why it is not open, and what to do."""
        self._put("octagon-alert", "warn", *error(problem))
        self.again.show()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, glyph: str, tone: str, what: str, help_: str) -> None:
        self.icon.name, self.icon.tone = glyph, tone
        self.icon.update()
        self.what.setText(what)
        self.help.setText(help_)
        self.help.setVisible(bool(help_))
        self.setAccessibleName(what)
