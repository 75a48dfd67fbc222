"""The search for words finds them: each is planted once in each encoding, among rubbish."""

from __future__ import annotations

import base64
import gzip
import os
import zlib

import pytest

from tests.hub import hunting

WORDS = ("Adelheid Kirschbaum", "سرّي للغاية اليوم", "二十国集团峰会声明", "Señor Nuñez: “ça va”?")
PACKED = {
    "zlib": zlib.compress, "gzip": gzip.compress, "best": lambda data: zlib.compress(data, 9), "bytes": bytes,
    "base64": base64.b64encode, "base64url": base64.urlsafe_b64encode,
}  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_in_every_encoding_at_every_offset(word):
    for name, form in hunting.forms(word).items():
        for before in range(4):
            data = os.urandom(1000 + before) + form + os.urandom(1000)
            assert (word, name) in hunting.found(WORDS, data), name


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("how", PACKED)
def test_packed_with_what_stands_beside(word, how):
    for before in range(3):
        inner = b"x" * before + b'{"text": "' + word.encode() + b'", "more": "' + b"y" * 300 + b'"}'
        assert hunting.found([word], os.urandom(777) + PACKED[how](inner) + os.urandom(777)), before


def test_many_are_looked_for_as_few_are():
    words = [*WORDS, *(os.urandom(20) for _ in range(300))]
    data = b"".join(os.urandom(100) + form for word in words[::7] for form in hunting.forms(word).values())
    both = [hunting.found(words, data), [one for word in words for one in hunting.found([word], data)]]
    assert sorted(map(repr, both[0])) == sorted(map(repr, both[1])) and len(both[0]) > 100


def test_nothing_is_found_where_nothing_is():
    assert hunting.found([*WORDS, os.urandom(16), "liaison"], os.urandom(2_000_000) + b"\0" * 1_000_000) == []


def test_bytes_are_found_raw_in_hex_and_in_base64():
    key = os.urandom(32)
    for data in (key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(b"ab" + key)):
        assert hunting.found([key], os.urandom(500) + data + os.urandom(500))
