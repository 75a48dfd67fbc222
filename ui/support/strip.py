"""The strip above the screens after an end that was none: what happened, what is kept, the report. It waits to be put away, takes
no focus and stands in nobody's way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.support.sheet import sheet
from ui.support.words import sentence
from ui.texts import t
from ui.widgets.base import Elided, Icon, dress, line
from ui.widgets.button import KeyButton
from ui.window import Window


class Strip(QWidget):
    """Tells of the last of them."""

    report_wanted = Signal()
    put_away = Signal()

    def __init__(self, found: list[dict[str, Any]]) -> None:
        super().__init__()
        said, means, tone = sentence(found[-1])
        row = line(self, (24, 7, 16, 7), 10)
        dress(self, tone, "bottom")
        self.words, self.about = Elided(said, 13, theme.MEDIUM), Elided(means, 13, tone="text2")
        row.addWidget(Icon("triangle-alert" if tone == "warn" else "info", 16, tone if tone == "warn" else "text2"))
        row.addWidget(self.words)
        row.addWidget(self.about, 1)
        self.see, self.away = KeyButton(t("See the report"), small=True), KeyButton(t("Put away"), small=True)
        for button, told in ((self.see, self.report_wanted), (self.away, self.put_away)):
            button.setAccessibleDescription(said)
            button.clicked.connect(told)
            row.addWidget(button)
        self.setAccessibleName(f"{said} {means}")


def show(window: Window, found: list[dict[str, Any]]) -> None:
    """Put it above the screens. It is told of until somebody has put it away."""
    from g20desk.crashes import report

    made = Strip(found)

    def away() -> None:
        made.hide()
        window.ctx.worker.ask(report.put_away, owner=window, quiet=True)
        made.deleteLater()

    made.put_away.connect(away)
    made.report_wanted.connect(lambda: sheet(window).open(found[-1]))
    window.middle.insertWidget(0, made)
    made.show()
