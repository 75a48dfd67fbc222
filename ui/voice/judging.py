"""What governments posted of themselves beside a line: what was said, in what it differs, and a person's answer. Nobody is accused
by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from g20desk.clock import from_iso
from ui import actions, theme
from ui.texts import NETWORKS, RTL, isolated, land, ltr, reason, t
from ui.voice import marking, words
from ui.voice.carriers import DRIFT, NAME, TIME, Tag, arrange, at_end
from ui.voice.model import Listed
from ui.voice.ticks import Ticks
from ui.widgets.base import Elided, Icon, Label, beside, clear, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.flow import Flow
from ui.widgets.prose import shaped

# How it looks beside the line, as a program saw it; neutral, for a person judges.
SEEMS = {
    "near": "Close to the line", "contradicts": "May say something else", "paraphrase": "May say the same in other words",
    "translated": "May be a translation",
}  # fmt: skip
# What a person may say of it: the button, what was said, and whether a reason is due.
ANSWERS = (
    ("carries", "It carries the line", "Carries the line", True), ("differs", "It says something else", "Says something else", True),
    ("unrelated", "It is about something else", "About something else", False), ("left", "Leave it as it is", "Left as it is", False),
)  # fmt: skip


def seems(row: dict[str, Any]) -> str:
    """How a post looks beside the line."""
    words_ = SEEMS[row["verdict"]]
    return t(words_)


class Card(QWidget):
    """One post."""

    pairs: Sequence[QBoxLayout] = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drift beside or beneath."""
        super().resizeEvent(event)
        arrange(self.pairs, self.width())


class Answers(Flow):
    """As high as its lines."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that this width asks for."""
        super().resizeEvent(event)
        high = self.height_at(self.width())
        if self.minimumHeight() != high:
            self.setFixedHeight(high)


class Judging(QWidget):
    """The section under the accounts. `answered` carries the post's id and what it is said to be; `look` asks to read again."""

    answered = Signal(str, str)
    look = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = column(self, (0, 18, 0, 12))
        head = line(outer, (28, 0, 28, 8), 10)
        head.addWidget(Label(t("For a person to judge"), 13, theme.BOLD))
        self.many = Label("", 13, tone="text2")
        head.addWidget(self.many)
        head.addStretch(1)
        self.again = KeyButton(
            t("Read what governments posted"), actions.keys("listen", "one-voice"), "refresh-cw", small=True
        )
        self.again.clicked.connect(lambda: self.look.emit())
        head.addWidget(self.again)
        self.none = Label(t("No post beside this line waits for anybody."), 12, tone="text2", wrap=True)
        self.none.setContentsMargins(28, 0, 28, 8)
        outer.addWidget(self.none)
        self.cards = QVBoxLayout()
        outer.addLayout(self.cards)
        self.shown: tuple[Listed, ...] | None = None

    def fill(self, found: tuple[Listed, ...], now: int, staff: bool) -> None:
        """Show these; the same ones stay as they are."""
        self.again.setVisible(staff)
        self.setVisible(bool(found) or staff)
        if found == self.shown:
            return
        held = next((b.objectName() for b in self.findChildren(KeyButton) if b.hasFocus()), "")
        self.shown = found
        clear(self.cards)
        waiting = sum(one.open for one in found)
        self.many.setText(str(waiting) if waiting else "")
        self.none.setVisible(not found)
        for one in found:
            self.cards.addWidget(self._card(one, now))
        for button in self.findChildren(KeyButton):
            if held and button.objectName() == held:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, one: Listed, now: int) -> QWidget:
        row, made = one.row, Card()
        dress(made, "surface", "bottom")
        outer = line(made, (28, 10, 28, 10), 12)
        outer.addWidget(Tag(row["government"]), 0, Qt.AlignmentFlag.AlignTop)
        name = QWidget()
        name.setFixedWidth(theme.px(NAME))
        names = column(name, gap=2)
        names.addWidget(Label(isolated(row["account"]), 13, theme.BOLD, wrap=True))
        names.addWidget(Elided(NETWORKS.get(row["network"], row["network"]), 12, tone="text2"))
        names.addStretch(1)
        outer.addWidget(name)
        pair = line(gap=16)
        pair.addLayout(self._said(one), 1)
        pair.addWidget(self._drift(one))
        made.pairs = [pair]
        outer.addLayout(pair, 1)
        at = Label(words.moment(from_iso(row["posted_at"]), now), 12, tone="text2")
        at.setFixedWidth(theme.px(TIME))
        at.setAlignment(at_end())
        outer.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
        made.setAccessibleName(f"{land(row['government'])}. {row['account']}. {seems(row)}. {row['text']}")
        return made

    def _said(self, one: Listed) -> QVBoxLayout:
        row, made = one.row, QVBoxLayout()
        made.setSpacing(4)
        label = shaped(Label("", 13, wrap=True, rich=True), marking.markup(one.marks.runs), 13, row["lang"])
        label.setAccessibleName(row["text"])
        label.setAccessibleDescription(marking.spoken(one.marks))
        made.addWidget(label)
        for said in row["reasons"]:
            if said not in SEEMS:
                made.addWidget(Label(reason(said), 12, tone="text2", wrap=True))
        if row["url"]:
            made.addWidget(Elided(ltr(row["url"]), 12, tone="text2"))
        if one.open and one.may:
            made.addWidget(self._answers(row))
        elif not one.open:
            self._answer(made, row)
        return made

    def _answers(self, row: dict[str, Any]) -> QWidget:
        made = Answers(6, start=True)
        for answer, verb, _, _ in ANSWERS:
            button = KeyButton(t(verb), kind="plain" if answer in ("carries", "differs") else "quiet", small=True)
            button.setObjectName(f"{row['id']}/{answer}")
            button.setAccessibleName(f"{t(verb)}: {row['account']}")
            button.clicked.connect(lambda _=False, answer=answer: self.answered.emit(row["id"], answer))
            made.add(button)
        return made

    @staticmethod
    def _answer(into: QVBoxLayout, row: dict[str, Any]) -> None:
        said = next(t(word) for answer, _, word, _ in ANSWERS if answer == row["answer"])
        who = t("{what}, said {who}", what=said, who=isolated(row["judged_by"]))
        label = Label(f"{who}: “{isolated(row['why'])}”" if row["why"] else who, 12, theme.MEDIUM, "text2", wrap=True)
        line_ = line(into, gap=8)
        line_.addLayout(beside(Icon("user-check", 14), label))
        line_.addWidget(label, 1)

    @staticmethod
    def _drift(one: Listed) -> QWidget:
        made = QWidget()
        made.setFixedWidth(theme.px(DRIFT))
        layout = column(made, (0, 3, 0, 0), 4)
        told = seems(one.row)
        layout.addWidget(Ticks(one.marks.ticks, told, one.row["lang"] in RTL))
        layout.addWidget(Label(told, 12, theme.MEDIUM, "warn" if one.open else "text2", wrap=True))
        layout.addStretch(1)
        return made
