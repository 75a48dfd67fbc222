"""Checking the whole record of a desk again, from its bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.clock import SystemClock
from g20desk.desk.acting import Ledger
from g20desk.desk.desk import unlock
from g20desk.desk.exporting import check_pieces, check_rows
from g20desk.ledger import canonical, chain, keys
from g20desk.office.fold import NOUNS

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


def verify(desk: Desk) -> dict[str, Any]:
    """`ledger verify` of CLI.md. Faults name the first place that does not hold."""
    return verify_ledger(desk.ledger)


def verify_folder(folder: Path) -> dict[str, Any]:
    """The same for a desk that may be too damaged to be opened for a person. Raises Usage."""
    kept, store = unlock(folder)
    return verify_ledger(Ledger(store, kept, SystemClock()))


def verify_ledger(ledger: Ledger) -> dict[str, Any]:
    """Bytes, chains, places and receipts; then rows and pieces beside them; then what the folds say."""
    try:
        return _verified(ledger)
    except canonical.NotCanonical as fault:
        return {"events": 0, "verified": False, "refused": [], "tentative": 0, "faults": [f"form: {fault}"]}


def _verified(ledger: Ledger) -> dict[str, Any]:
    store = ledger.store
    office, keeper = store.meta("office"), store.meta("keeper")
    running, stamp, count, tentative = chain.first_hash(office), 0, 0, 0
    faults: list[str] = []
    streams: dict[str, str] = {}
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    for item, claimed, receipt in store.all():
        count += 1
        where = f"place {item.place}" if item.place else f"event {item.id[:12]}"
        try:
            proved = chain.proved(item.header_bytes, item.signature, item.body)
            if proved.id != item.id:
                raise chain.Broken("event id")
            chain_key = (item.header.device, item.header.chain)
            if ends.get(chain_key, (0, "")) != (item.header.seq - 1, item.header.prev):
                raise chain.Broken("the device's chain")
            ends[chain_key] = (item.header.seq, item.id)
            if item.place is None or item.stamp is None:
                tentative += 1
            else:
                if item.place != count:
                    raise chain.Broken("a place is missing")
                if item.stamp < stamp:
                    raise chain.Broken("the stamp runs back")
                stamp = item.stamp
                running = chain.next_hash(office, item.place, running, item.id, item.stamp)
                if running != claimed:
                    raise chain.Broken("running hash")
                keys.verify(keeper, "receipt", chain.receipt_bytes(office, item.place, running, item.stamp), receipt)
        except (chain.Broken, keys.BadSignature) as fault:
            faults.append(f"{where}: {fault}")
            break
        streams.setdefault(item.header.stream or item.id, NOUNS.get(item.header.kind.split(".")[0], ""))
    faults += check_rows(store) + check_pieces(store)[1]
    if faults:
        return {"events": count, "verified": False, "refused": [], "tentative": tentative, "faults": faults}
    refused = []
    for stream, noun in streams.items():
        if noun == "office":
            ledger.office()
            verdicts = ledger.office_verdicts
        elif noun:
            verdicts = ledger.folded(noun, stream)[1]
        else:
            continue
        refused += [{"event": v.event.id, "kind": v.event.header.kind, "why": v.why} for v in verdicts if not v.counts]
    return {"events": count, "verified": True, "refused": refused, "tentative": tentative, "faults": faults}
