"""Which key an envelope may be sealed under, and how this desk comes by it.

An envelope is sealed under a key that was opened for its ring before its place; only the opening of the members' next key is
sealed under that key itself. Every desk decides that alike, those that can't read the act too: what is sealed otherwise is void.
Where this desk should be able to read and can't, it stops: it decides nothing on half a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from g20desk.desk import seals
from g20desk.desk.acting import Ledger
from g20desk.desk.verifying import differs
from g20desk.errors import Refused
from g20desk.ledger import body, chain, envelope, sealing
from g20desk.ledger.envelope import BadEnvelope, Envelope, Head
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Epoch, Unsealed
from g20desk.ledger.wire import Entry, Placed
from g20desk.office import fold
from g20desk.office.state import Office

OTHER_KEY = "It is sealed under a key that is not its ring's."
READ = "read/"  # meta of a desk: a ring that it has read in from the beginning
NO_KEY = "It is sealed under the key that it opens, and that key does not count."


class Closed(Exception):
    """A place that this desk should be able to read and can't; `by`: the device that opened the key."""

    def __init__(self, place: int, by: str) -> None:
        super().__init__(place)
        self.place, self.by = place, by

    def refused(self, office: Office) -> Refused:
        """For people."""
        name = office.author(self.by).name or f"device {self.by[:12]}"
        return Refused(
            "closed", f"This desk can't read place {self.place}: {name} opened the key, and wrapped none for this desk.",
            "It stops there, so as to decide nothing on half a record. Tell the head: letting that device go opens a new key.",
        )  # fmt: skip


class Keys:
    """The keys of one desk, while it takes in places."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._store = ledger, ledger.store
        self._now: Office | None = None
        self._epochs: dict[str, Epoch] = {}  # that were asked for: keys do not change
        self._parents: dict[str, tuple[str, str]] = {}  # of openings further on: the key before, the device

    def forget(self) -> None:
        """The office's stream went on, or was rolled back."""
        self._now = None

    def office(self) -> Office:
        """The office as the record has it before the next place."""
        if self._now is None:
            self._now = self._ledger.folds.placed_office()
        return self._now

    def find(self, head: Head, found: Envelope, n: int) -> tuple[Epoch | None, str, bool]:
        """The key that an envelope is sealed under, None where this desk may not read it; why it is void; whether it is
        to open that key itself. Raises Closed."""
        office = self.office()
        now = office.epochs.get(head.ring)
        epoch = self._epoch(head.epoch)
        if not office.id:
            return epoch, "", False
        if now is not None and (head.epoch == now.id or head.epoch in now.earlier):
            if epoch is None and self._may_read(office, head.ring):
                raise Closed(n, self._opener(now.opened) if head.epoch == now.id else "")
            return epoch, "", False
        try:
            said = envelope.read_clear(found.clear)
        except BadEnvelope:
            return None, OTHER_KEY, False
        own = head.ring == office.members_ring and said["epoch"] == head.epoch
        if not own or said["wraps"].keys() != office.entitled(head.ring):
            return None, OTHER_KEY, False
        if epoch is None:
            if not self._passed_by(head, now.id if now else "", office):
                raise Closed(n, head.device)
            return None, NO_KEY, True
        return epoch, "", True

    def left(self) -> None:
        """An act about roles was placed: where it took a ring from this desk, that no longer asks for the ring's keys. The
        office as it was before is still at hand."""
        before, mine = self.office(), set(self._store.metas("device/").values())
        self.forget()
        for ring in before.epochs:
            if mine & before.entitled(ring) and not mine & self.office().entitled(ring):
                self._store.drop_metas(f"ring/{ring}")
                self._store.drop_metas(READ + ring)

    def _epoch(self, name: str) -> Epoch | None:
        found = self._epochs.get(name) or self._store.epoch(name)
        if found is not None:
            self._epochs[name] = found
        return found

    def _may_read(self, office: Office, ring: str) -> bool:
        """Whether a device of this desk reads a ring, or has been given a key of it that leads back. What the staff's ring
        holds decides nothing: whoever was let in, and waits for its key to be wrapped, goes on without, and reads it later
        (`reading_in.py`)."""
        if self._store.meta(f"ring/{ring}"):
            return True
        mine = set(self._store.metas("device/").values()) & office.entitled(ring)
        return bool(mine if ring == office.members_ring else mine & office.epochs[ring].devices)

    def _opener(self, event_id: str) -> str:
        opened = self._store.get(event_id)
        return opened.header.device if opened else ""

    def _passed_by(self, head: Head, now: str, office: Office) -> bool:
        """Whether a head's later key goes back to the one in force without the one that this envelope opens."""
        for top, (_, device) in self._parents.items():
            if device == head.device or office.author(device).role != "head" or self._store.epoch(top) is None:
                continue
            line, at = {top}, top
            while at in self._parents and at != now and self._parents[at][0] not in line:
                at = self._parents[at][0]
                line.add(at)
            if at == now and head.epoch not in line:
                return True
        return False

    def counts(self, item: Event, placed: Placed) -> bool:
        """Whether an act opens a key at its place."""
        office = self.office()
        if item.header.kind != seals.OPENING or item.header.stream != office.id:
            return False
        return fold.step(office, replace(item, place=placed.n, stamp=placed.stamp), office, "office")[1].counts

    def unwrap(self, head: Head, found: Envelope) -> None:
        """The key of an epoch, where it is wrapped for a device of this desk. One that does not hold is noted."""
        if not found.clear:
            return
        try:
            said = envelope.read_clear(found.clear)
        except BadEnvelope:
            return
        mine = set(self._store.metas("device/").values())
        for device in mine & said["wraps"].keys():
            wrapped, office = said["wraps"][device], self._store.meta("office")
            try:
                self._store.keep_epoch(
                    sealing.unwrap(wrapped, office, said["epoch"], device, self._ledger.key(device))
                )  # fmt: skip
            except Unsealed as error:
                why = f"{head.device[:12]} wrapped no key for this device: {error}"
                self._store.set_meta(f"fault/{head.event}", why)

    def heed(self, parts: body.Parts) -> None:
        """What an act about keys says: the key before the one that it opens, and that this desk reads the ring."""
        said = {name: part.value for name, part in parts.items()}
        epoch, ring, parent, previous = (said.get(name, "") for name in ("epoch", "ring", "parent", "previous"))
        if not all(isinstance(one, str) for one in (epoch, ring, parent, previous)):
            return
        newer = self._store.epoch(epoch)
        if newer is None:
            return
        self._store.set_meta(f"ring/{ring}", "reads")
        if previous and self._store.epoch(parent) is None:
            try:
                self._store.keep_epoch(sealing.unbury(previous, newer, parent))
            except Unsealed as error:
                self._store.set_meta(f"fault/{epoch}", f"Who opened the key {epoch[:12]} closed the way back: {error}")

    def ahead(self, entries: Iterable[Entry], fetch: Callable[[int], Entry | None]) -> None:
        """Keys from entries further on that have wraps: each leads back to the ones before it. `fetch`: a place with its
        sealed bytes. Raises BadEnvelope."""
        left = [(one, envelope.check(one.envelope)) for one in entries]
        for one, head in reversed(left):
            self.unwrap(head, one.envelope)
        opened = True
        while opened:
            opened = False
            for one, head in list(reversed(left)):
                epoch = self._store.epoch(head.epoch)
                if epoch is None:
                    continue
                left.remove((one, head))
                opened = True
                whole = fetch(one.placed.n)
                if whole is not None:
                    self._read_ahead(head, whole.envelope, epoch)

    def _read_ahead(self, head: Head, found: Envelope, epoch: Epoch) -> None:
        try:
            made = sealing.opened(found, epoch)
            item = chain.proved(made.header, made.signature, made.body)
        except (Unsealed, chain.Broken):
            return  # void, as it will turn out at its place
        if differs(head, item):
            return
        parts = body.decode(item.body)
        self.heed(parts)
        if item.header.kind == seals.OPENING and {"epoch", "parent"} <= parts.keys():
            self._parents[str(parts["epoch"].value)] = str(parts["parent"].value), head.device
