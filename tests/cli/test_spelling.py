"""`spelling` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from g20desk.cli.main import main
from tests.story import Office

TEXT = "The goverment met.\nMbombelo is “prety” 🌍 goverment."


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "text.txt")


def test_a_file_is_checked_without_an_office(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--office", str(tmp_path / "none"), "spelling", "check", file, "--lang", "en-GB", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["lang"], told["dictionary"]) == ("en-GB", "en_GB")
    found = [(f["text"], f["suggestion"]) for f in told["findings"]]
    assert found[0] == found[3] == ("goverment", "government") and [text for text, _ in found[1:3]] == [
        "Mbombelo",
        "prety",
    ]
    assert [TEXT[f["start"] : f["end"]] for f in told["findings"]] == [text for text, _ in found]
    assert not (tmp_path / "none").exists()
    assert main(["--office", str(tmp_path / "none"), "spelling", "check", file]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "line 1: goverment → government, overgarment" and lines[2].startswith("line 2: prety → ")


def test_the_list_is_kept_in_the_record(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    desk = ["--office", str(Office(tmp_path / "o").folder)]
    assert main([*desk, "--as", "Officer", "spelling", "add", "Mbombelo", "goverment", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"added": ["Mbombelo", "goverment"], "lang": ""}
    assert main([*desk, "spelling", "remove", "goverment"]) == 0
    assert main([*desk, "spelling", "add", "prety", "--lang", "en"]) == 0
    capsys.readouterr()
    assert main([*desk, "spelling", "check", file, "--json"]) == 0
    assert [f["text"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["goverment", "goverment"]
    assert main([*desk, "spelling", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(r["word"], r["lang"], r["by"]) for r in rows] == [("Mbombelo", "", "Officer"), ("prety", "en", "Ada Head")]
    assert main([*desk, "ledger", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["refused"] == []


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["--as", "Liaison India", "spelling", "add", "Mbombelo"], "no-right", 1),
        (["spelling", "remove", "Mbombelo"], "unknown-word", 1),
        (["spelling", "add", "two words"], "malformed", 1),
        (["spelling", "add", "word", "--lang", "English"], "malformed", 1),
        (["spelling", "check", "FILE", "--lang", "zh"], "no-dictionary", 2),
        (["spelling", "check", "FILE", "--lang", "tlh"], "no-dictionary", 2),
    ],
)
def test_refusals(words, code, exit_code, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    desk = ["--office", str(Office(tmp_path / "o").folder)]
    assert main([*desk, *(file if word == "FILE" else word for word in words), "--json"]) == exit_code
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code


def test_dictionaries_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--office", str(tmp_path), "spelling", "dictionaries", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"en_GB", "fr", "es_ES", "ru_RU", "ar"} <= {one["name"] for one in told["dictionaries"]}
    assert str(tmp_path / "dictionaries") in told["looked_in"]
