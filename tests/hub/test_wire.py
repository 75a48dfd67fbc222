"""Envelopes, places and entries come out of their bytes as they went in; cut off or changed, they are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g20desk.ledger import wire
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.keys import BadSignature, DeviceKey
from g20desk.ledger.wire import BadWire, HandOver
from tests.hub.office import Office

SIGNATURES = st.binary(min_size=64, max_size=64)
ENVELOPES = st.builds(Envelope, st.binary(max_size=200), SIGNATURES, st.binary(max_size=600), st.binary(max_size=50))


@given(st.lists(ENVELOPES, max_size=5))
def test_envelopes(envelopes):
    assert wire.unpack(wire.pack(envelopes)) == envelopes


@given(st.lists(ENVELOPES, min_size=1, max_size=3), st.integers(1, 80))
def test_envelopes_that_are_cut_off(envelopes, less):
    data = wire.pack(envelopes)
    whole = {len(wire.pack(envelopes[:n])) for n in range(len(envelopes) + 1)}
    if len(data) - less in whole:
        return
    with pytest.raises(BadWire):
        wire.unpack(data[: max(1, len(data) - less)])


@given(st.binary(max_size=400))
def test_rubbish_is_refused_or_read(data):
    for read in (wire.unpack, wire.unpack_placed, wire.unpack_pieces, lambda data: list(wire.unpack_entries(data))):
        try:
            read(data)
        except BadWire:
            pass


PIECES = st.builds(lambda digest, sealed, how: wire.Piece(digest.hex(), b"" if how else sealed, how),
                   st.binary(min_size=32, max_size=32), st.binary(min_size=1, max_size=300), st.integers(0, 3))  # fmt: skip


@given(st.lists(PIECES, max_size=5), st.integers(1, 36))
def test_pieces(pieces, less):
    data = wire.pack_pieces(pieces)
    assert wire.unpack_pieces(data) == pieces
    if pieces:
        with pytest.raises(BadWire):
            wire.unpack_pieces(data[:-less])


def test_entries_and_their_places():
    office = Office(4)
    data = wire.pack_entries(office.entries)
    assert list(wire.unpack_entries(data)) == office.entries
    places = [one.placed for one in office.entries]
    assert wire.unpack_placed(wire.pack_placed(places)) == places
    changed = data.replace(bytes.fromhex(places[1].digest), bytes(32))
    with pytest.raises(BadWire, match="another head"):
        list(wire.unpack_entries(changed))


@pytest.mark.parametrize("about", [{"n": 2**53}, {"stamp": 2**63}])
def test_a_number_that_no_receipt_can_be_about_is_refused(about):
    one = Office(1).entries[0]
    with pytest.raises(BadWire, match="beyond"):
        wire.unpack_placed(replace(one.placed, **about).encode())
    with pytest.raises(BadWire, match="beyond"):
        list(wire.unpack_entries(wire.pack_entries([replace(one, placed=replace(one.placed, **about))])))


def test_a_hand_over_says_what_was_signed():
    key = DeviceKey.fresh()
    made = HandOver.signed(key, "1" * 64, "2" * 64, 5, "3" * 64)
    made.check()
    for change in ({"office": "9" * 64}, {"keeper": "9" * 64}, {"place": 6}, {"hash": "9" * 64}, {"by": "9" * 64}):
        value = {name: getattr(made, name) for name in made.__slots__} | change
        with pytest.raises(BadSignature):
            HandOver(**value).check()
