"""Checks of an event's bytes and of the keeper's order; bytes in, verdicts out, no file and no clock.

In order: 1. the header is canonical and of the right form; 2. the signature is the device's; 3. the body is canonical
and has the digest that the header names; 4. seq and prev go on from the device's chain; 5. the running hash.
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


def proved(header: bytes, signature: bytes, body_bytes: bytes) -> Event:
    """An event whose form, signature and body digest hold. Raises Broken."""
    head, parts = read(header, body_bytes)
    try:
        keys.verify(head.device, "event", header, signature)
    except keys.BadSignature as error:
        raise Broken("signature") from error
    if body.body_digest(parts) != head.body_digest:
        raise Broken("body digest")
    return Event(event.event_id(header), head, header, signature, body_bytes)


def first_hash(office: str) -> str:
    """`hash_0`, from the office's id."""
    return canonical.digest("order", canonical.dumps([office]))


def next_hash(office: str, place: int, before: str, event_id: str, stamp: int) -> str:
    """`hash_n`: over office, n, hash_n-1, the event's id (format 0) and the time."""
    return canonical.digest("order", canonical.dumps([office, place, before, event_id, stamp]))


def receipt_bytes(office: str, place: int, running: str, stamp: int) -> bytes:
    """What the keeper signs for an append, under the purpose `receipt`."""
    return canonical.dumps([office, place, running, stamp])
