"""Who keeps the order after a hand-over; also after one that the old keeper could not sign any more.

Where the keeper is lost, its successor places two acts that name it: the head's, and the same one by a guardian. Their
receipts are the new keeper's already. A desk believes them only both together, as the office's stream counts them.
"""

from __future__ import annotations

from dataclasses import replace

from g20desk.desk.acting import ADDRESS, HUB_KEY
from g20desk.desk.verifying import HANDED_OVER, differs
from g20desk.errors import Refused
from g20desk.ledger import body, chain, envelope, keys, sealing
from g20desk.ledger.event import Event
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Entry
from g20desk.office import fold
from g20desk.office.state import Office


class HalfHanded(Exception):
    """Only one of two people has handed the order over. `place`: of their act."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place

    def refused(self) -> Refused:
        """For people."""
        return Refused(
            "half-handed-over", "The head has named a new hub in the place of the lost one; a second person has not yet.",
            "A guardian, or where there are none an officer or another head, confirms it on their own desk: g20desk hub move URL",
        )  # fmt: skip


def signed(store: Store, entry: Entry, key: str = "") -> bool:
    """Whether a place is signed by the keeper that this desk knows, or by this key."""
    at, office = entry.placed, store.meta("office")
    said = envelope.receipt_bytes(office, at.n, at.hash, at.stamp)
    return keys.holds(key or store.meta("keeper"), "receipt", said, at.receipt)


def follow(store: Store, office: Office, entry: Entry, following: Entry | None) -> None:
    """Take the key that this place and the next one name for the keeper, where they say so together and are signed by it.
    Leaves all as it is where they do not. Raises HalfHanded where the next one is not here."""
    first = opened(store, entry)
    if first is None:
        return
    state, verdict = fold.step(office, _at(first, entry), office, "office")
    said = state.keeper_proposed
    if not verdict.counts or said is None or not signed(store, entry, said.key) or said.hash != store.last_place()[1]:
        return
    if following is None:
        raise HalfHanded(entry.placed.n)
    second = opened(store, following)
    if second is not None and signed(store, following, said.key):
        heed(store, fold.step(state, _at(second, following), state, "office")[0])


def heed(store: Store, office: Office) -> None:
    """Go by the keeper that the office's stream names, at its address."""
    if office.keeper and office.keeper != store.meta("keeper"):
        store.set_meta("keeper", office.keeper)
        store.set_meta(HUB_KEY, office.keeper)
        store.set_meta(ADDRESS, office.keeper_address)


def opened(store: Store, entry: Entry) -> Event | None:
    """The hand-over at a place; None for anything else."""
    try:
        head = envelope.check(entry.envelope)
        epoch = store.epoch(head.epoch)
        if epoch is None or not entry.envelope.sealed:
            return None
        made = sealing.opened(entry.envelope, epoch)
        item = chain.proved(made.header, made.signature, made.body)
    except (envelope.BadEnvelope, sealing.Unsealed, chain.Broken):
        return None
    return item if item.header.kind == HANDED_OVER and not differs(head, item) else None


def named(item: Event) -> dict[str, object]:
    """What a hand-over says."""
    return {name: part.value for name, part in body.decode(item.body).items()}


def _at(item: Event, entry: Entry) -> Event:
    return replace(item, place=entry.placed.n, stamp=entry.placed.stamp)
