"""People: who is taken in, what they may do, who is let go. Whoever is to speak for a government that has spoken before, or to be
a further head, is not the head's alone to name (`vouching.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.devices import check_device, check_nonce, last_guardians, other_heads
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import GOVERNMENT, ROLES, VOICES, Office, Person, need
from g20desk.office.vouching import backers, is_guardian, lacks, settle


def check_person(name: str, role: str, government: str, office: Office) -> None:
    """Refuse a name, role or government that a person can't have."""
    check_role(role, government)
    if not name.strip() or len(name) > 120:
        raise Refused("bad-name", "A name has 1 to 120 characters.")
    if office.named(name):
        raise Refused("name-taken", f"“{name}” is already in the office.", "Use another name.")


def check_role(role: str, government: str) -> None:
    """Refuse a role or government that nobody can have. A government has one spelling, so that none has two voices."""
    if role not in ROLES:
        raise Refused("unknown-role", f"There is no role “{role}”.", f"Roles: {', '.join(ROLES)}.")
    if government and not GOVERNMENT.match(government):
        raise Refused("bad-government", "A government is given by its two letters, as in BR.")


@act("member.admitted")
class Admitted:
    """A person and their first device are taken in: one that answered the invitation `nonce`, good `until` a time in
    milliseconds; both are empty for a person of the admitting desk itself. The device shows with a proof by each of its keys
    that it holds both."""

    name: str
    role: str
    government: str
    topic: str
    sign: str
    box: str
    proof: str
    box_proof: str
    nonce: str
    until: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        if not may_invite(state, by, self.role, self.government):
            need(by, "head")
        check_nonce(state, then, self.nonce, self.until)
        self._check(state)
        return settle(replace(state, invited=state.invited | {self.nonce}), then, by, self)

    def lacks(self, state: Office, devices: Sequence[str]) -> str:
        """Whose word is missing."""
        return lacks(state, self.role, self.government, devices)

    def done(self, state: Office, event: str, devices: Sequence[str]) -> Office:
        """The office with them in it."""
        self._check(state)
        vouched = tuple(one.person for one in backers(state, devices))
        made = Person(event, self.name, self.role, self.government, self.topic, (self.sign,), vouched=vouched)
        return replace(
            spoken(state, self.role, self.government), people={**state.people, made.id: made},
            devices={**state.devices, self.sign: made.id}, boxes={**state.boxes, self.sign: self.box},
        )  # fmt: skip

    def _check(self, state: Office) -> None:
        check_person(self.name, self.role, self.government, state)
        check_device(state, self)


def may_invite(state: Office, by: Author, role: str, government: str) -> bool:
    """Whether somebody may ask for a person of this role to be taken in: the head; a guardian, for a head; whoever speaks for
    a government, for others who do."""
    return (
        by.role == "head"
        or (role == "head" and is_guardian(state, by.person))
        or (role in VOICES and by.role in VOICES and bool(government) and by.government == government)
    )


def spoken(state: Office, role: str, government: str) -> Office:
    """Somebody speaks for a government now."""
    return replace(state, spoken=state.spoken | {government}) if role in VOICES and government else state


@act("role.given")
class RoleGiven:
    """Somebody has another role, government or topic from here on. What they could be taken in for by the head alone, the head
    gives alone; the rest needs the same people as taking in."""

    person: str
    role: str
    government: str
    topic: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        self._check(state, by.person)
        return settle(state, then, by, self)

    def lacks(self, state: Office, devices: Sequence[str]) -> str:
        """Whose word is missing. Another topic alone is the head's to give."""
        found = state.people[self.person]
        role, government = self.role, self.government
        same = (role, government) == (found.role, found.government)
        return lacks(state, "" if same else role, government, devices)

    def done(self, state: Office, event: str, devices: Sequence[str]) -> Office:
        """The office with the role given."""
        self._check(state, "")
        found = state.people[self.person]
        vouched = tuple(one.person for one in backers(state, devices))
        made = replace(found, role=self.role, government=self.government, topic=self.topic, vouched=vouched)
        state = spoken(state, self.role, self.government)
        if (self.role, self.government) != (found.role, found.government):  # a deputy falls with the liaison
            state = replace(state, deputies={who: one for who, one in state.deputies.items() if who != found.id})
        return replace(state, people={**state.people, found.id: made})

    def _check(self, state: Office, by: str) -> None:
        check_role(self.role, self.government)
        found = state.people.get(self.person)
        if found is None or found.retired:
            raise Refused("unknown-person", "This person is not in the office.")
        if (self.role, self.government, self.topic) == (found.role, found.government, found.topic):
            raise Refused("same-role", f"{found.name} has this role already.")
        if found.role == "head" and self.role != "head" and not other_heads(state, found.id):
            raise Refused("last-head", "An office needs a head.", "Admit the next head first.")
        if self.role in ("head", "publisher"):
            last_guardians(state, found.id, by)


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
        if found.role == "head" and not other_heads(state, found.id):
            raise Refused("last-head", "An office needs a head.", "Admit the next head first.")
        last_guardians(state, found.id, by.person)
        return replace(state, people={**state.people, found.id: replace(found, retired=True)})
