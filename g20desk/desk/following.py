"""What a head's desk does of itself once something counts that others had to join: keys for whom it let in, new keys after whom it
took out, and word to the hub of who may come in.

Nobody else does it, so that twenty desks do not say the same; a hub takes word of others' devices from heads alone.
"""

from __future__ import annotations

from functools import partial

from g20desk.desk import copying, placing, seals
from g20desk.desk.acting import Ledger, Maker, Proposal
from g20desk.ledger import envelope
from g20desk.office.roster import roster
from g20desk.office.state import Office

CORRECTED = "roster.corrected"
_LOOKED = "roster/looked"  # meta: the place up to which that list was looked at


def follow(ledger: Ledger) -> bool:
    """Make the acts that are due; whether there were any. Raises Refused."""
    store = ledger.store
    device = store.meta(f"device/{store.meta('person')}")
    if ledger.folds.placed_office().author(device).role != "head":
        return False
    # Nothing is sealed before new keys that are due; else the hub comes first, so that the guardians' key is known there.
    makers = _due(ledger, [*seals.reopenings(store), *_wraps(ledger, device)])
    corrections = _corrections(ledger)
    opens = any(one.kind == seals.OPENING for one in makers.values())
    due = [*makers, *corrections] if opens else [*corrections, *makers]
    if not due:
        return False
    copying.set_apart(store, device)
    made, _ = ledger.act(device, *due)
    return bool(made)


def _due(ledger: Ledger, makers: list[Maker]) -> dict[Maker, Proposal]:
    """Those that make an act now, and which."""
    office = ledger.office()
    return {maker: made for maker in makers if (made := maker(office, "")) is not None}


def _wraps(ledger: Ledger, own: str) -> list[Maker]:
    office = ledger.office()
    return [
        partial(_wrap, ledger, own, ring, device)
        for ring in (office.members_ring, office.office_ring)
        for device in sorted(office.entitled(ring))
    ]


def _wrap(ledger: Ledger, own: str, ring: str, device: str, office: Office, _: str) -> Proposal | None:
    now = office.epochs.get(ring)
    if now is None or own not in now.devices or ledger.store.epoch(now.id) is None:
        return None  # only who has a key passes it on
    if device in now.devices or device not in office.entitled(ring):
        return None
    return seals.wrapping(ledger.store, office, ring, device)


def _corrections(ledger: Ledger) -> list[Maker]:
    """One where a hub, by what rode on the acts that have a place, holds another list than the office is."""
    store, place = ledger.store, ledger.store.last_place()[0]
    if store.meta(_LOOKED) == str(place) or _waiting(ledger):
        return []
    wanted = roster(ledger.folds.placed_office())
    listed = {device: one for device, one in placing.Listed(store).now().items() if one.entering}
    store.set_meta(_LOOKED, str(place))
    heads = {device for device, one in listed.items() if one.manages}
    # A device that somebody else brought in counts as theirs there, and they may bring few: a head vouches for it.
    known = {device for device, one in listed.items() if not one.manages and one.by in heads}
    enter = sorted(device for device, manages in wanted.items() if not manages and device not in known)
    managing = sorted(device for device, manages in wanted.items() if manages and device not in heads)
    leave = sorted(listed.keys() - wanted.keys())
    if not enter and not managing and not leave:
        return []
    entering = [*((one, False) for one in enter), *((one, True) for one in managing)]
    values = {"enter": enter, "managing": managing, "leave": leave}
    made = Proposal(CORRECTED, values, clear=seals.clear(entering, leave))
    return [lambda office, before: made]


def _waiting(ledger: Ledger) -> bool:
    """Whether word to the hub waits on this desk already."""
    with ledger.store.guard():
        clears = [ledger.store.clear_of(item.id) for item in ledger.store.tentative()]
    return any(any(envelope.read_clear(one)["roster"].values()) for one in clears if one)
