"""People and their devices: who is taken in, and how a device shows that it holds its key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from g20desk.errors import Refused
from g20desk.ledger import canonical, keys
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
        check_person(self.name, self.role, self.government, state)
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
