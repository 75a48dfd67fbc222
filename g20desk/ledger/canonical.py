"""Canonical JSON (RFC 8785), and the tags that keep one purpose's bytes from being taken for another's.

The ledger's values are a part of JSON on which sorting by code point and RFC 8785 agree: whole numbers within 2^53,
strings without lone surrogates, booleans, null, lists, and objects whose keys are ASCII. A test holds `dumps` to the
rfc8785 package.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

FORMAT = 0
MAX_INT = 2**53 - 1
MAX_DEPTH = 32


class NotCanonical(ValueError):
    """Bytes or a value that this ledger does not take."""


def tagged(purpose: str, data: bytes) -> bytes:
    """The bytes that are signed or hashed: a tag naming purpose and version, then the data."""
    return f"g20desk {purpose} {FORMAT}\n".encode() + data


def digest(purpose: str, data: bytes) -> str:
    """SHA-256 in hex over the tagged bytes."""
    return hashlib.sha256(tagged(purpose, data)).hexdigest()


def check(value: Any, depth: int = 0) -> None:
    """Raise NotCanonical for a value outside the ledger's part of JSON."""
    if depth > MAX_DEPTH:
        raise NotCanonical("nested too deep")
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INT:
            raise NotCanonical("a number beyond 2^53")
    elif isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise NotCanonical("a lone surrogate") from error
    elif isinstance(value, list | tuple):
        for item in value:
            check(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical("a key that is not ASCII")
            check(item, depth + 1)
    else:
        raise NotCanonical(f"a value of type {type(value).__name__}")


def dumps(value: Any) -> bytes:
    """The canonical bytes. Raises NotCanonical."""
    check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotCanonical("a key twice")
    return made


def loads(data: bytes) -> Any:
    """The value of canonical bytes; anything that is not byte for byte canonical raises NotCanonical."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_no_doubles)
        again = dumps(value)
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if again != data:
        raise NotCanonical("not in canonical form")
    return value
