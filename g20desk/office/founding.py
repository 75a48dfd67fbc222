"""The founding of an office, and the version of its rules."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import keys
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.members import check_person
from g20desk.office.state import Office, Person, need


@act("office.founded")
class Founded:
    """Opens the office, by the rules of the version that its header names. Its signer is the founding head; its two rings
    are named here."""

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
        check_person(self.head, "head", "", state)
        try:
            keys.check_public(by.device, self.box)
        except keys.BadKey as error:
            raise Refused("bad-key", str(error)) from error
        head = Person(then.event.id, self.head, "head", "", "", (by.device,))
        return Office(
            then.event.id, self.name, self.rehearsal, self.office_ring, self.members_ring,
            {head.id: head}, {by.device: head.id}, {by.device: self.box}, keeper=by.device, fold=then.event.header.v,
        )  # fmt: skip


@act("office.fold_adopted")
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
        # What waits was proposed by other rules.
        return replace(state, fold=self.version, proposals={})
