"""A signature by a sealing key: X25519 keys sign as in XEdDSA (Perrin, 2016), and everybody can check it.

So a newcomer shows in their request, once and for all who fold the act, that they hold the key that epochs are wrapped for.
An X25519 key is a point of the same curve in other coordinates: the signature is an Ed25519 one by that point, its sign bit 0.
"""

from __future__ import annotations

import hashlib
import secrets

from nacl import bindings

from g20desk.ledger import canonical, keys
from g20desk.ledger.keys import BadSignature, DeviceKey

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_FIRST = bytes([0xFE]) + b"\xff" * 31  # keeps the hash for the secret scalar apart from all others


def sign(key: DeviceKey, purpose: str, data: bytes, chance: bytes | None = None) -> bytes:
    """64 bytes over the tagged data by a device's sealing key. `chance`: 64 bytes, drawn where none are given."""
    said = canonical.tagged(purpose, data)
    secret, public = _signing(key.box_seed)
    once = _number(hashlib.sha512(_FIRST + _bytes(secret) + said + (chance or secrets.token_bytes(64))).digest())
    point = bindings.crypto_scalarmult_ed25519_base_noclamp(_bytes(once))
    over = _number(hashlib.sha512(point + public + said).digest())
    return point + _bytes((once + over * secret) % _Q)


def verify(box: str, purpose: str, data: bytes, signature: bytes) -> None:
    """Raise BadSignature unless the holder of this sealing key, in hex, signed this data for this purpose."""
    keys.verify(_point(box), purpose, data, signature)


def _signing(seed: bytes) -> tuple[int, bytes]:
    """The secret scalar of the point with sign bit 0, and that point."""
    clamped = bytes([seed[0] & 248]) + seed[1:31] + bytes([seed[31] & 127 | 64])
    secret = _number(clamped)
    public = bindings.crypto_scalarmult_ed25519_base_noclamp(_bytes(secret))
    if public[31] & 128:
        return _Q - secret, public[:31] + bytes([public[31] & 127])
    return secret, public


def _point(box: str) -> str:
    """The Ed25519 key, in hex, with sign bit 0, that has the same secret. Raises BadSignature for a number past the field."""
    u = int.from_bytes(bytes.fromhex(box), "little")
    if u >= _P - 1:
        raise BadSignature("this sealing key is not of the one form that it has")
    y = (u - 1) * pow(u + 1, -1, _P) % _P
    return _bytes(y).hex()


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little") % _Q


def _bytes(number: int) -> bytes:
    return number.to_bytes(32, "little")
