"""The record checked whole: how far it is, what was found in words; and this desk's newest place held to another's."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.record.presenter import Head
from ui.record.words import fault
from ui.texts import error, ltr, reason, t
from ui.widgets.base import Icon, Label, clear, column, line, rule, told
from ui.widgets.button import KeyButton
from ui.widgets.form import text_field


class CheckPage(QWidget):
    """Tells what is wanted; decides nothing."""

    wanted = Signal()
    stop = Signal()
    left = Signal()
    compare = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, (20, 18, 20, 18), 10)
        head = line(layout, gap=10)
        head.addWidget(Icon("shield-check", 20))
        head.addWidget(Label(t("Check the record"), 15, theme.BOLD, wrap=True), 1)
        layout.addWidget(
            Label(t("Every act is read again from its bytes: who signed it, that nothing was changed, left out or put "
                    "in, and that each has its one place."), 12, tone="text2", wrap=True)
        )  # fmt: skip
        self.bar = QProgressBar()
        self.bar.setAccessibleName(t("How far the check is"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(6))
        self.far = Label("", 12, tone="text2", wrap=True)
        self.result = QVBoxLayout()
        self.result.setSpacing(8)
        buttons = line(gap=8)
        self.again, self.halt = (
            KeyButton(t("Check again"), icon="refresh-cw", small=True),
            KeyButton(t("Stop"), small=True),
        )
        leave = KeyButton(t("Back to the act"), "Esc", small=True)
        for one in (self.again, self.halt, leave):
            buttons.addWidget(one)
        buttons.addStretch(1)
        layout.addWidget(self.bar)
        layout.addWidget(self.far)
        layout.addLayout(self.result)
        layout.addLayout(buttons)
        layout.addSpacing(6)
        layout.addWidget(rule())
        layout.addSpacing(6)
        self._compare(layout)
        layout.addStretch(1)
        self.again.clicked.connect(self.wanted)
        self.halt.clicked.connect(self.stop)
        leave.clicked.connect(self.left)
        self.rest()

    def rest(self) -> None:
        """Nothing is being checked."""
        for one in (self.bar, self.far, self.halt):
            one.hide()
        self.again.show()

    def going(self, done: int, total: int) -> None:
        """So far."""
        clear(self.result)
        for one in (self.bar, self.far, self.halt):
            one.show()
        self.again.hide()
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.far.setText(t("{n} of {total} acts read", n=done, total=total))

    def stopped(self) -> None:
        """The person took it back."""
        self.rest()
        self._say("minus", "text2", t("Stopped. Nothing was found so far, and nothing is said of the rest."), "")

    def found(self, answer: dict[str, Any]) -> None:
        """What the check says, in words; the first fault by its place."""
        self.rest()
        clear(self.result)
        refused, tentative = len(answer["refused"]), answer["tentative"]
        if answer["verified"]:
            self._say(
                "circle-check",
                "ok",
                t("The whole record holds."),
                t("{n} acts, each read and proved.", n=answer["events"]),
            )
        for said in answer["faults"][:1]:
            where, what = fault(said)
            words = t("The record does not hold. {where}: {what}.", where=where, what=what) if where else what
            help = t("Change nothing in this desk's folder. Compare with another desk below, tell the head, and put a "
                     "backup beside it.")  # fmt: skip
            self._say("octagon-alert", "block", words, help)
        if len(answer["faults"]) > 1:
            self._say("triangle-alert", "warn", t("{n} more faults", n=len(answer["faults"]) - 1), "")
        if refused:
            words = t("{n} acts do not count", n=refused) if refused > 1 else t("1 act does not count")
            self._say("circle-x", "text2", words, t("They stand in the record with their reasons: “Refused”."))
        if tentative:
            words = t("{n} acts have no place yet", n=tentative) if tentative > 1 else t("1 act has no place yet")
            self._say("cloud-off", "text2", words, "")
        if accused := len(answer["accused"]):
            self._say("triangle-alert", "warn", t("{n} acts name an order that this desk does not know", n=accused),
                      t("Compare with the desks that made them."))  # fmt: skip

    def know(self, head: Head | None) -> None:
        """This desk's newest place."""
        self.line_ = head.line if head is not None else ""
        self.copy.setEnabled(head is not None)
        self.words.setText(ltr(head.words) if head is not None else "–")
        self.place.setText(
            t("Place {n}. Whoever reads the same words at the same place has the same record.", n=head.place)
            if head is not None else t("Nothing of the office's record is on this desk yet.")
        )  # fmt: skip

    def same(self, place: int, here: bool) -> None:
        """What another desk's line says."""
        clear(self.said)
        words = (
            t("One history, up to place {n}.", n=place) if here
            else t("That desk is further: place {n}. The office has to show just that next.", n=place)
        )  # fmt: skip
        self._beside("circle-check", "ok", words, "")

    def differs(self, problem: object) -> None:
        """It can't be compared, or speaks of another history."""
        clear(self.said)
        words, help = error(problem)
        grave = getattr(problem, "code", "") == "two-histories"
        glyph, tone = ("octagon-alert", "block") if grave else ("triangle-alert", "warn")
        self._beside(glyph, tone, words, reason(help))

    def _beside(self, glyph: str, tone: str, words: str, under: str) -> None:
        told(self.said, Icon(glyph, 16, tone), Label(words, 13, theme.MEDIUM, wrap=True), under)

    def _compare(self, layout: QVBoxLayout) -> None:
        layout.addWidget(Label(t("Compare with another desk"), 13, theme.BOLD))
        self.words, self.place = Label("", 15, theme.MEDIUM, wrap=True), Label("", 12, tone="text2", wrap=True)
        layout.addWidget(self.words)
        layout.addWidget(self.place)
        self.line_ = ""
        self.copy = KeyButton(t("Copy the line for the other desk"), icon="copy", small=True)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.line_))
        layout.addWidget(self.copy)
        self.other: QLineEdit = text_field(t("The other desk's line"))
        self.other.setPlaceholderText(t("The other desk's line"))
        layout.addWidget(self.other)
        hold = KeyButton(t("Compare"), small=True)
        layout.addWidget(hold)
        self.said = QVBoxLayout()
        layout.addLayout(self.said)
        for one in (hold.clicked, self.other.returnPressed):
            one.connect(lambda *_: self.other.text().strip() and self.compare.emit(self.other.text()))

    def _say(self, icon: str, tone: str, words: str, under: str) -> None:
        told(self.result, Icon(icon, 16, tone), Label(words, 13, theme.MEDIUM, wrap=True), under)
