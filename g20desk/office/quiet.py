"""Times at which nothing may go out, or nothing cheerful: embargoes, days of mourning, a message's own “not before”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.errors import Refused
from g20desk.ledger import pieces

if TYPE_CHECKING:
    from g20desk.office.state import Account, Office

# Kinds of message that a day of mourning does not stop.
SOLEMN = ("condolence", "statement")
NOT_BEFORE = "c.not_before"


@dataclass(frozen=True, slots=True)
class Embargo:
    """Nothing goes out before a moment: for all, a topic or an account. `at`, `until`: milliseconds since 1970."""

    id: str
    by: str
    at: int
    why: pieces.Ref
    topic: str
    account: str
    until: int
    lift_proposed_by: str = ""
    lifted: bool = False

    def covers(self, account: str, topic: str, at: int) -> bool:
        """Whether it stops a post on this account and topic at this time."""
        concerned = self.account in ("", account) and self.topic in ("", topic)
        return concerned and not self.lifted and at < self.until


@dataclass(frozen=True, slots=True)
class Mourning:
    """A day of mourning, or several: of one government, or of all (`government` empty). `official`: the office's own
    accounts keep it too. `first` and `last` are dates in `zones`; `since` to before `until` is when that is anywhere."""

    id: str
    by: str
    at: int
    why: pieces.Ref
    government: str
    official: bool
    first: str
    last: str
    zones: tuple[str, ...]
    since: int
    until: int
    ended: bool = False

    def covers(self, owner: str, at: int) -> bool:
        """Whether an account of this owner mourns at this time."""
        kind, _, government = owner.partition(":")
        mine = self.official if kind == "official" else self.government in ("", government)
        return not self.ended and mine and self.since <= at < self.until


def not_before(content: Mapping[str, Any], at: int) -> Refused | None:
    """Why a message can't go out at a time by what its authors wrote into it."""
    until = int(content.get(NOT_BEFORE, 0))
    if at >= until:
        return None
    return Refused(
        "embargoed", f"Its authors wrote that it goes out at {iso(until)} or later.",
        "Schedule it for then, or revise it and have it signed off again.",
    )  # fmt: skip


def embargoed(office: Office, content: Mapping[str, Any], account: str, at: int) -> Refused | None:
    """Why a post of this content can't go out on an account at a time: its own “not before”, or an embargo."""
    own = not_before(content, at)
    found = office.embargo(account, str(content.get("c.topic", "")), at)
    if own is not None or found is None:
        return own
    return Refused(
        "embargoed", f"Under embargo until {iso(found.until)}, placed by {office.people[found.by].name}.",
        "Schedule it for then or later. Lifting an embargo takes two people, the head one of them.",
    )  # fmt: skip


def mourned(office: Office, content: Mapping[str, Any], account: Account, at: int) -> tuple[Mourning, ...]:
    """The days of mourning that a post of this content meets; none for what is solemn."""
    if content.get("c.kind") in SOLEMN:
        return ()
    return tuple(day for day in office.mournings.values() if day.covers(account.owner, at))


def stopped(
    office: Office, content: Mapping[str, Any], account: Account, at: int, despite: frozenset[str]
) -> Refused | None:
    """Why a post can't be sent at a time; None where nothing of this kind stops it."""
    refusal = embargoed(office, content, account.id, at)
    day = next((one for one in mourned(office, content, account, at) if one.id not in despite), None)
    if refusal is not None or day is None:
        return refusal
    of = f" of {day.government}" if day.government else ""
    return Refused(
        "mourning", f"A day of mourning{of} until {iso(day.until)}; a person decides.",
        "Schedule it for another time, or say with a reason that it goes out all the same.",
    )  # fmt: skip
