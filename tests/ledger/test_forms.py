"""Forms that are refused so that nothing has two spellings, and no signature two meanings."""

from __future__ import annotations

import json

import pytest

from g20desk.ledger import body, canonical, keys


def test_bytes_before_a_signature_do_not_carry_it_to_another_purpose():
    key = keys.DeviceKey.fresh()
    inner = canonical.tagged("event", b"header")
    signature = key.sign("joining", inner)
    carried = signature + canonical.tagged("joining", b"")
    with pytest.raises(keys.BadSignature):
        keys.verify(key.device, "event", b"header", carried)
    for other in (b"", key.sign("event", b"header")[:-1], key.sign("event", b"header") + b"\0"):
        with pytest.raises(keys.BadSignature):
            keys.verify(key.device, "event", b"header", other)


@pytest.mark.parametrize("spelling", [str.upper, lambda k: f" {k}", lambda k: k + "\n", lambda k: k[:2] + " " + k[2:]])
def test_a_key_has_one_spelling(spelling):
    key = keys.DeviceKey.fresh()
    keys.check_public(key.device, key.box)
    for pair in ((spelling(key.device), key.box), (key.device, spelling(key.box))):
        with pytest.raises(keys.BadKey):
            keys.check_public(*pair)


@pytest.mark.parametrize("salt", ["é" * 32, "G" * 32, "A" * 32, "0" * 31, "0" * 31 + "\n", 32 * [0]])
def test_a_salt_is_32_hex_digits(salt):
    with pytest.raises(canonical.NotCanonical):
        body.decode(json.dumps({"name": [salt, 1]}, ensure_ascii=False, separators=(",", ":")).encode())
