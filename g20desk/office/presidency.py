"""The yearly handover: the Presidency passes to another government, some accounts with it. Who held an account's sign-in proves that
it is refused now, who takes it over that theirs is accepted; the head says with a reason what is left as it is.

The head alone takes a right away here and passes none on: whoever publishes next has their own seat in the office, for which their
government or a guardian vouched, and their own sign-in at the network.
"""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.passing import Custody, Handover, Kept, Noted, Proof, may_publish
from g20desk.office.state import GOVERNMENT, Account, Office, need

PASSES, STAYS = "passes", "stays"
REVOKED, REFUSED = "revoked", "refused"
# What may be left as it is; for accounts the account's id stands behind a colon.
LEFT_ALONE = ("people", "head", "hub", "desks", "routes", "relays")
LEFT_OF_ACCOUNTS = ("release", "rotate")


def holder(office: Office) -> str:
    """Whose Presidency it is: as the head named it, or where nobody did, the one government that accounts of a Presidency belong to;
    empty where that can't be told."""
    if office.troika:
        return office.troika[1]
    found = {one.owner.partition(":")[2] for one in office.accounts.values() if _of_presidency(one)}
    return found.pop() if len(found) == 1 else ""


def of_presidency(office: Office, government: str) -> list[Account]:
    """The accounts of a government's Presidency."""
    return [one for one in office.accounts.values() if one.owner == f"presidency:{government}" and not one.removed]


def _of_presidency(account: Account) -> bool:
    return account.owner.startswith("presidency:") and not account.removed


@act("presidency.handed_over", since=3)
class HandedOver:
    """The Presidency passes. `before`: whose it was, empty where nobody was named; `after`: whose it will be, empty where not known;
    `accounts`: what becomes of those of the Presidency, by id: `passes` (also where one is not named) or `stays` with its government."""

    government: str
    before: str
    after: str
    accounts: dict[str, str]
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        three = (self.before, self.government, self.after)
        named = [one for one in three if one]
        if not self.government or not all(map(GOVERNMENT.match, named)):
            raise Refused("bad-government", "A government is given by its two letters, as in BR.")
        if self.government == self.before or len(set(named)) != len(named):
            raise Refused("same-presidency", "The Presidency passes from one government to another one.")
        if self.before != holder(state):
            now = holder(state) or "nobody's yet"
            raise Refused("other-presidency", f"The Presidency is {now}.", "See: g20desk office checklist")
        self._check(state)
        mine = of_presidency(state, self.before)
        stayed = tuple(one.id for one in mine if self.accounts.get(one.id) == STAYS)
        passed = tuple(one.id for one in mine if one.id not in stayed)
        owners = dict.fromkeys(passed, f"presidency:{self.government}") | dict.fromkeys(stayed, f"member:{self.before}")
        heads = frozenset(one.id for one in state.people.values() if one.role == "head" and not one.retired)
        made = Handover(
            then.event.id, self.before, self.government, self.after, then.at, by.person, self.why, passed, stayed, heads,
            state.keeper,
        )  # fmt: skip
        own = [one.id for one in state.accounts.values() if one.owner == "official" and not one.removed]
        passing = replace(
            state.passing, handovers=(*state.passing.handovers, made), noted={}, kept=None,
            custody={one: Custody() for one in (*passed, *own)},
        )  # fmt: skip
        accounts = {id: replace(one, owner=owners.get(id, one.owner)) for id, one in state.accounts.items()}
        return replace(state, troika=three, accounts=accounts, passing=passing)

    def _check(self, state: Office) -> None:
        for account, what in self.accounts.items():
            found = state.accounts.get(account)
            if found is None or what not in (PASSES, STAYS):
                raise Refused("malformed", f"An account {PASSES} or {STAYS}.")
            if found.owner != f"presidency:{self.before}":
                raise Refused("not-presidency", f"{found.name} is no account of the Presidency.", "Leave it out.")


def _custody(state: Office, account: str) -> tuple[Account, Custody]:
    found = state.accounts.get(account)
    if found is None or found.removed:
        raise Refused("unknown-account", "There is no such account.")
    if account not in state.passing.custody:
        raise Refused("no-handover", f"No handover waits for the sign-in of {found.name}.", "Nothing is to be done.")
    return found, state.passing.custody[account]


def _with(state: Office, account: str, custody: Custody) -> Office:
    return replace(state, passing=replace(state.passing, custody={**state.passing.custody, account: custody}))


def _check_mark(mark: str) -> None:
    if mark and not HEX.match(mark):
        raise Refused("malformed", "A mark is a digest.")


@act("custody.taken", since=3)
class Taken:
    """Whoever publishes on an account now has signed in on their desk; the network said that it is the account that was signed."""

    account: str
    mark: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found, custody = _custody(state, self.account)
        _check_mark(self.mark)
        if not may_publish(by, found):
            raise Refused("no-right", "Only the account's own people take it over.")
        if self.mark and self.mark in {one.mark for one in custody.released}:
            raise Refused("same-secret", "This sign-in was given up by those who had the account before.",
                          "Make a new one at the network, and sign in with that.")  # fmt: skip
        proof = Proof(then.event.id, by.person, then.at, self.mark)
        return _with(state, self.account, replace(custody, taken=proof))


@act("custody.released", since=3)
class Released:
    """A sign-in that was in use before the handover is refused by the network: revoked by the desk that held it, or refused since
    somebody revoked it elsewhere."""

    account: str
    how: str
    mark: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found, custody = _custody(state, self.account)
        _check_mark(self.mark)
        last = state.passing.last
        before = last is not None and found.id in last.passed and bool(last.before) and by.government == last.before
        if not before and not may_publish(by, found):
            raise Refused("no-right", "Only those who held this account's sign-in give it up.")
        if self.how not in (REVOKED, REFUSED):
            raise Refused("malformed", f"A sign-in is {REVOKED} or {REFUSED}.")
        proof = Proof(then.event.id, by.person, then.at, self.mark, self.how)
        return _with(state, self.account, replace(custody, released=(*custody.released, proof)))


@act("handover.noted", since=3)
class ItemNoted:
    """The head leaves an item of the handover as it is, and says why."""

    item: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        if state.passing.last is None:
            raise Refused("no-handover", "There was no handover.")
        kind, _, account = self.item.partition(":")
        if not (self.item in LEFT_ALONE or (kind in LEFT_OF_ACCOUNTS and account in state.passing.custody)):
            raise Refused("no-choice", "This is proved by what is done; it can't be left as it is.",
                          "See: g20desk office checklist")  # fmt: skip
        noted = Noted(then.event.id, by.person, then.at, self.why)
        return replace(state, passing=replace(state.passing, noted={**state.passing.noted, self.item: noted}))


@act("archive.kept", since=3)
class ArchiveKept:
    """A backup was made, opened again and proved: it holds the record up to a place with this running hash; `digest`: SHA-256 of its
    file, by which it is known again."""

    place: int
    hash: str
    digest: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        if state.passing.last is None:
            raise Refused("no-handover", "There was no handover.")
        if self.place < 1 or not HEX.match(self.hash) or not HEX.match(self.digest):
            raise Refused("malformed", "A backup is named by a place, its hash and the file's digest.")
        if then.event.place is not None and self.place >= then.event.place:
            raise Refused("malformed", "A backup holds what was there before it.")
        kept = Kept(then.event.id, by.person, then.at, self.place, self.hash, self.digest)
        return replace(state, passing=replace(state.passing, kept=kept))
