"""`check --jsonl` on anything at all: an error object, and the next line goes on."""

from __future__ import annotations

import io
import json
import random

import pytest

from g20desk.cli.checking import lines

LAST = b'{"text": "The ministers met."}'
ODD = {
    "random bytes": bytes(random.Random(4).randrange(256) for _ in range(5000)).replace(b"\n", b" "),
    "ten megabytes": b'{"text": "' + b"a" * 10_000_000 + b'"}',
    "deep nesting": b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "nothing": b"", "null": b"null", "a number": b"1" * 5000, "a list": b"[]", "no text": b"{}",
    "a text that is none": b'{"text": 7}', "NaN": b"NaN",
    "half a pair": b'{"text": "\\udc00"}',
    "half a pair in an alt": b'{"text": "a", "attachments": [{"alt": "\\ud800 and more than that"}]}',
    "attachments that are none": b'{"text": "a", "attachments": {"alt": 1}}',
    "an alt that is none": b'{"text": "a", "attachments": [{"alt": 5}]}',
    "a network that is none": b'{"text": "a", "network": "telegraph"}',
    "a language that is none": b'{"text": "a", "lang": ["en"]}',
    "cut short": b'{"text": "a',
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_line_that_cannot_be_read_gets_an_error_and_the_next_goes_on(odd):
    out = io.StringIO()
    lines(io.BytesIO(odd + b"\n" + LAST), out)
    first, last = (json.loads(line) for line in out.getvalue().splitlines())
    assert list(first) == ["error"]
    assert first["error"]
    assert last["fits"]


@pytest.mark.parametrize("line", [b'{"text": ""}', b'{"text": "a", "lang": "tlh", "kind": "ode"}', b'{"text": "a", "attachments": null}',
                                  b'{"text": "\\u0000\\uffff"}', '{"text": "峰会"}'.encode(), b'{"text": "a", "network": "rehearsal"}'])  # fmt: skip
def test_what_is_odd_but_can_be_read_is_checked(line):
    out = io.StringIO()
    lines(io.BytesIO(line), out)
    assert "findings" in json.loads(out.getvalue())
