"""The bar of answers that weigh the same: no colour, no default; what is decided on, in words and figures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from g20desk.desk.possible import UNKNOWN
from ui import actions, theme
from ui.signoff.model import Reading
from ui.texts import clock, ltr, reason, spoken, t, tip
from ui.widgets.bar import Bar
from ui.widgets.base import Elided, Icon, Label, line
from ui.widgets.button import KeyButton

ANSWERS = (
    ("object", "Object", "ban"),
    ("request-changes", "Ask for changes", "message-square-warning"),
    ("amend", "Amend", "file-pen-line"),
    ("no-objection", "No objection", "hand"),
    ("approve", "Approve", "circle-check"),
)


def has(reading: Reading, code: str) -> bool:
    """Whether there is this answer at all: “no objection” belongs to a silence, and amendments to newer rules."""
    if code == "no-objection":
        return reading.silent
    return code != "amend" or reading.can.get(code) != reason(UNKNOWN)


def why_not(reading: Reading) -> str:
    """Why some of the answers are closed to this person; once, where it is the same for all."""
    whys = dict.fromkeys(reading.can.get(code, "") for code, *_ in ANSWERS if has(reading, code))
    return next((why for why in whys if why), "")


class AnswerBar(Bar):
    """Tells which answer is wanted; signs nothing."""

    wanted = Signal(str)
    reread = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.whole = Label("", 12, tone="text2", wrap=True)
        self.whole.setFont(theme.mono(12))
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.whole.hide()
        self.told.addWidget(self.whole)
        row = line(self.told, gap=12)
        self.icon = Icon("fingerprint-pattern", 20)
        row.addWidget(self.icon)
        words = QVBoxLayout()
        words.setSpacing(1)
        row.addLayout(words, 1)
        head = line(words, gap=8)
        self.exactly = Elided(t("You decide on exactly this"), 12, tone="text2")
        self.digest = KeyButton("", kind="link", small=True)
        self.digest.setFont(theme.mono(12))
        self.digest.ink = "text2"
        self.digest.clicked.connect(lambda: self.whole.setVisible(not self.whole.isVisible()))
        head.addWidget(self.exactly)
        head.addWidget(self.digest)
        head.addStretch(1)
        self.said = Label("", 13, theme.BOLD)
        words.addWidget(self.said)
        self.why_not = Label("", 12, tone="text2", wrap=True)
        words.addWidget(self.why_not)
        self.again = KeyButton(t("Read the change"), actions.keys("reread", "sign-off"), "history")
        self.again.clicked.connect(self.reread)
        self.again.hide()
        self.add(self.again)
        self.buttons: dict[str, KeyButton] = {}
        for code, verb, glyph in ANSWERS:
            button = KeyButton(t(verb), actions.keys(code, "sign-off"), glyph)
            button.clicked.connect(lambda _=False, code=code: self.wanted.emit(code))
            self.buttons[code] = button
            self.add(button)

    def fill(self, reading: Reading) -> None:
        """What may be answered, or that the text is another by now."""
        changed = reading.changed
        self.icon.become("history" if changed else "fingerprint-pattern", "warn" if changed else "text2")
        at = clock(reading.changed_at) if changed else ""
        self.exactly.setText(t("This changed at {time} UTC.", time=at) if changed else t("You decide on exactly this"))
        self.digest.setVisible(not changed)
        self.digest.setText(ltr(f"{reading.digest[:4]} {reading.digest[4:8]}"))
        self.digest.setAccessibleName(t("The whole of it: {digest}", digest=reading.digest))
        self.digest.setToolTip(tip(t("Show the whole")))
        self.digest.updateGeometry()
        self.whole.setText(ltr(" ".join(reading.digest[n : n + 8] for n in range(0, len(reading.digest), 8))))
        self.said.setText(t("Nothing is signed until you have read it.") if changed else spoken(reading.said))
        self.again.setVisible(changed)
        self.why_not.setText("" if changed else why_not(reading))
        self.why_not.setVisible(bool(self.why_not.text()))
        for code, button in self.buttons.items():
            why = reading.can.get(code, "")
            button.setVisible(not changed and code in reading.can and has(reading, code))
            button.setEnabled(not why)
            button.setAccessibleDescription(why or button.key)
            button.setToolTip(tip(why))
