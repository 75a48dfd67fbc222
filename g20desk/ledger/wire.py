"""What travels between a desk and its hub: envelopes, the places they were given, and statements about the order.

Envelopes and entries travel as records one behind the other, all lengths in four bytes, big end first; everything else as
canonical JSON. docs/hub.md fixes the bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from g20desk.ledger import canonical, keys
from g20desk.ledger.envelope import BadEnvelope, Envelope, receipt_bytes

if TYPE_CHECKING:
    from g20desk.ledger.keys import DeviceKey

RECORDS = "application/vnd.g20desk.records"
JSON = "application/vnd.g20desk+json"
HUB_HEADER = "G20desk-Hub"
TIME_HEADER = "G20desk-Time"
_PLACED = struct.Struct(">QQ32s32s64s")
_LENGTH = struct.Struct(">I")
_PIECE = struct.Struct(">32sBI")
# How a piece is there: with its bytes; not at all; no more, since it was dropped; too large to travel with others.
HERE, LACKS, DROPPED, ALONE = range(4)
SIGNATURE = 64


class BadWire(BadEnvelope):
    """Bytes that are not of the form in which envelopes travel."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A place in the order: its number, its time in milliseconds, the digest of the signed head that stands there, the
    running hash, and the keeper's receipt."""

    n: int
    stamp: int
    digest: str
    hash: str
    receipt: bytes

    def encode(self) -> bytes:
        """144 bytes: numbers in eight, digests in 32, the receipt in 64."""
        return _PLACED.pack(self.n, self.stamp, bytes.fromhex(self.digest), bytes.fromhex(self.hash), self.receipt)

    def check(self, office: str, keeper: str, verify: keys.Verify = keys.verify) -> None:
        """Raise BadSignature unless the receipt is this keeper's."""
        verify(keeper, "receipt", receipt_bytes(office, self.n, self.hash, self.stamp), self.receipt)


@dataclass(frozen=True, slots=True)
class Entry:
    """An envelope at its place."""

    placed: Placed
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Piece:
    """A sealed piece among others; `sealed` is empty unless it is HERE."""

    digest: str
    sealed: bytes = b""
    how: int = HERE


@dataclass(frozen=True, slots=True)
class HandOver:
    """From `place` on, whose running hash is `hash`, `keeper` keeps the order; signed by device or keeper `by`."""

    office: str
    keeper: str
    place: int
    hash: str
    by: str
    signature: bytes

    @classmethod
    def signed(cls, key: DeviceKey, office: str, keeper: str, place: int, running: str) -> HandOver:
        """A statement by this key."""
        return cls(
            office, keeper, place, running, key.device, key.sign("hand over", _over(office, keeper, place, running))
        )

    def check(self) -> None:
        """Raise BadSignature unless `by` signed it."""
        keys.verify(self.by, "hand over", _over(self.office, self.keeper, self.place, self.hash), self.signature)


def _over(office: str, keeper: str, place: int, running: str) -> bytes:
    return canonical.dumps([office, keeper, place, running])


def drop_bytes(office: str, piece: str) -> bytes:
    """What a manager signs, under the purpose `drop piece`, for a piece to be dropped."""
    return canonical.dumps([office, piece])


def pack(envelopes: Iterable[Envelope]) -> bytes:
    """Envelopes as they travel."""
    return b"".join(map(_packed, envelopes))


def _packed(one: Envelope) -> bytes:
    return b"".join((
        one.signature,
        _LENGTH.pack(len(one.head_bytes)), one.head_bytes,
        _LENGTH.pack(len(one.sealed)), one.sealed,
        _LENGTH.pack(len(one.clear)), one.clear,
    ))  # fmt: skip


def unpack(data: bytes) -> list[Envelope]:
    """Envelopes from their bytes; nothing is said yet about what is in them. Raises BadWire."""
    at, found = 0, []
    while at < len(data):
        one, at = _unpacked(data, at)
        found.append(one)
    return found


def _unpacked(data: bytes, at: int) -> tuple[Envelope, int]:
    signature, at = _cut(data, at, SIGNATURE)
    parts = []
    for _ in range(3):
        length, at = _cut(data, at, _LENGTH.size)
        part, at = _cut(data, at, int.from_bytes(length))
        parts.append(part)
    return Envelope(parts[0], signature, parts[1], parts[2]), at


def _cut(data: bytes, at: int, length: int) -> tuple[bytes, int]:
    if at + length > len(data):
        raise BadWire("the bytes end too early")
    return data[at : at + length], at + length


def pack_pieces(pieces: Iterable[Piece]) -> bytes:
    """Pieces as they travel."""
    return b"".join(_PIECE.pack(bytes.fromhex(one.digest), one.how, len(one.sealed)) + one.sealed for one in pieces)


def unpack_pieces(data: bytes) -> list[Piece]:
    """Pieces from their bytes; nothing is said yet about their digests. Raises BadWire."""
    at, found = 0, []
    while at < len(data):
        about, at = _cut(data, at, _PIECE.size)
        digest, how, length = _PIECE.unpack(about)
        sealed, at = _cut(data, at, length)
        if how > ALONE or (how == HERE) != bool(sealed):
            raise BadWire("a piece is of another form")
        found.append(Piece(digest.hex(), sealed, how))
    return found


def pack_placed(places: Iterable[Placed]) -> bytes:
    """Places as they travel."""
    return b"".join(one.encode() for one in places)


def unpack_placed(data: bytes) -> list[Placed]:
    """Places from their bytes. Raises BadWire."""
    if len(data) % _PLACED.size:
        raise BadWire("the bytes end too early")
    found = [
        Placed(n, stamp, digest.hex(), running.hex(), receipt)
        for n, stamp, digest, running, receipt in _PLACED.iter_unpack(data)
    ]
    if any(max(one.n, one.stamp) > canonical.MAX_INT for one in found):
        raise BadWire("a number beyond 2^53")
    return found


def pack_entries(entries: Iterable[Entry]) -> bytes:
    """Entries as they travel: a place, then its envelope."""
    return b"".join(one.placed.encode() + _packed(one.envelope) for one in entries)


def unpack_entries(data: bytes) -> Iterator[Entry]:
    """Entries from their bytes, each with the head that its place names. Raises BadWire."""
    at = 0
    while at < len(data):
        place, at = _cut(data, at, _PLACED.size)
        envelope, at = _unpacked(data, at)
        placed = unpack_placed(place)[0]
        if envelope.digest != placed.digest:
            raise BadWire("a place names another head")
        yield Entry(placed, envelope)
