"""Checking the whole record of a desk again, from its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.clock import SystemClock
from g20desk.desk.acting import Ledger
from g20desk.desk.desk import unlock
from g20desk.desk.exporting import Referred, Stored, check_pieces, lost_places, stored
from g20desk.ledger import body, chain, event, pieces
from g20desk.ledger.signatures import Signatures, Signed
from g20desk.office.fold import NOUNS, Verdict

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

BATCH = 2_000


class Record:
    """The record's bytes so far: form, bodies, the devices' chains and the keeper's order. `signed` collects the
    signatures, which are checked apart, many at once."""

    def __init__(self, office: str, keeper: str) -> None:
        self.office, self.keeper = office, keeper
        self.count, self.tentative, self.stamp = 0, 0, 0
        self.running = chain.first_hash(office)
        self.streams: dict[str, str] = {}
        self.signed: list[Signed] = []
        self.referred: Referred = []
        self._ends: dict[tuple[str, str], tuple[int, str]] = {}

    def take(self, row: Stored) -> None:
        """The next event. Raises Broken."""
        self.count += 1
        head, parts = chain.read(row.header, row.body)
        self.signed.append(Signed(f"{row.where}: signature", head.device, "event", row.header, row.signature))
        if body.body_digest(parts) != head.body_digest:
            raise chain.Broken("body digest")
        if event.event_id(row.header) != row.id:
            raise chain.Broken("event id")
        if self._ends.get((head.device, head.chain), (0, "")) != (head.seq - 1, head.prev):
            raise chain.Broken("the device's chain")
        self._ends[head.device, head.chain] = (head.seq, row.id)
        if row[8:] != (head.stream or row.id, head.kind, head.device, head.chain, head.seq):
            raise chain.Broken("its row says other than its header")
        self.referred += [(row.where, ref) for ref in pieces.refs([part.value for part in parts.values()])]
        self.streams.setdefault(head.stream or row.id, NOUNS.get(head.kind.split(".")[0], ""))
        if row.place is None or row.stamp is None:
            self.tentative += 1
        else:
            self._place(row, row.place, row.stamp)

    def _place(self, row: Stored, place: int, stamp: int) -> None:
        if place != self.count:
            raise chain.Broken("a place is missing")
        if place == 1 and (row.id, row.device) != (self.office, self.keeper):
            raise chain.Broken("not the founding event of this office and its keeper")
        if stamp < self.stamp:
            raise chain.Broken("the stamp runs back")
        self.stamp = stamp
        self.running = chain.next_hash(self.office, place, self.running, row.id, stamp)
        if self.running != row.running:
            raise chain.Broken("running hash")
        said = chain.receipt_bytes(self.office, place, self.running, stamp)
        self.signed.append(Signed(f"{row.where}: receipt", self.keeper, "receipt", said, row.receipt or b""))


def verify(desk: Desk) -> dict[str, Any]:
    """`ledger verify` of CLI.md. Faults name the first place that does not hold."""
    return verify_ledger(desk.ledger)


def verify_folder(folder: Path) -> dict[str, Any]:
    """The same for a desk that may be too damaged to be opened for a person. Raises Usage."""
    kept, store = unlock(folder)
    return verify_ledger(Ledger(store, kept, SystemClock()))


def verify_ledger(ledger: Ledger) -> dict[str, Any]:
    """Bytes, rows, chains, places and receipts; then the pieces beside them; then, where all hold, the folds' verdicts."""
    store = ledger.store
    record = Record(store.meta("office"), store.meta("keeper"))
    faults = check(record, stored(store))
    faults += lost_places(store) + check_pieces(store, None if faults else record.referred)[1]
    verdicts: list[Verdict] = []
    for stream, noun in record.streams.items() if not faults else ():
        if noun == "office":
            ledger.office()
            verdicts += ledger.office_verdicts
        elif noun:
            verdicts += ledger.folded(noun, stream)[1]
    return {
        "events": record.count,
        "verified": not faults,
        "refused": [{"event": v.event.id, "kind": v.event.header.kind, "why": v.why} for v in verdicts if not v.counts],
        "tentative": record.tentative,
        "faults": faults,
    }


def check(record: Record, rows: Iterator[Stored]) -> list[str]:
    """The first fault of a record's bytes, if any."""
    with Signatures() as signatures:
        fault = ""
        while not fault and (batch := list(islice(rows, BATCH))):
            for row in batch:
                try:
                    record.take(row)
                except chain.Broken as broken:
                    fault = f"{row.where}: {broken}"
                    break
            signed, record.signed = record.signed, []
            if bad := signatures.bad(signed):
                return [bad.where]
        # A signature comes before what else is wrong with its event, and all that were handed in stand before the fault.
        bad = signatures.last_bad()
        return [bad.where] if bad else [fault] if fault else []
