"""A secret in n shares of which k give it back, and fewer say nothing of it (Shamir, 1979), byte by byte over GF(256).

The field is that of AES: polynomials modulo x^8 + x^4 + x^3 + x + 1. A share is one byte, its number from 1, then a byte for
each byte of the secret. It does not tell a wrong share from a right one: whoever joins them checks what comes out. Tables
are indexed by secret bytes: this is for a person's own computer, not for one that is shared with an attacker.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection

MOST = 255


def _tables() -> tuple[list[int], list[int]]:
    powers, logs, value = [0] * 510, [0] * 256, 1
    for n in range(255):
        powers[n] = powers[n + 255] = value
        logs[value] = n
        value ^= value << 1  # times the generator x + 1
        if value & 256:
            value ^= 0x11B
    return powers, logs


_POWERS, _LOGS = _tables()


def times(a: int, b: int) -> int:
    """A product in the field."""
    return _POWERS[_LOGS[a] + _LOGS[b]] if a and b else 0


def over(a: int, b: int) -> int:
    """A quotient in the field; `b` is not 0."""
    return _POWERS[_LOGS[a] + 255 - _LOGS[b]] if a else 0


def split(secret: bytes, need: int, count: int, chance: Callable[[int], bytes] = secrets.token_bytes) -> list[bytes]:
    """`count` shares of which any `need` give the secret back. Raises ValueError for numbers that make no sense."""
    if not 1 <= need <= count <= MOST or not secret:
        raise ValueError("shares need a secret, and 1 <= need <= count <= 255")
    # One polynomial for each byte: the secret byte is its value at 0, the rest of it is chance.
    rest = [chance(len(secret)) for _ in range(need - 1)]
    return [bytes([x]) + bytes(_value(x, (byte, *higher)) for byte, *higher in zip(secret, *rest, strict=True))
            for x in range(1, count + 1)]  # fmt: skip


def _value(x: int, polynomial: Collection[int]) -> int:
    made = 0
    for one in reversed(list(polynomial)):
        made = times(made, x) ^ one
    return made


def join(shares: Collection[bytes]) -> bytes:
    """What these shares give: the secret, where they are enough and right. Raises ValueError where they are not of one
    length, or two have one number."""
    numbers = [one[0] for one in shares if one]
    if not numbers or len(set(numbers)) != len(shares) or 0 in numbers or len({len(one) for one in shares}) != 1:
        raise ValueError("shares of one secret have one length, and each its own number")
    weights = []
    for x in numbers:
        weight = 1
        for other in numbers:
            if other != x:
                weight = times(weight, over(other, other ^ x))
        weights.append(weight)
    made = bytearray(len(next(iter(shares))) - 1)
    for weight, one in zip(weights, shares, strict=True):
        for n, byte in enumerate(one[1:]):
            made[n] ^= times(weight, byte)
    return bytes(made)
