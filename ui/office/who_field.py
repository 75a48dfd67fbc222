"""Who is asked in a stage: people in a role, one person, experts on a topic, governments; as a route file has it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from g20desk.office.routes import ASKED
from ui.texts import ROLES, t
from ui.widgets.base import line
from ui.widgets.choice import choice
from ui.widgets.form import text_field

WAYS = (
    ("role", "Everybody in a role"),
    ("person", "One person"),
    ("experts", "Experts on a topic"),
    ("governments", "Governments"),
)
LANDS = (("all", "All members"), ("troika", "The troika"), ("named", "Those named"))


class WhoField(QWidget):
    """`changed`: it says something else now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = line(self, gap=8)
        self.way = choice(t("Who is asked"), [(id, t(said)) for id, said in WAYS])
        self.role = choice(t("Role"), [(one, t(ROLES[one])) for one in ASKED])
        self.person = choice(t("Person"), [])
        self.topic = text_field(t("Topic"))
        self.topic.setPlaceholderText(t("for example: climate"))
        self.lands = choice(t("Which governments"), [(id, t(said)) for id, said in LANDS])
        self.named = text_field(t("Their two letters"))
        self.named.setPlaceholderText("BR, IN")
        self.pages = QStackedWidget()
        governments = QWidget()
        both = line(governments, gap=8)
        both.addWidget(self.lands, 1)
        both.addWidget(self.named, 1)
        for page in (self.role, self.person, self.topic, governments):
            self.pages.addWidget(page)
        row.addWidget(self.way, 1)
        row.addWidget(self.pages, 1)
        self.setFocusProxy(self.way)
        self._strange = ""
        for box in (self.way, self.role, self.person, self.lands):
            box.currentIndexChanged.connect(self._turned)
        for text in (self.topic, self.named):
            text.textEdited.connect(self._turned)
        self._shape()

    def offer(self, people: tuple[str, ...]) -> None:
        """Whom one may name."""
        held = self.person.currentData()
        self.person.blockSignals(True)
        self.person.clear()
        for name in people:
            self.person.addItem(name, name)
        self.person.setCurrentIndex(max(0, self.person.findData(held)))
        self.person.blockSignals(False)

    def put(self, who: str) -> None:
        """As a file has it; what can't be shown here is kept until something else is chosen."""
        way, _, rest = who.partition(":")
        for part in (self.way, self.role, self.person, self.lands):
            part.blockSignals(True)
        self._strange = ""
        if way == "role" and rest in ASKED:
            self.role.setCurrentIndex(ASKED.index(rest))
        elif way == "person" and self.person.findData(rest) >= 0:
            self.person.setCurrentIndex(self.person.findData(rest))
        elif way == "experts":
            self.topic.setText(rest)
        elif way == "governments":
            all_of = rest in ("all", "troika")
            self.lands.setCurrentIndex(self.lands.findData(rest if all_of else "named"))
            self.named.setText("" if all_of else ", ".join(rest.split(",")))
        else:
            self._strange = who
        self.way.setCurrentIndex(max(0, self.way.findData(way)))
        for part in (self.way, self.role, self.person, self.lands):
            part.blockSignals(False)
        self._shape()

    def value(self) -> str:
        """As a file has it."""
        if self._strange:
            return self._strange
        way = str(self.way.currentData())
        rest = {
            "role": self.role.currentData(), "person": self.person.currentData() or "", "experts": self.topic.text().strip(),
            "governments": self.lands.currentData() if self.lands.currentData() != "named" else self._codes(),
        }  # fmt: skip
        return f"{way}:{rest[way]}"

    def _codes(self) -> str:
        return ",".join(one.upper() for one in self.named.text().replace(",", " ").split())

    def _turned(self, *_: object) -> None:
        self._strange = ""
        self._shape()
        self.changed.emit()

    def _shape(self) -> None:
        self.pages.setCurrentIndex(max(0, self.way.currentIndex()))
        self.named.setVisible(self.lands.currentData() == "named")
