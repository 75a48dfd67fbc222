"""Sealing: an event under its ring's epoch, an epoch's key for each device, a piece under its own key.

An epoch is 32 random bytes, named by their hash. docs/ledger.md fixes the bytes.
"""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from g20desk.ledger import canonical, envelope
from g20desk.ledger.envelope import STEP, SUITE, Envelope, Head

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

    from g20desk.ledger.event import Event
    from g20desk.ledger.keys import DeviceKey

CHUNK = 1 << 16
LARGE, LARGE_STEP = 1 << 16, 1 << 14
_TAG = 16
_SEALED = re.compile(rb'"sealed":"[0-9a-f]{64}"')


class Unsealed(ValueError):
    """Bytes that do not open, or not to what they should."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """A ring's key for a time."""

    key: bytes

    @classmethod
    def fresh(cls) -> Epoch:
        """A new one, from the system's randomness."""
        return cls(secrets.token_bytes(32))

    @property
    def id(self) -> str:
        """Its name: the hash of its key."""
        return canonical.digest("epoch", self.key)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sealed: an event's header, its author's signature, its body."""

    header: bytes
    signature: bytes
    body: bytes


def seal(
    item: Event,
    office: str,
    ring: str,
    epoch: Epoch,
    key: DeviceKey,
    pieces: Iterable[str] = (),
    clear: bytes = b"",
    nonce: str = "",
) -> Envelope:
    """An event in its envelope, signed by its device. `pieces`: the digests of its sealed pieces; `nonce`: 24 hex digits
    that were never used with this epoch and device, drawn where none is given."""
    head = Head(
        canonical.FORMAT, SUITE, office, item.id, item.header.device, item.header.chain, item.header.seq,
        item.header.prev, ring, epoch.id, nonce or secrets.token_hex(12), "", tuple(sorted(set(pieces))),
        envelope.clear_digest(clear) if clear else "",
    )  # fmt: skip
    sealed = again(head, item, epoch)
    raw = replace(head, sealed=envelope.sealed_digest(sealed)).encode()
    return Envelope(raw, key.sign("envelope", raw), sealed, clear)


def again(head: Head, item: Event, epoch: Epoch) -> bytes:
    """The sealed bytes of an event, made from its head once more."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    lengths = len(item.header_bytes).to_bytes(4) + len(item.body).to_bytes(4)
    plain = lengths + item.signature + item.header_bytes + item.body
    return ChaCha20Poly1305(_event_key(epoch.key, head.device)).encrypt(
        bytes.fromhex(head.nonce), _padded(plain, STEP), _bound(head)
    )


def opened(found: Envelope, epoch: Epoch) -> Opened:
    """What an envelope holds. Raises Unsealed; what it says besides is not yet held to its head."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    head = found.head
    try:
        key = ChaCha20Poly1305(_event_key(epoch.key, head.device))
        plain = key.decrypt(bytes.fromhex(head.nonce), found.sealed, _bound_in(found.head_bytes))
    except (InvalidTag, ValueError) as error:
        raise Unsealed("it does not open") from error
    header, inner = (int.from_bytes(plain[n : n + 4]) for n in (0, 4))
    end = 72 + header + inner
    if len(plain) < end or plain[end:].strip(b"\0") or len(plain) != len(_padded(plain[:end], STEP)):
        raise Unsealed("it is not of the form of an event")
    return Opened(plain[72 : 72 + header], plain[8:72], plain[72 + header : end])


@functools.lru_cache(1024)
def _event_key(key: bytes, device: str) -> bytes:
    return _derived(key, canonical.tagged("event key", bytes.fromhex(device)))


def _derived(key: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, None, info).derive(key)


def _bound(head: Head) -> bytes:
    """What the sealed bytes are bound to: the head without their own digest."""
    return _bound_in(head.encode())


def _bound_in(head_bytes: bytes) -> bytes:
    # In canonical bytes of ids and numbers the field stands there once.
    return canonical.tagged("event seal", _SEALED.sub(b'"sealed":""', head_bytes))


def _padded(plain: bytes, step: int) -> bytes:
    return plain + b"\0" * (-len(plain) % step)


def wrap(epoch: Epoch, office: str, device: str, box: str, *, bundle: bool = False) -> str:
    """An epoch's key for one device, in hex. `bundle`: it is the key of one."""
    return seal_to(epoch.key, box, _wrap_info(bundle, office, epoch.id, device)).hex()


def seal_to(data: bytes, box: str, info: bytes) -> bytes:
    """Bytes sealed to a device's sealing key, given in hex; bound to `info`."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _suite().encrypt(data, X25519PublicKey.from_public_bytes(bytes.fromhex(box)), info)


def open_from(sealed: bytes, key: DeviceKey, info: bytes) -> bytes:
    """What was sealed to a device. Raises Unsealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        return _suite().decrypt(sealed, X25519PrivateKey.from_private_bytes(key.box_seed), info)
    except (InvalidTag, ValueError) as error:
        raise Unsealed("it does not open") from error


def unwrap(wrapped: str, office: str, epoch: str, device: str, key: DeviceKey, *, bundle: bool = False) -> Epoch:
    """The epoch in a wrap. Raises Unsealed where it does not open, or to another key than it names."""
    try:
        made = Epoch(open_from(bytes.fromhex(wrapped), key, _wrap_info(bundle, office, epoch, device)))
    except ValueError as error:
        raise Unsealed("the wrap does not open") from error
    if len(made.key) != 32 or made.id != epoch:
        raise Unsealed("the wrap holds another key")
    return made


def bury(previous: Epoch, epoch: Epoch) -> str:
    """The key before an epoch, sealed under it, in hex."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    # A key for this one use: a nonce of zeros is used once.
    return ChaCha20Poly1305(_previous_key(epoch.key)).encrypt(bytes(12), previous.key, None).hex()


def unbury(buried: str, epoch: Epoch, parent: str) -> Epoch:
    """The epoch `parent` out of its successor. Raises Unsealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        made = Epoch(ChaCha20Poly1305(_previous_key(epoch.key)).decrypt(bytes(12), bytes.fromhex(buried), None))
    except (InvalidTag, ValueError) as error:
        raise Unsealed("the key before this one does not open") from error
    if made.id != parent:
        raise Unsealed("the key before this one is another than it is named")
    return made


def _previous_key(key: bytes) -> bytes:
    return _derived(key, canonical.tagged("previous key", b""))


@functools.cache
def _suite() -> Suite:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def _wrap_info(bundle: bool, office: str, epoch: str, device: str) -> bytes:
    said = canonical.dumps([office, epoch, device])
    return canonical.tagged("bundle wrap", said) if bundle else canonical.tagged("wrap", said)


def seal_piece(key: str, data: bytes) -> bytes:
    """A piece sealed under its own key, in chunks of 65,536 bytes that each stand at their place. The same piece under
    the same key has the same sealed bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    cipher = ChaCha20Poly1305(bytes.fromhex(key))
    plain = data + b"\0" * (_room(len(data)) - len(data))
    chunks = range(0, len(plain), CHUNK)
    return b"".join(
        cipher.encrypt(chunk_nonce(at // CHUNK, at + CHUNK >= len(plain)), plain[at : at + CHUNK], None)
        for at in chunks
    )


def sealed_size(size: int) -> int:
    """How many bytes a piece of this size has once it is sealed."""
    room = _room(size)
    return room + _TAG * -(-room // CHUNK)


def open_piece(key: str, size: int, sealed: bytes) -> bytes:
    """A piece from its sealed bytes. Raises Unsealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    cipher, plain, step = ChaCha20Poly1305(bytes.fromhex(key)), bytearray(), CHUNK + _TAG
    try:
        for at in range(0, len(sealed), step):
            plain += cipher.decrypt(chunk_nonce(at // step, at + step >= len(sealed)), sealed[at : at + step], None)
    except (InvalidTag, ValueError) as error:
        raise Unsealed("the piece does not open") from error
    if len(plain) != _room(size) or plain[size:].strip(b"\0"):
        raise Unsealed("the piece is of another size")
    return bytes(plain[:size])


def _room(size: int) -> int:
    """The size that a piece is padded to."""
    step = STEP if size < LARGE else LARGE_STEP
    return max(step, -(-size // step) * step)


def chunk_nonce(number: int, last: bool) -> bytes:
    """The nonce of a chunk: its number, and whether it is the last."""
    return number.to_bytes(11) + (b"\1" if last else b"\0")
