"""What the head sets for all routes: how long a silence lasts at least, whose Presidency it is."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.office.forms import OfficeForm, SendsOnEnter
from ui.office.span_field import SpanField
from ui.texts import t
from ui.widgets.form import text_field

USUAL_MS = 4 * 3_600_000


class LeastForm(SendsOnEnter):
    """The least silence."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("The least silence"), t("Set it"),
                         t("No silence of a route lasts less, and none is reopened for less. What is under way is not touched."))  # fmt: skip
        self.span = SpanField(t("A silence lasts at least"))
        self.add("span", t("A silence lasts at least"), self.span)
        self.close_up()

    def put(self, ms: int) -> None:
        """As it is now."""
        self.calm()
        self.span.put(ms or USUAL_MS)

    def send(self) -> None:
        """So long."""
        self.calm()
        self.wanted.emit(self.span.ms())


class PresidencyForm(OfficeForm):
    """Whose Presidency it is, was and will be: the troika."""

    wanted = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__(t("Presidency and troika"), t("Set it"),
                         t("A route that asks the troika asks these three. Each by its two letters."))  # fmt: skip
        self.before, self.here, self.after = (text_field(one) for one in (t("Before"), t("Now"), t("After")))
        for id, name, field in (
            ("here", t("Now"), self.here),
            ("before", t("Before"), self.before),
            ("after", t("After"), self.after),
        ):
            field.setMaxLength(2)
            field.setPlaceholderText("ZA")
            field.returnPressed.connect(self.send)
            self.add(id, name, field)
        self.close_up()

    def put(self, troika: tuple[str, ...]) -> None:
        """As it is now."""
        self.calm()
        before, here, after = troika or ("", "", "")
        for field, said in ((self.before, before), (self.here, here), (self.after, after)):
            field.setText(said)

    def send(self) -> None:
        """These; one of them at least."""
        self.calm()
        if not self.here.text().strip():
            self.tell("here", t("Say for which government."))
        else:
            self.wanted.emit(*(one.text().strip() for one in (self.here, self.before, self.after)))
