"""The signed header of an event, and the event as it is stored: header bytes, signature, body bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from g20desk.ledger import canonical
from g20desk.ledger.canonical import NotCanonical

HEX = re.compile(r"[0-9a-f]{64}\Z")
KIND = re.compile(r"[a-z]+\.[a-z_]+\Z")


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
        """Canonical bytes."""
        value: dict[str, Any] = {name: getattr(self, name) for name in _NAMES}
        value["after"] = list(self.after)
        return canonical.dumps(value)


_NAMES = tuple(f.name for f in fields(Header))
_FIELDS = frozenset(_NAMES)


def decode(data: bytes) -> Header:
    """A header from canonical bytes, its form checked field by field. Raises NotCanonical."""
    value = canonical.loads(data)
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        raise NotCanonical("a header with other fields")
    for name in ("v", "at", "seq"):
        if type(value[name]) is not int or value[name] < 0:
            raise NotCanonical(f"header field {name}")
    for name in ("office", "ring", "stream", "prev", "seen"):
        if not isinstance(value[name], str) or not (value[name] == "" or HEX.match(value[name])):
            raise NotCanonical(f"header field {name}")
    for name in ("device", "chain", "body_digest"):
        if not isinstance(value[name], str) or not HEX.match(value[name]):
            raise NotCanonical(f"header field {name}")
    if not isinstance(value["kind"], str) or not KIND.match(value["kind"]) or len(value["kind"]) > 64:
        raise NotCanonical("header field kind")
    after = value["after"]
    if not isinstance(after, list) or not all(isinstance(a, str) and HEX.match(a) for a in after):
        raise NotCanonical("header field after")
    if len(after) > 64 or after != sorted(set(after)):
        raise NotCanonical("header field after")
    return Header(**{**value, "after": tuple(after)})


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
