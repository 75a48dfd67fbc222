"""Bytes that are signed: canonical form, bodies, headers, keys."""

from __future__ import annotations

import dataclasses
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from g20desk.ledger import body, canonical, chain, event, keys

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(plain)
def test_the_fast_path_is_rfc_8785(value):
    assert canonical.dumps(value) == rfc8785.dumps(value)
    assert canonical.loads(canonical.dumps(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"a":1,"a":2}', id="a key twice"),
        pytest.param(b'{"a":1.0}', id="a float"),
        pytest.param(b'{"b":1,"a":2}', id="keys out of order"),
        pytest.param(b'{"a": 1}', id="white space"),
        pytest.param(b'{"a":"\\ud800"}', id="a lone surrogate"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(b"[" * 100000, id="nested without end"),
        pytest.param(b"[9007199254740993]", id="beyond 2^53"),
    ],
)
def test_other_bytes_are_refused(data):
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(data)


def test_an_equal_part_takes_over_its_salt_and_the_content_digest_stays():
    first = body.salted({"c.text": "We agreed.", "note": "x"})
    again = body.salted({"c.text": "We agreed.", "note": "y"}, first)
    other = body.salted({"c.text": "We agreed!", "note": "x"}, first)
    assert body.content_digest(first) == body.content_digest(again)
    assert body.content_digest(first) != body.content_digest(other)
    assert body.content_digest(first) != body.content_digest(body.salted({"c.text": "We agreed."}))


def made(key: keys.DeviceKey, values: dict) -> tuple[bytes, bytes, bytes]:
    parts = body.salted(values)
    head = event.Header(
        1, "", "", "", "office.founded", 1, key.device, "0" * 64, 1, "", (), "", body.body_digest(parts)
    )
    data = head.encode()
    return data, key.sign("event", data), body.encode(parts)


def test_one_flipped_bit_anywhere_is_found():
    whole = made(keys.DeviceKey.fresh(), {"name": "G20"})
    chain.proved(*whole)
    for part, data in enumerate(whole):
        for place in range(len(data)):
            damaged = list(whole)
            damaged[part] = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            with pytest.raises(chain.Broken):
                chain.proved(*damaged)


def test_a_header_survives_its_bytes():
    data, _, _ = made(keys.DeviceKey.fresh(), {"name": "G20"})
    assert event.decode(data).encode() == data
    with pytest.raises(canonical.NotCanonical):
        event.decode(dataclasses.replace(event.decode(data), prev="short").encode())


ID, OTHER_ID = "0" * 64, "f" * 64
NO_NUMBER = (-1, 2**53, True, None, "1", [])
NO_ID = ("0" * 63, "0" * 65, "F" * 64, "0" * 63 + "\n", "٠" * 64, None, 1, [])
OTHERWISE = {
    **dict.fromkeys(("v", "at", "seq"), NO_NUMBER),
    **dict.fromkeys(("office", "ring", "stream", "prev", "seen"), NO_ID),
    **dict.fromkeys(("device", "chain", "body_digest"), (*NO_ID, "")),
    "kind": (
        "",
        "draft",
        "Draft.begun",
        "draft.",
        "draft.begun.x",
        "draft.begun\n",
        "d" * 40 + "." + "b" * 30,
        None,
        1,
    ),
    "after": (None, "", [ID, ID], [OTHER_ID, ID], ["short"], [1], [""], [f"{n:064x}" for n in range(65)]),
}


def test_every_field_of_a_header_is_held_to_its_form():
    good: dict[str, object] = {
        "v": 1, "office": ID, "ring": "", "stream": OTHER_ID, "kind": "draft.begun", "at": 2**53 - 1, "device": ID,
        "chain": ID, "seq": 1, "prev": "", "after": [f"{n:064x}" for n in range(64)], "seen": "", "body_digest": ID,
    }  # fmt: skip
    assert event.decode(canonical.dumps(good)).encode() == canonical.dumps(good)
    assert OTHERWISE.keys() == good.keys()
    bad = [{**good, name: value} for name, values in OTHERWISE.items() for value in values]
    bad += [{**good, "more": 1}, {k: v for k, v in good.items() if k != "v"}, {}]
    for value in bad:
        data = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
        with pytest.raises(canonical.NotCanonical):
            event.decode(data)
    for data in (b"", b"[]", canonical.dumps(good) + b" ", canonical.dumps(good).replace(b'"v":1', b'"v":01'), b"\xff"):
        with pytest.raises(canonical.NotCanonical):
            event.decode(data)


def test_a_signature_for_one_purpose_is_none_for_another():
    key = keys.DeviceKey.fresh()
    with pytest.raises(keys.BadSignature):
        keys.verify(key.device, "receipt", b"x", key.sign("event", b"x"))


@pytest.mark.parametrize("sign", ["01" + "00" * 31, "00" * 32, "ec" + "ff" * 30 + "7f", "ff"])
def test_keys_of_small_order_are_refused(sign):
    with pytest.raises(keys.BadKey):
        keys.check_public(sign, keys.DeviceKey.fresh().box)
    with pytest.raises(keys.BadKey):
        keys.check_public(keys.DeviceKey.fresh().device, "00" * 32)
