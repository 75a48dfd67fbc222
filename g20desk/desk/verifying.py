"""Checking the whole record of a desk again, from its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.ledger import chain, keys
from g20desk.office.fold import NOUNS

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


def verify(desk: Desk) -> dict[str, Any]:
    """`ledger verify` of CLI.md. Faults name the first place that does not hold."""
    office, keeper = desk.store.meta("office"), desk.store.meta("keeper")
    running, stamp, count, tentative = chain.first_hash(office), 0, 0, 0
    faults: list[str] = []
    streams: dict[str, str] = {}
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    for item, claimed, receipt in desk.store.all():
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
    refused = []
    for stream, noun in streams.items():
        if noun == "office":
            desk.ledger.office()
            verdicts = desk.ledger.office_verdicts
        elif noun:
            verdicts = desk.ledger.folded(noun, stream)[1]
        else:
            continue
        refused += [{"event": v.event.id, "kind": v.event.header.kind, "why": v.why} for v in verdicts if not v.counts]
    return {"events": count, "verified": not faults, "refused": refused, "tentative": tentative, "faults": faults}
