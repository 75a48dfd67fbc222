"""Canonical JSON (RFC 8785), and the tags that keep one purpose's bytes from being taken for another's.

The ledger's values are a part of JSON on which sorting by code point and RFC 8785 agree: whole numbers within 2^53,
strings without lone surrogates, booleans, null, lists, and objects whose keys are ASCII. A test holds `dumps` to the
rfc8785 package.
"""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any

FORMAT = 1
MAX_INT = 2**53 - 1
MAX_DEPTH = 32


class NotCanonical(ValueError):
    """Bytes or a value that this ledger does not take."""


@functools.lru_cache(64)
def _tag(purpose: str) -> bytes:
    return f"g20desk {purpose} {FORMAT}\n".encode()


def tagged(purpose: str, data: bytes) -> bytes:
    """The bytes that are signed or hashed: a tag naming purpose and version, then the data."""
    return _tag(purpose) + data


def digest(purpose: str, data: bytes) -> str:
    """SHA-256 in hex over the tagged bytes."""
    return hashlib.sha256(_tag(purpose) + data).hexdigest()


def check(value: Any, depth: int = 0) -> None:
    """Raise NotCanonical for a value outside the ledger's part of JSON."""
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
        _room(value, depth)
        for item in value:
            if type(item) is not str or not item.isascii():
                check(item, depth + 1)
    elif isinstance(value, dict):
        _room(value, depth)
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical("a key that is not ASCII")
            # Most values are plain ASCII: a call for each would cost more than all the rest.
            if type(item) is not str or not item.isascii():
                check(item, depth + 1)
    else:
        raise NotCanonical(f"a value of type {type(value).__name__}")


def _room(value: Any, depth: int) -> None:
    if value and depth == MAX_DEPTH:
        raise NotCanonical("nested too deep")


def dumps(value: Any) -> bytes:
    """The canonical bytes. Raises NotCanonical."""
    check(value)
    return encoded(value)


def encoded(value: Any) -> bytes:
    """The canonical bytes of a value that `check` or `parsed` has let through. Raises NotCanonical for a lone surrogate."""
    try:
        return (_ENCODER.encode(value) if _ENCODE is None else "".join(_ENCODE(value, 0))).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate") from error


def quoted(text: str) -> bytes:
    """The canonical bytes of an ASCII key."""
    return json.encoder.encode_basestring(text).encode()


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
# What `_ENCODER.encode` makes anew at each call, made once: half of the time of a short value.
_MAKE = getattr(json.encoder, "c_make_encoder", None)
_ENCODE = (
    _MAKE(None, _ENCODER.default, json.encoder.encode_basestring, None, ":", ",", True, False, False) if _MAKE else None
)


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > MAX_INT:
        raise NotCanonical("a number beyond 2^53")
    return number


def _none_such(text: str) -> Any:
    raise NotCanonical(f"a number like {text[:20]}")


# A key twice needs no look: written again it stands once.
_DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_none_such, parse_constant=_none_such)


def loads(data: bytes) -> Any:
    """The value of canonical bytes; anything that is not byte for byte canonical raises NotCanonical."""
    value = parsed(data)
    same(encoded(value), data)
    return value


def parsed(data: bytes) -> Any:
    """The value of bytes that are still to be held to what is written again (`same`). Raises NotCanonical."""
    try:
        value = _DECODER.decode(data.decode("utf-8"))
        # ASCII bytes have ASCII keys, and so few brackets can't nest too deep: most bytes need no further look.
        if not data.isascii() or data.count(b"{") + data.count(b"[") > MAX_DEPTH:
            check(value)
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    return value


def same(again: bytes, data: bytes) -> None:
    """Raise NotCanonical unless a value written again has the bytes that it was read from."""
    if again != data:
        raise NotCanonical("not in canonical form")
