"""Checks of an event's bytes; bytes in, verdicts out, no file and no clock.

In order: 1. the header is canonical and of the right form; 2. the signature is the device's; 3. the body is canonical
and has the digest that the header names. Chains and the order are over the heads of envelopes (envelope.py).
"""

from __future__ import annotations

from g20desk.ledger import body, canonical, event, keys
from g20desk.ledger.event import Event, Header


class Broken(ValueError):
    """Bytes that do not verify; the message says which check failed."""


def read(header: bytes, body_bytes: bytes) -> tuple[Header, body.Parts]:
    """Header and body whose form holds; nothing is said yet about signature and digest. Raises Broken."""
    try:
        return event.decode(header), body.decode(body_bytes)
    except canonical.NotCanonical as error:
        raise Broken(f"form: {error}") from error


def proved(
    header: bytes, signature: bytes, body_bytes: bytes, place: int | None = None, stamp: int | None = None,
    verify: keys.Verify = keys.verify,
) -> Event:  # fmt: skip
    """An event whose form, signature and body digest hold, at a place. Raises Broken."""
    head, parts = read(header, body_bytes)
    try:
        verify(head.device, "event", header, signature)
    except keys.BadSignature as error:
        raise Broken("signature") from error
    if body.body_digest(parts) != head.body_digest:
        raise Broken("body digest")
    return Event(event.event_id(header), head, header, signature, body_bytes, place, stamp)


def ordered(tail: list[Event]) -> list[Event]:
    """Tentative events in the order in which they are folded: each after those that it names in `prev` and `after`, ties
    by id. One that names what is not here stands as if it named nothing."""
    if len(tail) < 2:
        return tail
    waiting = {item.id: item for item in tail}
    before = {i: {b for b in (e.header.prev, *e.header.after) if b in waiting} for i, e in waiting.items()}
    made: list[Event] = []
    while waiting:
        # Ids are hashes of what they name, so that nothing can wait for itself.
        ready = sorted(i for i in waiting if not before[i] & waiting.keys())
        made.append(waiting.pop(ready[0]))
    return made
