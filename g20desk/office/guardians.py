"""Guardians: people of the office who do together what the head can't do any more, k of n of them.

They admit a head, or a head's new device, without one. So that a new head can read what the staff's ring wrote, the rings' keys are
wrapped for one more key besides those of devices. Nobody holds its secret: each guardian holds a share, and k shares give it
back. Once guardians stand, the head names others only with all but one of those who have to act together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from g20desk.errors import Refused
from g20desk.office.devices import check_device
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Guardians, Office, need
from g20desk.office.vouching import able_guardians, backers, can_act, is_guardian, settle

MOST = 15
SHARE = re.compile(r"(?:[0-9a-f]{2}){81,400}\Z")


@act("guardians.named")
class Named:
    """The head names the guardians, `need` of whom act together, and the key that they hold shares of: `shares`, by device,
    each sealed to it. The first ones the head names alone."""

    people: list[str]
    need: int
    sign: str
    box: str
    proof: str
    box_proof: str
    shares: dict[str, str]

    nonce: ClassVar[str] = ""

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        self._check(state)
        return settle(state, then, by, self)

    def lacks(self, state: Office, devices: Sequence[str]) -> str:
        """Whose word is missing: the head's, and that of all but one of the guardians that act together. In words."""
        who = backers(state, devices)
        if not any(one.role == "head" for one in who):
            return "the head"
        if state.guardians is None:
            return ""
        able = able_guardians(state)
        more = state.guardians.need - 1 - sum(one.person in able for one in who)
        return f"{more} guardian{'s' if more > 1 else ''}" if more > 0 else ""

    def done(self, state: Office, event: str, devices: Sequence[str]) -> Office:
        """The office with these guardians. What waited was laid before others, and falls."""
        self._check(state)
        before = frozenset({state.guardians.key}) if state.guardians else frozenset()
        made = Guardians(event, tuple(self.people), self.need, self.sign, self.box, dict(self.shares))
        return replace(
            state, guardians=made, guardian_keys=state.guardian_keys | before, proposals={},
            boxes={**state.boxes, self.sign: self.box},
        )  # fmt: skip

    def _check(self, state: Office) -> None:
        if len(set(self.people)) != len(self.people) or not 2 <= self.need <= len(self.people) <= MOST:
            raise Refused("malformed", f"Guardians are 2 to {MOST} people, at least two of whom act together.")
        if not all(can_act(state, one) for one in self.people):
            raise Refused("unknown-person", "A guardian is somebody of the office, with a device.")
        if any(state.people[one].role in ("head", "publisher") for one in self.people):
            raise Refused("no-guardian", "A head is no guardian, and a publisher's computer is none.", "Name others.")
        own = {d for one in self.people for d in state.people[one].devices if d not in state.gone}
        if self.shares.keys() != own or not all(SHARE.match(one) for one in self.shares.values()):
            raise Refused("malformed", "Each device of a guardian has a share.", "Name them again.")
        check_device(state, self)


@act("guardians.share_given")
class ShareGiven:
    """A guardian passes their share of the key on, sealed to a head's device, or one that waits to be a head's."""

    device: str
    share: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found = state.guardians
        if found is None or not is_guardian(state, by.person):
            raise Refused("no-right", "Shares are the guardians' to give.")
        if not SHARE.match(self.share):
            raise Refused("malformed", "A share is sealed to a device.")
        waiting = {getattr(one.act, "sign", "") for one in state.proposals.values() if by.device in one.devices}
        if self.device not in waiting and state.author(self.device).role != "head":
            raise Refused("no-right", "A share is for the device of a head that guardians take in.")
        given = {**found.given, self.device: {**found.given.get(self.device, {}), by.person: self.share}}
        return replace(state, guardians=replace(found, given=given))


@act("guardians.key_used")
class KeyUsed:
    """The guardians' key signs that it was put together, on a head's `device`: from here on it opens nothing any more, and
    other guardians are to be named."""

    device: str

    by_guardians_key: ClassVar[bool] = True

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found = state.guardians
        if found is None or by.device != found.key or found.spent:
            raise Refused("no-right", "This is not the guardians' key.")
        if state.author(self.device).role != "head":
            raise Refused("no-right", "The guardians' key is put together for a head.")
        return replace(state, guardians=replace(found, spent=True))
