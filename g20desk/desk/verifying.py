"""Checking the whole record of a desk again, from its bytes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.clock import SystemClock
from g20desk.desk import evidence
from g20desk.desk.acting import Ledger
from g20desk.desk.exporting import Referred, Stored, check_pieces, stored
from g20desk.desk.row_keeping import STRAY
from g20desk.desk.unlocking import unlock
from g20desk.ledger import body, canonical, chain, envelope, event, keys, pieces, sealing
from g20desk.ledger.envelope import Head
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Epoch
from g20desk.ledger.signatures import Signatures, Signed
from g20desk.office.fold import NOUNS, Verdict

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

Told = Callable[[int], None]
BATCH = 2_000
HANDED_OVER = "order.handed_over"


class Record:
    """The record's bytes so far: form, bodies, envelopes, the devices' chains and the keeper's order. `signed` collects
    the signatures, which are checked apart, many at once. `keeper_at`: who signs a place, as the office's stream says."""

    def __init__(self, office: str, epochs: Callable[[str], Epoch | None], keeper_at: Callable[[int], str]) -> None:
        self.office, self.keeper, self._keeper_at = office, "", keeper_at
        self.count, self.places, self.tentative, self.stamp = 0, 0, 0, 0
        self.running = envelope.first_hash(office)
        self.streams: dict[str, str] = {}  # by the event that opened them
        self.strays: list[tuple[str, str, str]] = []  # acts of a stream that was not opened before them
        self.signed: list[Signed] = []
        self.referred: Referred = []
        self.void: list[tuple[str, str]] = []
        self._epoch = functools.lru_cache(64)(epochs)
        self._ends: dict[tuple[str, str], tuple[int, str]] = {}

    def take(self, row: Stored) -> None:
        """The next place or tentative event. Raises Broken."""
        head = self._head(row) if row.head is not None else None
        if row.header is not None:
            item = self._event(row, row.header)
            if head is not None:
                self._inside(row, head, item)
        elif head is not None and row.why is None and self._epoch(head.epoch) is not None:
            raise chain.Broken("its event is not here")
        said = head or item.header
        end = self._ends.get((said.device, said.chain), (0, ""))
        if end != (said.seq - 1, said.prev):
            raise chain.Broken("the device's chain")
        self._ends[said.device, said.chain] = (said.seq, row.id)
        if (row.head_device, row.head_chain, row.head_seq) != (said.device, said.chain, said.seq):
            raise chain.Broken("its row says other than its head")
        if row.why is not None:
            self.void.append((row.id, row.why))
        if row.place is None or row.stamp is None:
            self.tentative += 1
            return
        handing = row.header is not None and item.header.kind == HANDED_OVER
        self._place(row, row.place, row.stamp, handing)
        if handing:
            self.keeper = self._keeper_at(row.place + 1) or self.keeper

    def _event(self, row: Stored, header: bytes) -> Event:
        self.count += 1
        head, parts = chain.read(header, row.body or b"")
        signature = row.signature or b""
        self.signed.append(Signed(f"{row.where}: signature", head.device, "event", header, signature))
        if body.body_digest(parts) != head.body_digest:
            raise chain.Broken("body digest")
        if event.event_id(header) != row.id:
            raise chain.Broken("event id")
        if row[12:17] != (head.stream or row.id, head.kind, head.device, head.chain, head.seq):
            raise chain.Broken("its row says other than its header")
        self.referred += [(row.where, ref) for ref in pieces.refs([part.value for part in parts.values()])]
        if not head.stream:
            self.streams[row.id] = NOUNS.get(head.kind.split(".")[0], "")
        elif head.stream not in self.streams:
            self.strays.append((row.id, head.kind, head.stream))
        return Event(row.id, head, header, signature, row.body or b"")

    def _head(self, row: Stored) -> Head:
        try:
            head = envelope.decode(row.head or b"")
        except envelope.BadEnvelope as error:
            raise chain.Broken(f"envelope: {error}") from error
        signature = row.head_signature or b""
        self.signed.append(Signed(f"{row.where}: envelope", head.device, "envelope", row.head or b"", signature))
        if (envelope.clear_digest(row.clear) if row.clear else "") != head.clear:
            raise chain.Broken("what is in the clear")
        if head.event != row.id or head.office != self.office:
            raise chain.Broken("the envelope is another event's")
        return head

    def _inside(self, row: Stored, head: Head, item: Event) -> None:
        """That the envelope holds this event, and nothing else would come out of it."""
        if (why := differs(head, item)) or (epoch := self._epoch(head.epoch)) is None:
            raise chain.Broken(why or "its key is not on this desk")
        if envelope.sealed_digest(sealing.again(head, item, epoch)) != head.sealed:
            raise chain.Broken("the envelope holds something else")

    def _place(self, row: Stored, place: int, stamp: int, handing: bool) -> None:
        if place != self.places + 1:
            raise chain.Broken("a place is missing")
        self.places = place
        if place == 1:
            self.keeper = row.head_device
        if place == 1 and row.id != self.office:
            raise chain.Broken("not the founding event of this office")
        if not self.stamp <= stamp <= canonical.MAX_INT:
            raise chain.Broken("the stamp runs back")
        self.stamp = stamp
        signed = envelope.digest(row.head or b"", row.head_signature or b"")
        self.running = envelope.next_hash(self.office, place, self.running, signed, stamp)
        if self.running != row.running:
            raise chain.Broken("running hash")
        said = envelope.receipt_bytes(self.office, place, self.running, stamp)
        by = self.keeper
        # Where a keeper was lost, the two acts that name the next one are signed by that already.
        for new in {self._keeper_at(place + 1), self._keeper_at(place + 2)} - {by} if handing else ():
            by = new if keys.holds(new, "receipt", said, row.receipt or b"") else by
        self.signed.append(Signed(f"{row.where}: receipt", by, "receipt", said, row.receipt or b""))


def differs(head: Head, item: Event) -> str:
    """Why an envelope's head does not fit the event inside; empty where it does."""
    inner = item.header
    if (head.event, head.device, head.chain, head.seq, head.prev) != (
        item.id, inner.device, inner.chain, inner.seq, inner.prev,
    ):  # fmt: skip
        return "the envelope shows another event"
    if inner.office and (head.office, head.ring) != (inner.office, inner.ring):
        return "the envelope shows another ring"
    return ""


def verify(desk: Desk, told: Told = lambda done: None) -> dict[str, Any]:
    """`ledger verify` of CLI.md. Faults name the first place that does not hold."""
    return verify_ledger(desk.ledger, told)


def verify_folder(folder: Path) -> dict[str, Any]:
    """The same for a desk that may be too damaged to be opened for a person. Raises Usage."""
    kept, store = unlock(folder)
    return verify_ledger(Ledger(store, kept, SystemClock()))


def verify_ledger(ledger: Ledger, told: Told = lambda done: None) -> dict[str, Any]:
    """Bytes, rows, chains, places and receipts; then the pieces beside them; then, where all hold, the folds' verdicts.
    `told` hears how many acts were read, now and then; what it raises ends the check."""
    store = ledger.store
    record = Record(store.meta("office"), store.epoch, lambda place: ledger.office(place).keeper)
    faults = check(record, stored(store), told)
    faults += check_pieces(store, None if faults else record.referred)[1]
    disputes = evidence.disputes(store)
    verdicts: list[Verdict] = []
    for stream, noun in record.streams.items() if not faults else ():
        if stream == record.office:
            verdicts += ledger.folds.office_verdicts()
        elif noun:
            verdicts += ledger.folds.stream(noun, stream)[1]
    return {
        "events": record.count,
        "verified": not faults and not disputes,
        "refused": [{"event": v.event.id, "kind": v.event.header.kind, "why": v.why} for v in verdicts if not v.counts]
        + [{"event": one, "kind": kind, "why": STRAY} for one, kind, of in record.strays if of not in record.streams]
        + [{"event": one, "kind": "", "why": why} for one, why in record.void],
        "tentative": record.tentative,
        "accused": [
            {"event": name.removeprefix("fault/"), "why": why} for name, why in sorted(store.metas("fault/").items())
        ],
        "faults": faults + disputes,
    }


def check(record: Record, rows: Iterator[Stored], told: Told = lambda done: None) -> list[str]:
    """The first fault of a record's bytes, if any."""
    done = 0
    with Signatures() as signatures:
        fault = ""
        while not fault and (batch := list(islice(rows, BATCH))):
            for row in batch:
                try:
                    record.take(row)
                except chain.Broken as broken:
                    fault = f"{row.where}: {broken}"
                    break
            told(done := done + len(batch))
            signed, record.signed = record.signed, []
            if bad := signatures.bad(signed):
                return [bad.where]
        # A signature comes before what else is wrong with its event, and all that were handed in stand before the fault.
        bad = signatures.last_bad()
        return [bad.where] if bad else [fault] if fault else []
