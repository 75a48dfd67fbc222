"""Envelopes, epochs, pieces: what is sealed opens for whom it should, to what it was, and to nothing else."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g20desk.ledger import body, canonical, envelope, event, keys, sealing
from g20desk.ledger.envelope import BadEnvelope, Envelope
from g20desk.ledger.event import Event, Header
from g20desk.ledger.sealing import Epoch, Unsealed

KEY, OTHER = keys.DeviceKey.fresh(), keys.DeviceKey.fresh()
OFFICE, RING = "1" * 64, "2" * 64
EPOCH = Epoch.fresh()


def an_event(text: str = "Debt relief") -> Event:
    parts = body.salted({"name": text})
    head = Header(1, OFFICE, RING, "", "draft.revised", 1, KEY.device, "3" * 64, 1, "", (), "", body.body_digest(parts))
    raw = head.encode()
    return Event(event.event_id(raw), head, raw, KEY.sign("event", raw), body.encode(parts))


def sealed(item: Event, clear: bytes = b"") -> Envelope:
    return sealing.seal(item, OFFICE, RING, EPOCH, KEY, ["b" * 64, "a" * 64, "b" * 64], clear)


@pytest.mark.parametrize("text", ("", "x", "د" * 3000, "x" * 10_000))
def test_an_event_comes_out_as_it_went_in(text: str) -> None:
    item = an_event(text)
    found = sealed(item)
    head = envelope.check(found)
    assert (head.event, head.device, head.chain, head.seq, head.prev) == (item.id, KEY.device, "3" * 64, 1, "")
    assert head.pieces == ("a" * 64, "b" * 64) and head.encode() == found.head_bytes
    opened = sealing.opened(found, EPOCH)
    assert (opened.header, opened.signature, opened.body) == (item.header_bytes, item.signature, item.body)
    assert (len(found.sealed) - 16) % envelope.STEP == 0
    assert sealing.again(head, item, EPOCH) == found.sealed
    assert text[:20].encode() not in found.sealed or len(text) < 20


def test_one_flipped_bit_anywhere_in_an_envelope_is_found() -> None:
    clear = canonical.dumps(
        {"roster": {"in": [[OTHER.device, False]], "out": []}, "wraps": {KEY.device: "ab"}, "epoch": EPOCH.id}
    )
    whole = sealed(an_event(), clear)
    envelope.check(whole)
    envelope.read_clear(whole.clear)
    for name in ("head_bytes", "signature", "sealed", "clear"):
        data = getattr(whole, name)
        for place in range(len(data)):
            damaged = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            with pytest.raises(BadEnvelope):
                envelope.check(dataclasses.replace(whole, **{name: damaged}))


def test_another_key_or_another_head_opens_nothing() -> None:
    found = sealed(an_event())
    with pytest.raises(Unsealed):
        sealing.opened(found, Epoch.fresh())
    for change in ({"seq": 2}, {"event": "4" * 64}, {"ring": "5" * 64}, {"device": OTHER.device}, {"pieces": ()}):
        other = dataclasses.replace(found.head, **change).encode()
        with pytest.raises(Unsealed):
            sealing.opened(dataclasses.replace(found, head_bytes=other), EPOCH)


def test_a_wrap_opens_for_its_device_alone_and_holds_what_it_names() -> None:
    wrapped = sealing.wrap(EPOCH, OFFICE, KEY.device, KEY.box)
    assert sealing.unwrap(wrapped, OFFICE, EPOCH.id, KEY.device, KEY) == EPOCH
    other = Epoch.fresh()
    for text, office, epoch, device, key in (
        (wrapped, OFFICE, EPOCH.id, KEY.device, OTHER), (wrapped, RING, EPOCH.id, KEY.device, KEY),
        (wrapped, OFFICE, EPOCH.id, OTHER.device, KEY), (wrapped, OFFICE, other.id, KEY.device, KEY),
        ("ab", OFFICE, EPOCH.id, KEY.device, KEY), ("zz", OFFICE, EPOCH.id, KEY.device, KEY),
    ):  # fmt: skip
        with pytest.raises(Unsealed):
            sealing.unwrap(text, office, epoch, device, key)


def test_the_key_before_comes_out_of_its_successor_alone() -> None:
    newer = Epoch.fresh()
    buried = sealing.bury(EPOCH, newer)
    assert len(buried) == 96 and sealing.unbury(buried, newer, EPOCH.id) == EPOCH
    for text, epoch, parent in ((buried, EPOCH, EPOCH.id), (buried, newer, newer.id), ("ab" * 48, newer, EPOCH.id)):
        with pytest.raises(Unsealed):
            sealing.unbury(text, epoch, parent)


@given(st.integers(0, 3 * sealing.CHUNK + 7), st.binary(max_size=40))
def test_pieces_of_every_size(size: int, beginning: bytes) -> None:
    data = beginning + bytes(max(0, size - len(beginning)))
    key = "7" * 64
    found = sealing.seal_piece(key, data)
    assert sealing.open_piece(key, len(data), found) == data
    assert sealing.seal_piece(key, data) == found
    with pytest.raises(Unsealed):
        sealing.open_piece("8" * 64, len(data), found)
    for wrong in (found[:-1], found[: -sealing.STEP], found[sealing.CHUNK + 16 :], found + found):
        with pytest.raises(Unsealed):
            sealing.open_piece(key, len(data), wrong)


def test_sizes_tell_little() -> None:
    sizes = {len(sealing.seal_piece("7" * 64, b"x" * n)) for n in range(0, 257, 8)}
    assert sizes == {256 + 16, 512 + 16} or sizes == {256 + 16}


@pytest.mark.parametrize(
    "clear",
    ({"wraps": {"1" * 64: "ab"}}, {"epoch": "1" * 64}, {"epoch": 1, "wraps": {"1" * 64: "ab"}}, {"more": 1}, [], {"wraps": []}, {"wraps": {"x": "ab"}}, {"wraps": {"1" * 64: "abc"}}, {"roster": {"in": [["x", True]]}},
     {"roster": {"in": [["1" * 64, 1]]}}, {"roster": {"out": ["x"]}}, {"roster": {"more": []}}, {"roster": {"in": {}}}),
)  # fmt: skip
def test_what_is_in_the_clear_has_its_form(clear: object) -> None:
    with pytest.raises(BadEnvelope):
        envelope.read_clear(canonical.dumps(clear))
    with pytest.raises(BadEnvelope):
        envelope.read_clear(b"{ }")


def test_every_field_of_a_head_is_held_to_its_form() -> None:
    head = sealed(an_event()).head
    for change in (
        {"v": -1}, {"suite": 2**53}, {"event": ""}, {"prev": "x"}, {"nonce": "0" * 23}, {"sealed": "F" * 64},
        {"pieces": ("b" * 64, "a" * 64)}, {"pieces": ("a" * 64, "a" * 64)}, {"pieces": ("",)}, {"clear": "0"},
    ):  # fmt: skip
        value = {f.name: getattr(head, f.name) for f in dataclasses.fields(head)} | change
        with pytest.raises(BadEnvelope):
            envelope.decode(json.dumps(value, sort_keys=True, separators=(",", ":")).encode())
