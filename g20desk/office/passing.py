"""The Presidency passing from one government to the next, as the office's state has it: which accounts went along, whose sign-in
they go by since, what was left as it is on purpose; and who may publish on an account."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from g20desk.errors import Refused
from g20desk.ledger import pieces

if TYPE_CHECKING:
    from g20desk.office.fold import Author
    from g20desk.office.state import Account, Office

OFFICIAL = ("officer", "head", "publisher")
PUBLISHERS = (*OFFICIAL, "presidency")


@dataclass(frozen=True, slots=True)
class Handover:
    """The Presidency passed: by which act, from whom (empty: nobody was named), to whom, who is next; at which stamp, in
    milliseconds, by whom and why; the accounts that went along and those that stayed with the government of before. `heads`, `keeper`:
    who was head and which key kept the order then."""

    id: str
    before: str
    government: str
    after: str
    at: int
    by: str
    why: pieces.Ref
    passed: tuple[str, ...]
    stayed: tuple[str, ...]
    heads: frozenset[str]
    keeper: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody proved against a network of an account's sign-in: by which act, whose, at which stamp. `mark`: tells one secret from
    another and reveals nothing of it; empty where a secret is short enough to be guessed. `how`: revoked or refused, of one given up."""

    event: str
    person: str
    at: int
    mark: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """Whose sign-in an account goes by since the last handover: the newest that was taken, and those that were given up."""

    taken: Proof | None = None
    released: tuple[Proof, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the sign-in that was taken is one that was given up."""
        return (
            self.taken is not None and bool(self.taken.mark) and self.taken.mark in {one.mark for one in self.released}
        )


@dataclass(frozen=True, slots=True)
class Noted:
    """What the head leaves as it is, with a reason."""

    event: str
    person: str
    at: int
    why: pieces.Ref


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was proved: up to which place of the order and its running hash, the digest of its file."""

    event: str
    person: str
    at: int
    place: int
    hash: str
    digest: str


@dataclass(frozen=True, slots=True)
class Passing:
    """All handovers, the last one last; of that one: custody by account, what was noted by item, the backup that was kept."""

    handovers: tuple[Handover, ...] = ()
    custody: dict[str, Custody] = field(default_factory=dict)
    noted: dict[str, Noted] = field(default_factory=dict)
    kept: Kept | None = None

    @property
    def last(self) -> Handover | None:
        """The last handover; None where there was none."""
        return self.handovers[-1] if self.handovers else None

    @property
    def ids(self) -> frozenset[str]:
        """Of all handovers."""
        return frozenset(one.id for one in self.handovers)

    def awaits(self, account: str) -> bool:
        """Whether an account passed and nobody has signed in on it since."""
        return self.last is not None and account in self.last.passed and self.custody[account].taken is None

    def lapsed(self, account: str, cleared: Collection[str]) -> bool:
        """Whether an account passed after what is meant was said. `cleared`: the handovers before it."""
        return any(account in one.passed and one.id not in cleared for one in self.handovers)


def may_publish(by: Author, account: Account) -> bool:
    """Who publishes on an account: the office on its own, a government's communicator on that government's."""
    kind, _, government = account.owner.partition(":")
    return by.role in OFFICIAL if kind == "official" else by.role == "presidency" and by.government == government


def check_publisher(office: Office, by: Author, account: Account) -> None:
    """Refuse who does not publish on an account; who did so before the Presidency passed is told that it did."""
    if may_publish(by, account):
        return
    last = office.passing.last
    if last is not None and account.id in last.passed and by.government == last.before:
        raise Refused(
            "handed-over", f"The Presidency passed to {last.government}, and {account.name} with it.",
            "Give your sign-in up: g20desk account release NAME",
        )  # fmt: skip
    raise Refused("no-right", "Only the account's own people publish on it.")


def writes_down(office: Office, by: Author, account: str, under: int) -> bool:
    """Whether somebody may still say how an attempt ended that they began before the Presidency passed. `under`: how many handovers
    there were when it began."""
    last = office.passing.last
    return (
        last is not None
        and under < len(office.passing.handovers)
        and account in last.passed
        and by.role == "presidency"
        and by.government == last.before
    )


def stopped(office: Office, account: str, cleared: Collection[str]) -> Refused | None:
    """Why a post does not go out on an account since the Presidency passed; None where nothing of this kind stops it."""
    if office.passing.awaits(account):
        return Refused(
            "handed-over", "The Presidency passed, and nobody has taken this account over yet.",
            "Its new communicator signs in with a sign-in of their own: g20desk account sign-in NAME",
        )  # fmt: skip
    if office.passing.lapsed(account, cleared):
        return Refused(
            "handed-over", "The Presidency passed since this was scheduled.", "Whoever has the account now schedules it anew.",
        )  # fmt: skip
    return None
