"""Device keys: Ed25519 to sign, X25519 to be sealed to; checked with libsodium, which refuses small orders."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

import nacl.bindings
import nacl.exceptions
import nacl.public
import nacl.signing

from g20desk.ledger import canonical

_HEX = re.compile(r"[0-9a-f]{64}\Z")


class BadKey(ValueError):
    """A public key that nobody may hold, or a proof that does not hold."""


class BadSignature(ValueError):
    """A signature that does not verify."""


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A device's two private keys."""

    sign_seed: bytes
    box_seed: bytes

    @classmethod
    def fresh(cls) -> DeviceKey:
        """New keys from the system's randomness."""
        return cls(bytes(nacl.signing.SigningKey.generate()), bytes(nacl.public.PrivateKey.generate()))

    @classmethod
    def from_text(cls, text: str) -> DeviceKey:
        """From the form the keyring keeps."""
        raw = bytes.fromhex(text)
        if len(raw) != 64:
            raise BadKey("a device key has 64 bytes")
        return cls(raw[:32], raw[32:])

    def to_text(self) -> str:
        """For the keyring."""
        return (self.sign_seed + self.box_seed).hex()

    @property
    def device(self) -> str:
        """The public signing key in hex: the device's id."""
        return bytes(nacl.signing.SigningKey(self.sign_seed).verify_key).hex()

    @property
    def box(self) -> str:
        """The public sealing key in hex."""
        return bytes(nacl.public.PrivateKey(self.box_seed).public_key).hex()

    def sign(self, purpose: str, data: bytes) -> bytes:
        """64 bytes over the tagged data."""
        return _signer(self.sign_seed).sign(canonical.tagged(purpose, data)).signature


@functools.lru_cache(64)
def _signer(seed: bytes) -> nacl.signing.SigningKey:
    return nacl.signing.SigningKey(seed)


def verify(device: str, purpose: str, data: bytes, signature: bytes) -> None:
    """Raise BadSignature unless the device signed this data for this purpose."""
    # What libsodium opens is signature and data in one: a longer signature would bring data of its own.
    if len(signature) != nacl.bindings.crypto_sign_BYTES:
        raise BadSignature("a signature has 64 bytes")
    try:
        nacl.bindings.crypto_sign_open(signature + canonical.tagged(purpose, data), bytes.fromhex(device))
    except (nacl.exceptions.CryptoError, ValueError, TypeError) as error:
        raise BadSignature("the signature does not verify") from error


# Something that does as `verify`.
Verify = Callable[[str, str, bytes, bytes], None]


def holds(device: str, purpose: str, data: bytes, signature: bytes, verified: Verify = verify) -> bool:
    """Whether the device signed this data for this purpose."""
    try:
        verified(device, purpose, data, signature)
    except BadSignature:
        return False
    return True


def check_public(sign: str, box: str) -> None:
    """Refuse public keys of small order or off the curve. Raises BadKey."""
    if not _HEX.match(sign) or not _HEX.match(box):
        raise BadKey("a key is 64 hex digits")
    try:
        raw_sign, raw_box = bytes.fromhex(sign), bytes.fromhex(box)
        if not nacl.bindings.crypto_core_ed25519_is_valid_point(raw_sign):
            raise BadKey("this signing key is not one a device may have")
        nacl.bindings.crypto_scalarmult(b"\x11" * 32, raw_box)
    except (ValueError, RuntimeError, nacl.exceptions.CryptoError) as error:
        raise BadKey("this key is not one a device may have") from error
