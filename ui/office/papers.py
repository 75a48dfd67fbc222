"""What goes between a head and a newcomer: the invitation as text, the request that comes back, the words to compare."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.office.presenter import Asked
from ui.office.rows import role_of
from ui.texts import isolated, ltr, t
from ui.widgets.base import Icon, Label, beside, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.form import text_field


def paper(name: str, high: int, written: bool) -> QTextEdit:
    """A text that a program wrote: kept left to right, Tab leaves it."""
    made = QTextEdit()
    made.setProperty("boxed", True)
    made.setAccessibleName(name)
    made.setAcceptRichText(False)
    made.setTabChangesFocus(True)
    made.setReadOnly(not written)
    made.setFont(theme.mono(11))
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    made.setFixedHeight(theme.px(high))
    made.setWordWrapMode(made.wordWrapMode().WrapAnywhere)
    return made


def to_send(layout: QVBoxLayout) -> tuple[KeyButton, KeyButton]:
    """Two ways to take a paper along: copied, and as a file."""
    row = line(layout)
    copy = KeyButton(t("Copy it"), icon="copy", kind="main")
    file = KeyButton(t("Save as a file"), icon="download")
    row.addWidget(copy)
    row.addWidget(file)
    row.addStretch(1)
    return copy, file


def _last(layout: QVBoxLayout, words: str) -> KeyButton:
    """The way out, below all."""
    made, foot = KeyButton(words, "Esc"), line(layout)
    foot.addWidget(made)
    foot.addStretch(1)
    layout.addStretch(1)
    return made


class SafetyWords(QWidget):
    """Six words, big enough to be read over a telephone."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, "sunken", "card")
        layout = column(self, (16, 12, 16, 12), 4)
        layout.addWidget(Label(t("Safety words"), 11, theme.MEDIUM, "text3"))
        self.words = Label("", 20, theme.BOLD, wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self.words)

    def put(self, words: str) -> None:
        """These."""
        self.words.setText(ltr(words))
        self.setAccessibleName(words)


class InvitationPage(QWidget):
    """The text to send, and what happens next."""

    save = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, (20, 18, 20, 18), 12)
        self.title = Label("", 15, theme.BOLD, wrap=True)
        layout.addWidget(self.title)
        layout.addWidget(Label(t("Send it as it is, by any way: it holds no secret. It is good once, for two weeks."), 12,
                               tone="text2", wrap=True))  # fmt: skip
        self.text = paper(t("The invitation"), 150, False)
        layout.addWidget(self.text)
        self.copy, self.file = to_send(layout)
        for n, words in enumerate((
            t("They start G20 Desk, choose “Join with an invitation”, and send a request back to you."),
            t("Take the request here, and have them say the safety words to you by voice."),
            t("Where the words are the same, you take them in."),
        ), 1):  # fmt: skip
            step = line(layout, gap=10)
            said = Label(words, 12, tone="text2", wrap=True)
            number = Label(ltr(str(n)), 12, theme.BOLD, "text3")
            number.setAlignment(Qt.AlignmentFlag.AlignTop)
            step.addWidget(number)
            step.addWidget(said, 1)
        leave = _last(layout, t("Done"))
        self.copy.clicked.connect(self._copy)
        self.file.clicked.connect(lambda: self.save.emit(self.text.toPlainText()))
        leave.clicked.connect(self.left)

    def put(self, name: str, text: str) -> None:
        """For that person."""
        self.title.setText(t("The invitation for {name}", name=isolated(name)))
        self.text.setPlainText(text)
        self.copy.setText(t("Copy it"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(t("Copied"))


class RequestPage(QWidget):
    """A request pasted or from a file; then who sends it, and the words. `admit`: with the words as they were typed, or none
    where they were compared by ear."""

    given = Signal(str)
    opens = Signal()
    admit = Signal(object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: Asked | None = None
        layout = column(self, (20, 18, 20, 18), 12)
        self.title = Label("", 15, theme.BOLD, wrap=True)
        layout.addWidget(self.title)
        self.ask = QWidget()
        ask = column(self.ask, gap=10)
        ask.addWidget(Label(t("What the newcomer sent back to you, pasted or as a file."), 12, tone="text2", wrap=True))
        self.text = paper(t("The request"), 150, True)
        ask.addWidget(self.text)
        row = line(ask)
        self.look, self.file = KeyButton(t("Look at it"), kind="main"), KeyButton(t("Open a file"), icon="folder-input")
        row.addWidget(self.look)
        row.addWidget(self.file)
        row.addStretch(1)
        layout.addWidget(self.ask)
        self.compare = QWidget()
        self._compare(column(self.compare, gap=10))
        layout.addWidget(self.compare)
        self.trouble = Label("", 12, theme.MEDIUM, "block", wrap=True)
        self.trouble.hide()
        layout.addWidget(self.trouble)
        leave = _last(layout, t("Leave"))
        self.look.clicked.connect(self._look)
        self.file.clicked.connect(self.opens)
        leave.clicked.connect(self.left)

    def fresh(self) -> None:
        """None yet."""
        self.asked = None
        self.title.setText(t("Take a request"))
        self.text.clear()
        self.refuse("")
        self.ask.show()
        self.compare.hide()

    def put(self, asked: Asked) -> None:
        """Who sends it, and the words."""
        self.asked = asked
        self.refuse("")
        self.title.setText(isolated(asked.name))
        what = t("With a further device") if asked.device else role_of(asked.role, asked.government, asked.topic)
        self.what.setText(what)
        self.shown.put(asked.words)
        self.typed.clear()
        self.heard.setChecked(False)
        self.ask.hide()
        self.compare.show()
        self._weigh()

    def refuse(self, words: str) -> None:
        """What is wrong with it."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def first(self) -> QWidget:
        """Where the focus begins."""
        return self.typed if self.asked is not None else self.text

    def _compare(self, layout: QVBoxLayout) -> None:
        self.what = Label("", 13, tone="text2", wrap=True)
        self.shown = SafetyWords()
        layout.addWidget(self.what)
        layout.addWidget(self.shown)
        layout.addWidget(Label(t("Have the newcomer say their words to you, by voice or in person. Nobody else has the "
                                 "same ones. Type them as you hear them, or tick that they are the same."), 12, tone="text2",
                               wrap=True))  # fmt: skip
        self.typed = text_field(t("The words as you hear them"))
        self.typed.setPlaceholderText(t("The words as you hear them"))
        self.typed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        layout.addWidget(self.typed)
        tick = line(layout, gap=8)
        self.heard = QCheckBox()
        words = Label(t("I compared them by voice, and they are the same."), 13, wrap=True)
        self.heard.setAccessibleName(words.text())
        words.setBuddy(self.heard)
        tick.addWidget(self.heard)
        tick.addWidget(words, 1)
        row = line(layout)
        self.go = KeyButton(t("Take them in"), "↵", "user-plus", "main")
        self.differ = KeyButton(t("They differ"), icon="ban")
        row.addWidget(self.go)
        row.addWidget(self.differ)
        row.addStretch(1)
        self.why_not = Label(t("Compare the words first."), 12, tone="text2", wrap=True)
        layout.addWidget(self.why_not)
        self.typed.textChanged.connect(self._weigh)
        self.heard.toggled.connect(self._weigh)
        self.typed.returnPressed.connect(self._send)
        self.go.clicked.connect(self._send)
        self.differ.clicked.connect(self._differ)

    def _weigh(self) -> None:
        ready = bool(self.typed.text().strip()) or self.heard.isChecked()
        self.go.setEnabled(ready)
        self.why_not.setVisible(not ready)

    def _look(self) -> None:
        if text := self.text.toPlainText().strip():
            self.given.emit(text)
        else:
            self.refuse(t("Paste the request first."))

    def _send(self) -> None:
        if self.go.isEnabled() and self.asked is not None:
            self.refuse("")
            said = self.typed.text().strip().lower()
            self.admit.emit(self.asked, said or None)

    def _differ(self) -> None:
        self.fresh()
        self.refuse(
            t(
                "Nobody was taken in. Somebody may stand between you: invite anew over another way, and tell the newcomer."
            )
        )


def step(layout: QVBoxLayout, icon: str, tone: str, words: str) -> None:
    """An icon and a sentence."""
    row = line(layout, gap=10)
    said = Label(words, 12, tone="text2", wrap=True)
    row.addLayout(beside(Icon(icon, 16, tone), said))
    row.addWidget(said, 1)
