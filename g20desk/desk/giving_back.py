"""What a hub signed and lost it gets back from desks, before anything new: places, content of a desk's rings, pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from g20desk.desk import evidence
from g20desk.desk.carrying import entries, give_pieces, whole_entries
from g20desk.desk.evidence import BEHIND, TWO
from g20desk.desk.intake import BadOrder
from g20desk.ledger.store import Store

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub


class GivingBack:
    """From one desk to its hub. `skew`: the hub's clock less ours in milliseconds, and how far off that may be."""

    def __init__(self, store: Store, hub: Hub, say: Callable[[str], None]) -> None:
        self._store, self._hub, self._say = store, hub, say
        self.skew: tuple[int, int] | None = None

    def restore(self) -> int:
        """Give the hub back what it signed and lost. Where its order ends then. Raises BadOrder where it shows another
        order, or keeps being behind what it signed."""
        status = self._hub.status()
        self.skew = status.skew, status.uncertain
        last = self._store.last_place()[0]
        self._same(status.place, status.head)
        if status.place < last:
            self._say(f"The hub ends at place {status.place}, this desk knows {last}: it is given back what it lost.")
            self._hub.take_over(entries(self._store, status.place, last))
            self._give_pieces(range(status.place + 1, last + 1))
            status = self._hub.status()
            self._same(status.place, status.head)
        if status.lacks:
            self._fill(status.lacks)
        ends = status.place
        for _, one, entry in evidence.owed(self._store):
            if one.place == ends + 1 and entry is not None:
                ends = self._hub.take_over([entry])
        known = self._store.entry(last) if last else None
        owed = [one for _, one, _ in evidence.owed(self._store) if one.place > ends]
        if ends < last or owed:
            far = max([last, *(one.place for one in owed)])
            shown = owed if owed else [known] if known else []
            raise BadOrder(f"its order ends at place {ends}, and it signed place {far}", *shown, code=BEHIND)
        return ends

    def _fill(self, first: int) -> None:
        """Bring what stands at places of which the hub was given the heads alone, as far as this desk reads them."""
        last = self._store.last_place()[0]
        while lacking := [place for place in self._hub.lacking(first - 1) if place <= last]:
            found = list(whole_entries(self._store, lacking))
            if found:
                self._say(f"The hub lacks what stands at {len(found)} places: it is given that.")
                self._hub.take_over(found)
                self._give_pieces([one.placed.n for one in found])
            first = lacking[-1] + 1

    def _give_pieces(self, places: Iterable[int]) -> None:
        give_pieces(self._store, self._hub, (item for place in places if (item := self._store.at(place))))

    def _same(self, place: int, running: str) -> None:
        """That the end that the hub names is one that this desk knows, where it is not past that."""
        known = self._store.entry(place) if place else None
        if known is not None and known.placed.hash != running:
            shown = [one for one in self._hub.entries(place - 1, 1) if one.placed.n == place]
            raise BadOrder(f"place {place} is another one than before", known, *shown, code=TWO)
