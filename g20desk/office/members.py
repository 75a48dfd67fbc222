"""People and their devices: who is taken in, and how a device shows that it holds its key."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import canonical, keys, pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import ROLES, Office, Person, need


def check_person(name: str, role: str, government: str, office: Office) -> None:
    """Refuse a name, role or government that a person can't have."""
    if role not in ROLES:
        raise Refused("unknown-role", f"There is no role “{role}”.", f"Roles: {', '.join(ROLES)}.")
    if not name.strip() or len(name) > 120:
        raise Refused("bad-name", "A name has 1 to 120 characters.")
    if office.named(name):
        raise Refused("name-taken", f"“{name}” is already in the office.", "Use another name.")
    if government and not (len(government) in (2, 3) and government.isalpha()):
        raise Refused("bad-government", "A government is given by its two letters.")


def proof_bytes(office: str, name: str, sign: str, box: str) -> bytes:
    """What a newcomer's device signs, under the purpose `joining`, to show that it holds its key."""
    return canonical.dumps([office, name, sign, box])


def check_device(office: Office, name: str, sign: str, box: str, proof: str) -> None:
    """Refuse a device that is in the office, or whose keys do not hold up."""
    if sign in office.devices:
        raise Refused("device-taken", "This device is already in the office.")
    try:
        keys.check_public(sign, box)
        keys.verify(sign, "joining", proof_bytes(office.id, name, sign, box), bytes.fromhex(proof))
    except (keys.BadKey, keys.BadSignature, ValueError) as error:
        raise Refused("bad-key", "The newcomer's keys do not hold up.", "Make a new request.") from error


@act("member.admitted")
class Admitted:
    """The head takes a person and their first device in: one that answered the invitation `nonce`, good `until` a time in
    milliseconds; both are empty for a person of the admitting desk itself."""

    name: str
    role: str
    government: str
    topic: str
    sign: str
    box: str
    proof: str
    nonce: str
    until: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        if self.nonce and self.nonce in state.invited:
            raise Refused("invitation-used", "This invitation was used.", "Invite anew.")
        if self.nonce and (then.event.stamp or then.event.header.at) > self.until:
            raise Refused("invitation-over", "This invitation is over.", "Invite anew.")
        check_person(self.name, self.role, self.government, state)
        check_device(state, self.name, self.sign, self.box, self.proof)
        made = Person(then.event.id, self.name, self.role, self.government, self.topic, (self.sign,))
        return replace(
            state, people={**state.people, made.id: made}, devices={**state.devices, self.sign: made.id},
            boxes={**state.boxes, self.sign: self.box}, invited=state.invited | {self.nonce},
        )  # fmt: skip


@act("member.retired")
class Retired:
    """The head lets a person go: what their devices sign from here on does not count."""

    person: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        found = state.people.get(self.person)
        if found is None or found.retired:
            raise Refused("unknown-person", "This person is not in the office.")
        if found.role == "head" and not _other_heads(state, found.id):
            raise Refused("last-head", "An office needs a head.", "Admit the next head first.")
        return replace(state, people={**state.people, found.id: replace(found, retired=True)})


@act("device.added")
class DeviceAdded:
    """A person vouches with one of their devices for a further one."""

    sign: str
    box: str
    proof: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        person = state.people[by.person]
        check_device(state, person.name, self.sign, self.box, self.proof)
        made = replace(person, devices=(*person.devices, self.sign))
        return replace(
            state, people={**state.people, person.id: made}, devices={**state.devices, self.sign: person.id},
            boxes={**state.boxes, self.sign: self.box},
        )  # fmt: skip


@act("device.revoked")
class DeviceRevoked:
    """A device is lost or given back: its person, or the head, says that what it signs from here on does not count."""

    device: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        person = state.people.get(state.devices.get(self.device, ""))
        if person is None or self.device in state.gone:
            raise Refused("unknown-device", "This device is not in the office.")
        if by.person != person.id:
            need(by, "head")
        left = [d for d in person.devices if d not in state.gone and d != self.device]
        if person.role == "head" and not left and not _other_heads(state, person.id):
            raise Refused("last-head", "An office needs a head with a device.", "Add another device first.")
        return replace(state, gone=state.gone | {self.device})


def _other_heads(state: Office, person: str) -> bool:
    """Whether somebody else can act as the head."""
    return any(
        p.role == "head" and p.id != person and not p.retired and any(d not in state.gone for d in p.devices)
        for p in state.people.values()
    )
