"""Holds: a stop on sending that one person places and two lift."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import HOLDERS, Hold, Office, need


@act("hold.placed")
class HoldPlaced:
    """Stops sending from the next post.sending on."""

    why: pieces.Ref
    topic: str
    account: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, *HOLDERS)
        if self.account and self.account not in state.accounts:
            raise Refused("unknown-account", "There is no such account.")
        made = Hold(then.event.id, by.person, then.event.header.at, self.why, self.topic, self.account)
        return replace(state, holds={**state.holds, made.id: made})


@act("hold.lifted")
class HoldLifted:
    """The first proposes, a second person's lifts. Nothing is released by it."""

    hold: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer", "liaison", "presidency")
        found = state.holds.get(self.hold)
        if found is None or found.lifted:
            raise Refused("unknown-id", "There is no such hold in force.")
        if found.lift_proposed_by == by.person:
            raise Refused("second-person", "A second person has to lift this hold.", "Ask a colleague.")
        changed = replace(found, lifted=bool(found.lift_proposed_by), lift_proposed_by=by.person)
        return replace(state, holds={**state.holds, found.id: changed})
