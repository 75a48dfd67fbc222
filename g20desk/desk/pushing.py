"""What goes out: all acts that have no place yet. Those of this desk are sealed anew, those that were carried here keep their
authors' seal; each after the pieces that it names."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from g20desk.desk import carried, copying, seals, unplaced
from g20desk.desk.acting import Ledger
from g20desk.desk.carried import LeftOut
from g20desk.desk.unplaced import Waiting
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, envelope
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.wire import Entry
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub

AT_ONCE = 200
KEEPERS_OF_KEYS = ("head", "officer")  # who may open a new key

BEHIND = "It waits behind an act that has to reach the office first."
# With these a hub says that an act can never have a place.
NEVER = ("device-out", "other-act-there", "bad-envelope", "envelope-size", "roster")


class Outgoing:
    """What one desk has to hand on, in order. `why`: what keeps acts of its own back; `left`: those that were kept back, or
    refused where they were handed in."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._store = ledger, ledger.store
        self.why = ""
        self.left: list[LeftOut] = []

    def batch(self, owed: Collection[str] = (), whole: bool = False) -> list[tuple[Waiting, Envelope]]:
        """Acts with their envelopes. `owed`: events that have a place already, which has not come in. `whole`: all that can
        be handed on at all; what comes behind a new key of this desk's can't, until that has its place."""
        self.why, self.left = "", []
        office = self._ledger.folds.placed_office()
        with self._store.write():
            return self._batch(office, owed, whole)

    def _batch(self, office: Office, owed: Collection[str], whole: bool) -> list[tuple[Waiting, Envelope]]:
        made: list[tuple[Waiting, Envelope]] = []
        waits: set[tuple[str, str]] = set()  # chains: each is handed in in order
        for one in unplaced.waiting(self._store):
            chain = one.device, one.chain
            if one.id in owed:
                continue
            if chain in waits:
                self.left.append(LeftOut(one.id, BEHIND))
                continue
            try:
                found = one.envelope or self._sealed(one.item, office)
            except (Refused, Usage) as no:
                self.why = f"{no.message} {no.help}".strip()
                self.left.append(LeftOut(one.id, self.why))
                waits.add(chain)
                continue
            made.append((one, found))
            # What comes after a new key is sealed under it, once it has its place.
            opens = one.item is not None and one.item.header.kind == seals.OPENING
            if opens and whole and one.envelope is None:
                waits.add(chain)
            elif not whole and (opens or len(made) == AT_ONCE):
                break
        return made

    def _sealed(self, item: Event | None, office: Office) -> Envelope:
        """An act of this desk in its envelope, sealed anew. Inside a write transaction. Raises Refused, Usage."""
        assert item is not None
        parts = body.decode(item.body)
        opening = self._store.epoch(str(parts["epoch"].value)) if item.header.kind == seals.OPENING else None
        return seals.sealed(
            self._store,
            office,
            item,
            self._ledger.key(item.header.device),
            parts,
            self._store.clear_of(item.id),
            opening,
        )


class Pushing:
    """One desk's way out. `changes`: what was touched."""

    def __init__(self, ledger: Ledger, hub: Hub) -> None:
        self._ledger, self._store, self._hub = ledger, ledger.store, hub
        self._out = Outgoing(ledger)
        self.changes: set[tuple[str, str]] = set()

    @property
    def why(self) -> str:
        """What keeps acts of this desk back."""
        return self._out.why

    def hand_in(self, owed: Collection[str]) -> list[Entry]:
        """Hand in a batch: its envelopes with the places that the hub gave. `owed`: events that have a place already, which
        has not come in. Raises Refused, Unreachable."""
        try:
            return self._hand_in(owed)
        except Refused as no:
            if no.code != "roster" or not self._unsaid(str(no.params.get("event", ""))):
                raise
            return self.hand_in(owed)

    def _unsaid(self, event: str) -> bool:
        """Hand an act in without its word to the hub of who may come in, which this device may not say there; a head's desk
        will. Whether there was such a word."""
        with self._store.write():
            said = envelope.read_clear(self._store.clear_of(event))
            if not any(said["roster"].values()):
                return False
            self._store.set_clear(event, seals.clear(wraps=said["wraps"], epoch=said["epoch"]))
        return True

    def _hand_in(self, owed: Collection[str]) -> list[Entry]:
        batch = self._out.batch(owed)
        if self.why and not batch and self._opened():
            batch = self._out.batch(owed)
        if not batch:
            return []
        digests = sorted({digest for _, one in batch for digest in one.head.pieces})
        wanted = set(self._hub.missing_pieces(digests)) if digests else set()
        self._hub.put_pieces(carried.sealed_pieces(self._store, (one for one, _ in batch), wanted))
        try:
            return self._append([found for _, found in batch])
        except Refused:
            if all(one.envelope is None for one, _ in batch):
                raise
        return self._one_by_one(batch)

    def _append(self, found: list[Envelope]) -> list[Entry]:
        return [Entry(placed, one) for placed, one in zip(self._hub.append(found), found, strict=True)]

    def _one_by_one(self, batch: list[tuple[Waiting, Envelope]]) -> list[Entry]:
        """What was carried here keeps nothing of this desk back: an act that the hub never takes is let go, one that it
        does not take yet is kept. Raises Refused where it takes none of it, and one was of this desk."""
        made: list[Entry] = []
        waits: set[tuple[str, str]] = set()
        for one, found in batch:
            if (one.device, one.chain) in waits:
                continue
            try:
                made += self._append([found])
            except Refused as no:
                if one.envelope is None:
                    if made:
                        break  # the rest is said at the next try
                    raise
                waits.add((one.device, one.chain))
                self._out.left.append(LeftOut(one.id, no.message))
                if no.code in NEVER:
                    self._let_go(one)
        return made

    def _let_go(self, one: Waiting) -> None:
        streams: set[str] = set()
        with self._store.write():
            carried.drop(self._store, one.device, one.chain, one.seq, streams)
            self.changes |= self._ledger.rows.anew(streams | self._store.tentative_streams())

    def _opened(self) -> bool:
        """Open the keys that are to follow somebody's leaving, where who let them go could not; whether that helped."""
        device = self._store.meta(f"device/{self._store.meta('person')}")
        if self._ledger.folds.placed_office().author(device).role not in KEEPERS_OF_KEYS:
            return False
        copying.set_apart(self._store, device)
        made, _ = self._ledger.act(device, *seals.reopenings(self._store))
        return bool(made)
