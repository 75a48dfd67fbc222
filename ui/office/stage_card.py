"""One stage of a route while it is written: its name, who is asked, how many, how long, aloud or in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from g20desk.desk.routes import USUAL_MS, duration
from g20desk.errors import Usage
from g20desk.office.route import EXPLICIT, SILENCE
from ui import actions, theme
from ui.office.span_field import SpanField
from ui.office.who_field import WhoField
from ui.texts import t, tip
from ui.widgets.base import Label, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice
from ui.widgets.form import Field, text_field

MODES = ((EXPLICIT, "Each says so"), (SILENCE, "Silence is consent"))
NEEDS = (("all", "All of them"), ("any", "Any one"), ("number", "So many"))


class StageCard(QWidget):
    """`moved` carries this card and -1 or 1, `dropped` this card."""

    changed = Signal()
    moved = Signal(object, int)
    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        dress(self, "sunken", "card")
        box = column(self, (16, 12, 16, 14), 10)
        self.fields: dict[str, Field] = {}
        head = line(box, gap=4)
        self.number = Label("", 13, theme.BOLD)
        head.addWidget(self.number)
        head.addStretch(1)
        self.buttons: dict[str, KeyButton] = {}
        for id, icon, words in (
            ("stage-up", "chevron-up", t("Stage up")), ("stage-down", "chevron-down", t("Stage down")),
            ("drop-stage", "trash-2", t("Remove the stage")),
        ):  # fmt: skip
            button = KeyButton("", icon=icon, kind="quiet", small=True)
            button.setAccessibleName(words)
            button.setToolTip(tip(f"{words}  {actions.keys(id, 'routes')}"))
            self.buttons[id] = button
            head.addWidget(button)
        self.buttons["stage-up"].clicked.connect(lambda: self.moved.emit(self, -1))
        self.buttons["stage-down"].clicked.connect(lambda: self.moved.emit(self, 1))
        self.buttons["drop-stage"].clicked.connect(lambda: self.dropped.emit(self))
        self.name, self.who = text_field(t("Name of the stage")), WhoField()
        self.mode = choice(t("How"), [(id, t(said)) for id, said in MODES])
        self.need = choice(t("How many"), [(id, t(said)) for id, said in NEEDS])
        self.many = QSpinBox()
        self.many.setRange(1, 99)
        self.many.setAccessibleName(t("How many of them"))
        self.many.lineEdit().setTextMargins(7, 0, 0, 0)
        self.many.setMinimumHeight(theme.px(32))
        self.within = SpanField(t("Within"))
        how_many = QWidget()
        both = line(how_many, gap=8)
        both.addWidget(self.need, 1)
        both.addWidget(self.many)
        how_many.setFocusProxy(self.need)
        first = line(box, gap=16)
        first.addWidget(self._field("name", t("Name of the stage"), self.name), 1, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._field("mode", t("How"), self.mode), 1, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._field("who", t("Who is asked"), self.who))
        last = line(box, gap=16)
        last.addWidget(self._field("need", t("How many"), how_many), 1, Qt.AlignmentFlag.AlignTop)
        last.addWidget(self._field("within", t("Within"), self.within), 1, Qt.AlignmentFlag.AlignTop)
        self._listen()

    def _field(self, id: str, name: str, widget: QWidget) -> Field:
        self.fields[id] = Field(name, widget)
        return self.fields[id]

    def _listen(self) -> None:
        self.name.textEdited.connect(self._told)
        self.who.changed.connect(self._told)
        self.within.changed.connect(self._told)
        self.many.valueChanged.connect(self._told)
        for box in (self.mode, self.need):
            box.currentIndexChanged.connect(self._told)

    def _told(self, *_: object) -> None:
        self._shape()
        self.changed.emit()

    def _shape(self) -> None:
        # In a silence everybody who is asked is silent or breaks it.
        self.fields["need"].setVisible(self.mode.currentData() != SILENCE)
        self.many.setVisible(self.need.currentData() == "number")

    def place(self, n: int, of: int) -> None:
        """The nth of so many."""
        self.number.setText(t("Stage {n}", n=n))
        self.setAccessibleName(self.number.text())
        self.buttons["stage-up"].setEnabled(n > 1)
        self.buttons["stage-down"].setEnabled(n < of)
        self.buttons["drop-stage"].setEnabled(of > 1)

    def put(self, value: Mapping[str, Any], people: tuple[str, ...]) -> None:
        """As a file has it."""
        self.blockSignals(True)
        self.who.offer(people)
        self.name.setText(str(value.get("name", "")))
        self.mode.setCurrentIndex(max(0, self.mode.findData(value.get("mode", EXPLICIT))))
        self.who.put(str(value.get("who", "role:officer")))
        need = value.get("need", "all")
        self.need.setCurrentIndex(max(0, self.need.findData(need if isinstance(need, str) else "number")))
        self.many.setValue(need if isinstance(need, int) else 2)
        try:
            self.within.put(duration(str(value["within"])) if "within" in value else USUAL_MS)
        except Usage:
            self.within.put(USUAL_MS)
        self._shape()
        self.blockSignals(False)

    def value(self) -> dict[str, Any]:
        """As a file has it."""
        need: Any = self.need.currentData()
        if self.mode.currentData() == SILENCE:
            need = "all"
        return {
            "name": self.name.text().strip(), "who": self.who.value(), "need": self.many.value() if need == "number" else need,
            "mode": self.mode.currentData(), "within": self.within.value(),
        }  # fmt: skip

    def tell(self, place: str, words: str) -> None:
        """What is wrong, at its field."""
        self.fields[place if place in self.fields else "name"].tell(words)

    def calm(self) -> None:
        """Nothing is wrong."""
        for field in self.fields.values():
            field.tell("")
