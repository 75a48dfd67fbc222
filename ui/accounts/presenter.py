"""Accounts: where the office speaks, which of them need a person, and adding one."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal

from g20desk import policy
from g20desk.desk import account_rights
from g20desk.network import networks
from ui.bus import Presenter
from ui.rows import Row
from ui.texts import LANGS, NETWORKS, State, comma, error, land, ltr, reason, t, when

STATES = {
    "ready": State("Ready", "circle-check", "ok"),
    "needs sign-in": State("Needs signing in", "key-round", "warn"),
    "no credit": State("Out of credit", "octagon-alert", "block"),
    "removed": State("Removed", "minus", "text3"),
    "refused": State("Refused", "circle-x", "block"),
}
OWNERS = {"official": "The office's own", "presidency": "The Presidency's", "member": "A member's"}
X_KEYS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
# Which fields a network asks for beside name, owner and languages.
ASKS = {
    "no-app": ("The sign-in needs the client id of the office's own app.", "Or give its four keys."),
    "rehearsal": ("like",),
    "bluesky": ("server", "handle", "secret"),
    "mastodon": ("server", "secret"),
    "x": ("app", *X_KEYS),
}
# Networks that sign in with the browser where no secret is given.
BROWSER = ("mastodon", "x")
# Where the desk's refusal belongs.
PLACES = {
    "name-taken": "name", "malformed": "name", "bad-owner": "owner", "no-secret": "secret", "sign-in": "secret",
    "other-identity": "secret", "rehearsal": "server", "network": "server", "unknown-network": "network",
    "like": "network", "no-app": "app",
}  # fmt: skip
# The desk speaks of its command line; here the same is said of the form.
SAID = {
    "no-secret": ("This account needs its secret.", ""),
    "rehearsal": ("A rehearsal office takes real networks only on this computer.", "Choose a rehearsal account."),
    "bad-owner": ("Say which government it belongs to, with two letters.", ""),
}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What stands in the form. Secrets are not shown where this is printed."""

    network: str
    name: str
    owner: str
    langs: tuple[str, ...]
    like: str = ""
    server: str = ""
    handle: str = ""
    secrets: dict[str, str] = field(default_factory=dict, repr=False)

    def secret(self) -> str:
        """As the desk wants it: X has four keys, the others one."""
        if self.network != "x":
            return self.secrets.get("secret", "")
        keys = {name: self.secrets.get(name, "").strip() for name in X_KEYS}
        return json.dumps(keys) if any(keys.values()) else ""


@dataclass(frozen=True, slots=True)
class Detail:
    """One account for the side panel."""

    name: str
    state: State
    facts: tuple[tuple[str, str], ...]
    minutes: int
    signs_in: bool
    network: str
    why_not: Mapping[str, str] = field(default_factory=dict)


def standing(code: str) -> State:
    """How an account's state is shown."""
    return STATES.get(code) or State(code, "triangle-alert", "warn")


def network_word(account: Any) -> str:
    """The network, and what a practice account imitates."""
    if account.network == "rehearsal" or account.rehearsal:
        like = account.like or account.network
        return t("Rehearsal, like {network}", network=NETWORKS.get(like, like))
    return NETWORKS.get(account.network, account.network)


def owner_word(owner: str) -> str:
    """Whose it is."""
    kind, _, code = owner.partition(":")
    return t(OWNERS.get(kind, kind)) + (comma() + land(code) if code else "")


def row_of(account: Any) -> Row:
    """The list's row of an account."""
    look = standing(account.state)
    langs = ", ".join(x.upper() for x in account.langs)
    return Row(
        account.name,
        account.name,
        f"{network_word(account)} · {owner_word(account.owner)} · {langs}",
        look.icon,
        look.tone,
        ltr(account.handle) if account.handle != account.name else "",
        "text",
        t(look.word),
        spoken=t(look.word),
    )


def _takes(account: Any, now: int) -> str:
    """The limit of its server, and when it was read; of practice accounts it says nothing."""
    if account.rehearsal or not account.characters:
        return ""
    read = when(account.limits_at, now, True)
    return t("{n} characters, read {when}", n=account.characters, when=read)


def detail_of(account: Any, grace_ms: int, now: int, why_not: Mapping[str, str] = MappingProxyType({})) -> Detail:
    """The side panel's account; `why_not`: what can't be done to it by this person, with the reason."""
    names = dict(LANGS)
    facts = (
        (t("Network"), network_word(account)),
        (t("Handle"), ltr(account.handle)),
        (t("Server"), ltr(account.server)),
        (t("Owner"), owner_word(account.owner)),
        (t("Languages"), comma().join(t(names.get(x, x)) for x in account.langs)),
        (t("Grace"), t("{n} min late at most", n=grace_ms // 60_000)),
        (t("What is wrong"), account.why),
        (t("Its sign-in ends"), when(account.ends, now, True) if account.ends else ""),
        (t("Its server takes"), _takes(account, now)),
    )
    shown = tuple((name, words) for name, words in facts if words)
    return Detail(
        account.name, standing(account.state), shown, grace_ms // 60_000, not account.rehearsal, account.network,
        {verb: reason(why) for verb, why in why_not.items() if why},
    )  # fmt: skip


class AccountsPresenter(Presenter):
    """A list, the account that is picked, and what is done to it. Networks are asked beside the store's thread."""

    listed = Signal(object)
    showed = Signal(object)
    refused = Signal(str, str)
    working = Signal(bool)
    done = Signal(str)
    may_add = Signal(object)
    watches = frozenset({"account", "office"})

    def __init__(self, ctx: Any) -> None:
        super().__init__(ctx)
        self.id = ""
        self._details: dict[str, Detail] = {}
        self.owners: dict[str, str] = {}

    def networks(self) -> list[str]:
        """Those that there are and this computer may go to; the harmless one first in a rehearsal."""
        there = [name for name in networks() if policy.allowed(name)]
        return sorted(there, key=lambda n: ((n == "rehearsal") != self.ctx.facts.rehearsal, n))

    def load(self) -> None:
        """Ask for them."""
        desk = self.ctx.desk

        def job() -> tuple[list[tuple[Any, int, dict[str, str]]], dict[str, str]]:
            found = [(row, desk.accounts.get(row.name)) for row in desk.accounts.rows()]
            rows = [(row, one.grace_ms, account_rights.verbs(desk, one)) for row, one in found]
            return rows, account_rights.owners(desk)

        self.ask(job, self._listed)

    def pick(self, id: str) -> None:
        """Another one."""
        self.id = id
        self.showed.emit(self._details.get(id))

    def add(self, new: NewAccount) -> None:
        """Sign in at the network and add it."""

        def job() -> str:
            return self.ctx.desk.accounts.add(
                new.network, name=new.name.strip(), owner=new.owner, like=new.like, server=new.server.strip(),
                handle=new.handle.strip().removeprefix("@"), langs=new.langs, secret=self._secret(new, new.server),
            )  # fmt: skip

        self._network(job, t("{name} is added.", name=new.name.strip()), new)

    def sign_in(self, name: str, network: str, secrets: dict[str, str]) -> None:
        """A new secret; who the account is has to stay the same."""
        asked = NewAccount(network, name, "", (), secrets=secrets)
        words = t("{name} is signed in.", name=name)
        accounts = self.ctx.desk.accounts

        def job() -> None:
            app = secrets.get("app", "").strip() or accounts.app(name)
            accounts.sign_in(name, self._secret(asked, accounts.get(name).server, app))

        self._network(job, words, asked)

    def _secret(self, asked: NewAccount, server: str, app: str = "") -> str:
        """What was typed, or what the browser brings where nothing was."""
        typed = asked.secret()
        if typed.strip() or asked.network not in BROWSER or not asked.name.strip():
            return typed
        app = app or asked.secrets.get("app", "").strip()
        return str(self.ctx.desk.accounts.browse(asked.network, server.strip(), app, webbrowser.open))

    def set_grace(self, name: str, minutes: str) -> None:
        """How late a post may still go out."""
        if not minutes.strip().isdecimal():
            self.refused.emit("", t("Write the grace as a number of minutes."))
            return
        grace = int(minutes) * 60_000
        self.ask(lambda: self.ctx.desk.accounts.set_grace(name, grace), lambda _: self._did(t("The grace is changed.")))

    def remove(self, name: str) -> None:
        """Nothing goes there any more."""
        words = t("{name} is removed.", name=name)
        self.ask(lambda: self.ctx.desk.accounts.remove(name), lambda _: self._did(words))

    def _network(self, job: Any, words: str, asked: NewAccount) -> None:
        def did(_: object) -> None:
            self.working.emit(False)
            self._did(words)

        def did_not(problem: Exception) -> None:
            self.working.emit(False)
            self.refused.emit(*told(problem, asked))

        self.working.emit(True)
        self.ctx.worker.ask(job, did, did_not, self, network=True)

    def _did(self, words: str) -> None:
        self.load()
        self.done.emit(words)

    def _listed(self, told: tuple[list[tuple[Any, int, dict[str, str]]], dict[str, str]]) -> None:
        found, self.owners = told
        now = self.ctx.clock.now_ms()
        self._details = {row.name: detail_of(row, grace, now, why) for row, grace, why in found}
        self.may_add.emit(self.owners)
        self.listed.emit([row_of(row) for row, *_ in found])
        self.showed.emit(self._details.get(self.id))


def told(problem: Exception, asked: NewAccount) -> tuple[str, str]:
    """The field that a refusal belongs to, and its words; no secret stands in them."""
    code = getattr(problem, "code", "")
    words, help = (t(one) if one else "" for one in SAID[code]) if code in SAID else error(problem)
    place = PLACES.get(code, "")
    if code == "malformed" and not asked.langs:
        place, words, help = "langs", t("Choose a language."), ""
    elif code == "malformed":
        words, help = t("Give it a name."), ""
    shown = ("network", "name", "owner", "langs", *ASKS.get(asked.network, ("secret",)))
    if place == "secret" and asked.network == "x":
        place = X_KEYS[0]
    said = f"{words} {help}".strip()
    for secret in asked.secrets.values():
        if secret.strip():
            said = said.replace(secret.strip(), "…")
    return (place if place in shown else ""), said
