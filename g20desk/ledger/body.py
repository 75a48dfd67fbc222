"""A body is an object of parts, each with its own salt, so that one can be shown and another withheld.

Stored form: `{name: [salt, value], ...}`. A part's digest is over name, salt and value; the body's digest over the
digests of all its parts; the content digest over those whose name begins with `c.`.
"""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from g20desk.ledger import canonical
from g20desk.ledger.canonical import NotCanonical

CONTENT = "c."
SMALL = 1 << 13
SALT = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True, slots=True)
class PartOfBody:
    """One part: a salt of 32 hex digits and a value; and both in canonical bytes, where it was read from such."""

    salt: str
    value: Any
    written: bytes = field(default=b"", compare=False, repr=False)

    def digest(self, name: str) -> str:
        """SHA-256 over name, salt and value."""
        written = self.written or canonical.encoded([self.salt, self.value])
        return canonical.digest("part", b"[" + canonical.quoted(name) + b"," + written[1:])


Parts = Mapping[str, PartOfBody]


def salted(values: Mapping[str, Any], earlier: Parts | None = None) -> dict[str, PartOfBody]:
    """Parts with fresh salts; a part equal to an `earlier` one takes over its salt."""
    made: dict[str, PartOfBody] = {}
    for name, value in values.items():
        old = (earlier or {}).get(name)
        same = old is not None and old.value == value
        made[name] = PartOfBody(old.salt if same and old else secrets.token_hex(16), value)
    return made


def encode(parts: Parts) -> bytes:
    """The stored bytes. Raises NotCanonical."""
    return canonical.dumps({name: [part.salt, part.value] for name, part in parts.items()})


def decode(data: bytes) -> Parts:
    """Parts from stored bytes, shared by all who ask: nobody changes them. Raises NotCanonical."""
    return _small(data) if len(data) <= SMALL else _decoded(data)


def _decoded(data: bytes) -> Parts:
    value = canonical.parsed(data)
    if not isinstance(value, dict) or not value:
        raise NotCanonical("a body without parts")
    made: dict[str, PartOfBody] = {}
    for name, pair in value.items():
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str) or not SALT.match(pair[0]):
            raise NotCanonical(f"part {name!a} is not salt and value")
        made[name] = PartOfBody(pair[0], pair[1], canonical.encoded(pair))
    # Each part is written again once, for the proof that the body is canonical and for the part's digest.
    again = b",".join(canonical.quoted(name) + b":" + made[name].written for name in sorted(made))
    canonical.same(b"{" + again + b"}", data)
    return made


_small = functools.lru_cache(1024)(_decoded)  # on its way in each is proved, and then folded


def body_digest(parts: Parts) -> str:
    """The digest that the header names."""
    return canonical.digest("body", canonical.encoded({name: part.digest(name) for name, part in parts.items()}))


def content_digest(parts: Parts) -> str:
    """The digest that decisions name: over the content's parts only."""
    chosen = {name: part.digest(name) for name, part in parts.items() if name.startswith(CONTENT)}
    return canonical.digest("content", canonical.encoded(chosen))
