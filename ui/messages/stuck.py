"""Posts that did not go out: why, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.texts import isolated, reason, state, t
from ui.widgets.base import Icon, Label, beside, column, dress, line
from ui.widgets.button import KeyButton


class StuckBox(QWidget):
    """Under the title of a message whose posts a person has to decide on."""

    def __init__(self, posts: list[dict[str, Any]], why_not: str, plan: Callable[[], object]) -> None:
        super().__init__()
        dress(self, "warn")
        layout = column(self, (16, 12, 16, 12), 8)
        for post in posts:
            look = state(post["state"])
            row = line(layout, gap=10)
            head = Label(f"{isolated(post['account'])}: {t(look.word)}", 13, theme.MEDIUM)
            row.addLayout(beside(Icon(look.icon, 16, look.tone), head))
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(head)
            if post["why"]:
                words.addWidget(Label(reason(post["why"]), 12, tone="text2", wrap=True))
            row.addLayout(words, 1)
        foot = line(layout, (26, 0, 0, 0), 12)
        again = KeyButton(t("Plan it again"), icon="calendar-clock", small=True)
        again.setEnabled(not why_not)
        again.setAccessibleDescription(why_not)
        again.clicked.connect(plan)
        foot.addWidget(again)
        out = any(p.get("remote_ids") for p in posts)
        said = (
            t("The thread goes on where it stands; what is out is not sent again.")
            if out
            else t("Only these are sent again. Or leave it so, and correct it in a new message.")
        )
        foot.addWidget(Label(why_not or said, 12, tone="text2", wrap=True), 1)
