"""The office itself: founding, people and devices, accounts, holds. One stream, of the lowest rank."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from g20desk.errors import Refused
from g20desk.ledger import canonical, keys, pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act

ROLES = ("head", "officer", "liaison", "presidency", "expert", "analyst", "observer", "publisher")
STAFF = ("head", "officer", "expert", "analyst")


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the office. The id is that of the event that admitted them."""

    id: str
    name: str
    role: str
    government: str
    topic: str
    devices: tuple[str, ...]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a network. `owner`: official, presidency:CC or member:CC. `like`: what a rehearsal one imitates."""

    id: str
    name: str
    network: str
    like: str
    owner: str
    server: str
    handle: str
    identity: str
    langs: tuple[str, ...]
    grace_ms: int
    limits: dict[str, int]
    removed: bool = False

    @property
    def reads_as(self) -> str:
        """The network whose text rules count."""
        return self.like or self.network


@dataclass(frozen=True, slots=True)
class Hold:
    """A stop on sending: for all, a topic or an account."""

    id: str
    by: str
    at: int
    why: pieces.Ref
    topic: str
    account: str
    lift_proposed_by: str = ""
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """The office at some place of the order."""

    id: str = ""
    name: str = ""
    rehearsal: bool = False
    office_ring: str = ""
    members_ring: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    fold: int = 0
    fold_proposed: int = 0
    fold_proposed_by: str = ""

    def author(self, device: str) -> Author:
        """Who a device speaks for."""
        person = self.people.get(self.devices.get(device, ""))
        if person is None or person.retired:
            return Author(device)
        return Author(device, person.id, person.name, person.role, person.government)

    def named(self, name: str) -> Person | None:
        """A person by name."""
        return next((p for p in self.people.values() if p.name == name and not p.retired), None)

    def account_named(self, name: str) -> Account | None:
        """An account by name."""
        return next((a for a in self.accounts.values() if a.name == name and not a.removed), None)

    def held(self, account: str, topic: str = "") -> Hold | None:
        """The hold that stops a post to this account, if one does."""
        for hold in self.holds.values():
            if hold.lifted or hold.account not in ("", account) or hold.topic not in ("", topic):
                continue
            return hold
        return None


def need(by: Author, *roles: str) -> None:
    """Refuse an act to those of other roles."""
    if by.role not in roles:
        raise Refused("no-right", f"This act is for: {', '.join(roles)}.", "Ask someone with that role.")


def _person(name: str, role: str, government: str, office: Office) -> None:
    if role not in ROLES:
        raise Refused("unknown-role", f"There is no role “{role}”.", f"Roles: {', '.join(ROLES)}.")
    if not name.strip() or len(name) > 120:
        raise Refused("bad-name", "A name has 1 to 120 characters.")
    if office.named(name):
        raise Refused("name-taken", f"“{name}” is already in the office.", "Use another name.")
    if government and not (len(government) in (2, 3) and government.isalpha()):
        raise Refused("bad-government", "A government is given by its two letters.")


@act("office.founded")
@dataclass(frozen=True, slots=True)
class Founded:
    """Opens the office. Its signer is the founding head; its two rings are named here."""

    name: str
    head: str
    box: str
    rehearsal: bool
    office_ring: str
    members_ring: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        if state.id or then.event.header.stream or then.event.header.office:
            raise Refused("founded-already", "The office is founded once.")
        rings = {self.office_ring, self.members_ring}
        if len(rings) != 2 or not all(HEX.match(ring) for ring in rings):
            raise Refused("malformed", "An office names two rings.")
        _person(self.head, "head", "", state)
        try:
            keys.check_public(by.device, self.box)
        except keys.BadKey as error:
            raise Refused("bad-key", str(error)) from error
        head = Person(then.event.id, self.head, "head", "", "", (by.device,))
        return Office(
            then.event.id, self.name, self.rehearsal, self.office_ring, self.members_ring,
            {head.id: head}, {by.device: head.id},
        )  # fmt: skip


@act("office.fold_adopted")
@dataclass(frozen=True, slots=True)
class FoldAdopted:
    """Raises the version of the rules from its place on: one of two people, the head among them, proposes, the other
    adopts."""

    version: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        if self.version != state.fold + 1:
            raise Refused("malformed", "Versions are adopted one after the other.")
        if state.fold_proposed != self.version:
            return replace(state, fold_proposed=self.version, fold_proposed_by=by.person)
        first = state.people[state.fold_proposed_by]
        if first.id == by.person:
            raise Refused("second-person", "A second person adopts a version.", "Ask a colleague.")
        if "head" not in (first.role, by.role):
            raise Refused("no-right", "The head is one of the two who adopt a version.")
        return replace(state, fold=self.version)


def proof_bytes(office: str, name: str, sign: str, box: str) -> bytes:
    """What a newcomer's device signs, under the purpose `joining`, to show that it holds its key."""
    return canonical.dumps([office, name, sign, box])


@act("member.admitted")
@dataclass(frozen=True, slots=True)
class Admitted:
    """The head takes a person and their first device in."""

    name: str
    role: str
    government: str
    topic: str
    sign: str
    box: str
    proof: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        _person(self.name, self.role, self.government, state)
        if self.sign in state.devices:
            raise Refused("device-taken", "This device is already in the office.")
        try:
            keys.check_public(self.sign, self.box)
            proof = proof_bytes(state.id, self.name, self.sign, self.box)
            keys.verify(self.sign, "joining", proof, bytes.fromhex(self.proof))
        except (keys.BadKey, keys.BadSignature, ValueError) as error:
            raise Refused("bad-key", "The newcomer's keys do not hold up.", "Make a new request.") from error
        made = Person(then.event.id, self.name, self.role, self.government, self.topic, (self.sign,))
        return replace(state, people={**state.people, made.id: made}, devices={**state.devices, self.sign: made.id})


@act("account.added")
@dataclass(frozen=True, slots=True)
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
            tuple(self.langs), self.grace_ms, dict(self.limits),
        )  # fmt: skip
        return replace(state, accounts={**state.accounts, made.id: made})


@act("account.grace_set")
@dataclass(frozen=True, slots=True)
class GraceSet:
    """How late a post on an account may still go out, in milliseconds."""

    account: str
    grace_ms: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found = state.accounts.get(self.account)
        if found is None or found.removed:
            raise Refused("unknown-account", "There is no such account.")
        if by.role != "head" and not (by.government and found.owner.endswith(f":{by.government}")):
            need(by, "head")
        if self.grace_ms < 0:
            raise Refused("malformed", "A grace is not negative.")
        return replace(state, accounts={**state.accounts, found.id: replace(found, grace_ms=self.grace_ms)})


@act("account.removed")
@dataclass(frozen=True, slots=True)
class AccountRemoved:
    """Nothing goes to the account from here on."""

    account: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        found = state.accounts.get(self.account)
        if found is None or found.removed:
            raise Refused("unknown-account", "There is no such account.")
        return replace(state, accounts={**state.accounts, found.id: replace(found, removed=True)})


@act("hold.placed")
@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """Stops sending from the next post.sending on."""

    why: pieces.Ref
    topic: str
    account: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer", "liaison", "presidency", "publisher")
        if self.account and self.account not in state.accounts:
            raise Refused("unknown-account", "There is no such account.")
        made = Hold(then.event.id, by.person, then.event.header.at, self.why, self.topic, self.account)
        return replace(state, holds={**state.holds, made.id: made})


@act("hold.lifted")
@dataclass(frozen=True, slots=True)
class HoldLifted:
    """The first proposes, a second person's lifts. Nothing is released by it."""

    hold: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer", "liaison", "presidency")
        found = state.holds.get(self.hold)
        if found is None or found.lifted:
            raise Refused("unknown-id", "There is no such hold in force.")
        if found.lift_proposed_by == by.person:
            raise Refused("second-person", "A second person has to lift this hold.", "Ask a colleague.")
        changed = replace(found, lifted=bool(found.lift_proposed_by), lift_proposed_by=by.person)
        return replace(state, holds={**state.holds, found.id: changed})
