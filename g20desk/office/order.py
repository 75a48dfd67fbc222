"""The keeper of the order, and its handing over."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Office


@act("order.handed_over")
class HandedOver:
    """The old keeper's last act in the order: from the next place on, `key` signs, at `address`. `place` and `hash`: the
    last place before this one and its running hash, which the new keeper takes over as they stand."""

    key: str
    address: str
    place: int
    hash: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        if by.device != state.keeper:
            raise Refused("no-right", "Who keeps the order hands it over.", "Do it on the desk that keeps it now.")
        if not HEX.match(self.key) or not HEX.match(self.hash):
            raise Refused("malformed", "A keeper's key has 64 hex digits.")
        if self.key == state.keeper:
            raise Refused("same-keeper", "This key keeps the order already.")
        if then.event.place is not None and self.place != then.event.place - 1:
            raise Refused("wrong-place", "The order went on before it was handed over.", "Do it again.")
        return replace(state, keeper=self.key, keeper_address=self.address)
