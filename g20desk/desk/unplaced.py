"""All acts of a desk that have no place yet, its own and those that were carried here, in the order that they are handed on."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise

from g20desk.desk import carrying
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.store import Store

_SELECT = "select number, head, signature, sealed, clear from carried order by number"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act without a place: its id, chain and seq; the event, where this desk reads it; its author's envelope, where it
    was carried here."""

    id: str
    device: str
    chain: str
    seq: int
    prev: str
    item: Event | None
    envelope: Envelope | None
    number: int = 0

    @property
    def after(self) -> tuple[str, ...]:
        """The acts that it names."""
        return (self.prev, *(self.item.header.after if self.item else ()))


def waiting(store: Store) -> list[Waiting]:
    """All acts without a place, each after those that it hangs on, ties by id."""
    mine = set(store.metas("device/").values())
    with store.guard():
        rows = store.db.execute(_SELECT).fetchall()
    carried = [(int(row[0]), Envelope(bytes(row[1]), bytes(row[2]), bytes(row[3]), bytes(row[4]))) for row in rows]
    by_link = {(h.device, h.chain, h.seq): (n, one) for n, one in carried for h in [one.head]}
    made: dict[str, Waiting] = {}
    for item in store.tentative():
        inner = item.header
        number, came = by_link.pop((inner.device, inner.chain, inner.seq), (0, None))
        if came is not None and not came.sealed:
            came = carrying.whole(store, came, item)
        own = came if inner.device not in mine else None  # an act of this desk is sealed anew
        made[item.id] = Waiting(item.id, inner.device, inner.chain, inner.seq, inner.prev, item, own, number)
    for number, found in by_link.values():
        if not found.sealed:
            continue  # its event was put aside
        head = found.head
        made[f"{head.device}/{head.chain}/{head.seq}"] = Waiting(
            head.event, head.device, head.chain, head.seq, head.prev, None, found, number
        )
    return _ordered(made)


def _ordered(made: dict[str, Waiting]) -> list[Waiting]:
    links = {(one.device, one.chain, one.seq): name for name, one in made.items()}
    names = {one.id: name for name, one in made.items() if one.item is None} | {name: name for name in made}
    came = sorted((one.number, name) for name, one in made.items() if one.number)
    before: dict[str, set[str]] = {}
    for name, one in made.items():
        before[name] = {names[other] for other in one.after if names.get(other, name) != name}
        if link := links.get((one.device, one.chain, one.seq - 1)):
            before[name].add(link)
    # What an act hangs on that can't be read, nobody here knows: it goes behind whatever came before it.
    for (_, earlier), (_, name) in pairwise(came):
        if made[name].item is None:
            before[name].add(earlier)
    behind: dict[str, list[str]] = {}
    for name, others in before.items():
        for other in others:
            behind.setdefault(other, []).append(name)
    ready = [name for name, others in before.items() if not others]
    heapq.heapify(ready)
    left, order = dict.fromkeys(made), []
    while left:
        name = heapq.heappop(ready) if ready else next(iter(left))  # rubbish may name each other in a ring
        if name not in left:
            continue
        del left[name]
        order.append(made[name])
        for other in behind.get(name, ()):
            before[other].discard(name)
            if not before[other] and other in left:
                heapq.heappush(ready, other)
    return order
