"""Shares of the guardians' key: the key out of its secret, and a share sealed to one device."""

from __future__ import annotations

from g20desk.ledger import canonical, sealing
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.sealing import Unsealed

SECRET = 32


def key_of(secret: bytes) -> DeviceKey:
    """The guardians' key: both its halves from one secret of 32 bytes."""
    signs, opens = canonical.digest("guardians sign", secret), canonical.digest("guardians open", secret)
    return DeviceKey(bytes.fromhex(signs), bytes.fromhex(opens))


def seal(share: bytes, office: str, key: str, device: str, box: str) -> str:
    """A share of this key for one device, in hex."""
    return sealing.seal_to(share, box, _info(office, key, device)).hex()


def unseal(sealed: str, office: str, key: str, device: str, own: DeviceKey) -> bytes:
    """The share in it. Raises Unsealed."""
    try:
        data = bytes.fromhex(sealed)
    except ValueError as error:
        raise Unsealed("it is not hex") from error
    return sealing.open_from(data, own, _info(office, key, device))


def _info(office: str, key: str, device: str) -> bytes:
    return canonical.tagged("share", canonical.dumps([office, key, device]))
