"""Joining with an invitation: the paper that came, then the words to say and the request to send back, until it is time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from g20desk.desk.newcomer import Newcomer
from ui import policy, theme
from ui.first_run.parts import NoKeyring
from ui.office.papers import SafetyWords, paper, to_send
from ui.office.rows import role_of
from ui.texts import isolated, t
from ui.widgets.base import Icon, Label, column, line
from ui.widgets.button import KeyButton
from ui.widgets.form import Form


class JoinForm(Form):
    """An invitation, pasted or from a file; what it says of itself before it is answered."""

    wanted = Signal(str)
    changed = Signal(str)
    opens = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box.addWidget(Label(t("Join with an invitation"), 20, theme.BOLD))
        if preset := policy.hub():
            self.box.addWidget(Label(preset, 13, tone="text2", wrap=True))
        self.text = paper(t("The invitation"), 150, True)
        self.add("invitation", t("The invitation"), self.text, t("Paste it here as it came, whole, or open the file."))
        self.says = Label("", 13, theme.MEDIUM, wrap=True)
        self.box.addWidget(self.says)
        self.safe = NoKeyring()
        self.box.addWidget(self.safe)
        row = line(self.box)
        self.go = KeyButton(t("Join"), "Ctrl ↵", kind="main")
        self.file, leave = KeyButton(t("Open a file"), icon="folder-input"), KeyButton(t("Back"), "Esc")
        for one in (self.go, self.file, leave):
            row.addWidget(one)
        row.addStretch(1)
        self.go.clicked.connect(self.send)
        self.file.clicked.connect(self.opens)
        leave.clicked.connect(self.left)
        self.text.textChanged.connect(lambda: self.changed.emit(self.text.toPlainText()))
        self.say("")

    def say(self, words: str) -> None:
        """What the invitation says of itself."""
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def send(self) -> None:
        """Answer it."""
        self.calm()
        text = self.text.toPlainText().strip()
        if text:
            self.wanted.emit(text)
        else:
            self.tell("invitation", t("Paste the invitation first."))


class WaitingPage(QWidget):
    """What was sent back, what to say, and whether the office has let this desk in."""

    save = Signal(str)
    again = Signal()
    opens = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, gap=14)
        self.title, self.what = Label("", 20, theme.BOLD, wrap=True), Label("", 13, tone="text2", wrap=True)
        layout.addWidget(self.title)
        layout.addWidget(self.what)
        layout.addWidget(Label(t("1. Send this request back to whoever invited you. It holds no secret."), 13, theme.MEDIUM,
                               wrap=True))  # fmt: skip
        self.text = paper(t("The request"), 96, False)
        layout.addWidget(self.text)
        self.copy, self.file = to_send(layout)
        layout.addWidget(Label(t("2. Say these words to them, by voice or in person. Only where both of you have the same ones are "
                                 "you taken in."), 13, theme.MEDIUM, wrap=True))  # fmt: skip
        self.words = SafetyWords()
        layout.addWidget(self.words)
        foot = line(layout, gap=10)
        self.icon, self.state = Icon("hourglass", 16, "warn"), Label("", 13, tone="text2", wrap=True)
        self.look = KeyButton(t("Look now"), icon="refresh-cw", small=True)
        foot.addWidget(self.icon)
        foot.addWidget(self.state, 1)
        self.stick = KeyButton(t("Take in from a stick"), icon="usb", small=True)
        self.stick.clicked.connect(self.opens)
        foot.addWidget(self.look)
        foot.addWidget(self.stick)
        self.copy.clicked.connect(self._copy)
        self.file.clicked.connect(lambda: self.save.emit(self.text.toPlainText()))
        self.look.clicked.connect(self.again)

    def put(self, newcomer: Newcomer | None) -> None:
        """Who waits; none where the request was made elsewhere."""
        for part in (self.text, self.copy, self.file, self.words):
            part.setVisible(newcomer is not None)
        if newcomer is None:
            self.title.setText(t("This desk waits to be admitted."))
            self.what.setText("")
            return
        self.title.setText(t("You are joining {office}", office=isolated(newcomer.office)))
        as_ = role_of(newcomer.role, newcomer.government, newcomer.topic)
        self.what.setText(f"{isolated(newcomer.name)} · {t('With a further device') if newcomer.device else as_}")
        self.text.setPlainText(newcomer.request)
        self.words.put(newcomer.words)
        waits = t("Waiting to be let in. This desk looks by itself, and opens when it is time.")
        self.tell(
            waits if newcomer.reachable else t("Waiting to be let in. The office's first desk has to go online first.")
        )

    def tell(self, words: str, tone: str = "text2") -> None:
        """How it stands."""
        self.state.setText(words)
        self.state.set_tone(tone)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(t("Copied"))
