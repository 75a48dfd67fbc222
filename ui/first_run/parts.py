"""First run's parts: one way in, the form of a new office, what to do without a keyring."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui import theme
from ui.texts import ltr, t
from ui.widgets.base import Icon, Label, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.form import Form, text_field


class Way(QAbstractButton):
    """One way in: a card where it has the focus, words where not."""

    def __init__(self, glyph: str, title: str, words: str, more: str, end: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{words} {more}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = line(self, (20, 16, 20, 16), 16)
        holder = QVBoxLayout()
        self.glyph, self.glyph_name = Icon(glyph, 24, "accentText" if glyph == "flask-conical" else "text2"), glyph
        holder.addWidget(self.glyph)
        holder.addStretch(1)
        row.addLayout(holder)
        text = QVBoxLayout()
        text.setSpacing(5)
        text.addWidget(Label(title, 15, theme.BOLD))
        text.addWidget(Label(words, 13, tone="text2", wrap=True))
        self.more, self.end = Label(more, 12, tone="text2", wrap=True), end
        text.addWidget(self.more)
        row.addLayout(text, 1)
        row.addWidget(end)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for child in self.findChildren(Label):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def shut(self, why: str) -> None:
        """Not open here, and why."""
        for label in self.findChildren(Label):
            label.set_tone("text3")
        self.glyph.become(self.glyph_name, "text3")
        self.more.setText(why)
        self.more.set_tone("text2")
        self.setAccessibleDescription(why)
        self.end.hide()
        self.setEnabled(False)

    def sizeHint(self) -> QSize:
        """What the words need."""
        return self.layout().sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, wide: int) -> int:
        """As the words wrap."""
        return self.layout().heightForWidth(wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring of the one in hand."""
        if self.hasFocus() or self.underMouse():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accentText" if self.hasFocus() else "sepStrong"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class OfficeForm(Form):
    """The name of the office, and who founds it."""

    wanted = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box.addWidget(Label(t("Create an office"), 20, theme.BOLD))
        self.office, self.head = text_field(t("Name of the office")), text_field(t("Your full name"))
        self.add("office", t("Name of the office"), self.office, t("It stands in the record and cannot be changed."))
        self.add("head", t("Your full name"), self.head, t("You are its head. Your key is made now and stays here."))
        self.safe = NoKeyring()
        self.box.addWidget(self.safe)
        foot = line(self.box)
        self.go, leave = KeyButton(t("Create the office"), "↵", kind="main"), KeyButton(t("Back"), "Esc")
        foot.addWidget(self.go)
        foot.addWidget(leave)
        foot.addStretch(1)
        self.go.clicked.connect(self._send)
        for field in (self.office, self.head):
            field.returnPressed.connect(self._send)
        leave.clicked.connect(self.left)

    def _send(self) -> None:
        self.calm()
        self.wanted.emit(self.office.text(), self.head.text())


class NoKeyring(QWidget):
    """What is missing, what it means, and the way without it, in words."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, "warn", "card")
        layout = column(self, (16, 14, 16, 14), 6)
        head = line(layout, gap=10)
        head.addWidget(Icon("triangle-alert", 16, "warn"))
        self.what = Label("", 13, theme.BOLD, wrap=True)
        head.addWidget(self.what, 1)
        for words in (
            t("An office keeps its keys where only you can read them: in the system's keyring, or in a file sealed "
              "with a passphrase."),
            t("With a passphrase: write it into a file that only you can read, name that file in {name}, and start "
              "G20 Desk again.", name=ltr("G20DESK_PASSPHRASE_FILE")),
            t("A rehearsal office needs neither."),
        ):  # fmt: skip
            layout.addWidget(Label(words, 12, tone="text", wrap=True))
        example = Label(
            ltr("chmod 600 ~/g20desk-passphrase\nexport G20DESK_PASSPHRASE_FILE=~/g20desk-passphrase"), 12, wrap=True
        )
        example.setFont(theme.mono(12))
        example.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        example.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        example.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.insertWidget(3, example)
        self.hide()

    def tell(self, words: str) -> None:
        """Say what is missing."""
        self.what.setText(words)
        self.setAccessibleName(words)
        self.show()
