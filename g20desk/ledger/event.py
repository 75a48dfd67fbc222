"""The signed header of an event, and the event as it is stored: header bytes, signature, body bytes."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, fields
from typing import Any

from g20desk.ledger import canonical, forms
from g20desk.ledger.canonical import NotCanonical
from g20desk.ledger.forms import ID, MAYBE, NUMBER

HEX = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Header:
    """What is signed. Ids, keys and hashes are 64 hex digits; `at` is the author's clock in milliseconds."""

    v: int
    office: str
    ring: str
    stream: str
    kind: str
    at: int
    device: str
    chain: str
    seq: int
    prev: str
    after: tuple[str, ...]
    seen: str
    body_digest: str

    def encode(self) -> bytes:
        """Canonical bytes. Whoever makes one gives each field its type; `decode` holds it to its form."""
        value: dict[str, Any] = {name: getattr(self, name) for name in _NAMES}
        value["after"] = list(self.after)
        return canonical.encoded(value)


_NAMES = tuple(f.name for f in fields(Header))
_HEADER = forms.Form({
    **dict.fromkeys(("v", "at", "seq"), NUMBER),
    **dict.fromkeys(("office", "ring", "stream", "prev", "seen"), MAYBE),
    **dict.fromkeys(("device", "chain", "body_digest"), ID),
    "kind": r'"([a-z]{1,62}\.[a-z_]{1,62})"', "after": forms.ids(64),
})  # fmt: skip


@functools.lru_cache(1024)  # on its way in each is asked for several times
def decode(data: bytes) -> Header:
    """A header from bytes of the one form that it has in canonical JSON. Raises NotCanonical."""
    value = _HEADER.read(data)
    if len(value["kind"]) > 64:
        raise NotCanonical("header field kind")
    return Header(**value)


def event_id(header: bytes) -> str:
    """The id: SHA-256 over the tagged header bytes."""
    return canonical.digest("event", header)


@dataclass(frozen=True, slots=True)
class Event:
    """An event as stored. `place` and `stamp` are the keeper's; None while tentative."""

    id: str
    header: Header
    header_bytes: bytes
    signature: bytes
    body: bytes
    place: int | None = None
    stamp: int | None = None
