"""A secret in shares, and a signature by a sealing key."""

from __future__ import annotations

import hashlib
from itertools import combinations

import nacl.bindings
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from g20desk.ledger import box_proofs, canonical, shamir
from g20desk.ledger.keys import BadSignature, DeviceKey


def test_the_field_is_that_of_aes() -> None:
    # FIPS 197, 4.2
    assert shamir.times(0x57, 0x83) == 0xC1
    assert shamir.times(0x57, 0x13) == 0xFE
    for a in range(256):
        for b in range(1, 256):
            assert shamir.times(shamir.over(a, b), b) == a
            assert shamir.times(a, b) == _slow(a, b)


def _slow(a: int, b: int) -> int:
    """A product as FIPS 197 has it, bit by bit."""
    made = 0
    for bit in range(8):
        if b >> bit & 1:
            made ^= a << bit
    for bit in range(14, 7, -1):
        if made >> bit & 1:
            made ^= 0x11B << (bit - 8)
    return made


def test_shares_are_the_polynomial_at_their_numbers() -> None:
    """Worked by hand: 0x42 + 0x57 x, at 1, 2 and 3."""
    found = shamir.split(b"\x42", 2, 3, lambda n: b"\x57" * n)
    assert [one.hex() for one in found] == ["0115", "02ec", "03bb"]


def test_shares_of_another_program_are_joined() -> None:
    """Made by pyshamir 1.1.0, which follows HashiCorp Vault; it has the number last."""
    found = [bytes.fromhex(one) for one in (
        "148a994b619004c6803964126ee1d761ecff1d563b5ef070e481a96cb55685374b",
        "d82dd0d1699d0bea6c3d399a4b7d6d222a7d5987b8d51444d2c763a8d5ddccbb6a",
        "acb32cb2e94dfb1c2e7d9ec22d7e387efe85753850bdd6299fcb775c8fb530a34c",
    )]  # fmt: skip
    for some in combinations(found, 2):
        assert shamir.join(some) == bytes(range(32))


@given(st.binary(min_size=1, max_size=64), st.integers(2, 5), st.integers(0, 4))
def test_enough_shares_give_the_secret_and_fewer_do_not(secret: bytes, need: int, more: int) -> None:
    found = shamir.split(secret, need, need + more)
    for some in combinations(found, need):
        assert shamir.join(some) == secret
    assert shamir.join(found) == secret


def test_fewer_shares_fit_every_secret() -> None:
    """One share of two says nothing: for each secret there is chance that makes just this share."""
    share = shamir.split(b"\x07", 2, 2)[0]
    fitting = {
        secret
        for secret in range(256)
        for chance in range(256)
        if shamir.split(bytes([secret]), 2, 2, lambda n, c=chance: bytes([c]) * n)[0] == share  # type: ignore[misc]
    }
    assert fitting == set(range(256))


@pytest.mark.parametrize("shares", [[], [b"\1a", b"\1a"], [b"\1a", b"\2ab"], [b"\0a", b"\1a"], [b"", b"\1a"]])
def test_what_is_no_set_of_shares_is_refused(shares: list[bytes]) -> None:
    with pytest.raises(ValueError, match="shares"):
        shamir.join(shares)


@pytest.mark.parametrize(("need", "count"), [(0, 2), (3, 2), (2, 256)])
def test_numbers_that_make_no_sense_are_refused(need: int, count: int) -> None:
    with pytest.raises(ValueError, match="need"):
        shamir.split(b"a", need, count)


@given(st.binary(min_size=64, max_size=64), st.binary(max_size=200))
def test_a_sealing_key_signs_and_everybody_can_check_it(seeds: bytes, data: bytes) -> None:
    key = DeviceKey(seeds[:32], seeds[32:])
    signed = box_proofs.sign(key, "joining box", data)
    box_proofs.verify(key.box, "joining box", data, signed)
    for wrong in (b"x" + data, data + b"\0"):
        with pytest.raises(BadSignature):
            box_proofs.verify(key.box, "joining box", wrong, signed)
    for other in (DeviceKey.fresh().box, key.device):
        with pytest.raises(BadSignature):
            box_proofs.verify(other, "joining box", data, signed)
    with pytest.raises(BadSignature):
        box_proofs.verify(key.box, "joining", data, signed)


def test_the_signature_is_an_ed25519_one_for_other_programs_too() -> None:
    """By another library, and with the point found by another way than ours: from the secret."""
    key = DeviceKey(bytes(range(32)), bytes(range(32, 64)))
    signed = box_proofs.sign(key, "joining box", b"hello", bytes(64))
    seed = bytearray(key.box_seed)
    seed[0] &= 248
    seed[31] = seed[31] & 127 | 64
    scalar = nacl.bindings.crypto_core_ed25519_scalar_reduce(bytes(seed) + bytes(32))
    point = bytearray(nacl.bindings.crypto_scalarmult_ed25519_base_noclamp(scalar))
    point[31] &= 127
    Ed25519PublicKey.from_public_bytes(bytes(point)).verify(signed, canonical.tagged("joining box", b"hello"))
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(bytes(point)).verify(signed, b"hello")
    assert hashlib.sha256(signed).hexdigest() == "91541e45c3c156455d8f6c3aaa477fe1775bb62c4eb43420fe63fa5fe366aca6"


@pytest.mark.parametrize("box", [2**255 - 20, 2**255 - 19, 2**255 - 18, 2**256 - 1])
def test_a_number_past_the_field_is_no_sealing_key(box: int) -> None:
    with pytest.raises(BadSignature):
        box_proofs.verify(box.to_bytes(32, "little").hex(), "joining box", b"", bytes(64))
