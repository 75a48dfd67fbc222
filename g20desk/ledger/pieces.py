"""Texts, alt texts, comments, reasons and pictures: kept beside the events that name them, droppable on their own.

A reference stands in an event as {"piece": id, "key": key, "size": n}. The id is over key and plaintext, so that it
tells nothing about a short text once the piece is dropped. The key is the one the piece will be sealed under.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any, NewType

from g20desk.ledger import canonical, envelope, sealing
from g20desk.ledger.event import HEX
from g20desk.ledger.store import Store

Ref = NewType("Ref", dict[str, Any])
_REF = {"piece", "key", "size"}
# A desk's own note of a piece that was taken out of the record: by no way it comes back.
REDACTED = "redacted/"


def refer(data: bytes, earlier: Ref | None = None) -> Ref:
    """A reference to data; the `earlier` one again where it already means the same bytes."""
    if earlier is not None and earlier["piece"] == piece_id(earlier["key"], data):
        return earlier
    key = secrets.token_hex(32)
    return Ref({"piece": piece_id(key, data), "key": key, "size": len(data)})


def piece_id(key: str, data: bytes) -> str:
    """The address of a piece."""
    return canonical.digest("piece", bytes.fromhex(key) + data)


def put(store: Store, ref: Mapping[str, Any], data: bytes) -> None:
    """Keep a piece, unless it was taken out of the record; inside the transaction that appends its event."""
    store.db.execute(
        "insert or ignore into pieces (id, data) select ?, ? where not exists (select 1 from meta where name = ?)",
        (ref["piece"], data, REDACTED + ref["piece"]),
    )


def sealed_digest(store: Store, ref: Ref) -> str | None:
    """The digest of a piece as a hub holds it; None where it was dropped, or where the reference does not fit it.
    Inside a write transaction."""
    row = store.db.execute("select data, sealed from pieces where id = ?", (ref["piece"],)).fetchone()
    if row is None:
        return None
    if not row[1]:
        if piece_id(ref["key"], bytes(row[0])) != ref["piece"]:
            return None
        made = envelope.sealed_digest(sealing.seal_piece(ref["key"], bytes(row[0])))
        store.db.execute("update pieces set sealed = ? where id = ?", (made, ref["piece"]))
        return made
    return str(row[1])


def get(store: Store, ref: Mapping[str, Any]) -> bytes | None:
    """The plaintext, or None where it was dropped."""
    with store.guard():
        row = store.db.execute("select data from pieces where id = ?", (ref["piece"],)).fetchone()
    return bytes(row[0]) if row else None


def text(store: Store, ref: Mapping[str, Any]) -> str:
    """A piece as text: empty where it was dropped, with marks for bytes that are none."""
    return (get(store, ref) or b"").decode("utf-8", "replace")


def is_ref(value: Any) -> bool:
    """Whether a part's value has the form of a reference."""
    return (
        isinstance(value, dict)
        and value.keys() == _REF
        and all(isinstance(value[name], str) and HEX.match(value[name]) for name in ("piece", "key"))
        and type(value["size"]) is int
        and value["size"] >= 0
    )


def refs(value: Any) -> Iterator[Ref]:
    """All references inside a part's value."""
    if is_ref(value):
        yield value
    elif isinstance(value, dict | list):
        # Most of what stands inside is text and numbers: a generator for each would cost more than all the rest.
        for item in value.values() if isinstance(value, dict) else value:
            if isinstance(item, dict | list):
                yield from refs(item)
