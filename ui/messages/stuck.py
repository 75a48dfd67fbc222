"""Posts that did not go out, or do not stand as they were signed off: why, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme
from ui.messages.model import Shown, Stuck
from ui.texts import isolated, t
from ui.widgets.base import Icon, Label, column, dress, line, told
from ui.widgets.button import KeyButton


class StuckBox(QWidget):
    """Under the title of a message whose posts a person has to decide on."""

    def __init__(self, shown: Shown, plan: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        dress(self, "warn")
        layout = column(self, (16, 12, 16, 12), 8)
        for one in shown.stuck:
            self._post(layout, one)
        waits = [
            one.post for one in shown.stuck if one.post["state"] in ("refused", "missed") or one.post.get("released")
        ]
        why_not = shown.can.get("schedule", "")
        said = _said(shown, waits, why_not)
        if not (said or waits or shown.leavable()):
            return
        foot = line(layout, (26, 0, 0, 0), 12)
        if waits:
            again = KeyButton(t("Plan it again"), icon="calendar-clock", small=True)
            again.setEnabled(not why_not)
            again.setAccessibleDescription(why_not)
            again.clicked.connect(plan)
            foot.addWidget(again)
        if shown.leavable():
            away = KeyButton(t("Leave it as it is"), actions.keys("leave", "messages"), small=True)
            away.clicked.connect(leave)
            foot.addWidget(away)
        foot.addWidget(Label(said, 12, tone="text2", wrap=True), 1)

    def _post(self, layout: QVBoxLayout, one: Stuck) -> None:
        words = f"{isolated(one.post['account'])}: {t(one.look.word)}"
        head = Label(words + (f" · {t('left as it is')}" if one.left else ""), 13, theme.MEDIUM)
        told(layout, Icon(one.look.icon, 16, one.look.tone), head, one.why)


def _said(shown: Shown, waits: list[dict[str, object]], why_not: str) -> str:
    """What becomes of it."""
    if not waits:
        altered = any(one.post["state"] == "sent" for one in shown.stuck)
        return t("Take it down, or correct it in a new message.") if altered else ""
    if why_not:
        return why_not
    if all(post.get("released") for post in waits):
        return t("For its own time or another; it goes out only if a person plans it again.")
    if any(post.get("remote_ids") for post in waits):
        return t("The thread goes on where it stands; what is out is not sent again.")
    return t("Only these are sent again. Or leave it so, and correct it in a new message.")
