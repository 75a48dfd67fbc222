"""Fields under one another: a name above each, what is wrong below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.base import Label, column


def text_field(name: str, secret: bool = False) -> QLineEdit:
    """A line of text, or a secret that is shown as dots and never offered again by the system."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMinimumHeight(theme.px(32))
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
    return made


class Field(QWidget):
    """A name, a widget, a hint, and the error."""

    def __init__(self, name: str, widget: QWidget, hint: str = "") -> None:
        super().__init__()
        self.widget = widget
        layout = column(self, gap=4)
        layout.addWidget(Label(name, 12, theme.MEDIUM, wrap=True))
        layout.addWidget(widget)
        self.hint = Label(hint, 12, tone="text2", wrap=True)
        if not hint:
            self.hint.hide()
        layout.addWidget(self.hint)
        self.error = Label("", 12, theme.MEDIUM, "block", wrap=True)
        self.error.hide()
        layout.addWidget(self.error)

    def tell(self, words: str) -> None:
        """Say what is wrong, beside the field; an empty string takes it away."""
        self.error.setText(words)
        self.error.setVisible(bool(words))
        self.widget.setAccessibleDescription(words)

    def set_hint(self, words: str) -> None:
        """Another hint."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))


class Form(QWidget):
    """Fields by name, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.box: QVBoxLayout = column(self, gap=14)

    def add(self, id: str, name: str, widget: QWidget, hint: str = "") -> QWidget:
        """One more field."""
        self.fields[id] = Field(name, widget, hint)
        self.box.addWidget(self.fields[id])
        return widget

    def tell(self, id: str, words: str) -> None:
        """An error at a field, with the focus where it has to be mended."""
        self.calm()
        if (field := self.fields.get(id)) is not None:
            field.tell(words)
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def calm(self) -> None:
        """No errors."""
        for field in self.fields.values():
            field.tell("")
