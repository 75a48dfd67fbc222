"""Acts that one person can't do alone: who has to be for them, how they wait, and how others join in.

Such an act stands in the record as a proposal. Others join it with acts of their own; with the last that was missing it counts,
at that act's place. Whoever is for it counts by the device that said so, and only as long as that device is in the office. A
person counts once. When the guardians change, all that waits falls: it was laid before others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import VOICES, Office, Proposed, need

LASTS = 14 * 86_400_000
MOST_OPEN = 100


def is_guardian(state: Office, person: str) -> bool:
    """Whether a person is one of the guardians."""
    return state.guardians is not None and person in state.guardians.people


def able_guardians(state: Office) -> list[str]:
    """The guardians who can act: in the office, with a device, not in an office that leaves no room for it."""
    found = state.guardians.people if state.guardians else ()
    return [one for one in found if can_act(state, one) and state.people[one].role not in ("head", "publisher")]


def renewal(state: Office) -> str:
    """Why other guardians should be named, in words; empty where there is no reason."""
    found = state.guardians
    if found is None:
        return ""
    if found.spent:
        return "their key was put together"
    if any(len(given) >= found.need for given in found.given.values()):
        return "their shares were passed on"
    able = able_guardians(state)
    if lost := [state.people[one].name for one in found.people if one not in able]:
        return f"{', '.join(lost)} can't act any more"
    own = {d for one in found.people for d in state.people[one].devices}
    return "a device that holds a share was lost" if own & state.gone & found.shares.keys() else ""


def can_act(state: Office, person: str) -> bool:
    """Whether a person is in the office, with a device that is."""
    found = state.people.get(person)
    return found is not None and not found.retired and any(d not in state.gone for d in found.devices)


def backers(state: Office, devices: Sequence[str]) -> list[Author]:
    """The people whose devices these are, each once, as far as these devices still are in the office."""
    found = (state.author(device) for device in devices)
    return list({one.person: one for one in found if one.person}.values())


def lacks_head(state: Office, devices: Sequence[str]) -> str:
    """Whose word is missing for a further head, or a head's device by others: the head's, and a guardian's where there are
    some; or as many guardians as act together. In words; empty where none is."""
    who = backers(state, devices)
    heads = [one for one in who if one.role == "head"]
    if state.guardians is None:
        return "" if heads else "the head"
    able = able_guardians(state)
    guards = sum(one.person in able for one in who)
    if (heads and guards) or guards >= state.guardians.need:
        return ""
    more = state.guardians.need - guards
    return "a guardian" if heads else f"the head, or {more} more guardian{'s' if more > 1 else ''}"


def lacks_voice(state: Office, government: str, devices: Sequence[str]) -> str:
    """Whose word is missing for another voice of a government that has spoken: one who speaks for it, or the head and a
    guardian. In words; empty where none is."""
    who = backers(state, devices)
    if any(one.role in VOICES and one.government == government for one in who):
        return ""
    heads, able = any(one.role == "head" for one in who), able_guardians(state)
    if government not in state.spoken:
        return "" if heads else "the head"
    guards = any(one.person in able for one in who)
    if heads and guards:
        return ""
    other = (
        ("a guardian" if heads else "the head") if state.guardians else "the head and a guardian, once there are some"
    )
    return f"one who speaks for {government}, or {other}"


def lacks(state: Office, role: str, government: str, devices: Sequence[str]) -> str:
    """Whose word is missing for somebody to have a role, for a government. In words; empty where none is."""
    if role == "head":
        return lacks_head(state, devices)
    if role in VOICES and government:
        return lacks_voice(state, government, devices)
    return "" if any(one.role == "head" for one in backers(state, devices)) else "the head"


def may_join(state: Office, found: Proposed, device: str) -> bool:
    """Whether the word of this device's person changes anything for what waits."""
    by = state.author(device).person
    if not by or by in {one.person for one in backers(state, found.devices)}:
        return False
    return bool(found.act.lacks(state, (*found.devices, device)) != found.act.lacks(state, found.devices))


def settle(state: Office, then: Then, by: Author, found: Any) -> Office:
    """Do an act that needs others where its author is enough; else lay it before them. Raises Refused."""
    if not found.lacks(state, (by.device,)):
        return found.done(state, then.event.id, (by.device,))  # type: ignore[no-any-return]
    now = then.at
    waiting = {name: one for name, one in state.proposals.items() if one.until >= now}
    if len(waiting) >= MOST_OPEN:
        raise Refused("too-many", "Too much waits for others already.", "Withdraw some of it first.")
    made = Proposed(then.event.id, then.event.header.kind, found, (by.device,), now, now + LASTS)
    return replace(state, proposals={**waiting, made.id: made})


@act("proposal.seconded")
class Seconded:
    """A further person is for what somebody proposed. Whoever's word was the last that was missing makes it count."""

    proposal: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found = open_proposal(state, self.proposal, then.at)
        devices = (*found.devices, by.device)
        if by.person in {one.person for one in backers(state, found.devices)}:
            raise Refused("second-person", "A second person has to join this.", "Ask a colleague.")
        if not may_join(state, found, by.device):
            missing = found.act.lacks(state, found.devices)
            raise Refused("no-right", f"Your word changes nothing here: it waits for {missing}.", "Ask one of them.")
        if found.act.lacks(state, devices):
            return replace(state, proposals={**state.proposals, found.id: replace(found, devices=devices)})
        rest = {name: one for name, one in state.proposals.items() if name != found.id}
        return found.act.done(replace(state, proposals=rest), found.id, devices)  # type: ignore[no-any-return]


@act("proposal.withdrawn")
class ProposalWithdrawn:
    """Takes off the table what waits for others: its author does, or the head."""

    proposal: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found = open_proposal(state, self.proposal, then.at)
        if by.person != state.devices.get(found.devices[0]):
            need(by, "head")
        return replace(state, proposals={n: one for n, one in state.proposals.items() if n != found.id})


def open_proposal(state: Office, proposal: str, at: int) -> Proposed:
    """What waits for others at a time in milliseconds. Raises Refused where it does not, or no more."""
    found = state.proposals.get(proposal)
    if found is None:
        raise Refused("unknown-id", "Nothing like that waits for others.", "See: g20desk office show")
    if at > found.until:
        raise Refused("proposal-over", "This waited too long for others.", "Propose it anew.")
    return found
