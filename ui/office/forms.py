"""What the office's acts ask for: an invitation, another role, guardians, a place for the record's order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QSpinBox, QVBoxLayout, QWidget

from g20desk.office.state import ROLES
from ui import theme
from ui.texts import ROLES as ROLE_WORDS
from ui.texts import caption, isolated, t
from ui.widgets.base import Label, column, line
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice
from ui.widgets.form import Form, text_field

SPEAKS = ("liaison", "presidency")


class OfficeForm(Form):
    """A title, fields, what went wrong, and two buttons. Enter in a field sends it."""

    left = Signal()

    def __init__(self, title: str, verb: str, words: str = "") -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.title = Label(title, 15, theme.BOLD, wrap=True)
        self.box.addWidget(self.title)
        if words:
            self.box.addWidget(Label(words, 12, tone="text2", wrap=True))
        self.trouble = Label("", 12, theme.MEDIUM, "block", wrap=True)
        self.trouble.hide()
        self.go, self.leave = KeyButton(verb, "↵", kind="main"), KeyButton(t("Leave"), "Esc")
        self.go.clicked.connect(self.send)
        self.leave.clicked.connect(self.left)

    def close_up(self) -> None:
        """After the last field."""
        self.box.addWidget(self.trouble)
        foot = line(self.box)
        foot.addWidget(self.go)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        self.box.addStretch(1)

    def send(self) -> None:
        """What was typed is wanted."""

    def refuse(self, place: str, words: str) -> None:
        """At its field, or above the buttons."""
        self.calm()
        if place in self.fields:
            self.tell(place, words)
            return
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def calm(self) -> None:
        """Nothing is wrong."""
        super().calm()
        self.trouble.hide()

    def first(self) -> QWidget | None:
        """Where the focus begins."""
        return next((field.widget for field in self.fields.values() if not field.isHidden()), None)


class SendsOnEnter(OfficeForm):
    """A form whose fields are choices, numbers and times: Enter in any of them sends it, on a button it is that button's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field took."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = self.focusWidget()
            held.click() if isinstance(held, QPushButton) else self.send()
        else:
            super().keyPressEvent(event)


class RoleFields(QWidget):
    """What somebody is, and for whom."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self.role = Choice()
        self.role.setAccessibleName(t("Role"))
        self.role.setMinimumHeight(theme.px(32))
        for code in ROLES:
            self.role.addItem(t(ROLE_WORDS[code]), code)
        self.role.setCurrentIndex(ROLES.index("officer"))
        self.government, self.topic = text_field(t("Government, two letters")), text_field(t("Topic"))
        self.government.setMaxLength(3)
        self.government.setPlaceholderText("BR")
        form.add("role", t("Role"), self.role)
        form.add("government", t("Government, two letters"), self.government, t("They speak for it on every text."))
        form.add("topic", t("Topic"), self.topic, t("What an expert is asked about; may be empty."))
        self.role.currentIndexChanged.connect(lambda _: self.fit())
        self.hide()
        self.fit()

    def fit(self) -> None:
        """Only what goes with the role."""
        role = self.role.currentData()
        self._form.fields["government"].setVisible(role in SPEAKS)
        self._form.fields["topic"].setVisible(role == "expert")

    def put(self, role: str, government: str, topic: str) -> None:
        """As somebody is now."""
        self.role.setCurrentIndex(ROLES.index(role))
        self.government.setText(government)
        self.topic.setText(topic)
        self.fit()

    def value(self) -> tuple[str, str, str]:
        """Role, government, topic; what the role does not have is empty."""
        role = str(self.role.currentData())
        return role, self.government.text() if role in SPEAKS else "", self.topic.text() if role == "expert" else ""


class InviteForm(OfficeForm):
    """For a new person."""

    wanted = Signal(str, str, str, str)

    def __init__(self) -> None:
        super().__init__(t("Invite somebody"), t("Make the invitation"))
        self.name = text_field(t("Full name"))
        self.add("name", t("Full name"), self.name, t("As colleagues know them; it stands beside all they sign."))
        self.about = RoleFields(self)
        self.close_up()
        for field in (self.name, self.about.government, self.about.topic):
            field.returnPressed.connect(self.send)

    def fresh(self) -> None:
        """Nobody yet."""
        self.calm()
        self.name.clear()
        self.about.put("officer", "", "")

    def send(self) -> None:
        """What is missing is said at its field."""
        self.calm()
        role, government, topic = self.about.value()
        if not self.name.text().strip():
            self.tell("name", t("Write the full name."))
        elif role in SPEAKS and not government.strip():
            self.tell("government", t("Say for which government."))
        else:
            self.wanted.emit(self.name.text(), role, government, topic)


class RoleForm(OfficeForm):
    """Another role for somebody who is here."""

    wanted = Signal(str, str, str, str, str)

    def __init__(self) -> None:
        super().__init__(t("Another role"), t("Give the role"))
        self._name = ""
        self.about = RoleFields(self)
        self.why = text_field(t("Why"))
        self.add("why", t("Why"), self.why, t("It stands in the record."))
        self.close_up()
        self.why.returnPressed.connect(self.send)

    def put(self, name: str, role: str, government: str, topic: str) -> None:
        """For that person, as they are now."""
        self.calm()
        self._name = name
        self.title.setText(t("Another role for {name}", name=isolated(name)))
        self.about.put(role, government, topic)
        self.why.clear()

    def send(self) -> None:
        """With a reason."""
        self.calm()
        role, government, topic = self.about.value()
        if role in SPEAKS and not government.strip():
            self.tell("government", t("Say for which government."))
        elif not self.why.text().strip():
            self.tell("why", t("One sentence first"))
        else:
            self.wanted.emit(self._name, role, government, topic, self.why.text().strip())


class GuardiansForm(OfficeForm):
    """Who they are, and how many of them act together."""

    wanted = Signal(object, int)

    def __init__(self) -> None:
        super().__init__(
            t("Name guardians"), t("Name them"),
            t("When the only head's desk is lost, so many of them together let a new head in and give back the key. "
              "Alone none of them can do anything."),
        )  # fmt: skip
        self.list = QWidget()
        self.people: QVBoxLayout = column(self.list, gap=2)
        self.add("name", t("Guardians"), self.list)
        self.need = QSpinBox()
        self.need.setAccessibleName(t("How many act together"))
        self.need.setMinimumHeight(theme.px(32))
        self.need.setRange(2, 2)
        self.add("need", t("How many act together"), self.need)
        self.close_up()
        self.boxes: dict[str, QCheckBox] = {}

    def put(self, names: Sequence[str], now: Sequence[str], need: int) -> None:
        """The people who could be it; those who are."""
        self.calm()
        for box in self.boxes.values():
            box.deleteLater()
        self.boxes = {}
        for name in names:
            self.boxes[name] = box = QCheckBox(caption(name))
            box.setAccessibleName(name)
            box.setFont(theme.font(13))
            box.setChecked(name in now)
            box.toggled.connect(lambda _: self._fit())
            self.people.addWidget(box)
        if self.boxes:
            self.list.setFocusProxy(next(iter(self.boxes.values())))
        self._fit()
        self.need.setValue(need or 2)

    def chosen(self) -> list[str]:
        """Those that are ticked."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def _fit(self) -> None:
        self.need.setMaximum(max(2, len(self.chosen())))

    def send(self) -> None:
        """Two at least."""
        self.calm()
        if len(self.chosen()) < 2:
            self.tell("name", t("Choose two people at least."))
        else:
            self.wanted.emit(self.chosen(), self.need.value())


class HandOverForm(OfficeForm):
    """Where the record's order is to be kept."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            t("Hand the order over"), t("Hand it over"),
            t("This desk gives each act its place now. A machine of the office can do it instead, without reading anything, "
              "so that others work from desks of their own. This can be done once; nothing is lost by it."),
        )  # fmt: skip
        self.address = text_field(t("Address of the machine"))
        self.address.setPlaceholderText("https://")
        self.address.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.add("address", t("Address of the machine"), self.address, t("Whoever runs it tells it to you."))
        self.far = Label("", 12, tone="text2", wrap=True)
        self.box.addWidget(self.far)
        self.close_up()
        self.address.returnPressed.connect(self.send)

    def busy(self, on: bool) -> None:
        """It is being done."""
        self.go.setEnabled(not on)
        self.far.setText(t("Working") if on else "")

    def going(self, words: str) -> None:
        """How far it is."""
        self.far.setText(words)

    def send(self) -> None:
        """To an address."""
        self.calm()
        if not self.address.text().strip():
            self.tell("address", t("Write the address."))
        elif self.go.isEnabled():
            self.wanted.emit(self.address.text())
