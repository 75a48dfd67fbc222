"""Whose sign-in an account goes by since the Presidency passed: giving one up, proved by the network's own refusal, and taking an account
over with another one, proved by its answer. What is proved goes into the record; a secret never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk import asking, network, redact
from g20desk.desk import possible
from g20desk.desk.account_client import SIGN_IN, Keeping, server_of
from g20desk.errors import Refused, Unreachable
from g20desk.ledger import canonical
from g20desk.network import NotNow, Rejected, Setting, Unknown
from g20desk.office import passing
from g20desk.office.presidency import REFUSED, REVOKED
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

TAKEN, RELEASED = "custody.taken", "custody.released"
# The key that a practice account has by itself.
PRACTICE = "its own practice key"


class Custody:
    """`desk.custody`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def waits(self, account: Account) -> bool:
        """Whether a handover waits for somebody to sign in on an account anew."""
        found = self._found(account)
        return account.id in self._desk.office.passing.custody and (found.taken is None or found.same)

    def mark(self, account: Account, secret: str) -> str:
        """What tells one secret of an account from another and reveals nothing of it; empty where it could be guessed from that."""
        lasting = asking.lasting(account.network, secret) or (PRACTICE if account.network == "rehearsal" else "")
        data = canonical.dumps([self._desk.office.id, account.id, lasting])
        return canonical.digest("custody", data) if lasting else ""

    def check_taken(self, account: Account, secret: str) -> str:
        """The mark of a secret by which this person is about to sign in on an account that a handover touches. Raises Refused."""
        mark, earlier = self.mark(account, secret), self._earlier(account)
        self._sure(TAKEN, {"account": account.id, "mark": mark})
        if mark and earlier and mark == self.mark(account, earlier):
            raise Refused(
                "same-secret", f"This is the sign-in that {account.name} had before.", "Make a new one at the network."
            )
        return mark

    def set_aside(self, account: Account) -> None:
        """Another sign-in is about to take the place of the one that this desk has: one of before the handover is kept until it is given
        up. From now on the one in use is of after it."""
        if earlier := self._earlier(account):
            self._desk.secrets.set(_aside(account), earlier)
        self._desk.store.set_meta(_since(account), self._handover())

    def take(self, account: Account, mark: str) -> None:
        """Write down that this person has signed in, where that was waited for, and give up what this desk had before, as far as it can
        be now: the checklist says what is left."""
        if self.waits(account):
            self._desk.act(TAKEN, {"account": account.id, "mark": mark})
        if not (earlier := self._earlier(account)):
            return
        if (known := self.mark(account, earlier)) and known in {one.mark for one in self._found(account).released}:
            self._drop(account)
            return
        try:
            self.release(account.name)
        except (Refused, Unreachable) as left:
            self._desk.store.set_meta(_left(account), left.message)

    def left(self, account: Account) -> str:
        """Why this desk could not give up yet what it had before; empty where it did, or had nothing."""
        return self._desk.store.meta(_left(account)) if self._desk.secrets.get(_aside(account)) else ""

    def release(self, name: str) -> str:
        """Give up the sign-in that this desk had before the handover: the network is asked to make it void, and has to refuse it. How it
        ended: revoked, or refused already. Raises Refused, Unreachable."""
        account = self._desk.accounts.get(name)
        values = {"account": account.id, "how": REFUSED, "mark": ""}
        self._sure(RELEASED, values)
        secret = self._earlier(account)
        if not secret:
            raise Refused(
                "no-sign-in",
                f"This desk holds no sign-in for {name} of before the handover.",
                "Do it on the desk that does.",
            )
        values["mark"] = self.mark(account, secret)
        try:
            with Keeping(self._desk, account.id).lock():
                values["how"] = self._given_up(account)
        except TimeoutError:
            raise Unreachable("busy", f"{name} is in use by another process.", "Try again in a minute.") from None
        self._desk.act(RELEASED, values)
        self._drop(account)
        return values["how"]

    def forget(self, account: Account) -> None:
        """The account was removed: what lay aside goes with it."""
        self._desk.secrets.remove(_aside(account))

    def _found(self, account: Account) -> passing.Custody:
        return self._desk.office.passing.custody.get(account.id) or passing.Custody()

    def _handover(self) -> str:
        last = self._desk.office.passing.last
        return last.id if last is not None else ""

    def _earlier(self, account: Account) -> str:
        """The sign-in of before the handover that this desk has: one that lies aside, or the one in use; empty where there is none."""
        aside = self._desk.secrets.get(_aside(account)) or ""
        if aside or account.id not in self._desk.office.passing.custody:
            return aside
        if self._desk.store.meta(_since(account)) == self._handover():
            return ""
        return Keeping(self._desk, account.id).read() or (PRACTICE if account.network == "rehearsal" else "")

    def _given_up(self, account: Account) -> str:
        """Have the network make the sign-in of before void, as far as it can be asked to, until it refuses it. What it renews on the way is
        kept in the place of what was there."""
        net, clock = account.network, self._desk.clock
        try:
            if asking.refused(net, self._setting(account), clock):
                return REFUSED
            asking.give_up(net, self._setting(account), clock)
            if asking.refused(net, self._setting(account), clock):
                return REVOKED
        except (NotNow, Unknown) as dark:
            raise Unreachable(
                "network", f"The network could not be asked: {dark.why}", "Nothing is lost; try again later."
            ) from None
        except Rejected as no:
            raise Refused(
                "sign-in", f"The network answered otherwise: {no.why}", "Look at the account, then try again."
            ) from None
        raise Refused(
            "still-works", f"The network still takes the sign-in of {account.name} that is to be given up.",
            "Revoke it in the account's settings at the network, or change its password; then do this again.",
        )  # fmt: skip

    def _setting(self, account: Account) -> Setting:
        secret = self._earlier(account)
        redact.install()
        redact.remember(secret)
        return network.Setting(
            server_of(self._desk, account), account.handle, account.identity, "" if secret == PRACTICE else secret,
            lambda renewed: self._renewed(account, renewed), str(self._desk.folder), account.like, account.name,
            account.software, lambda: self._earlier(account),
        )  # fmt: skip

    def _renewed(self, account: Account, secret: str) -> None:
        redact.remember(secret)
        aside = self._desk.secrets.get(_aside(account))
        if aside is not None:
            self._desk.secrets.set(_aside(account), secret)
        else:
            Keeping(self._desk, account.id).write(secret, self._earlier(account))

    def _drop(self, account: Account) -> None:
        """What was given up leaves this desk."""
        if self._desk.secrets.get(_aside(account)):
            self._desk.secrets.remove(_aside(account))
            return
        kept = Keeping(self._desk, account.id)
        if kept.read():
            self._desk.secrets.remove(f"account/{account.id}")
        kept.prove("")
        kept.note(SIGN_IN, "its sign-in was given up when the Presidency passed")
        self._desk.store.set_meta(_since(account), self._handover())

    def _sure(self, kind: str, values: dict[str, str]) -> None:
        last = self._desk.ledger.folds.office_verdicts()[-1].event
        possible.sure(self._desk, kind, values, self._desk.office, last)


def _aside(account: Account) -> str:
    return f"account/{account.id}/before"


def _since(account: Account) -> str:
    return f"account-since/{account.id}"


def _left(account: Account) -> str:
    return f"account-left/{account.id}"
