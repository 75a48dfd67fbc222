"""People's devices: how one shows that it holds its keys, a person's further ones, lost ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from g20desk.errors import Refused
from g20desk.ledger import box_proofs, canonical, keys, pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Office
from g20desk.office.vouching import able_guardians, backers, can_act, is_guardian, lacks_head, settle

MOST = 20  # devices of a person, revoked ones left out


class Answer(Protocol):
    """What a device answers to an invitation: both its keys, and a proof by each."""

    @property
    def sign(self) -> str: ...
    @property
    def box(self) -> str: ...
    @property
    def proof(self) -> str: ...
    @property
    def box_proof(self) -> str: ...
    @property
    def nonce(self) -> str: ...


def proof_bytes(office: str, nonce: str, sign: str, box: str) -> bytes:
    """What a newcomer's device signs, once with each of its keys, to show that it holds both: for one office and invitation."""
    return canonical.dumps([office, nonce, sign, box])


def check_device(office: Office, said: Answer) -> None:
    """Refuse a device that is in the office, or whose keys do not hold up."""
    others = {*office.guardian_keys, *([office.guardians.key] if office.guardians else [])}
    if said.sign in office.devices or said.sign in others:
        raise Refused("device-taken", "This device is already in the office.")
    if said.box in office.boxes.values():
        raise Refused("device-taken", "Another device has this key.", "Make a new request.")
    proved = proof_bytes(office.id, said.nonce, said.sign, said.box)
    try:
        keys.check_public(said.sign, said.box)
        keys.verify(said.sign, "joining", proved, bytes.fromhex(said.proof))
        box_proofs.verify(said.box, "joining box", proved, bytes.fromhex(said.box_proof))
    except (keys.BadKey, keys.BadSignature, ValueError) as error:
        raise Refused("bad-key", "The newcomer's keys do not hold up.", "Make a new request.") from error


def check_nonce(state: Office, then: Then, nonce: str, until: int) -> None:
    """Refuse an invitation that was used, or is over."""
    if nonce and nonce in state.invited:
        raise Refused("invitation-used", "This invitation was used.", "Invite anew.")
    if nonce and then.at > until:
        raise Refused("invitation-over", "This invitation is over.", "Invite anew.")


@act("device.added")
class DeviceAdded:
    """A person vouches with one of their devices for a further one, that answered the invitation `nonce`, good `until` a time
    in milliseconds. For a head whose devices are lost, whoever may take in a head does. `share`: of the guardians' key,
    sealed to the new device, where a guardian adds one; empty otherwise."""

    person: str
    sign: str
    box: str
    proof: str
    box_proof: str
    nonce: str
    until: int
    share: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        check_nonce(state, then, self.nonce, self.until)
        self._check(state)
        state = replace(state, invited=state.invited | {self.nonce})
        if by.person == self.person:
            return self._added(state)
        if self.share or not may_add(state, by, self.person):
            raise Refused("no-right", "A further device is its person's own to add.", "Ask them.")
        return settle(state, then, by, self)

    def lacks(self, state: Office, devices: Sequence[str]) -> str:
        """Whose word is missing."""
        return lacks_head(state, devices)

    def done(self, state: Office, event: str, devices: Sequence[str]) -> Office:
        """The office with the device in it."""
        self._check(state)
        if state.people[self.person].role != "head":
            raise Refused("no-right", "A further device is its person's own to add.", "Ask them.")
        vouched = tuple(one.person for one in backers(state, devices))
        return self._added(replace(state, vouched={**state.vouched, self.sign: vouched}))

    def _check(self, state: Office) -> None:
        person = state.people.get(self.person)
        if person is None or person.retired:
            raise Refused("unknown-person", "This person is not in the office.")
        if sum(d not in state.gone for d in person.devices) >= MOST:
            raise Refused("too-many", f"{person.name} has {MOST} devices.", "Revoke one first.")
        check_device(state, self)

    def _added(self, state: Office) -> Office:
        person = state.people[self.person]
        made = replace(person, devices=(*person.devices, self.sign))
        guardians = state.guardians
        if self.share:
            if guardians is None or not is_guardian(state, person.id):
                raise Refused("malformed", "Shares are the guardians'.")
            guardians = replace(guardians, shares={**guardians.shares, self.sign: self.share})
        return replace(
            state, people={**state.people, person.id: made}, devices={**state.devices, self.sign: person.id},
            boxes={**state.boxes, self.sign: self.box}, guardians=guardians,
        )  # fmt: skip


def may_add(state: Office, by: Author, person: str) -> bool:
    """Whether somebody may ask for a device to be added for a person: that person; for a head, another head or a guardian."""
    found = state.people.get(person)
    if by.person == person or found is None:
        return by.person == person
    return found.role == "head" and state.guardians is not None and (
        by.role == "head" or is_guardian(state, by.person)
    )  # fmt: skip


@act("device.revoked")
class DeviceRevoked:
    """A device is lost or given back: its person, or the head, says that what it signs from here on does not count."""

    device: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        person = state.people.get(state.devices.get(self.device, ""))
        if person is None or person.retired or self.device in state.gone:
            raise Refused("unknown-device", "This device is not in the office.")
        if by.person != person.id and by.role != "head":
            raise Refused("no-right", "A device is taken out by its person, or by the head.", "Ask the head.")
        left = [d for d in person.devices if d not in state.gone and d != self.device]
        if person.role == "head" and not left and not other_heads(state, person.id):
            raise Refused("last-head", "An office needs a head with a device.", "Add another device first.")
        if not left:
            last_guardians(state, person.id, by.person)
        return replace(state, gone=state.gone | {self.device})


def other_heads(state: Office, person: str) -> bool:
    """Whether somebody else can act as the head."""
    return any(p.role == "head" and p.id != person and can_act(state, p.id) for p in state.people.values())


def last_guardians(state: Office, person: str, by: str) -> None:
    """Refuse to let a guardian go, unless they go of themselves, where the rest would be too few to name others with the head."""
    able = able_guardians(state)
    if state.guardians is None or by == person or person not in able or len(able) - 1 >= state.guardians.need - 1:
        return
    raise Refused(
        "last-guardians", "Too few guardians would be left to name others.",
        "Name other guardians first: g20desk office guardians",
    )  # fmt: skip
