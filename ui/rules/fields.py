"""What a rule's form is made of: a line each, a few boxes to tick, examples that say at once whether they behave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.rules.reading import places, verdict
from ui.texts import t, tip
from ui.widgets.base import Icon, Label, column, line
from ui.widgets.button import KeyButton
from ui.widgets.finding_editor import FindingEditor


class Lines(QTextEdit):
    """A line each; as high as it needs, up to ten."""

    def __init__(self, name: str, mono: bool = False) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("boxed", True)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(2)
        self.set_mono(mono)
        self.document().documentLayout().documentSizeChanged.connect(lambda size: self._fit(round(size.height())))

    def set_mono(self, mono: bool) -> None:
        """Patterns are read sign by sign."""
        self.setFont(theme.mono(12) if mono else theme.font(13))
        self._fit(round(self.document().size().height()))

    def _fit(self, tall: int) -> None:
        step = self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(2 * step, min(tall, 10 * step)) + theme.px(12))

    def put(self, lines: Sequence[str]) -> None:
        """Show these, where others stand."""
        if self.lines() != list(lines):
            self.blockSignals(True)
            self.setPlainText("\n".join(lines))
            self.blockSignals(False)

    def lines(self) -> list[str]:
        """What is written, without empty lines."""
        return [one for one in self.toPlainText().split("\n") if one.strip()]


class Example(QWidget):
    """One example: written, marked where the rule finds something, and whether it behaves."""

    changed = Signal()
    away = Signal(object)

    def __init__(self, bad: bool, number: int) -> None:
        super().__init__()
        self.bad = bad
        name = t("Bad example {n}", n=number) if bad else t("Good example {n}", n=number)
        row = line(self, gap=8)
        self.icon = Icon("circle", 16, "text3")
        side = QVBoxLayout()
        side.setContentsMargins(0, theme.px(9), 0, 0)
        side.addWidget(self.icon)
        side.addStretch(1)
        row.addLayout(side)
        words_ = QVBoxLayout()
        words_.setSpacing(2)
        self.editor = FindingEditor(name, 14)
        self.editor.setProperty("boxed", True)
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editor.grow(theme.px(38))
        self.editor.textChanged.connect(self.changed)
        words_.addWidget(self.editor)
        self.said = Label("", 12, tone="text2", wrap=True)
        self.said.hide()
        words_.addWidget(self.said)
        row.addLayout(words_, 1)
        drop = KeyButton("", icon="trash-2", kind="quiet", small=True)
        drop.setAccessibleName(t("Remove {what}", what=name))
        drop.setToolTip(tip(t("Remove {what}", what=name)))
        drop.clicked.connect(lambda: self.away.emit(self))
        row.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)

    def judge(self, told: dict[str, Any], scope: str, level: str) -> None:
        """What the rule says of it."""
        if not told:
            self.icon.become("circle", "text3")
            self.said.hide()
            self.editor.mark([])
            return
        holds = told["holds"]
        self.icon.become("circle-check" if holds else "octagon-alert", "ok" if holds else "block")
        spots = [{"rule": "", "start": a, "end": b, "level": level} for a, b in places(told["findings"], scope, 1)]
        self.editor.mark(spots if scope not in ("thread", "pair") else [])
        found = t("It is found, as it should be.") if self.bad else t("It is not found, as it should be.")
        self.said.setText(found if holds else verdict(told))
        self.said.set_tone("text2" if holds else "block")
        self.icon.setAccessibleName(self.said.text())
        self.editor.setAccessibleDescription(self.said.text())
        self.said.show()


class Examples(QWidget):
    """The bad ones or the good ones."""

    changed = Signal()

    def __init__(self, bad: bool) -> None:
        super().__init__()
        self.bad, self.lang = bad, "en"
        self.box = column(self, gap=6)
        self.items: list[Example] = []
        self.more = KeyButton(
            t("Another bad example") if bad else t("Another good example"), icon="plus", kind="link", small=True
        )
        self.more.clicked.connect(lambda: self._another().editor.setFocus(Qt.FocusReason.OtherFocusReason))
        foot = line(self.box, (24, 0, 0, 0))
        foot.addWidget(self.more)
        foot.addStretch(1)

    def put(self, texts: Sequence[str], lang: str) -> None:
        """Show these, one at least to be written."""
        self.lang = lang
        wanted = list(texts) or [""]
        while len(self.items) > len(wanted):
            self._drop(self.items[-1])
        while len(self.items) < len(wanted):
            self._another()
        for item, text in zip(self.items, wanted, strict=True):
            item.editor.blockSignals(True)
            item.editor.set_language(lang)
            if item.editor.toPlainText() != text:
                item.editor.set_text(text)
            item.editor.blockSignals(False)

    def value(self) -> list[str]:
        """What is written."""
        return [said for item in self.items if (said := item.editor.toPlainText()).strip()]

    def judge(self, told: Sequence[dict[str, Any]], scope: str, level: str) -> None:
        """What the rule says of each."""
        known = {one["text"]: one for one in told if one["bad"] == self.bad}
        for item in self.items:
            item.judge(known.get(item.editor.toPlainText(), {}), scope, level)

    def _another(self) -> Example:
        made = Example(self.bad, len(self.items) + 1)
        made.editor.set_language(self.lang)
        made.changed.connect(self.changed)
        made.away.connect(self._away)
        self.items.append(made)
        self.box.insertWidget(len(self.items) - 1, made)
        return made

    def _drop(self, item: Example) -> None:
        self.items.remove(item)
        item.hide()
        item.deleteLater()

    def _away(self, item: Example) -> None:
        if len(self.items) == 1:
            item.editor.set_text("")
        else:
            self._drop(item)
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
