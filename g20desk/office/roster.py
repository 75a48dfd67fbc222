"""What a hub is told of who may come in, where that could not ride on the act itself."""

from __future__ import annotations

from g20desk.errors import Refused
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Office, need


@act("roster.corrected")
class Corrected:
    """The head sets right what a hub holds of the office's devices: who may come in (`managing`: heads, and the guardians' key),
    who not any more. It says no more than what the office is at its place."""

    enter: list[str]
    managing: list[str]
    leave: list[str]

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        known = roster(state)
        if (
            not all(known.get(one) is False for one in self.enter)
            or not all(known.get(one) for one in self.managing)
            or any(one in known for one in self.leave)
        ):
            raise Refused("wrong-devices", "The office's devices are others.", "Run: g20desk sync")
        return state


def roster(state: Office) -> dict[str, bool]:
    """The devices that a hub is to let in, and whether they say who else is."""
    made = {device: state.author(device).role == "head" for device in state.entitled(state.members_ring)}
    if state.guardians and not state.guardians.spent:
        made[state.guardians.key] = True
    return made
