"""Above the list of what has no place yet: how many, since when, what that means, and the way to try again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.bus import Ctx
from ui.texts import clock, day, not_yet, t
from ui.widgets.base import Icon, Label, beside, column, line, rule


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
        outer.addWidget(rule())
        self.hide()

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
