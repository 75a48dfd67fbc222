"""The client that sends for an account: for the identity that was signed and no other; what a person must do is kept.

A secret proves whose it is once, before its first write: a fingerprint of it is remembered. One that a refresh stored
is as good as the one before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar

from g20desk import locking, network, redact, servers
from g20desk.desk.clocks import host_of
from g20desk.network import Client, Identity, NotNow, Part, Picture, Receipt, Rejected, Setting, Unknown
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

T = TypeVar("T")
SIGN_IN, NO_CREDIT = "needs sign-in", "no credit"


class Keeping:
    """An account's secret in the keyring, and what this desk knows of it."""

    def __init__(self, desk: Desk, account: str) -> None:
        self._desk, self._account = desk, account
        redact.install()

    def read(self) -> str:
        """The secret; empty where this desk has none."""
        secret = self._desk.secrets.get(f"account/{self._account}") or ""
        redact.remember(secret)
        return secret

    def write(self, secret: str, before: str) -> None:
        """Store a secret in place of `before`: what was proven of that one holds for it. An empty one overwrites
        nothing."""
        if not secret.strip():
            return
        redact.remember(secret)
        proven = self.proven(before)
        self._desk.secrets.set(f"account/{self._account}", secret)
        if proven:
            self.prove(secret)

    def lock(self) -> AbstractContextManager[None]:
        """Held by whoever refreshes the secret, over all processes of this desk."""
        return locking.held(self._desk.folder / f"account-{self._account[:16]}.lock")

    def fingerprint(self) -> str:
        """What tells one proven secret from another; empty where none was."""
        return self._desk.store.meta(self._name("proven"))

    def proven(self, secret: str) -> bool:
        """Whether a secret is known to belong to the identity that was signed."""
        return bool(secret) and self._desk.store.meta(self._name("proven")) == _print(secret)

    def prove(self, secret: str) -> None:
        """From now on it is."""
        self._set("proven", _print(secret) if secret else "")

    def trouble(self) -> tuple[str, str]:
        """The account's state where a person has to do something, and why; two empty strings where all is well."""
        return self._noted()[:2]

    def trouble_at(self) -> int:
        """Since when, in milliseconds; 0 where there is none."""
        return self._noted()[2]

    def _noted(self) -> tuple[str, str, int]:
        state, why, *at = json.loads(self._desk.store.meta(self._name("trouble")) or '["", ""]')
        return str(state), str(why), int(at[0]) if at else 0

    def note(self, state: str, why: str) -> None:
        """Note the trouble, or that there is none, and tell the listeners where it changed."""
        if self.trouble() != (state, why):
            self._set("trouble", json.dumps([state, why, self._desk.clock.now_ms()]) if state else "")
            self._desk.announce(frozenset({("account", self._account)}))

    def _name(self, what: str) -> str:
        return f"account-{what}/{self._account}"

    def _set(self, what: str, value: str) -> None:
        self._desk.store.set_meta(self._name(what), value)


class OwnClient:
    """The client of one account, made anew for each use. Raises Rejected, NotNow, Unknown and nothing else."""

    def __init__(self, desk: Desk, account: Account) -> None:
        self._desk, self._account = desk, account
        self._kept = Keeping(desk, account.id)
        self._load()

    def _load(self) -> None:
        """The secret as it stands, and a client with it."""
        account = self._account
        self._broken: Rejected | NotNow | None = None
        self._inner: Client | None = None
        self._secret = self._kept.read()
        setting = Setting(
            account.server, account.handle, account.identity, self._secret, self._save, str(self._desk.folder),
            account.like, account.name, account.software, self._again, self._kept.lock, self._heard,
        )  # fmt: skip
        try:
            server_of(self._desk, account)
            if not self._secret:
                raise Rejected(f"this desk holds no sign-in for {account.name}", account=True)
            self._inner = network.client(account.network, setting, self._desk.clock)
        except (Rejected, NotNow) as no:
            self._broken = no

    def _save(self, secret: str) -> None:
        self._kept.write(secret, self._secret)
        self._secret = secret or self._secret

    def _heard(self, headers: Mapping[str, str], took: float) -> None:
        self._desk.clocks.heard(host_of(self._account), headers, took)

    def _again(self) -> str:
        """The secret that another process may have refreshed; one that came otherwise has to prove itself first."""
        secret = self._kept.read()
        if secret != self._secret and not self._kept.proven(secret):
            raise NotNow("the secret in the keyring was changed meanwhile")
        self._secret = secret or self._secret
        return secret

    @property
    def whole_threads(self) -> bool:
        """As the network has it."""
        return self._inner is not None and self._inner.whole_threads

    @property
    def key_seconds(self) -> int | None:
        """How long the network keeps our key; None: it has none."""
        return getattr(self._inner, "key_seconds", None)

    def in_a_row(self) -> AbstractContextManager[None]:
        """Several calls follow each other."""
        return network.in_a_row(self._inner)

    @property
    def handed_ms(self) -> int:
        """How long the network keeps an uploaded picture; 0: it takes none apart."""
        return getattr(self._inner, "handed_ms", 0)

    def ready(self) -> None:
        """See to it that the sign-in is the right one, and good for the next minutes."""
        self._own(lambda client: getattr(client, "ready", lambda: None)())

    def hand_in(self, picture: Picture) -> str:
        """Upload a picture, for the signed identity only; the id under which the network has it."""
        return str(self._own(lambda client: client.hand_in(picture)))  # type: ignore[attr-defined]

    def worked(self, id: str) -> None:
        """Whether the network has done its work on an upload; where it works on none, it has."""
        self._own(lambda client: getattr(client, "worked", lambda _: None)(id))

    def who(self) -> Identity:
        """The identity behind the secret."""
        return self._told(lambda client: client.who())

    def send(self, parts: Sequence[Part], root: Receipt | None, parent: Receipt | None) -> list[Receipt]:
        """Publish, for the signed identity only."""
        return self._well(lambda client: client.send(parts, root, parent))

    def find(self, parts: Sequence[Part], parent: Receipt | None, since_ms: int) -> list[Receipt] | None:
        """Ask whether they are out."""
        try:
            return self._told(lambda client: client.find(parts, parent, since_ms))
        except (Rejected, NotNow) as error:
            raise Unknown(f"could not ask: {error.why}") from None

    def remove(self, receipt: Receipt) -> bool:
        """Take a post down, of the signed identity only."""
        return self._well(lambda client: client.remove(receipt))

    def read(self, receipt: Receipt) -> dict[str, Any] | None:
        """What stands there."""
        return self._told(lambda client: client.read(receipt))

    def _own(self, job: Callable[[Client], T]) -> T:
        if not self._kept.proven(self._secret):
            self._load()

        def run(client: Client) -> T:
            if not self._kept.proven(self._secret):
                self._prove(client)
            return job(client)

        return self._told(run)

    def _well(self, job: Callable[[Client], T]) -> T:
        """A write that goes well ends whatever trouble was noted."""
        made = self._own(job)
        self._kept.note("", "")
        return made

    def _prove(self, client: Client) -> None:
        try:
            who = client.who()
        except Unknown as dark:
            raise NotNow(f"before posting: {dark.why}") from None
        if who.id != self._account.identity:
            raise Rejected(other(self._account, who), account=True)
        self._kept.prove(self._secret)

    def _told(self, job: Callable[[Client], T]) -> T:
        try:
            if self._broken is not None or self._inner is None:
                raise self._broken or Rejected("no client")
            return job(self._inner)
        except Rejected as no:
            if no.account:
                self._kept.note(NO_CREDIT if no.why.startswith("402") else SIGN_IN, no.why)
            raise


def server_of(desk: Desk, account: Account) -> str:
    """The server of an account, whoever added it. Raises Rejected where this desk doesn't ask it."""
    try:
        servers.check(account.server)
    except servers.NotAsked as no:
        raise Rejected(f"{account.server} {no}", account=True) from None
    return account.server


def other(account: Account, who: Identity) -> str:
    """That a secret belongs to somebody else, with both names."""
    return (
        f"{account.name} was signed for {account.handle} ({account.identity}); "
        f"the secret in the keyring belongs to {who.handle} ({who.id})"
    )


def _print(secret: str) -> str:
    return hashlib.sha256(b"g20desk secret\n" + secret.encode()).hexdigest()
