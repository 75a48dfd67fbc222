"""What a terminal is given: words from outside move no cursor, forge no row and turn no line round; machines get them as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from g20desk.cli.output import failed, plain, say, table
from g20desk.errors import Refused

HOSTILE = "Debt\x1b[2J\x1b]0;sent\x07 is\r\x9b31m \u202egnihton\u202c\u2066 \u2028done\x7f"
BAD = ("\x1b", "\x07", "\r", "\x9b", "\u202e", "\u202c", "\u2066", "\u2028", "\x7f")


def test_people_are_shown_such_signs_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    say({"title": HOSTILE}, False, HOSTILE)
    failed(Refused("other", HOSTILE, HOSTILE), [])
    out, err = capsys.readouterr()
    for shown in (out, err):
        assert not [sign for sign in BAD if sign in shown]
        assert "\\x1b[2J" in shown and "\\u202e" in shown


def test_machines_get_them_untouched(capsys: pytest.CaptureFixture[str]) -> None:
    say({"title": HOSTILE}, True, "words")
    assert json.loads(capsys.readouterr().out) == {"title": HOSTILE}


def test_a_cell_makes_no_row_of_its_own() -> None:
    shown = table([["a1", "Debt\nb2  Approved\tby all", "\x1b[1mx"], ["c3", "Trade", "y"]])
    assert len(shown.splitlines()) == 2 and "\t" not in shown and "\x1b" not in shown


@pytest.mark.parametrize(
    "words", ["Régimes 债务 الدين", "👩‍👩‍👧 🏴\U000e0067\U000e007f", "two\nlines\twide", "می‌خواهم", "\u200f٪"]
)
def test_words_of_all_scripts_stay_as_they_are(words: str) -> None:
    assert plain(words) == words


def test_every_command_prints_by_the_one_way() -> None:
    folder = Path(__file__).parents[2] / "g20desk" / "cli"
    assert [file.name for file in folder.rglob("*.py") if "click.echo" in file.read_text("utf-8")] == ["output.py"]
    assert not [
        file.name for file in folder.rglob("*.py") if "print(" in file.read_text("utf-8").replace("pprint(", "")
    ]
