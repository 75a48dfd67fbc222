"""Notices by mail on the office's screen: where one's own go, and the server that this desk sends them through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from g20desk.desk.smtp import PORTS, STARTTLS, Server
from ui import actions, theme
from ui.office.forms import OfficeForm
from ui.texts import ltr, reason, t
from ui.widgets.base import Label, line
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice
from ui.widgets.form import text_field

SECURE = (("starttls", "STARTTLS"), ("tls", "TLS"), ("none", "None, within this computer"))


class MailForm(OfficeForm):
    """The office's mail server, as this desk is to use it."""

    wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(
            t("The office's mail server"), t("Send through it"),
            t("This desk then sends the office's notices: who asks, what kind of message, by when. One desk does, best the one "
              "that publishes."),
        )  # fmt: skip
        self.host, self.sender = text_field(t("Server")), text_field(t("The address that notices come from"))
        self.security, self.port = Choice(), text_field(t("Port"))
        self.user, self.password = text_field(t("Sign in as")), text_field(t("Password"), secret=True)
        self.security.setAccessibleName(t("Secured by"))
        self.security.setMinimumHeight(theme.px(32))
        for code, words in SECURE:
            self.security.addItem(t(words), code)
        for field in (self.host, self.sender, self.port, self.user):
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.host.setPlaceholderText("mail.example.org")
        self.sender.setPlaceholderText("desk@example.org")
        self.add("host", t("Server"), self.host)
        self.add("sender", t("The address that notices come from"), self.sender)
        self.add("security", t("Secured by"), self.security)
        self.add("port", t("Port"), self.port)
        self.add("user", t("Sign in as"), self.user, t("Empty where the server asks for nobody."))
        self.add("password", t("Password"), self.password, t("It is kept in this computer's safe place for secrets."))
        self.close_up()
        self.security.currentIndexChanged.connect(lambda _: self._fit())
        for field in (self.host, self.sender, self.port, self.user, self.password):
            field.returnPressed.connect(self.send)

    def put(self, now: dict[str, Any] | None) -> None:
        """As it is set; the password is never shown."""
        self.calm()
        now = now or {"host": "", "sender": "", "security": STARTTLS, "port": PORTS[STARTTLS], "user": ""}
        self.security.setCurrentIndex([code for code, _ in SECURE].index(now["security"]))
        for field, name in ((self.host, "host"), (self.sender, "sender"), (self.user, "user"), (self.port, "port")):
            field.setText(str(now[name]))
        self.password.clear()

    def _fit(self) -> None:
        self.port.setText(str(PORTS[str(self.security.currentData())]))

    def send(self) -> None:
        """What is missing is said at its field."""
        self.calm()
        port = self.port.text().strip()
        if not self.host.text().strip():
            self.tell("host", t("Write the address."))
        elif not port.isascii() or not port.isdigit():
            self.tell("port", t("A port is a number."))
        else:
            server = Server(
                self.host.text().strip(), int(port), str(self.security.currentData()), self.sender.text().strip(),
                self.user.text().strip(),
            )  # fmt: skip
            self.wanted.emit(server, self.password.text())


class Mailing:
    """Mixed into the view."""

    listed: Any
    bar: Any
    present: Any
    mail: MailForm
    _form: Callable[[OfficeForm], None]

    def _address(self) -> None:
        """One's own, whoever is picked."""
        if self.listed is not None:
            facts = self.listed.facts
            words = t("Where do you want notices by mail? All members can read it; leave it empty for nowhere.")
            self.bar.ask(
                words,
                t("Say it"),
                self.present.address,
                t("Your mail address"),
                False,
                facts.mails.get(facts.you.id, ""),
            )

    def _mail(self) -> None:
        if self.listed is not None and self.listed.facts.mail:
            self.mail.put(self.listed.facts.mail["server"])
            self._form(self.mail)


def fill(layout: QVBoxLayout, mail: dict[str, Any], runs: dict[str, Callable[..., object]]) -> None:
    """What this desk sends through, what is wrong with it, and what can be done."""
    server = mail["server"]
    layout.addSpacing(8)
    layout.addWidget(Label(t("Notices by mail"), 13, theme.BOLD))
    said = (
        t("This desk sends them through {host}.", host=ltr(server["host"])) if server else t("Not sent by this desk.")
    )
    layout.addWidget(Label(said, 13, wrap=True))
    if mail["trouble"]:
        layout.addWidget(Label(reason(mail["trouble"]), 12, theme.MEDIUM, "block", wrap=True))
    for name, why in mail["refused"].items():
        layout.addWidget(Label(f"{name}{t(':')} {reason(why)}", 12, theme.MEDIUM, "warn", wrap=True))
    row = line(layout)
    verbs = [("mail-server", t("Change it") if server else t("Set up mail"))]
    if server:
        verbs += [("mail-test", t("Try it")), ("mail-stop", t("Stop"))]
    for id, words in verbs:
        key = actions.keys(id, "office") if ("office", id) in actions.BY_ID else ""
        button = KeyButton(words, key, small=True)
        button.clicked.connect(lambda _=False, id=id: runs[id]())
        row.addWidget(button)
    row.addStretch(1)
