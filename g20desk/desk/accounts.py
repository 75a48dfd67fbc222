"""Accounts: adding one with its secret, listing them, and the client that sends for one."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from g20desk import asking, network, policy, redact, servers
from g20desk.clock import Clock, iso
from g20desk.desk import pauses
from g20desk.desk.account_client import SIGN_IN, Keeping, OwnClient
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk import browsing
    from g20desk.desk.desk import Desk

GRACE_MS, DAY_MS = 600_000, 86_400_000


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
    why: str = ""
    ends: int | None = None
    characters: int = 0
    limits_at: int = 0


class Accounts:
    """`desk.accounts`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asked: dict[str, int] = {}

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
        self._may_ask(net, server)
        told, secret = self._signed_in(net, server, handle, secret, like, name)
        event = desk.act("account.added", {
            "name": name, "network": net, "like": like, "owner": owner, "server": server,
            "handle": told.handle or handle, "identity": told.id, "langs": list(langs), "grace_ms": grace_ms,
            "limits": dict(told.limits), "software": told.software,
        })  # fmt: skip
        if secret:
            self._keep(event, secret)
        return event

    def sign_in(self, name: str, secret: str) -> None:
        """A new secret for an account; who it is has to stay the same. A queue that waited for it goes on. Where the Presidency passed,
        the account is taken over with it (`custody.take`)."""
        found, custody = self.get(name), self._desk.custody
        if found.network == "rehearsal":
            secret = secret.strip() or secrets.token_hex(16)
        if not secret.strip():
            raise Usage("no-secret", "The new secret comes on standard input.", "See: account add --help")
        self._may_ask(found.network, found.server)
        told, secret = self._signed_in(found.network, found.server, found.handle, secret, found.like, name)
        if told.id != found.identity:
            raise Refused(
                "other-identity",
                f"{name} was signed for {found.handle}; this secret belongs to {told.handle}, another account.",
                "Use the secret of the account that was signed, or add a new account.",
            )
        touched = found.id in self._desk.office.passing.custody
        mark = custody.check_taken(found, secret) if touched else ""
        try:
            with Keeping(self._desk, found.id).lock():
                if touched:
                    custody.set_aside(found)
                self._keep(found.id, secret)
        except TimeoutError:
            raise Unreachable("busy", f"{name} is in use by another process.", "Try again in a minute.") from None
        if touched:
            custody.take(found, mark)

    def browse(self, net: str, server: str, app: str, show: browsing.Show, paste: browsing.Paste | None = None) -> str:
        """A secret by way of the browser. Raises Usage, Refused, Unreachable."""
        from g20desk.desk import browsing

        self._may_ask(net, server)
        return browsing.sign_in(net, server, app, self._desk.clock, show, paste)

    def app(self, name: str) -> str:
        """The client id of the app that an account signed in with; empty where it did not."""
        keys = Keeping(self._desk, self.get(name).id).read()
        found = re.search(r'"client_id": "([^"]*)"', keys)
        return found[1] if found else ""

    def up_to_date(self, account: Account) -> Account:
        """The account with the limits of its server as they are today: asked once a day, and where it can't be
        asked the last known stay, with their date."""
        now = self._desk.clock.now_ms()
        if account.network == "rehearsal" or now - max(account.limits_at, self._asked.get(account.id, 0)) < DAY_MS:
            return account
        self._asked[account.id] = now
        if not servers.may(account.server):
            return account
        try:
            told = asking.limits(account.network, account.server)
        except (network.NotNow, network.Unknown):
            return account
        if told is None:
            return account
        self._desk.act("account.limits_read", {"account": account.id, "limits": told[0], "software": told[1]})
        return self._desk.office.accounts[account.id]

    def _keep(self, account: str, secret: str) -> None:
        kept = Keeping(self._desk, account)
        kept.write(secret, "")
        kept.prove(secret)
        kept.note("", "")
        pauses.clear(self._desk.store, account)

    def _may_ask(self, net: str, server: str) -> None:
        if policy.why_not(net, server):
            policy.go_out()
            policy.refuse("networks.servers" if policy.allowed(net) else "networks.allowed")
        if net != "rehearsal" and self._desk.rehearsal and not servers.this_computer(urlsplit(server).hostname or ""):
            raise Refused("rehearsal", "A rehearsal office takes real networks only on this computer.",
                          "Use a rehearsal account, or --server on loopback.")  # fmt: skip
        try:
            servers.check(server)
        except servers.NotAsked as no:
            raise Refused(
                "server", f"“{server}” {no}.", "Give the server's own address, as everybody reaches it: https://HOST."
            ) from no

    def _signed_in(
        self, net: str, server: str, handle: str, secret: str, like: str, name: str
    ) -> tuple[network.Identity, str]:
        """Who a secret belongs to, and the secret as it is after asking: with its first session."""
        kept = [secret.strip()]
        redact.install()
        redact.remember(kept[0])
        setting = network.Setting(server, handle, "", kept[0], kept.append, str(self._desk.folder), like, name)
        return _who(net, setting, self._desk.clock), kept[-1]

    def set_grace(self, name: str, grace_ms: int) -> None:
        """How late a post may still go out."""
        self._desk.act("account.grace_set", {"account": self.get(name).id, "grace_ms": grace_ms})

    def set_distance(self, name: str, distance_ms: int) -> None:
        """How far apart two posts are at least."""
        self._desk.act("account.distance_set", {"account": self.get(name).id, "distance_ms": distance_ms})

    def remove(self, name: str) -> None:
        """Remove an account; its secret goes with it."""
        found = self.get(name)
        self._desk.act("account.removed", {"account": found.id})
        self._desk.secrets.remove(f"account/{found.id}")
        self._desk.custody.forget(found)
        kept = Keeping(self._desk, found.id)
        kept.prove("")
        kept.note("", "")

    def get(self, name: str) -> Account:
        """An account by name. Raises Refused."""
        found = self._desk.office.account_named(name)
        if found is None:
            raise Refused("unknown-account", f"There is no account “{name}”.", "See: g20desk account list")
        return found

    def client(self, account: Account) -> Any:
        """The client that sends for an account, made anew."""
        if account.network == "rehearsal":
            secret = Keeping(self._desk, account.id).read()
            setting = network.Setting("", account.handle, account.identity, secret, lambda _: None, str(self._desk.folder),
                                      account.like, account.name)  # fmt: skip
            return network.client("rehearsal", setting, self._desk.clock)
        return OwnClient(self._desk, account)

    def trouble(self, account: Account) -> tuple[str, str]:
        """What keeps an account from sending until a person does something, and why: "needs sign-in", "no credit";
        two empty strings where nothing does. A sign-in, or a request that goes well, ends it."""
        return self._trouble(account, self._read(account))

    def _trouble(self, account: Account, secret: str) -> tuple[str, str]:
        if secret or account.network == "rehearsal":
            return Keeping(self._desk, account.id).trouble()
        return SIGN_IN, f"this desk holds no sign-in for {account.name}"

    def _read(self, account: Account) -> str:
        return "" if account.network == "rehearsal" else Keeping(self._desk, account.id).read()

    def ends(self, account: Account) -> int | None:
        """When the account's sign-in ends for good, in milliseconds since 1970; None where it does not say."""
        secret = self._read(account)
        return asking.ends_at(account.network, secret) if secret else None

    def ending(self, before_ms: int) -> list[tuple[Account, int]]:
        """The accounts whose sign-in ends before a time, the soonest first."""
        found = [(a, ends) for a in self._desk.office.accounts.values()
                 if not a.removed and (ends := self.ends(a)) is not None and ends < before_ms]  # fmt: skip
        return sorted(found, key=lambda one: one[1])

    def announced(self, message: str, when_ms: int) -> list[dict[str, Any]]:
        """Findings at scheduling: the accounts of a message that can't send at its time as things stand."""
        to = {post.account for post in self._desk.messages.get(message).message.posts.values()}
        made = [(a, f"Its sign-in ends on {iso(ends)[:10]}, before this goes out.") for a, ends in self.ending(when_ms)
                if a.id in to]  # fmt: skip
        for account in (self._desk.office.accounts[one] for one in to):
            state, why = self.trouble(account)
            if state:
                made.append((account, f"It {state.replace('no credit', 'is out of credit')}: {why}."))
        return [{"rule": "STRUCT-09", "level": "warn", "account": a.name, "message": f"{a.name}: {says}"}
                for a, says in sorted(made, key=lambda one: one[0].name)]  # fmt: skip

    def rows(self) -> list[AccountRow]:
        """All accounts, by name."""
        made = []
        for a in sorted(self._desk.office.accounts.values(), key=lambda a: a.name):
            if not a.removed:
                secret = self._read(a)
                state, why = self._trouble(a, secret)
                ends = asking.ends_at(a.network, secret) if secret else None
                made.append(AccountRow(a.name, a.reads_as, a.like, a.owner, state or "ready", a.server, a.handle,
                                       a.langs, a.network == "rehearsal", why, ends,
                                       a.limits.get("characters", 0), a.limits_at))  # fmt: skip
        return made


def _who(net: str, setting: network.Setting, clock: Clock) -> network.Identity:
    """Who a secret belongs to. Raises Refused, Unreachable."""
    try:
        return network.client(net, setting, clock).who()
    except network.Rejected as no:
        raise Refused("sign-in", f"The network refused the sign-in: {no.why}", "Check the secret.") from None
    except (network.NotNow, network.Unknown) as trouble:
        raise Unreachable("network", f"The network could not be asked: {trouble.why}", "Try again later.") from None
