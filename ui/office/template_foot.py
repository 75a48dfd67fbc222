"""Below a template that is written: what stands in its way, and laying it before the others."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui import actions, theme
from ui.texts import reason, t
from ui.widgets.bar import Bar
from ui.widgets.base import Label, dress, line
from ui.widgets.button import KeyButton


class TemplateFoot(Bar):
    """`said`: what stands in the way, in the desk's words; `to_fault`: whoever goes on is led there."""

    wanted = Signal()
    left = Signal()
    to_fault = Signal()

    def __init__(self) -> None:
        super().__init__()
        dress(self, "sunken", "bar")
        self.said = ""
        self.lead_words = Label(
            t("The head and somebody who speaks for a government clear it together."), 13, theme.MEDIUM, wrap=True
        )
        self.told.addWidget(self.lead_words)
        self.why = KeyButton("", icon="info", kind="link")
        self.why.ink = "text2"
        self.why.clicked.connect(self.to_fault)
        link = line(self.told)
        link.addWidget(self.why)
        link.addStretch(1)
        self.trouble = Label("", 12, theme.MEDIUM, "block", wrap=True)
        self.told.addWidget(self.trouble)
        self.go = KeyButton(t("Lay it before the second person"), actions.keys("adopt", "templates"), "stamp", "main")
        self.leave = KeyButton(t("Leave"), "Esc")
        self.go.clicked.connect(self.wanted)
        self.leave.clicked.connect(self.left)
        self.add(self.leave)
        self.add(self.go)
        self.why.hide()
        self.trouble.hide()

    def wait(self) -> None:
        """Something was typed; it is looked at."""
        self.go.setEnabled(False)
        self.trouble.hide()

    def put(self, why: str) -> None:
        """What stands in the way; nothing where empty."""
        self.said = why
        self.why.setText(reason(why))
        self.why.setAccessibleName(reason(why) or t("Nothing stands in the way"))
        self.why.setVisible(bool(why))
        self.why.updateGeometry()
        self.go.setEnabled(not why)
        self.go.setAccessibleDescription(reason(why) or self.go.key)
        self.fit()

    def refuse(self, words: str) -> None:
        """It was not laid before anybody."""
        self.trouble.setText(words)
        self.trouble.show()
