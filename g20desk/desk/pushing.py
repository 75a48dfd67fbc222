"""What goes out: the acts of this desk that have no place yet, each sealed anew, after the pieces that they name."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from g20desk.desk import copying, seals
from g20desk.desk.acting import Ledger
from g20desk.desk.carrying import held_pieces
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, envelope, sealing
from g20desk.ledger.chain import ordered
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.wire import Entry
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub

AT_ONCE = 200
KEEPERS_OF_KEYS = ("head", "officer")  # who may open a new key


class Pushing:
    """One desk's way out. `why`: what keeps the rest back."""

    def __init__(self, ledger: Ledger, hub: Hub) -> None:
        self._ledger, self._store, self._hub = ledger, ledger.store, hub
        self.why = ""

    def hand_in(self, owed: Collection[str]) -> list[Entry]:
        """Hand in a batch: its envelopes with the places that the hub gave. `owed`: events that have a place already, which
        has not come in. Raises Refused, Unreachable."""
        try:
            return self._hand_in(owed)
        except Refused as no:
            if no.code != "roster" or not self._unsaid(str(no.params.get("event", ""))):
                raise
            return self.hand_in(owed)

    def _hand_in(self, owed: Collection[str]) -> list[Entry]:
        batch = self._batch(owed)
        if self.why and not batch and self._opened():
            batch = self._batch(owed)
        if not batch:
            return []
        digests = sorted({digest for one in batch for digest in one.head.pieces})
        wanted = set(self._hub.missing_pieces(digests)) if digests else set()
        for digest, ref, data in held_pieces(self._store, wanted):
            self._hub.put_piece(digest, sealing.seal_piece(ref["key"], data))
        return [Entry(placed, one) for placed, one in zip(self._hub.append(batch), batch, strict=True)]

    def _unsaid(self, event: str) -> bool:
        """Hand an act in without its word to the hub of who may come in, which this device may not say there; a head's desk
        will. Whether there was such a word."""
        with self._store.write():
            said = envelope.read_clear(self._store.clear_of(event))
            if not any(said["roster"].values()):
                return False
            self._store.set_clear(event, seals.clear(wraps=said["wraps"], epoch=said["epoch"]))
        return True

    def _batch(self, owed: Collection[str]) -> list[Envelope]:
        batch: list[Envelope] = []
        self.why = ""
        office, mine = self._ledger.folds.placed_office(), set(self._store.metas("device/").values())
        waits: set[tuple[str, str]] = set()  # chains: each is handed in in order
        for item in ordered(self._store.tentative()):
            chain = item.header.device, item.header.chain
            if item.header.device not in mine or item.id in owed or chain in waits:
                continue
            try:
                batch.append(self._sealed(item, office))
            except (Refused, Usage) as no:
                self.why = f"{no.message} {no.help}".strip()
                waits.add(chain)
                continue
            # What comes after a new key is sealed under it, once it has its place.
            if item.header.kind == seals.OPENING or len(batch) == AT_ONCE:
                break
        return batch

    def _sealed(self, item: Event, office: Office) -> Envelope:
        """An act of this desk in its envelope, sealed anew. Raises Refused, Usage."""
        parts = body.decode(item.body)
        opening = self._store.epoch(str(parts["epoch"].value)) if item.header.kind == seals.OPENING else None
        with self._store.write():
            return seals.sealed(
                self._store, office, item, self._ledger.key(item.header.device), parts,
                self._store.clear_of(item.id), opening,
            )  # fmt: skip

    def _opened(self) -> bool:
        """Open the keys that are to follow somebody's leaving, where who let them go could not; whether that helped."""
        device = self._store.meta(f"device/{self._store.meta('person')}")
        if self._ledger.folds.placed_office().author(device).role not in KEEPERS_OF_KEYS:
            return False
        copying.set_apart(self._store, device)
        made, _ = self._ledger.act(device, *seals.reopenings(self._store))
        return bool(made)
