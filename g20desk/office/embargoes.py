"""Embargoes: one person places one, two lift it, the head one of them."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.quiet import Embargo
from g20desk.office.state import Office, need

PLACERS = ("head", "officer", "liaison", "presidency")


@act("embargo.placed")
class EmbargoPlaced:
    """Nothing of a topic, on an account, or at all goes out before `until`, in milliseconds since 1970 UTC: neither is
    it scheduled for an earlier time, nor sent."""

    why: pieces.Ref
    topic: str
    account: str
    until: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, *PLACERS)
        if self.account and self.account not in state.accounts:
            raise Refused("unknown-account", "There is no such account.")
        if self.until <= then.at:
            raise Refused("past-time", "An embargo ends later than now.", "Name a time that is to come.")
        made = Embargo(then.event.id, by.person, then.at, self.why, self.topic, self.account, self.until)
        return replace(state, embargoes={**state.embargoes, made.id: made})


@act("embargo.lifted")
class EmbargoLifted:
    """The first proposes, a second person's lifts; the head is one of the two."""

    embargo: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, *PLACERS)
        found = state.embargoes.get(self.embargo)
        if found is None or found.lifted or found.until <= then.at:
            raise Refused("unknown-id", "There is no such embargo in force.")
        first = state.people.get(found.lift_proposed_by)
        if first is None or first.retired:
            return _with(state, replace(found, lift_proposed_by=by.person))
        if first.id == by.person:
            raise Refused("second-person", "A second person has to lift this embargo.", "Ask a colleague.")
        if "head" not in (first.role, by.role):
            raise Refused("no-right", "The head is one of the two who lift an embargo.", "Ask the head.")
        return _with(state, replace(found, lifted=True))


def _with(state: Office, embargo: Embargo) -> Office:
    return replace(state, embargoes={**state.embargoes, embargo.id: embargo})
