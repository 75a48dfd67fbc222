"""Taking in what the keeper has placed: proved link by link, opened where this desk may, folded, and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from g20desk.desk import carried, copying, evidence, lost_keeper, redacting, seals
from g20desk.desk.acting import Ledger
from g20desk.desk.evidence import BROKEN, TWO, WITHHELD, Signed
from g20desk.desk.row_keeping import Changes
from g20desk.desk.unsealing import NO_KEY, Keys
from g20desk.desk.verifying import HANDED_OVER, differs
from g20desk.ledger import body, chain, envelope, keys
from g20desk.ledger.ahead import Checked
from g20desk.ledger.envelope import BadEnvelope, Envelope, Head
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Epoch, Unsealed
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Entry, Placed

SEEN = (
    "says that it saw an order that this desk does not know: it made that up, or was shown another history. "
    "Compare: g20desk ledger head"
)


class BadOrder(Exception):
    """The keeper shows an order that does not hold, or another one than before. `shown`: what it signed; `code`: one of
    `evidence.SAYS`."""

    def __init__(self, why: str, *shown: Entry | Signed, code: str = BROKEN) -> None:
        super().__init__(why)
        self.why, self.code = why, code
        self.shown = [Signed.of(one) if isinstance(one, Entry) else one for one in shown]


@dataclass(slots=True)
class Taken:
    """What came in: how many places, the streams that they touched, whose envelopes are void, and acts of this desk that
    can't get a place since a copy of it wrote on under its chain."""

    count: int = 0
    again: list[copying.Undone] = field(default_factory=list)
    streams: set[str] = field(default_factory=set)
    void: list[str] = field(default_factory=list)
    changes: Changes = frozenset()


class _Known:
    """What the store says, read once for all places that are taken in together, and kept up with them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.last = store.last_place()
        self.tentative = bool(store.tentative_count())
        self.waiting = self.tentative or store.db.execute("select 1 from carried limit 1").fetchone() is not None
        self.keeper = store.meta("keeper")
        self.mine = frozenset(store.metas("device/").values())
        self.told = evidence.told(store)
        self._ends: dict[tuple[str, str], tuple[int, str]] = {}
        self._hashes: set[str] = set()

    def end(self, head: Head) -> tuple[int, str]:
        """Where the chain of an envelope ends."""
        chain_ = head.device, head.chain
        return self._ends.get(chain_) or self._store.placed_end(*chain_)

    def knows(self, running: str) -> bool:
        """Whether a running hash is one of this order."""
        return running in self._hashes or self._store.knows(running)

    def signed(self, office: str, at: Placed, verify: keys.Verify) -> bool:
        """Whether a place is signed by the keeper."""
        said = envelope.receipt_bytes(office, at.n, at.hash, at.stamp)
        return keys.holds(self.keeper, "receipt", said, at.receipt, verify)

    def placed(self, head: Head, at: Placed) -> None:
        """A place came in."""
        self.last = at.n, at.hash, at.stamp
        self._ends[head.device, head.chain] = head.seq, head.event
        self._hashes.add(at.hash)


class Intake:
    """Into the store of one desk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._store, self.keys = ledger, ledger.store, Keys(ledger)
        self._office = self._store.meta("office")
        self._redacted = False
        self._known: _Known
        self._checked = Checked()

    def take(self, entries: Iterable[Entry], checked: Checked | None = None) -> Taken:
        """Take in the next places, all of them or none; `checked`: signatures that need no second look. Raises BadOrder,
        Closed, HalfHanded."""
        given = list(entries)
        self._checked = checked or Checked()
        try:
            return self.made(lambda: given)
        finally:
            self._checked = Checked()

    def made(self, make: Callable[[], list[Entry]]) -> Taken:
        """The same with places that are made in the same transaction, by a desk that keeps the order."""
        taken = Taken()
        self.keys.forget()
        try:
            with self._store.write():
                given = make()
                self._known = _Known(self._store)
                for entry, following in zip_longest(given, given[1:]):
                    self._place(entry, following, taken)
                    taken.count += 1
                if taken.count:
                    # What is still tentative folds behind what came: the same acts may count otherwise now.
                    taken.changes = self._ledger.rows.anew(taken.streams | self._store.tentative_streams())
                    if self._redacted:
                        taken.changes |= self._ledger.drop_redacted(self.keys.office())
        except BaseException:
            self._ledger.folds.forget()
            self.keys.forget()
            raise
        if self._redacted:
            self._redacted = False
            redacting.empty_log(self._store)
        return taken

    def _place(self, entry: Entry, following: Entry | None, taken: Taken) -> None:
        placed, found = entry.placed, entry.envelope
        known = self._known
        last, running, stamp = known.last
        try:
            head = envelope.check(found, self._checked.verify)
            if not last and head.event == self._office:
                self._store.set_meta("keeper", head.device)  # the founding head keeps the order until it is handed over
                known.keeper = head.device
            if not known.signed(self._office, placed, self._checked.verify):
                lost_keeper.follow(self._store, self.keys.office(), entry, following)
                known.keeper = self._store.meta("keeper")
                placed.check(self._office, known.keeper)
        except (BadEnvelope, keys.BadSignature) as error:
            raise BadOrder(f"place {placed.n}: {error}", entry) from error
        if head.office != self._office or placed.n != last + 1 or placed.stamp < stamp:
            raise BadOrder(f"place {placed.n} does not follow place {last}", entry)
        before = running or envelope.first_hash(self._office)
        if envelope.next_hash(self._office, placed.n, before, found.digest, placed.stamp) != placed.hash:
            raise BadOrder(f"place {placed.n} goes on from another order than this desk knows", entry)
        if known.end(head) != (head.seq - 1, head.prev):
            raise BadOrder(f"place {placed.n} leaves out acts of its device", entry)
        if placed.n in known.told and (said := evidence.contradicted(self._store, entry)):
            raise BadOrder(f"place {placed.n} is another one than it was", *said, entry, code=TWO)
        held = self._store.get(head.event) if known.tentative else None
        if held is not None and (held.place is not None or differs(head, held)):
            held = None  # another's event, named by somebody
        if held is None and head.device in known.mine:
            taken.again += copying.noticed(self._store, head, taken.streams)
        if known.waiting:
            carried.gives_way(self._store, head, taken.streams)
        inside, why = self._inside(head, found, placed, held)
        self._store.place(found, placed, inside.id if inside and held else None)
        known.placed(head, placed)
        if why:
            self._store.void(placed.n, why, found.sealed)
            taken.void.append(head.event)
            if held is not None:
                self._store.remove_tentative(held.id)
                taken.streams.add(held.header.stream or held.id)
        if inside is not None:
            taken.streams.add(inside.header.stream or inside.id)
            self._heed(inside, placed)
            if held is None and head.pieces:
                self._store.want(head.pieces, head.event)
            if self._office in (inside.header.stream, inside.id):
                self.keys.forget()

    def _inside(self, head: Head, found: Envelope, placed: Placed, held: Event | None) -> tuple[Event | None, str]:
        """The event inside, kept; None where this desk can't read it, or, with why, where it is void."""
        self.keys.unwrap(head, found)
        epoch, why, opens = self.keys.find(head, found, placed.n)
        if why or epoch is None:
            return None, why
        if held is None and not found.sealed:
            raise BadOrder(f"what stands at place {placed.n} comes without its content", code=WITHHELD)
        try:
            item = held or self._opened(head, found, epoch, placed)
        except (Unsealed, chain.Broken) as error:
            return None, f"It holds something else than its envelope shows: {error}."
        if opens and not self.keys.counts(item, placed):
            return None, NO_KEY
        if held is None:
            self._store.add(item, found.clear)
        return item, ""

    def _opened(self, head: Head, found: Envelope, epoch: Epoch, placed: Placed) -> Event:
        """What an envelope holds, at its place, where that is what its head shows. Raises Unsealed, Broken."""
        item = self._checked.event(found, epoch, placed)
        if why := differs(head, item):
            raise Unsealed(why)
        return item

    def _heed(self, item: Event, placed: Placed) -> None:
        """What the order itself hangs on: keys of earlier epochs, who keeps it from here on, what its author had seen."""
        kind, seen = item.header.kind, item.header.seen
        if seen and not self._known.knows(seen):
            self._store.set_meta(f"fault/{item.id}", f"{item.header.device[:12]} {SEEN}")
        if kind in (seals.OPENING, "epoch.wrapped"):
            self.keys.heed(body.decode(item.body))
        elif kind in ("role.given", "proposal.seconded"):
            self.keys.left()
        elif kind == redacting.KIND:
            self._redacted = True
        elif kind == HANDED_OVER:
            before = self.keys.office().keeper
            self.keys.forget()
            if self.keys.office().keeper != before:
                lost_keeper.heed(self._store, self.keys.office())
                self._known.keeper = self._store.meta("keeper")
