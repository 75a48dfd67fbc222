"""`check --jsonl` on anything at all: an error object, and the next line goes on."""

from __future__ import annotations

import io
import json
import random

import pytest

from g20desk.cli.checking import lines
from g20desk.cli.main import main

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
    "texts that are none": b'{"texts": 7}', "a text of texts that is none": b'{"texts": ["en"]}',
    "texts without a language": b'{"texts": [{"text": "a"}]}', "parts that are none": b'{"texts": [{"lang": "en", "parts": [7]}]}',
    "texts and half a pair": b'{"texts": [{"lang": "en", "text": "\\udc00"}]}',
    "texts on a network that is none": b'{"texts": [{"lang": "en", "text": "a"}], "network": ["x"]}',
    "texts without end": b'{"texts": [' + b'{"lang": "en", "text": "a"},' * 500 + b'{"lang": "fr", "text": "b"}]}',
    "pictures that are none": b'{"texts": [{"lang": "en", "text": "a"}], "attachments": [{"alt": "b"}]}',
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


MESSAGE = """
kind = "news"
[[text]]
lang = "en"
parts = ["The ports open on 5 May. 1/2", "Forty wells follow. 2/2"]
[[text]]
lang = "fr"
parts = ["Les ports ouvrent le 6 mai. 1/2", "Quarante puits suivent. 2/2"]
"""


def test_a_message_of_several_texts_is_checked_as_a_whole():
    texts = [{"lang": "en", "text": "20 wells for @WHO."}, {"lang": "fr", "parts": ["30 puits."], "network": "x"}]
    out = io.StringIO()
    lines(io.BytesIO(json.dumps({"texts": texts, "attachments": [{"alt": {"en": "A well."}}]}).encode()), out)
    (told,) = (json.loads(line) for line in out.getvalue().splitlines())
    assert [(t["lang"], t["network"], t["part"], t["length"]) for t in told["texts"]] == [
        ("en", "x", 1, 18), ("fr", "x", 1, 9),
    ]  # fmt: skip
    assert "ALT-01" in [f["rule"] for f in told["texts"][1]["findings"]]
    found = {f["rule"]: f for f in told["findings"]}
    assert set(found) == {"PARITY-01", "PARITY-03", "PARITY-13"}
    assert (found["PARITY-01"]["text"], found["PARITY-01"]["lang"], found["PARITY-01"]["network"]) == ("30", "fr", "x")
    there = {"lang": "en", "network": "x", "part": 1, "start": 0, "end": 2, "text": "20"}
    assert found["PARITY-01"]["against"] == there


def test_a_message_file_is_checked_for_people_with_both_places(tmp_path, capsys):
    (tmp_path / "m.toml").write_text(MESSAGE, encoding="utf-8")
    assert main(["check", str(tmp_path / "m.toml"), "--network", "bluesky"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "[fr 2/2] 27 of 300 on bluesky" in told
    at = told.index("[fr 1/2] Les ports ouvrent le 6 mai. 1/2")
    assert told[at : at + 5] == [
        "[fr 1/2] Les ports ouvrent le 6 mai. 1/2",
        "[fr 1/2]                      ^^^^^",
        "[en 1/2] The ports open on 5 May. 1/2",
        "[en 1/2]                   ^^^^^",
        "block PARITY-02 (fr, part 1: “6 mai”; en, part 1: “5 May”): People act on dates. Better: the same days and "
        "hours. (5 May)",
    ]


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    for name in ("none.txt", "none.toml"):
        assert main(["check", str(tmp_path / name)]) == 2
        assert "can't be read" in capsys.readouterr().err
