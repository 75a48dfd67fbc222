"""What is carried to whoever lacks it: places with their envelopes made whole again, and pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from g20desk.errors import Usage
from g20desk.ledger import body, pieces, sealing
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Unsealed
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Entry

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub

AT_ONCE = 200  # events whose pieces are asked about together


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
        if item is not None:
            yield Entry(one.placed, whole(store, one.envelope, item))
        else:
            yield replace(one, envelope=replace(one.envelope, sealed=store.void_sealed(place)))


def whole_entries(store: Store, places: Iterable[int]) -> Iterator[Entry]:
    """Those of these places whose sealed bytes this desk has."""
    for place in places:
        for one in entries(store, place - 1, place):
            if one.envelope.sealed:
                yield one


def give_pieces(store: Store, hub: Hub, items: Iterable[Event]) -> None:
    """Hand in the pieces of events that this desk holds and the hub does not."""
    left = iter(items)
    while some := list(islice(left, AT_ONCE)):
        refs = [ref for item in some for ref in item_refs(item)]
        with store.write():
            known = {digest: ref for ref in refs if (digest := pieces.sealed_digest(store, ref))}
        wanted = hub.missing_pieces(sorted(known)) if known else []
        held = ((digest, known[digest], pieces.get(store, known[digest])) for digest in wanted)
        hub.put_pieces((digest, sealing.seal_piece(ref["key"], data)) for digest, ref, data in held if data is not None)


def item_refs(item: Event) -> Iterator[pieces.Ref]:
    """The references to pieces in an event."""
    return pieces.refs([part.value for part in body.decode(item.body).values()])


def keep_piece(store: Store, item: Event, digest: str, sealed: bytes) -> None:
    """Open a sealed piece with the key that one of an event's references names, and keep it. One that none opens is
    left out: whoever handed it in has to say why."""
    for ref in item_refs(item):
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
