"""A desk whose folder was copied, or put back from an old copy: it does not fork itself.

The chain of a device is drawn in one store. Where acts of that chain come in which this store has never seen, another copy
of it has written on: this one goes on with a new chain, and what it did in the old one meanwhile has to be done again.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from g20desk.ledger import event
from g20desk.ledger.envelope import Head
from g20desk.ledger.event import Event
from g20desk.ledger.store import Store

_UNDONE = "undone/"


@dataclass(frozen=True, slots=True)
class Undone:
    """An act that can't get a place any more. Time in milliseconds; `stream` is empty where it opened one."""

    event: str
    kind: str
    at: int
    stream: str

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def noticed(store: Store, head: Head, streams: set[str]) -> list[Undone]:
    """What has to be done again once an act comes in that this store does not hold: nothing unless it is of the chain
    that this store writes. Adds the streams that this touched. Inside a write transaction."""
    if head.device not in store.metas("device/").values():
        return []
    if store.meta(f"chain/{head.device}") == head.chain:
        begin_anew(store, head.device)
    made = []
    for item in store.tentative():
        own = item.header
        if (own.device, own.chain) == (head.device, head.chain) and own.seq >= head.seq:
            made.append(_put_aside(store, item))
            streams.add(own.stream or item.id)
    return made


def set_apart(store: Store, device: str) -> None:
    """Have a device's next acts begin a new chain where some wait in the present one: they need not wait behind what
    can't be handed in now."""
    chain = store.meta(f"chain/{device}")
    if any((item.header.device, item.header.chain) == (device, chain) for item in store.tentative()):
        begin_anew(store, device)


def begin_anew(store: Store, device: str) -> None:
    """Have a device's next acts begin a new chain."""
    store.set_meta(f"chain/{device}", secrets.token_hex(32))


def _put_aside(store: Store, item: Event) -> Undone:
    """Out of the record, and kept beside it as it was signed."""
    kept = {"header": item.header_bytes.hex(), "signature": item.signature.hex(), "body": item.body.hex()}
    store.set_meta(_UNDONE + item.id, json.dumps(kept))
    store.remove_tentative(item.id)
    return Undone(item.id, item.header.kind, item.header.at, item.header.stream)


def undone(store: Store) -> list[Undone]:
    """All that has to be done again, the oldest first."""
    made = []
    for name, text in store.metas(_UNDONE).items():
        head = event.decode(bytes.fromhex(json.loads(text)["header"]))
        made.append(Undone(name.removeprefix(_UNDONE), head.kind, head.at, head.stream))
    return sorted(made, key=lambda one: (one.at, one.event))


def sentence(again: list[Undone]) -> str:
    """For people; empty where there is nothing."""
    if not again:
        return ""
    kinds = ", ".join(sorted({one.kind for one in again}))
    return (
        f"Another copy of this desk has handed in acts; {len(again)} that were done here since can't be placed. "
        f"Do them again ({kinds}): g20desk ledger again"
    )


def forget(store: Store) -> int:
    """They were done again, or are not wanted; how many."""
    count = len(store.metas(_UNDONE))
    store.drop_metas(_UNDONE)
    return count
