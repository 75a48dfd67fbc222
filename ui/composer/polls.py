"""A poll in the composer: its answers in the language in hand, how long it is open; and how a network shows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from g20desk.network import text_rules
from ui import theme
from ui.composer.presenter import ComposerPresenter
from ui.texts import LANGS, RTL, t
from ui.widgets.base import Icon, Label, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice
from ui.widgets.prose import prose

MOST = 4
# For how many minutes, and how it is said.
OPEN = {60: "1 hour", 360: "6 hours", 1440: "1 day", 4320: "3 days", 10_080: "7 days"}


def can(network: str) -> bool:
    """Whether a network has polls."""
    return text_rules(network).LIMITS.poll is not None


def open_for(minutes: int) -> str:
    """How long a poll is open, in words."""
    return t(OPEN[minutes]) if minutes in OPEN else t("{n} minutes", n=minutes)


class PollBox(QWidget):
    """Under the pictures: a way to a poll; then its answers, its time, the way out of it."""

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        self.present = present
        layout = column(self, (24, 10, 24, 10), 6)
        head = line(layout)
        head.addWidget(Label(t("Poll"), 13, theme.BOLD))
        head.addStretch(1)
        self.add = KeyButton(t("Add a poll"), icon="plus", kind="link")
        self.add.clicked.connect(lambda: self._asks(True))
        self.away = KeyButton(t("Remove the poll"), icon="trash-2", kind="quiet", small=True)
        self.away.clicked.connect(lambda: self._asks(False))
        head.addWidget(self.add)
        head.addWidget(self.away)
        self.inner = QWidget()
        inner = column(self.inner, gap=6)
        self.answers = [QLineEdit() for _ in range(MOST)]
        for number, field in enumerate(self.answers):
            field.setMinimumHeight(theme.px(30))
            field.setAccessibleName(t("Answer {n}", n=number + 1))
            field.setPlaceholderText(t("Answer {n}", n=number + 1))
            field.textEdited.connect(lambda text, number=number: self._answered(number, text))
            inner.addWidget(field)
        foot = line(inner, gap=12)
        foot.addWidget(Label(t("Open for"), 12, tone="text2"))
        self.time = Choice()
        self.time.setAccessibleName(t("Open for"))
        self.time.activated.connect(lambda _: present.poll_rules(minutes=int(self.time.currentData())))
        foot.addWidget(self.time)
        self.post = Choice()
        self.post.setAccessibleName(t("The post that carries the poll"))
        self.post.activated.connect(lambda n: present.poll_rules(part=n + 1))
        foot.addWidget(self.post)
        self.several = QCheckBox(t("Several answers may be chosen"))
        self.several.toggled.connect(lambda on: present.poll_rules(several=on))
        foot.addWidget(self.several)
        foot.addStretch(1)
        layout.addWidget(self.inner)

    def _asks(self, on: bool) -> None:
        self.present.asks(on)
        self.follow()
        if on:
            self.answers[0].setFocus()

    def _answered(self, number: int, text: str) -> None:
        self.present.answer_with(number, text)
        self.follow()

    def follow(self) -> None:
        """The message and the language in hand. Offered only where a chosen account's network has polls."""
        poll = self.present.draft.poll
        self.setVisible(poll is not None or any(map(can, self.present.networks())))
        self.add.setVisible(poll is None)
        self.away.setVisible(poll is not None)
        self.inner.setVisible(poll is not None)
        if poll is None:
            return
        said = poll.answers.get(self.present.lang, [])
        for number, field in enumerate(self.answers):
            words = said[number] if number < len(said) else ""
            if field.text() != words:
                field.setText(words)
            field.setFont(theme.font(13, lang=self.present.lang))
            field.setVisible(number < max(2, len(said) + 1))
        self._choose(poll.minutes, poll.part)
        self.several.blockSignals(True)
        self.several.setChecked(poll.several)
        self.several.blockSignals(False)

    def _choose(self, minutes: int, part: int) -> None:
        known = sorted({*OPEN, minutes})
        if [self.time.itemData(n) for n in range(self.time.count())] != known:
            self.time.clear()
            for one in known:
                self.time.addItem(open_for(one), one)
        self.time.setCurrentIndex(known.index(minutes))
        parts = max((len(self.present.draft.parts(lang)) for lang in self.present.draft.langs()), default=1)
        self.post.setVisible(parts > 1)
        if self.post.count() != parts:
            self.post.clear()
            self.post.addItems([t("with post {n}", n=n + 1) for n in range(parts)])
        self.post.setCurrentIndex(min(part, parts) - 1)


def show(words: QVBoxLayout, answers: Sequence[str], minutes: int, several: bool, lang: str) -> None:
    """A poll as readers see it."""
    frame = QWidget()
    frame.setAccessibleName(t("Poll"))
    dress(frame, "sunken", "card")
    inner = column(frame, (10, 8, 10, 8), 4)
    # The answers run as their language does, whatever the interface's.
    given = QWidget()
    given.setLayoutDirection(Qt.LayoutDirection.RightToLeft if lang in RTL else Qt.LayoutDirection.LeftToRight)
    inner.addWidget(given)
    listed = column(given, gap=4)
    for one in answers:
        row = line(listed, gap=8)
        row.addWidget(Icon("circle", 14))
        row.addWidget(prose(one, 12, lang), 1)
    told = [t("open for {time}", time=open_for(minutes)), *([t("several answers")] if several else [])]
    foot = line(inner, gap=8)
    foot.addWidget(Label(" · ".join(told), 12, tone="text2"))
    missing = not answers and t("No answers in {lang}", lang=t(dict(LANGS).get(lang, lang)))
    if missing:
        foot.addWidget(Label(missing, 12, tone="block"))
    foot.addStretch(1)
    words.addSpacing(4)
    words.addWidget(frame)
