"""Accounts: adding one with its secret, listing them, and the client that sends for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from g20desk import network
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

GRACE_MS = 600_000


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account for a list."""

    name: str
    network: str
    like: str
    owner: str
    state: str
    server: str
    handle: str
    langs: tuple[str, ...]
    rehearsal: bool


class Accounts:
    """`desk.accounts`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self,
        net: str,
        *,
        name: str,
        owner: str,
        like: str = "",
        server: str = "",
        handle: str = "",
        langs: tuple[str, ...] = ("en",),
        grace_ms: int = GRACE_MS,
        secret: str = "",
    ) -> str:
        """Sign in, learn who the account is, and add it. Raises Refused, Usage, Unreachable."""
        desk = self._desk
        if net not in network.networks():
            raise Usage("unknown-network", f"There is no network “{net}”.", f"Known: {', '.join(network.networks())}.")
        if net == "rehearsal":
            like = like or "bluesky"
        elif like:
            raise Usage("like", "--like belongs to rehearsal accounts.", "Leave it out.")
        elif not secret.strip():
            raise Usage("no-secret", "This account needs its secret on standard input.", "See: account add --help")
        elif desk.rehearsal and (urlsplit(server).hostname or "") not in ("127.0.0.1", "localhost", "::1"):
            raise Refused("rehearsal", "A rehearsal office takes real networks only on this computer.",
                          "Use a rehearsal account, or --server on loopback.")  # fmt: skip
        setting = network.Setting(server, handle, "", secret.strip(), lambda _: None, str(desk.folder), like, name)
        who = _who(net, setting)
        event = desk.act("account.added", {
            "name": name, "network": net, "like": like, "owner": owner, "server": server,
            "handle": who.handle or handle, "identity": who.id, "langs": list(langs), "grace_ms": grace_ms,
            "limits": dict(who.limits),
        })  # fmt: skip
        if secret:
            desk.secrets.set(f"account/{event}", secret.strip())
        return event

    def sign_in(self, name: str, secret: str) -> None:
        """A new secret for an account; who it is has to stay the same. A queue that waited for it goes on."""
        found = self.get(name)
        if not secret.strip():
            raise Usage("no-secret", "The new secret comes on standard input.", "See: account add --help")
        setting = network.Setting(
            found.server, found.handle, "", secret.strip(), lambda _: None, str(self._desk.folder), found.like, name
        )
        who = _who(found.network, setting)
        if who.id != found.identity:
            raise Refused(
                "other-identity",
                f"This secret belongs to {who.handle}, another account.",
                "Use the secret of the account that was signed, or add a new account.",
            )
        self._desk.secrets.set(f"account/{found.id}", secret.strip())

    def set_grace(self, name: str, grace_ms: int) -> None:
        """How late a post may still go out."""
        self._desk.act("account.grace_set", {"account": self.get(name).id, "grace_ms": grace_ms})

    def remove(self, name: str) -> None:
        """Remove an account; its secret goes with it."""
        found = self.get(name)
        self._desk.act("account.removed", {"account": found.id})
        self._desk.secrets.remove(f"account/{found.id}")

    def get(self, name: str) -> Account:
        """An account by name. Raises Refused."""
        found = self._desk.office.account_named(name)
        if found is None:
            raise Refused("unknown-account", f"There is no account “{name}”.", "See: g20desk account list")
        return found

    def client(self, account: Account) -> Any:
        """The client that sends for an account, made anew."""
        desk = self._desk
        name = f"account/{account.id}"

        def save(secret: str) -> None:
            if secret:
                desk.secrets.set(name, secret)

        setting = network.Setting(
            account.server, account.handle, account.identity, desk.secrets.get(name) or "", save, str(desk.folder),
            account.like, account.name,
        )  # fmt: skip
        return network.client(account.network, setting)

    def rows(self) -> list[AccountRow]:
        """All accounts, by name."""
        made = []
        for a in sorted(self._desk.office.accounts.values(), key=lambda a: a.name):
            if not a.removed:
                ready = a.network == "rehearsal" or self._desk.secrets.get(f"account/{a.id}") is not None
                state = "ready" if ready else "needs sign-in"
                made.append(AccountRow(a.name, a.reads_as, a.like, a.owner, state, a.server, a.handle, a.langs,
                                       a.network == "rehearsal"))  # fmt: skip
        return made


def _who(net: str, setting: network.Setting) -> network.Identity:
    """Who a secret belongs to. Raises Refused, Unreachable."""
    try:
        return network.client(net, setting).who()
    except network.Rejected as no:
        raise Refused("sign-in", f"The network refused the sign-in: {no.why}", "Check the secret.") from no
    except (network.NotNow, network.Unknown) as trouble:
        raise Unreachable("network", f"The network could not be asked: {trouble.why}", "Try again later.") from trouble
