"""The office at some place of the order: people, devices, guardians, accounts, holds, quiet times, habits, rulebooks, words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.agreed import AgreedSet
from g20desk.office.fold import Author
from g20desk.office.passing import Passing
from g20desk.office.planning import Recurring, Slot
from g20desk.office.quiet import Embargo, Mourning
from g20desk.office.route import Route
from g20desk.office.template import Template

ROLES = ("head", "officer", "liaison", "presidency", "expert", "analyst", "observer", "publisher")
STAFF = ("head", "officer", "expert", "analyst")
# Who speaks for a government.
VOICES = ("liaison", "presidency")
# Who places a hold.
# A government's two letters, one spelling each.
GOVERNMENT = re.compile(r"[A-Z]{2}\Z")
HOLDERS = ("head", "officer", "liaison", "presidency", "publisher")


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the office. The id is that of the event that admitted them; `vouched`: the people who did."""

    id: str
    name: str
    role: str
    government: str
    topic: str
    devices: tuple[str, ...]
    retired: bool = False
    vouched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """An act that waits for others: its event, its kind, the act; the devices of those who are for it, its author's first;
    when it was proposed and until when others can join it, in milliseconds."""

    id: str
    kind: str
    act: Any
    devices: tuple[str, ...]
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Guardians:
    """Who may do together, `need` of them, what the head can't do any more. `key`: what the rings' keys are wrapped for, as
    for a device; nobody holds its secret, the guardians hold `shares` of it, each sealed to a device. `given`: by device,
    what guardians passed on of that, sealed to it. `spent`: the secret was put together."""

    id: str
    people: tuple[str, ...]
    need: int
    key: str
    box: str
    shares: dict[str, str]
    given: dict[str, dict[str, str]] = field(default_factory=dict)
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a network. `owner`: official, presidency:CC or member:CC. `like`: what a rehearsal one imitates.
    `grace_ms`: how late a post may go out. `distance_ms`: how far apart two posts are, at least.
    `limits_at`: when its server was asked what it takes; `software`: what the server said it is."""

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
    software: str = ""
    limits_at: int = 0
    removed: bool = False
    distance_ms: int = 0

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
class Redaction:
    """Pieces that were taken out of the record: by whom, when (milliseconds) and why; the message that they are of, where
    it was of one."""

    event: str
    by: str
    at: int
    why: pieces.Ref
    message: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word that is right in this office's texts; `lang` empty: in every language."""

    word: str
    lang: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who stands in for a liaison, from one stamp to another, in milliseconds, ends included."""

    event: str
    person: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class RulebookVersion:
    """A version of the shared code: proposed by one person, and in force once a second one has signed the same."""

    event: str
    version: int
    digest: str
    note: pieces.Ref
    files: pieces.Ref
    by: str
    at: int
    adopted_by: str = ""
    adopted_at: int = 0


@dataclass(frozen=True, slots=True)
class RulebookTakenBack:
    """A proposal that did not become a version: who took it off the table, when and why."""

    proposal: RulebookVersion
    by: str
    at: int
    why: pieces.Ref


@dataclass(frozen=True, slots=True)
class Epoch:
    """The key in force of a ring: its name, the event that opened it, the devices that it was wrapped for, and the names
    of the keys before it."""

    id: str
    opened: str
    devices: frozenset[str]
    earlier: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KeeperProposed:
    """A new keeper in the place of one that is lost, as the head proposes it: its key, its address, the last place before
    and that place's running hash, and who said so."""

    key: str
    address: str
    place: int
    hash: str
    by: str


@dataclass(frozen=True, slots=True)
class Office:
    """The office at some place of the order. `devices`: each device's person, those that were revoked too (`gone`);
    `invited`: the invitations that were used; `spoken`: governments that somebody speaks for, or did;
    `guardian_keys`: those of earlier guardians; `vouched`: who let in devices that were not their own person's to add;
    `boxes`: each device's key to be sealed to; `keeper`: the key that signs the order, and its address; `addresses`: where
    people get mail, by person; `redacted`: the pieces that were taken out of the record, with the digests that a hub knows
    them by; `routes`: those in force by name; `least_silence_ms`: how long a silence lasts at least, 0 where nobody said;
    `troika`: the governments whose Presidency it was, is and will be; `deputies`: by liaison; `templates`: those in force
    for emergency releases, by id; `passing`: how the Presidency passed; `agreed`: sets of agreed language, by id."""

    id: str = ""
    name: str = ""
    rehearsal: bool = False
    office_ring: str = ""
    members_ring: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    invited: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()
    proposals: dict[str, Proposed] = field(default_factory=dict)
    guardians: Guardians | None = None
    guardian_keys: frozenset[str] = frozenset()
    vouched: dict[str, tuple[str, ...]] = field(default_factory=dict)
    epochs: dict[str, Epoch] = field(default_factory=dict)
    keeper: str = ""
    keeper_address: str = ""
    keeper_proposed: KeeperProposed | None = None
    accounts: dict[str, Account] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    embargoes: dict[str, Embargo] = field(default_factory=dict)
    mournings: dict[str, Mourning] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    recurrings: dict[str, Recurring] = field(default_factory=dict)
    handles: dict[str, dict[str, str]] = field(default_factory=dict)
    addresses: dict[str, pieces.Ref] = field(default_factory=dict)
    fold: int = 0
    fold_proposed: int = 0
    fold_proposed_by: str = ""
    rulebooks: tuple[RulebookVersion, ...] = ()
    rulebook_proposed: RulebookVersion | None = None
    rulebook_taken_back: RulebookTakenBack | None = None
    words: tuple[ListedWord, ...] = ()
    redacted: dict[str, str] = field(default_factory=dict)
    redactions: tuple[Redaction, ...] = ()
    routes: dict[str, Route] = field(default_factory=dict)
    least_silence_ms: int = 0
    troika: tuple[str, ...] = ()
    deputies: dict[str, Deputy] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    passing: Passing = field(default_factory=Passing)
    agreed: dict[str, AgreedSet] = field(default_factory=dict)

    def author(self, device: str) -> Author:
        """Who a device speaks for."""
        person = self.people.get(self.devices.get(device, ""))
        if person is None or person.retired or device in self.gone:
            return Author(device)
        return Author(device, person.id, person.name, person.role, person.government)

    def entitled(self, ring: str) -> frozenset[str]:
        """The devices that may read a ring: the staff's for the office's, everybody's for the members'; and the guardians' key,
        as long as nobody holds its secret."""
        kept = frozenset({self.guardians.key}) if self.guardians and not self.guardians.spent else frozenset()
        return kept | frozenset(
            device
            for device, person in self.devices.items()
            if device not in self.gone
            and not self.people[person].retired
            and (ring != self.office_ring or self.people[person].role in STAFF)
        )

    def named(self, name: str) -> Person | None:
        """A person by name."""
        return next((p for p in self.people.values() if p.name == name and not p.retired), None)

    def account_named(self, name: str) -> Account | None:
        """An account by name."""
        return next((a for a in self.accounts.values() if a.name == name and not a.removed), None)

    def held(self, account: str, topic: str = "", cleared: Collection[str] | None = None) -> Hold | None:
        """The hold that stops a post to this account, if one does. With `cleared`, one that was lifted stops it too
        unless it is named there: lifting releases nothing."""
        found = None
        for hold in self.holds.values():
            if hold.account not in ("", account) or hold.topic not in ("", topic):
                continue
            if not hold.lifted:
                return hold
            if cleared is not None and hold.id not in cleared:
                found = hold
        return found

    def embargo(self, account: str, topic: str, at: int) -> Embargo | None:
        """The embargo that stops a post to this account at a time; of several the one that ends last."""
        found = [one for one in self.embargoes.values() if one.covers(account, topic, at)]
        return max(found, key=lambda one: one.until, default=None)


def need(by: Author, *roles: str) -> None:
    """Refuse an act to those of other roles."""
    if by.role not in roles:
        raise Refused("no-right", f"This act is for: {', '.join(roles)}.", "Ask someone with that role.")
