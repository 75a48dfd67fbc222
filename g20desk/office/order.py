"""The keeper of the order, and its handing over."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import KeeperProposed, Office
from g20desk.office.vouching import able_guardians


@act("order.handed_over")
class HandedOver:
    """From here on `key` signs the order, at `address`. `place` and `hash`: the last place before this act and its running
    hash, which the new keeper takes over as they stand. It is the old keeper's last act in the order; where that keeper is
    lost the head's act proposes it, and the same one by a guardian, right behind it, makes it count; as long as there are
    no guardians, by a second person of the staff."""

    key: str
    address: str
    place: int
    hash: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        if not HEX.match(self.key) or not HEX.match(self.hash):
            raise Refused("malformed", "A keeper's key has 64 hex digits.")
        if self.key == state.keeper:
            raise Refused("same-keeper", "This key keeps the order already.")
        handed = replace(state, keeper=self.key, keeper_address=self.address, keeper_proposed=None)
        if by.device == state.keeper:
            self._follows(then, 1)
            return handed
        first, said = state.keeper_proposed, KeeperProposed(self.key, self.address, self.place, self.hash, by.person)
        second = by.person in able_guardians(state) if state.guardians else by.role in ("head", "officer")
        if second and first is not None and replace(first, by=by.person) == said and first.by != by.person:
            self._follows(then, 2)
            return handed
        if by.role != "head":
            raise Refused("no-right", "Who keeps the order hands it over, or the head and a guardian where that is lost.",
                          "Ask the head to begin: g20desk hub move URL")  # fmt: skip
        self._follows(then, 1)
        return replace(state, keeper_proposed=said)

    def _follows(self, then: Then, after: int) -> None:
        if then.event.place is not None and self.place != then.event.place - after:
            raise Refused("wrong-place", "The order went on before it was handed over.", "Do it again.")
