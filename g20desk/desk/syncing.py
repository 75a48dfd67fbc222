"""Between a desk and its hub: what the office placed comes in, what this desk did goes out, pieces both ways.

Nothing here waits for a person, and nobody waits for it: a desk works on its own store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from g20desk import locking
from g20desk.clock import Clock
from g20desk.desk import seals
from g20desk.desk.acting import ADDRESS, HUB_KEY, PINNED, Changes, Ledger
from g20desk.desk.intake import BadOrder, Intake
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.ledger import body, envelope, pieces, sealing
from g20desk.ledger.chain import ordered
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Unsealed
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Entry
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub

AT_ONCE = 200


@dataclass(slots=True)
class Synced:
    """What a sync did; `why`: what keeps some acts of this desk back; `skew`: the hub's clock less ours in milliseconds,
    and how far off that may be."""

    pushed: int = 0
    pulled: int = 0
    why: str = ""
    skew: tuple[int, int] | None = None
    changes: set[tuple[str, str]] = field(default_factory=set)

    def add(self, changes: Changes) -> None:
        """What was touched besides."""
        self.changes |= changes


def connect(ledger: Ledger, clock: Clock) -> Hub:
    """The hub of this desk's office. Raises Usage where there is none."""
    from g20desk.ledger.hub_client import Hub

    store = ledger.store
    url = store.meta(ADDRESS)
    if not url:
        raise Usage("no-hub", "This office has no hub: its desks meet by bundles.", "Run: g20desk hub init URL")
    device = store.meta(f"device/{store.meta('person')}")
    return Hub(url, store.meta("office"), ledger.key(device), expected=store.meta(HUB_KEY), clock=clock)


def exchange(ledger: Ledger, clock: Clock, folder: Path, say: Callable[[str], None]) -> Synced:
    """One exchange with the hub; one at a time on a desk. Raises Unreachable, Refused, Usage."""
    hub = connect(ledger, clock)
    try:
        with locking.held(folder / "sync.lock", seconds=120):
            return Sync(ledger, hub, say).run()
    except TimeoutError as error:
        raise Unreachable(
            "sync-busy", "Another program exchanges acts with the hub.", "Try again in a moment."
        ) from error
    finally:
        hub.close()


class Sync:
    """One exchange with the hub."""

    def __init__(self, ledger: Ledger, hub: Hub, say: Callable[[str], None] = lambda words: None) -> None:
        self._ledger, self._store, self._hub, self._say = ledger, ledger.store, hub, say
        self._intake = Intake(ledger)
        self.done = Synced()

    def run(self) -> Synced:
        """Everything that is to come in, then everything that is to go out. Raises Unreachable, and Refused where the
        hub shows another order than it signed."""
        self.restore()
        self.pull()
        while self.push():
            self.pull()
        return self.done

    def restore(self) -> None:
        """Give the hub back what it signed and lost."""
        status = self._hub.status()
        self.done.skew = status.skew, status.uncertain
        last = self._store.last_place()[0]
        if status.place < last:
            self._say(f"The hub ends at place {status.place}, this desk knows {last}: it is given back what it lost.")
            self._hub.take_over(entries(self._store, status.place, last))

    def pull(self) -> None:
        """Take in what came since. Raises Refused where it does not go on from what this desk knows."""
        last, running, _ = self._store.last_place()
        if not last:
            self._first_keys()
        try:
            while found := self._hub.entries(max(0, last - 1), AT_ONCE):
                if found[0].placed.n == last and found[0].placed.hash != running:
                    known = self._store.entry(last)
                    raise BadOrder(f"place {last} is another one than before", *([known] if known else []), found[0])
                new = [one for one in found if one.placed.n > last]
                if not new:
                    break
                taken = self._intake.take(new)
                self.done.pulled += taken.count
                self.done.add(taken.changes)
                last, running, _ = self._store.last_place()
                self._say(f"{last} acts")
        except BadOrder as bad:
            raise self._accused(bad) from bad
        self._check_pin()
        self._fetch()

    def _accused(self, bad: BadOrder) -> Refused:
        """Keep what the keeper signed, and stop."""
        shown = [
            f"{one.placed.n} {one.placed.stamp} {one.placed.hash} {one.placed.receipt.hex()}" for one in bad.evidence
        ]
        self._store.set_meta("fault/order", "\n".join([bad.why, *shown]))
        return Refused(
            "bad-order", f"The hub shows an order that does not hold: {bad.why}.",
            "Nothing was taken in. Tell the office; what the hub signed is kept: g20desk ledger verify",
        )  # fmt: skip

    def _check_pin(self) -> None:
        """That the order is the one that the invitation named."""
        pin = self._store.meta(PINNED)
        if pin:
            place, _, running = pin.partition(" ")
            found = self._store.entry(int(place))
            if found is not None and found.placed.hash != running:
                raise self._accused(BadOrder(f"place {place} is not the one that the invitation names", found))

    def _first_keys(self) -> None:
        """A newcomer's keys: the wrap for this desk stands late in the order, and leads back to the first key."""
        said: list[Entry] = []
        after = 0
        while found := self._hub.entries(after, AT_ONCE, rings=["0" * 64]):
            said += [one for one in found if one.envelope.clear and b'"wraps"' in one.envelope.clear]
            after = found[-1].placed.n
        for one in reversed(said):
            head = envelope.check(one.envelope)
            self._intake.unwrap(head, one.envelope)
            epoch = self._store.epoch(head.epoch)
            if epoch is not None:
                for entry in self._hub.entries(one.placed.n - 1, 1):
                    self._intake.keep_previous(sealing.opened(entry.envelope, epoch).body)

    def _fetch(self) -> None:
        """The pieces that this desk does not hold yet."""
        touched = set()
        for digest, event_id in self._store.wanted():
            item = self._store.get(event_id)
            sealed = self._piece(digest) if item is not None else None
            with self._store.write() as db:
                if item is not None and sealed is not None:
                    keep_piece(self._store, item, digest, sealed)
                    touched.add(item.header.stream or item.id)
                db.execute("delete from wanted where digest = ? and event = ?", (digest, event_id))
        if touched:
            with self._store.write():
                self.done.add(self._ledger.index_streams(touched))

    def _piece(self, digest: str) -> bytes | None:
        try:
            return self._hub.get_piece(digest)
        except Refused as refused:
            if refused.code in ("no-piece", "dropped"):
                return None
            raise

    def push(self) -> int:
        """Hand in a batch of what has no place yet, others' acts included; how many went out."""
        batch: list[Envelope] = []
        self.done.why = ""
        office = self._ledger.placed_office()
        for item in ordered(self._store.tentative()):
            try:
                found = self._sealed(item, office)
            except Refused as refused:
                self.done.why = refused.message
                break
            if found is None:
                continue
            batch.append(found)
            # What comes after a new key is sealed under it, once it has its place.
            if item.header.kind == seals.OPENING or len(batch) == AT_ONCE:
                break
        if not batch:
            return 0
        digests = sorted({digest for one in batch for digest in one.head.pieces})
        wanted = set(self._hub.missing_pieces(digests)) if digests else set()
        for digest, ref, data in held_pieces(self._store, wanted):
            self._hub.put_piece(digest, sealing.seal_piece(ref["key"], data))
        self._hub.append(batch)
        self.done.pushed += len(batch)
        return len(batch)

    def _sealed(self, item: Event, office: Office) -> Envelope | None:
        """An act of this desk in its envelope, sealed anew; None for somebody else's."""
        if item.header.device not in self._store.metas("device/").values():
            return None
        parts = body.decode(item.body)
        opening = self._store.epoch(str(parts["epoch"].value)) if item.header.kind == seals.OPENING else None
        with self._store.write():
            return seals.sealed(
                self._store, office, item, self._ledger.key(item.header.device), parts,
                self._store.clear_of(item.id), opening,
            )  # fmt: skip


def whole(store: Store, found: Envelope, item: Event) -> Envelope:
    """An envelope with its sealed bytes, made from its head once more."""
    epoch = store.epoch(found.head.epoch)
    if epoch is None:
        return found
    return Envelope(found.head_bytes, found.signature, sealing.again(found.head, item, epoch), found.clear)


def entries(store: Store, after: int, last: int) -> Iterator[Entry]:
    """Places with their envelopes, sealed bytes included where this desk can read them."""
    for place in range(after + 1, last + 1):
        one, item = store.entry(place), store.at(place)
        if one is None:
            raise Usage("store-damaged", f"Place {place} is not on this desk.", "Run: g20desk ledger verify")
        yield Entry(one.placed, whole(store, one.envelope, item)) if item is not None else one


def keep_piece(store: Store, item: Event, digest: str, sealed: bytes) -> None:
    """Open a sealed piece with the key that one of an event's references names, and keep it. One that none opens is
    left out: whoever handed it in has to say why."""
    for ref in pieces.refs([part.value for part in body.decode(item.body).values()]):
        if sealing.sealed_size(ref["size"]) != len(sealed):
            continue
        try:
            data = sealing.open_piece(ref["key"], ref["size"], sealed)
        except Unsealed:
            continue
        if pieces.piece_id(ref["key"], data) == ref["piece"]:
            pieces.put(store, ref, data)
            store.db.execute("update pieces set sealed = ? where id = ?", (digest, ref["piece"]))
            return


def held_pieces(store: Store, wanted: set[str]) -> Iterator[tuple[str, pieces.Ref, bytes]]:
    """The pieces of tentative events with these sealed digests, each with a reference that opens it."""
    for item in store.tentative():
        for ref in pieces.refs([part.value for part in body.decode(item.body).values()]):
            with store.write():
                digest = pieces.sealed_digest(store, ref)
            if digest in wanted:
                wanted.discard(digest)
                data = pieces.get(store, ref)
                if data is not None:
                    yield digest, ref, data
