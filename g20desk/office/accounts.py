"""The accounts that messages may go to."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import STAFF, Account, Office, need


@act("account.added")
class AccountAdded:
    """An account that messages may go to; its identity is what posts are signed for."""

    name: str
    network: str
    like: str
    owner: str
    server: str
    handle: str
    identity: str
    langs: list[str]
    grace_ms: int
    limits: dict[str, int]
    software: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        kind, _, government = self.owner.partition(":")
        if kind not in ("official", "presidency", "member") or (kind != "official") != bool(government):
            raise Refused("bad-owner", "An owner is official, presidency:CC or member:CC.")
        if by.role != "head" and not (kind != "official" and by.government == government):
            need(by, "head")
        if state.account_named(self.name):
            raise Refused("name-taken", f"There is an account “{self.name}” already.", "Use another name.")
        if not self.name.strip() or not self.langs or self.grace_ms < 0:
            raise Refused("malformed", "An account has a name, languages and a grace.")
        made = Account(
            then.event.id, self.name, self.network, self.like, self.owner, self.server, self.handle, self.identity,
            tuple(self.langs), self.grace_ms, dict(self.limits), self.software, then.event.header.at,
        )  # fmt: skip
        return replace(state, accounts={**state.accounts, made.id: made})


@act("account.added", since=3)
class AccountAddedOnce(AccountAdded):
    """An account that messages may go to; its identity is what posts are signed for. It is in the office once: under a second
    name, with another owner, it would go round what holds of the first. A Presidency that is over adds none of its own."""

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        after = AccountAdded.apply(self, state, by, then)
        for one in state.accounts.values():
            if not one.removed and _who(one.network, one.server, one.identity) == _who(
                self.network, self.server, self.identity
            ):
                raise Refused("account-there", f"This is the account “{one.name}”, which is in the office already.",
                              "Use that one; or let the head remove it first.")  # fmt: skip
        self._check_presidency(state)
        return after

    def _check_presidency(self, state: Office) -> None:
        """Refuse an account of a Presidency that is over."""
        kind, _, government = self.owner.partition(":")
        last, over = state.passing.last, {one.before for one in state.passing.handovers}
        if kind == "presidency" and last is not None and government in over - {last.government}:
            raise Refused(
                "not-presidency", f"The Presidency is {last.government}'s.", f"Its own account is member:{government}."
            )


def _who(network: str, server: str, identity: str) -> tuple[str, str, str]:
    """Whose account it is, whatever it is called here. On Mastodon each server counts its accounts for itself."""
    own = server.lower().partition("//")[2].rstrip("/") or server.lower() if network == "mastodon" else ""
    return network, own, identity.strip()


@act("account.grace_set")
class GraceSet:
    """How late a post on an account may still go out, in milliseconds."""

    account: str
    grace_ms: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found = _own(state, self.account, by)
        if self.grace_ms < 0:
            raise Refused("malformed", "A grace is not negative.")
        return replace(state, accounts={**state.accounts, found.id: replace(found, grace_ms=self.grace_ms)})


@act("account.limits_read")
class LimitsRead:
    """What an account's server says that it takes, as it was read at the time of this act."""

    account: str
    limits: dict[str, int]
    software: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, *STAFF, "publisher", "presidency")
        found = _there(state, self.account)
        made = replace(found, limits=dict(self.limits), software=self.software, limits_at=then.event.header.at)
        return replace(state, accounts={**state.accounts, found.id: made})


@act("account.distance_set")
class DistanceSet:
    """How far apart two posts on an account are at least, in milliseconds."""

    account: str
    distance_ms: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found = _own(state, self.account, by)
        if self.distance_ms < 0:
            raise Refused("malformed", "A distance is not negative.")
        return replace(state, accounts={**state.accounts, found.id: replace(found, distance_ms=self.distance_ms)})


def _there(state: Office, account: str) -> Account:
    """An account that was not removed. Raises Refused."""
    found = state.accounts.get(account)
    if found is None or found.removed:
        raise Refused("unknown-account", "There is no such account.")
    return found


def _own(state: Office, account: str, by: Author) -> Account:
    """An account that this author may change. Raises Refused."""
    found = _there(state, account)
    if by.role != "head" and not (by.government and found.owner.endswith(f":{by.government}")):
        need(by, "head")
    return found


@act("account.removed")
class AccountRemoved:
    """Nothing goes to the account from here on."""

    account: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        found = _there(state, self.account)
        return replace(state, accounts={**state.accounts, found.id: replace(found, removed=True)})
