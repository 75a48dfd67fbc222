"""The ways out of this desk: its proxy, and the hub's certificate where it is pinned."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from g20desk.desk.ways import SYSTEM
from g20desk.proxies import NONE
from ui import theme
from ui.office.forms import OfficeForm
from ui.policy import set_by
from ui.texts import t
from ui.widgets.choice import Choice
from ui.widgets.form import text_field

OWN = "own"
WAYS = ((SYSTEM, "As the system has it"), (NONE, "Straight, through no proxy"), (OWN, "Through this proxy"))


@dataclass(frozen=True, slots=True)
class Ways:
    """A proxy's address (`none`: straight; `system`: as the system has it), the name for it, the SHA-256 of the hub's pinned
    certificate (empty: one that the system trusts); whether there is a hub, whether this desk itself chose the proxy, and what the
    administrator has locked."""

    proxy: str = SYSTEM
    user: str = ""
    certificate: str = ""
    hub: bool = False
    own: bool = False
    proxy_locked: bool = False
    certificate_locked: bool = False


class WaysForm(OfficeForm):
    """How this desk reaches other computers."""

    wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(
            t("Proxy and certificate"), t("Use it"),
            t("For this desk alone. Your administrator knows what is right here."),
        )  # fmt: skip
        self.way = Choice()
        self.way.setAccessibleName(t("Proxy"))
        self.way.setMinimumHeight(theme.px(32))
        for code, words in WAYS:
            self.way.addItem(t(words), code)
        self.address, self.user = text_field(t("Address of the proxy")), text_field(t("Sign in as"))
        self.password = text_field(t("Password"), secret=True)
        self.certificate = text_field(t("Certificate of the hub"))
        self.address.setPlaceholderText("http://proxy.example:8080")
        for field in (self.address, self.user, self.certificate):
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.add("way", t("Proxy"), self.way)
        self.add("address", t("Address of the proxy"), self.address)
        self.add("user", t("Sign in as"), self.user, t("Empty where the proxy asks for nobody."))
        self.add("password", t("Password"), self.password, t("It is kept in this computer's safe place for secrets."))
        self.add("certificate", t("Certificate of the hub"), self.certificate,
                 t("Its SHA-256, where it is pinned; empty for one that this computer trusts."))  # fmt: skip
        self.close_up()
        self.now, self.hints = Ways(), {name: field.hint.text() for name, field in self.fields.items()}
        self.way.currentIndexChanged.connect(lambda _: self._fit())
        for field in (self.address, self.user, self.password, self.certificate):
            field.returnPressed.connect(self.send)

    def put(self, now: Ways) -> None:
        """As it is set; the password is never shown."""
        self.calm()
        self.now = now
        way = now.proxy if now.proxy in (SYSTEM, NONE) else OWN
        self.way.setCurrentIndex([code for code, _ in WAYS].index(way))
        self.address.setText(now.proxy if way == OWN else "")
        self.user.setText(now.user)
        self.password.clear()
        self.certificate.setText(now.certificate)
        self.fields["certificate"].setVisible(now.hub)
        for name, locked in (
            ("way", now.proxy_locked),
            ("address", now.proxy_locked),
            ("certificate", now.certificate_locked),
        ):
            self.fields[name].widget.setEnabled(not locked)
            self.fields[name].set_hint(set_by() if locked else self.hints[name])
        self._fit()

    def _fit(self) -> None:
        own = self.way.currentData() == OWN
        for name in ("address", "user", "password"):
            self.fields[name].setVisible(own)

    def send(self) -> None:
        """What is missing is said at its field."""
        self.calm()
        way, address = str(self.way.currentData()), self.address.text().strip()
        if way == OWN and not address:
            self.tell("address", t("Write the address."))
            return
        proxy = address if way == OWN else way
        user = self.user.text().strip() if way == OWN else ""
        if not self.now.own and proxy == self.now.proxy and not user:
            proxy = ""  # what is preset, or the system's, goes on to count as it changes
        self.wanted.emit(Ways(proxy, user, self.certificate.text().strip()), self.password.text())
