"""Agreed language is taken into the library by two people, the head among them; what is in a set is known by its digest."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX
from g20desk.office.agreed import AgreedSet
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Office, need

LONGEST_NAME = 80


@act("agreed.adopted", since=3)
class AgreedAdopted:
    """Takes a set of agreed language into the library: one of two people, the head among them, proposes it, the other signs
    the same. `digest` is over `file`, the piece that holds the wording; `note` says where it comes from."""

    name: str
    digest: str
    note: pieces.Ref
    file: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        if not 0 < len(self.name.strip()) <= LONGEST_NAME or not HEX.match(self.digest):
            raise Refused("malformed", "Agreed language has a name and a digest.")
        standing = [one for one in state.agreed.values() if one.adopted_by]
        if any(one.digest == self.digest for one in standing):
            raise Refused("agreed-already", "This is in the library.", "See: g20desk library list")
        if any(one.name == self.name for one in standing):
            raise Refused(
                "name-taken", f"Agreed language named “{self.name}” is in the library.", "Choose another name."
            )
        found = next((one for one in state.agreed.values() if one.digest == self.digest), None)
        first = state.people[found.by] if found is not None else None
        mine = AgreedSet(
            then.event.id, self.name, self.digest, self.note, self.file, by.person, then.event.header.at
        )  # fmt: skip
        if found is None or first is None:
            return replace(state, agreed={**state.agreed, mine.event: mine})
        if first.retired:
            others = {id: one for id, one in state.agreed.items() if id != found.event}
            return replace(state, agreed={**others, mine.event: mine})
        if first.id == by.person:
            raise Refused("second-person", "A second person adopts agreed language.", "Ask a colleague.")
        if (self.name, self.note, self.file) != (found.name, found.note, found.file):
            raise Refused("other-digest", f"{first.name} has proposed this as “{found.name}”.", "Adopt that proposal.")
        if "head" not in (first.role, by.role):
            raise Refused("no-right", "The head is one of the two who adopt agreed language.", "Ask the head.")
        adopted = replace(found, adopted_by=by.person, adopted_at=then.event.header.at)
        return replace(state, agreed={**state.agreed, found.event: adopted})


@act("agreed.withdrawn", since=3)
class AgreedWithdrawn:
    """Takes a set off the table, its author or the head; one that was adopted the head takes out of the library. `set`: the
    act that proposed it."""

    set: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        found = state.agreed.get(self.set)
        if found is None:
            raise Refused("unknown-id", "There is no such agreed language.", "See: g20desk library list")
        if by.role != "head" and (found.adopted_by or by.person != found.by):
            raise Refused(
                "no-right", "Who proposed it takes it off the table; what is adopted, the head.", "Ask the head."
            )
        return replace(state, agreed={id: one for id, one in state.agreed.items() if id != self.set})
