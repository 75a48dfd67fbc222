"""Who keeps the order, as a sender needs it: whether it is in reach, and whether an intent stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk.errors import Refused, Unreachable

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

AGAIN_SECONDS = 10.0
# An exchange that was in order so lately says that the keeper is there; what counts is whether the intent gets its place.
LATELY_SECONDS = 10.0


class Keeper:
    """`desk.keeper`. For all threads of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._heard, self._again = float("-inf"), float("-inf")

    def in_reach(self) -> bool:
        """Whether it can be asked; where it can't be, nothing is begun, and it is asked again later."""
        now = self._desk.clock.monotonic()
        if self._desk.keeps_order() or 0 <= now - self._heard < LATELY_SECONDS:
            return True
        if now < self._again:
            return False
        try:
            self._exchange()
        except (Unreachable, Refused):
            self._again = self._desk.clock.monotonic() + AGAIN_SECONDS
            return False
        return True

    def placed(self, stream: str, event: str) -> None:
        """Raise Unreachable unless an intent has its place in the order, and Refused where somebody else's act came before
        it: past this the request may begin."""
        if self._desk.keeps_order():
            return
        self._exchange()
        found = next((v for v in self._desk.ledger.folds.stream("message", stream)[1] if v.event.id == event), None)
        if found is None or found.event.place is None:
            raise Unreachable("not-placed", "this act has not got its place yet.", "It is tried again.")
        if not found.counts:
            raise Refused(found.code, found.why, found.help)

    def _exchange(self) -> None:
        self._heard = float("-inf")
        self._desk.sync()
        self._heard = self._desk.clock.monotonic()
