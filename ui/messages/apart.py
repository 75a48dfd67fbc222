"""What this person did apart from the office: a decision that has not reached it yet, an act that turned out not to count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.messages.model import moment
from ui.texts import DECISIONS, act, clock, day, reason, t
from ui.widgets.base import Icon, Label, column, dress, line, told
from ui.widgets.button import KeyButton


class PendingBox(QWidget):
    """Said loudly, where the decision was made: so far nobody in the office knows of it."""

    def __init__(self, pending: list[dict[str, Any]]) -> None:
        super().__init__()
        dress(self, "warn")
        layout = column(self, (16, 12, 16, 12), 4)
        head = Label(t("Your decision has not reached the office"), 13, theme.BOLD, wrap=True)
        last = pending[-1]
        look = DECISIONS.get(last["answer"], DECISIONS[""])
        words = t(
            "Signed here {when} UTC: {word}. Nobody there knows of it, and it counts only once it is there: in time, and on a text "
            "that is still the same. It goes by itself when this desk is in touch again, or with a stick.",
            when=_when(last),
            word=t(look.word),
        )  # fmt: skip
        told(layout, Icon("cloud-off", 16, "warn"), head, words, spacing=4)
        self.setAccessibleName(f"{head.text()}. {words}")


class UncountedBox(QWidget):
    """What does not count, why, and that it was read."""

    def __init__(self, gone: list[dict[str, Any]], read: Callable[[list[str]], object]) -> None:
        super().__init__()
        dress(self, "block")
        layout = column(self, (16, 12, 16, 12), 4)
        for one in gone:
            look = DECISIONS.get(one["answer"] or "-")
            word = t(look.word) if look else act(one["kind"])
            said = t("What you signed {when} UTC does not count: {word}", when=_when(one), word=word)
            why = " ".join(filter(None, (reason(one["why"]), reason(one["help"]))))
            told(layout, Icon("circle-x", 16, "block"), Label(said, 13, theme.BOLD, wrap=True), why, spacing=4)
        foot = line(layout, (26, 4, 0, 0), 8)
        self.read = KeyButton(t("I have read it"), icon="check", small=True)
        self.read.clicked.connect(lambda: read([one["event"] for one in gone]))
        foot.addWidget(self.read)
        foot.addStretch(1)


def fill(layout: QVBoxLayout, data: dict[str, Any], read: Callable[[list[str]], object]) -> None:
    """Both, where there is anything to say."""
    apart = data.get("apart") or {}
    if pending := apart.get("pending"):
        layout.addWidget(PendingBox(pending))
    if gone := apart.get("uncounted"):
        layout.addWidget(UncountedBox(gone, read))


def _when(one: dict[str, Any]) -> str:
    at = moment(one["at"])
    return f"{day(at)} {clock(at)}"
