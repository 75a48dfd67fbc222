"""The form of a new account, and the one for a new secret."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from g20desk import policy
from ui import theme
from ui.accounts.presenter import ASKS, OWNERS, X_KEYS, NewAccount
from ui.texts import LANGS, NETWORKS, ltr, t
from ui.widgets.base import Label, line
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice
from ui.widgets.form import Form, text_field


def choice(name: str, options: list[tuple[str, str]]) -> Choice:
    """A few words to choose from."""
    made = Choice()
    made.setAccessibleName(name)
    made.setMinimumHeight(theme.px(32))
    for code, words in options:
        made.addItem(words, code)
    return made


def limit(name: str) -> str:
    """That the administrator allows these and no others; empty where nobody said so."""
    said = policy.value(name)
    return (
        f"{t('Set by your administrator')}: {ltr(', '.join(NETWORKS.get(one, one) for one in said))}"
        if said is not None
        else ""
    )


class Owner(QWidget):
    """Whose account it is, and of which government."""

    def __init__(self) -> None:
        super().__init__()
        row = line(self)
        self.kind = choice(t("Owner"), [(code, t(words)) for code, words in OWNERS.items()])
        self.land = text_field(t("Government, two letters"))
        self.land.setPlaceholderText("ZA")
        self.land.setMaxLength(3)
        self.land.setFixedWidth(theme.px(72))
        row.addWidget(self.kind, 1)
        row.addWidget(self.land)
        self.land.hide()
        self.own = ""
        self.kind.currentIndexChanged.connect(lambda _: self.land.setVisible(self.kind.currentData() != "official"))
        self.setFocusProxy(self.kind)

    def offer(self, why_not: Mapping[str, str], government: str) -> None:
        """Only those that this person adds accounts of; their own government stands there already."""
        may = [code for code in OWNERS if not why_not.get(code)]
        if may != [self.kind.itemData(n) for n in range(self.kind.count())]:
            self.kind.clear()
            for code in may:
                self.kind.addItem(t(OWNERS[code]), code)
        if government and not self.land.text():
            self.land.setText(government)
        self.own = government

    def value(self) -> str:
        """As the desk writes it."""
        kind = str(self.kind.currentData())
        land = self.land.text().strip()
        return kind if kind == "official" else f"{kind}:{land if len(land) == 3 else land.upper()}"


class Languages(QWidget):
    """Which texts go there."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        self.boxes = {code: QCheckBox(t(name)) for code, name in LANGS}
        for n, box in enumerate(self.boxes.values()):
            box.setAccessibleName(box.text())
            box.setFont(theme.font(13))
            grid.addWidget(box, n // 2, n % 2)
        self.boxes["en"].setChecked(True)
        self.setFocusProxy(self.boxes["en"])

    def value(self) -> tuple[str, ...]:
        """Those that are ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())


def secrets(form: Form) -> dict[str, QLineEdit]:
    """The secret of most networks; of X the id of an app, or four keys."""
    names = (t("Secret"), t("Consumer key"), t("Consumer secret"), t("Access token"), t("Access token secret"))
    made = {"app": text_field(t("Client id of the office's app"))}
    form.add("app", t("Client id of the office's app"), made["app"], t("With it alone you sign in with the browser."))
    for key, name in zip(("secret", *X_KEYS), names, strict=True):
        made[key] = text_field(name, True)
        form.add(key, name, made[key])
    return made


class AccountForm(Form):
    """Only the fields that the chosen network asks for are shown."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, networks: list[str]) -> None:
        super().__init__()
        self.box.insertWidget(0, Label(t("Add an account"), 15, theme.BOLD))
        self.network = choice(
            t("Network"), [(n, t(NETWORKS[n]) if n == "rehearsal" else NETWORKS.get(n, n)) for n in networks]
        )
        self.add("network", t("Network"), self.network, limit("networks.allowed"))
        imitated = [n for n in networks if n != "rehearsal"]
        self.like = choice(t("Imitates"), [(n, NETWORKS.get(n, n)) for n in imitated])
        self.add("like", t("Imitates"), self.like)
        self.name = text_field(t("Name"))
        self.add("name", t("Name"), self.name, t("What the office calls it."))
        self.owner, self.langs = Owner(), Languages()
        self.add("owner", t("Owner"), self.owner)
        self.add("langs", t("Languages"), self.langs)
        self.server, self.handle = text_field(t("Server")), text_field(t("Handle"))
        self.server.setPlaceholderText("https://")
        self.add("server", t("Server"), self.server)
        self.add("handle", t("Handle"), self.handle, t("As it stands in the address of its page, without @."))
        self.secret = secrets(self)
        kept = t("It goes into this computer's safe place for secrets, never into the record.")
        self.kept = Label(kept, 12, tone="text2", wrap=True)
        self.box.addWidget(self.kept)
        self.trouble = Label("", 12, theme.MEDIUM, "block", wrap=True)
        self.trouble.hide()
        self.box.addWidget(self.trouble)
        foot = line(self.box)
        self.go = KeyButton("", kind="main")
        leave = KeyButton(t("Leave"), "Esc")
        foot.addWidget(self.go)
        foot.addWidget(leave)
        foot.addStretch(1)
        self.box.addStretch(1)
        self.network.currentIndexChanged.connect(lambda _: self._shape())
        self.go.clicked.connect(self._send)
        leave.clicked.connect(self.left)
        for field in (self.name, self.server, self.handle, *self.secret.values()):
            field.returnPressed.connect(self._send)
        self._shape()

    def offer(self, why_not: Mapping[str, str], government: str) -> None:
        """The owners that this person adds accounts of."""
        self.owner.offer(why_not, government)

    def fresh(self) -> None:
        """Empty, and no secret left in it."""
        for field in (self.name, self.server, self.handle, *self.secret.values()):
            field.clear()
        self.owner.land.setText(self.owner.own)
        self.calm()
        self.trouble.hide()

    def refuse(self, place: str, words: str) -> None:
        """Beside the field, or beside the button where it is no field's matter."""
        self.calm()
        self.trouble.setVisible(not place)
        self.trouble.setText("" if place else words)
        if place:
            self.tell(place, words)

    def busy(self, on: bool) -> None:
        """A network is being asked."""
        self.go.setEnabled(not on)
        self.go.setText(t("Asking the network") if on and self._secret() else self._verb())

    def _secret(self) -> bool:
        """Whether the chosen network asks for a secret: practice accounts have none."""
        return bool({"secret", *X_KEYS} & {*ASKS.get(str(self.network.currentData()), ("secret",))})

    def _verb(self) -> str:
        return t("Sign in and add") if self._secret() else t("Add it")

    def _shape(self) -> None:
        net = str(self.network.currentData())
        self.kept.setVisible(self._secret())
        self.go.setText(self._verb())
        self.go.setAccessibleName(self._verb())
        for id, field in self.fields.items():
            if id in ("like", "server", "handle", "secret", "app", *X_KEYS):
                field.setVisible(id in ASKS.get(net, ("secret",)))
        usual = {"bluesky": t("Empty for bsky.social."), "mastodon": t("The address of its server.")}
        self.fields["server"].set_hint(limit("networks.servers") or usual.get(net, ""))
        hints = {
            "bluesky": t("An app password, made in the account's settings."),
            "mastodon": t("Empty to sign in with the browser; or an access token, made under Development."),
        }
        self.fields["secret"].set_hint(hints.get(net, ""))

    def _send(self) -> None:
        net = str(self.network.currentData())
        asks = ASKS.get(net, ("secret",))
        like = str(self.like.currentData()) if "like" in asks else ""
        told = {key: field.text() for key, field in self.secret.items() if key in asks}
        self.calm()
        self.trouble.hide()
        self.wanted.emit(
            NewAccount(
                net,
                self.name.text(),
                self.owner.value(),
                self.langs.value(),
                like,
                self.server.text() if "server" in asks else "",
                self.handle.text() if "handle" in asks else "",
                told,
            )
        )


class SecretForm(Form):
    """A new secret for an account."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.network = ""
        self.title = Label("", 15, theme.BOLD, wrap=True)
        self.box.insertWidget(0, self.title)
        self.secret = secrets(self)
        self.trouble = Label("", 12, theme.MEDIUM, "block", wrap=True)
        self.trouble.hide()
        self.box.addWidget(self.trouble)
        foot = line(self.box)
        self.go, leave = KeyButton(t("Sign in"), kind="main"), KeyButton(t("Leave"), "Esc")
        foot.addWidget(self.go)
        foot.addWidget(leave)
        foot.addStretch(1)
        self.box.addStretch(1)
        self.go.clicked.connect(self._send)
        for field in self.secret.values():
            field.returnPressed.connect(self._send)
        leave.clicked.connect(self.left)

    def fresh(self, name: str = "", network: str = "") -> None:
        """Empty, for that account."""
        self.network = network
        self.title.setText(t("Sign in to {name} again", name=name))
        for id, field in self.secret.items():
            field.clear()
            self.fields[id].setVisible(id in ASKS.get(network, ("secret",)))
        self.calm()
        self.trouble.hide()

    def first(self) -> QLineEdit:
        """Where to begin."""
        return next(field for id, field in self.secret.items() if id in ASKS.get(self.network, ("secret",)))

    def refuse(self, place: str, words: str) -> None:
        """Beside the field, or below it."""
        self.calm()
        self.trouble.setVisible(place not in self.secret)
        self.trouble.setText("" if place in self.secret else words)
        self.tell(place, words)

    def busy(self, on: bool) -> None:
        """A network is being asked."""
        self.go.setEnabled(not on)
        self.go.setText(t("Asking the network") if on else t("Sign in"))

    def _send(self) -> None:
        asks = ASKS.get(self.network, ("secret",))
        self.wanted.emit({key: field.text() for key, field in self.secret.items() if key in asks})
