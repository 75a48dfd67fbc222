"""Did this go out? A panel, never a pop-up: what we know in order, two answers with what each will do, and later."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui import actions, theme
from ui.messages.doubt import Doubt
from ui.texts import comma, isolated, ltr, t
from ui.widgets.base import Icon, Label, beside, column, dress, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.prose import prose


class Quote(QWidget):
    """The bar beside somebody's words."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        QPainter(self).fillRect(self.rect(), theme.color("sepStrong"))


class UnknownPanel(QWidget):
    """Tells what was seen; sends nothing."""

    answered = Signal(bool)
    later = Signal()

    def __init__(self, doubt: Doubt) -> None:
        super().__init__()
        self.doubt = doubt
        layout = column(self, (0, 4, 0, 16), 8)
        head = line(layout, gap=12)
        head.addWidget(Icon("circle-question-mark", 24, "unk"))
        head.addWidget(Label(t("Did this go out?"), 26, theme.BOLD))
        head.addStretch(1)
        head.addWidget(Icon("circle-question-mark", 14, "unk"))
        head.addWidget(Label(doubt.since, 12, theme.MEDIUM, "unk"))
        lead = t("{network} did not say, and this desk will not guess.", network=doubt.network)
        layout.addWidget(Label(lead, 15, tone="text2", wrap=True))
        layout.addSpacing(4)
        layout.addWidget(self._quote())
        layout.addSpacing(8)
        layout.addWidget(Label(t("What we know"), 13, theme.BOLD))
        for fact in doubt.facts:
            row = line(layout, (0, 2, 0, 2), 14)
            time = Label(ltr(fact.time), 12, tone="text2")
            time.setFixedWidth(theme.px(64))
            head = Label(fact.words, 13, theme.MEDIUM)
            time.setMinimumHeight(head.sizeHint().height())
            row.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(beside(Icon(fact.icon, 16, fact.tone), head))
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(head)
            if fact.under:
                words.addWidget(Label(fact.under, 12, tone="text2", wrap=True))
            row.addLayout(words, 1)
        layout.addSpacing(8)
        look = t("Please look at {account} on {network}, then tell us", account=doubt.account, network=doubt.network)
        layout.addWidget(Label(look, 13, theme.BOLD, wrap=True))
        layout.addWidget(self._card())
        foot = line(layout, (0, 4, 0, 0), 14)
        wait = KeyButton(t("Decide later"))
        wait.clicked.connect(self.later)
        foot.addWidget(wait, 0, Qt.AlignmentFlag.AlignTop)
        meanwhile = t("Nothing more is sent to {account} of this message in the meantime.", account=doubt.account)
        if doubt.others:
            meanwhile += " " + t("Not touched: {others}.", others=doubt.others)
        foot.addWidget(Label(meanwhile, 12, tone="text2", wrap=True), 1)

    def _quote(self) -> QWidget:
        box = QWidget()
        row = line(box, gap=14)
        row.addWidget(Quote())
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 8)
        words.setSpacing(4)
        head = line(words, gap=8)
        head.addWidget(Label(t("G20"), 13, theme.BOLD))
        where = isolated(f"{self.doubt.account} · {self.doubt.network}")
        head.addWidget(Label(where + comma() + self.doubt.planned if self.doubt.planned else where, 12, tone="text2"))
        head.addStretch(1)
        words.addWidget(prose(self.doubt.text, 13, self.doubt.lang))
        row.addLayout(words, 1)
        return box

    def _card(self) -> QWidget:
        card = QWidget()
        dress(card, "surface", "card")
        inner = column(card, (1, 1, 1, 1))
        self.link = QLineEdit()
        self.link.setAccessibleName(t("Link to the post"))
        self.link.setPlaceholderText(t("Paste the link to the post, if you have it"))
        self.link.setMinimumHeight(theme.px(32))
        self.yes = KeyButton(t("It went out"), actions.keys("went-out", "messages"))
        self.no = KeyButton(t("It did not go out"), actions.keys("not-out", "messages"))
        wide = max(self.yes.sizeHint().width(), self.no.sizeHint().width())
        for button, sent in ((self.yes, True), (self.no, False)):
            button.setFixedWidth(wide)
            button.clicked.connect(lambda _=False, sent=sent: self.answered.emit(sent))
        self._answer(
            inner, "eye", t("I can see it on the account"),
            t("Your name and the time are written down, and it counts as sent. It will not be sent again."),
            self.yes, self.link,
        )  # fmt: skip
        inner.addWidget(rule())
        self._answer(
            inner, "eye-off", t("I looked, and it is not there"),
            t("It goes back to the plan. Nothing leaves until someone sends it again."), self.no,
        )  # fmt: skip
        return card

    def _answer(
        self, layout: QVBoxLayout, glyph: str, words: str, under: str, button: KeyButton, field: QLineEdit | None = None
    ) -> None:
        row = line(layout, (18, 14, 18, 14), 14)
        row.addWidget(Icon(glyph, 20), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(Label(words, 13, theme.BOLD))
        said.addWidget(Label(under, 12, tone="text2", wrap=True))
        if field is not None:
            said.addSpacing(4)
            said.addWidget(field)
        row.addLayout(said, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
