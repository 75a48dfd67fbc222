"""A desk that keeps the order gives places to what others carried to it: as a hub does, and by the same rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from g20desk.clock import Clock
from g20desk.desk import carried, unplaced
from g20desk.desk.acting import KEEPS, Ledger
from g20desk.desk.carried import LeftOut
from g20desk.desk.intake import Intake
from g20desk.desk.unplaced import Waiting
from g20desk.hub import roster
from g20desk.hub.roster import Standing
from g20desk.ledger import envelope
from g20desk.ledger.envelope import BadEnvelope, Envelope
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Entry, Placed

UNREAD = "This desk can't read it, and so gives it no place."
PIECES = "Not all that belongs to it is here."


@dataclass(slots=True)
class Given:
    """How many places were given, what has none yet and why, and what was touched."""

    count: int = 0
    left: list[LeftOut] = field(default_factory=list)
    changes: set[tuple[str, str]] = field(default_factory=set)


def give(ledger: Ledger, clock: Clock) -> Given:
    """Give a place to every act that was carried here, as far as it may have one; none where another keeps the order, and
    none on a desk that was put back and may have given these places already."""
    done, key = Given(), ledger.keeper_key()
    if key is None or ledger.store.meta(KEEPS) == key.device:
        return done
    intake, listed, stuck = Intake(ledger), Listed(ledger.store), set()
    for one in unplaced.waiting(ledger.store):
        link = (one.device, one.chain)
        why = "" if link not in stuck else carried.GAP
        if not why:
            why = _place(ledger, intake, listed, clock, key, one, done)
        if why:
            stuck.add(link)
            done.left.append(LeftOut(one.id, why))
    return done


def _place(
    ledger: Ledger, intake: Intake, listed: Listed, clock: Clock, key: DeviceKey, one: Waiting, done: Given
) -> str:
    """Give one act its place; why not, where that is so."""
    store, why = ledger.store, ""

    def made() -> list[Entry]:
        nonlocal why
        why = _refused(ledger, listed, one)
        if one.envelope is None or why:
            return []
        return [_signed(store, clock, key, one.envelope)]

    taken = intake.made(made)
    done.count += taken.count
    done.changes |= taken.changes
    return why


def _refused(ledger: Ledger, listed: Listed, one: Waiting) -> str:
    """Why an act can have no place now; empty where it can. Inside a write transaction."""
    store = ledger.store
    if one.item is None or one.envelope is None:
        return UNREAD
    if store.placed_end(one.device, one.chain) != (one.seq - 1, one.prev):
        return carried.GAP
    standing = listed.now()
    if not (found := standing.get(one.device)) or not found.entering:
        return carried.STRANGER
    if carried.lacks(store, one.envelope):
        return PIECES
    try:
        roster.changes(standing, one.device, envelope.read_clear(one.envelope.clear)["roster"])
    except roster.NotAllowed as error:
        return carried.FALSE.format(why=error)
    return ""


class Listed:
    """Which devices are in, as a hub has it: the statements that ride on placed envelopes, in order, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._place, self._now = 0, dict[str, Standing]()

    def now(self) -> dict[str, Standing]:
        """As it stands behind the last place."""
        for place, device, clear in self._store.clears(self._place):
            self._place, now = place, self._now
            try:
                said = envelope.read_clear(clear)["roster"]
                self._now = roster.applied(now, roster.changes(now, device, said) if now else roster.founded(device))
            except (BadEnvelope, roster.NotAllowed):
                continue  # no hub would heed it
        return self._now


def _signed(store: Store, clock: Clock, key: DeviceKey, found: Envelope) -> Entry:
    """An envelope behind what is there. Inside a write transaction."""
    last, running, stamp = store.last_place()
    office, now = found.head.office, max(clock.now_ms(), stamp)
    after = envelope.next_hash(office, last + 1, running or envelope.first_hash(office), found.digest, now)
    receipt = key.sign("receipt", envelope.receipt_bytes(office, last + 1, after, now))
    return Entry(Placed(last + 1, now, found.digest, after, receipt), found)
