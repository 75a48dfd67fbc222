"""Below a route that is written: what it says in one sentence, what stands in its way, and adopting it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from g20desk.desk.route_drafts import Sketch
from ui import actions, theme
from ui.office.routes_presenter import Listed
from ui.texts import comma, isolated, ltr, reason, t
from ui.widgets.bar import Bar
from ui.widgets.base import Label, dress, line
from ui.widgets.button import KeyButton


class RouteFoot(Bar):
    """`to_fault`: whoever wants to adopt is led to what has to be mended."""

    wanted = Signal()
    left = Signal()
    to_fault = Signal()

    def __init__(self) -> None:
        super().__init__()
        dress(self, "sunken", "bar")
        self.tried = False
        self.told.setSpacing(4)
        self.sentence = Label("", 13, theme.MEDIUM, wrap=True)
        self.why = KeyButton("", icon="info", kind="link")
        self.why.ink = "text2"
        self.warn = Label("", 12, tone="warn", wrap=True)
        self.trouble = Label("", 12, theme.MEDIUM, "block", wrap=True)
        self.told.addWidget(self.sentence)
        link = line(self.told)
        link.addWidget(self.why)
        link.addStretch(1)
        for one in (self.warn, self.trouble):
            self.told.addWidget(one)
        self.go = KeyButton(t("Adopt the route"), actions.keys("adopt", "routes"), "stamp", "main")
        self.leave = KeyButton(t("Leave"), "Esc")
        self.why.clicked.connect(self.to_fault)
        self.go.clicked.connect(self.wanted)
        self.leave.clicked.connect(self.left)
        self.add(self.leave)
        self.add(self.go)
        for one in (self.why, self.warn, self.trouble):
            one.hide()

    def wait(self) -> None:
        """Something was typed; it is looked at."""
        self.go.setEnabled(False)
        self.trouble.hide()

    def put(self, sketch: Sketch, now: Listed) -> None:
        """What it says."""
        self.sentence.setText(ltr(sketch.sentence))
        first = reason(sketch.faults[0].words) if sketch.faults else ""
        self.why.setText(first)
        self.why.setAccessibleName(first or t("Nothing stands in the way"))
        self.why.setVisible(bool(first))
        self.why.updateGeometry()
        self.go.setEnabled(not first)
        self.go.setAccessibleDescription(first or self.go.key)
        names = comma().join(isolated(one) for one in sketch.unable)
        few = t("Today no text by {people} could be signed off by it.", people=names) if names else ""
        if names and len(sketch.unable) == len(now.authors):
            few = t("Today no text could be signed off by it.")
        said = " ".join(reason(one) for one in dict.fromkeys(one for why in sketch.unable.values() for one in why))
        self.warn.setText(f"{few} {said}".strip() if few else "")
        self.warn.setVisible(bool(few) and not first)
        self.trouble.hide()
        self.fit()

    def refuse(self, words: str) -> None:
        """It was not adopted."""
        self.trouble.setText(words)
        self.trouble.show()
