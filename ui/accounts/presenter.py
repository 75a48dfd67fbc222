"""Accounts: where the office speaks, and which of them need a person."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from ui.bus import Presenter
from ui.rows import Row
from ui.texts import NETWORKS, State, ltr, t

STATES = {
    "needs sign-in": State("Needs signing in", "key-round", "warn"),
    "removed": State("Removed", "minus", "text3"),
    "refused": State("Refused", "circle-x", "block"),
}
OWNERS = {"official": "The office's own", "presidency": "The Presidency's", "member": "A member's"}


def standing(code: str) -> State:
    """How an account's state is shown."""
    return (
        State("Ready", "circle-check", "ok")
        if code == "ready"
        else STATES.get(code, State(code, "triangle-alert", "warn"))
    )


def row_of(account: Any) -> Row:
    """The list's row of an account."""
    look = standing(account.state)
    network = NETWORKS.get(account.network, account.network)
    if account.network == "rehearsal" or account.rehearsal:
        network = t("Rehearsal, like {network}", network=NETWORKS.get(account.like or account.network, account.like))
    owner, _, land = account.owner.partition(":")
    who = t(OWNERS.get(owner, owner)) + (f", {land}" if land else "")
    langs = ", ".join(x.upper() for x in account.langs)
    return Row(
        account.name,
        account.name,
        f"{network} · {who} · {langs}",
        look.icon,
        look.tone,
        ltr(account.handle),
        "text",
        t(look.word),
        spoken=t(look.word),
    )


class AccountsPresenter(Presenter):
    """A list."""

    listed = Signal(object)
    watches = frozenset({"account"})

    def load(self) -> None:
        """Ask for them."""
        self.ask(self.ctx.desk.accounts.rows, lambda rows: self.listed.emit([row_of(a) for a in rows]))
