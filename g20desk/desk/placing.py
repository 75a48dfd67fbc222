"""A desk that keeps the order gives places to what others carried to it: as a hub does, and by the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from g20desk.clock import Clock
from g20desk.desk import carried, unplaced
from g20desk.desk.acting import KEEPS, Ledger
from g20desk.desk.carried import LeftOut
from g20desk.desk.intake import BadOrder, Intake
from g20desk.desk.unplaced import Waiting
from g20desk.desk.unsealing import Closed
from g20desk.hub import roster
from g20desk.hub.roster import Standing
from g20desk.ledger import envelope
from g20desk.ledger.envelope import BadEnvelope, Envelope
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Entry, Placed

UNREAD = "This desk can't read it, and so gives it no place."
PIECES = "Not all that belongs to it is here."
AT_ONCE = 200


@dataclass(slots=True)
class Given:
    """How many places were given, what has none yet and why, whose chains wait with it, and what was touched."""

    count: int = 0
    left: list[LeftOut] = field(default_factory=list)
    stuck: set[tuple[str, str]] = field(default_factory=set)
    changes: set[tuple[str, str]] = field(default_factory=set)


def give(ledger: Ledger, clock: Clock) -> Given:
    """Give a place to every act that was carried here, as far as it may have one; none where another keeps the order, and
    none on a desk that was put back and may have given these places already."""
    done, key = Given(), ledger.keeper_key()
    if key is None or ledger.store.meta(KEEPS) == key.device:
        return done
    left = iter(unplaced.waiting(ledger.store))
    while some := list(islice(left, AT_ONCE)):
        try:
            _Batch(ledger, clock, key, done).place(some)
        except (BadOrder, Closed):  # what one of them holds back is no reason to hold back the others
            for one in some:
                _Batch(ledger, clock, key, done).place([one])
    return done


class _Batch:
    """Acts that are placed together: the tentative ones are folded anew behind all of them once."""

    def __init__(self, ledger: Ledger, clock: Clock, key: DeviceKey, done: Given) -> None:
        self._ledger, self._store, self._clock, self._key, self._done = ledger, ledger.store, clock, key, done
        self._listed = Listed(ledger.store)
        self._ends: dict[tuple[str, str], tuple[int, str]] = {}
        self._stuck = set(done.stuck)

    def place(self, some: Sequence[Waiting]) -> None:
        """Give them their places, as far as they may have one. Raises BadOrder, Closed."""
        left: list[LeftOut] = []

        def made() -> list[Entry]:
            entries: list[Entry] = []
            last = self._store.last_place()
            for one in some:
                link = one.device, one.chain
                if why := carried.GAP if link in self._stuck else self._refused(one):
                    self._stuck.add(link)
                    left.append(LeftOut(one.id, why))
                elif one.envelope is not None:
                    entries.append(_signed(last, self._clock, self._key, one.envelope))
                    at = entries[-1].placed
                    last, self._ends[link] = (at.n, at.hash, at.stamp), (one.seq, one.id)
                    self._listed.add(at.n, one.device, one.envelope.clear)
            return entries

        taken = Intake(self._ledger).made(made)
        self._done.count += taken.count
        self._done.changes |= taken.changes
        self._done.left += left
        self._done.stuck |= self._stuck

    def _refused(self, one: Waiting) -> str:
        """Why an act can have no place now; empty where it can. Inside a write transaction."""
        if one.item is None or one.envelope is None:
            return UNREAD
        end = self._ends.get((one.device, one.chain)) or self._store.placed_end(one.device, one.chain)
        if end != (one.seq - 1, one.prev):
            return carried.GAP
        standing = self._listed.now()
        if not (found := standing.get(one.device)) or not found.entering:
            return carried.STRANGER
        if carried.lacks(self._store, one.envelope):
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
            self.add(place, device, clear)
        return self._now

    def add(self, place: int, device: str, clear: bytes) -> None:
        """What rides on the envelope of the next place."""
        self._place, now = place, self._now
        try:
            said = envelope.read_clear(clear)["roster"]
            self._now = roster.applied(now, roster.changes(now, device, said) if now else roster.founded(device))
        except (BadEnvelope, roster.NotAllowed):
            return  # no hub would heed it


def _signed(end: tuple[int, str, int], clock: Clock, key: DeviceKey, found: Envelope) -> Entry:
    """An envelope behind a place, given by its number, hash and stamp."""
    last, running, stamp = end
    office, now = found.head.office, max(clock.now_ms(), stamp)
    after = envelope.next_hash(office, last + 1, running or envelope.first_hash(office), found.digest, now)
    receipt = key.sign("receipt", envelope.receipt_bytes(office, last + 1, after, now))
    return Entry(Placed(last + 1, now, found.digest, after, receipt), found)
