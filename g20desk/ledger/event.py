"""The signed header of an event, and the event as it is stored: header bytes, signature, body bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from g20desk.ledger import canonical
from g20desk.ledger.canonical import NotCanonical

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
        """Canonical bytes."""
        value: dict[str, Any] = {name: getattr(self, name) for name in _NAMES}
        value["after"] = list(self.after)
        return canonical.dumps(value)


_NAMES = tuple(f.name for f in fields(Header))
_ID = "[0-9a-f]{64}"
_FORMS = {
    **dict.fromkeys(("v", "at", "seq"), "(0|[1-9][0-9]{0,15})"),
    **dict.fromkeys(("office", "ring", "stream", "prev", "seen"), f'"((?:{_ID})?)"'),
    **dict.fromkeys(("device", "chain", "body_digest"), f'"({_ID})"'),
    "kind": r'"([a-z]{1,62}\.[a-z_]{1,62})"',
    "after": rf'\[((?:"{_ID}"(?:,"{_ID}"){{0,63}})?)\]',
}
_HEADER = re.compile("{" + ",".join(f'"{name}":{_FORMS[name]}' for name in sorted(_NAMES)) + "}")


def decode(data: bytes) -> Header:
    """A header from bytes of the one form that it has in canonical JSON. Raises NotCanonical."""
    found = _HEADER.fullmatch(data.decode("ascii", "replace"))
    if found is None:
        raise NotCanonical("not a header")
    value: dict[str, Any] = dict(zip(sorted(_NAMES), found.groups(), strict=True))
    for name in ("v", "at", "seq"):
        value[name] = int(value[name])
        if value[name] > canonical.MAX_INT:
            raise NotCanonical("a number beyond 2^53")
    if len(value["kind"]) > 64:
        raise NotCanonical("header field kind")
    after = value["after"][1:-1].split('","') if value["after"] else []
    if after != sorted(set(after)):
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
