"""What must hold over several desks, whatever happened: read from their stores, never from what a test believes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from g20desk.desk import Desk, copying
from g20desk.desk.exporting import ring_contents, ring_digests
from g20desk.desk.verifying import verify
from g20desk.office import fold
from tests.desks.world import World

Ruling = tuple[int, bool, str]


def rulings(desk: Desk) -> dict[str, Ruling]:
    """The verdict on each placed event that the desk can read: its place, whether it counts, why not."""
    nouns: dict[str, str] = {}
    for item in desk.store.all():
        if item.place is not None and not item.header.stream:
            nouns[item.id] = fold.NOUNS.get(item.header.kind.split(".")[0], "")
    found: dict[str, Ruling] = {}
    for stream, noun in nouns.items():
        if not noun:
            continue
        said = (
            desk.ledger.folds.office_verdicts()
            if stream == desk.office.id
            else desk.ledger.folds.stream(noun, stream)[1]
        )
        found |= {v.event.id: (v.event.place, v.counts, v.code) for v in said if v.event.place is not None}
    return found


class Judge:
    """`done`: the acts that a desk said were done, with the desk that did them."""

    def __init__(self, world: World, desks: Iterable[str]) -> None:
        self.world, self.desks = world, tuple(desks)
        self.final: dict[str, Ruling] = {}
        self.done: dict[str, str] = {}
        self.put_aside: set[str] = set()
        self.counted: Counter[str] = Counter()

    def look(self, who: str) -> None:
        """A verdict on a placed event never changes, and is the same on every desk; no event has two places."""
        desk = self.world.desk(who)
        self.put_aside |= {one.event for one in copying.undone(desk.store)}
        for event, ruling in rulings(desk).items():
            known = self.final.setdefault(event, ruling)
            assert known == ruling, f"{who} says {ruling} on {event[:12]}, and {known} was said before"
        ids = [item.id for item in desk.store.all()]
        assert len(set(ids)) == len(ids)

    def differ(self, *who: str) -> str:
        """The first things that two desks have otherwise."""
        mine, theirs = (ring_contents(self.world.desk(one)) for one in who)
        found = [one for ring in mine for one in _differ(mine[ring], theirs.get(ring), ring[:6])]
        return "; ".join(found[:6])

    def end(self) -> None:
        """One record on all desks, nothing lost, nothing twice."""
        digests = {who: ring_digests(self.world.desk(who)) for who in self.desks}
        whole = digests["head"]
        for who, rings in digests.items():
            assert set(rings) <= set(whole), who
            other = [ring[:12] for ring, digest in rings.items() if whole[ring] != digest]
            assert not other, f"{who} has another record than the head: {self.differ(who, 'head')}"
        staff = [who for who in self.desks if who in ("head", "otto")]
        assert all(set(digests[who]) == set(whole) for who in staff)
        placed = {item.id for item in self.world.desk("head").store.all() if item.place is not None}
        lost = {event: who for event, who in self.done.items() if event not in placed and event not in self.put_aside}
        assert not lost, f"lost: {lost}"
        for who in self.desks:
            self.look(who)
            found = verify(self.world.desk(who))
            assert found["verified"] and not found["tentative"], (who, found["faults"], found["tentative"])
        self.counted.update(code or "counts" for _, _, code in self.final.values())


def _differ(one: Any, other: Any, path: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            yield from _differ(one.get(name), other.get(name), f"{path}/{name[:12]}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from _differ(*pair, f"{path}/{number}")
    elif one != other:
        yield f"{path}: {str(one)[:300]} and {str(other)[:300]}"
