"""Lines by command line: all of one from a file, revised, shown and compared; what is wrong with a file is told by key and line."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from g20desk.cli.main import main
from tests.cli.test_signoff import Line
from tests.voice.lines import AR, EN, FR, LOCK, chart

FILE = f"""\
topic = "debt"
until = 2999-12-31
not_before = 2999-01-01T18:00:00+01:00
source = "Johannesburg 2025, 12"
tags = ["G20SouthAfrica", "#DebtRelief"]

[[text]]
lang = "en"
text = "{EN}"
lock = ["{LOCK}"]

[[text]]
lang = "ar"
parts = [
  "{AR}",
  "المزيد غداً.",
]

[do]
en = ["Say who benefits."]
[dont]
en = ["Do not name single lenders."]

[[picture]]
file = "chart.png"
alt = {{ en = "Forty countries on a map.", ar = "أربعون بلداً على خريطة." }}
"""


@pytest.fixture
def line(tmp_path) -> Line:
    chart(tmp_path)
    return Line(tmp_path)


def begun(line: Line) -> str:
    return str(line("line", "new", "--from", line.file("line.toml", FILE), by="Officer")["line"])


def test_all_of_a_line_from_a_file(line):
    one = begun(line)
    line("line", "submit", one, by="Officer")
    shown = line("line", "show", one[:12], by="Liaison India")
    line("line", "approve", one, "--digest", shown["digest"], by="Liaison India")
    shown = line("line", "show", one)
    assert (shown["state"], shown["topic"], shown["until"]) == ("agreed", "debt", "3000-01-01T00:00:00.000Z")
    assert shown["not_before"] == "2999-01-01T17:00:00.000Z"
    assert {t["lang"]: t["parts"] for t in shown["texts"]} == {"en": [EN], "ar": [AR, "المزيد غداً."]}
    assert (shown["locks"], shown["tags"]) == ({"en": [LOCK]}, {"": ["G20SouthAfrica", "DebtRelief"]})
    assert (shown["do"], shown["dont"]) == ({"en": ["Say who benefits."]}, {"en": ["Do not name single lenders."]})
    assert [p["alt"]["en"] for p in shown["pictures"]] == ["Forty countries on a map."]
    (row,) = line("line", "list")
    assert (row["text"], row["locked"], row["state"]) == (EN, [LOCK], "agreed")
    assert line("ledger", "verify")["verified"]


def test_a_revision_keeps_what_is_not_named(line):
    one = begun(line)
    made = line("line", "revise", one, "--text", "-", "--lang", "fr", "--alt", "Quarante pays.", "--do", "Dites qui.",
                by="Officer", stdin=FR)  # fmt: skip
    assert made["line"] == one and not [f for f in made["findings"] if f["level"] == "block"]
    shown = line("line", "show", one)
    assert {t["lang"] for t in shown["texts"]} == {"en", "ar", "fr"} and shown["until"].startswith("3000")
    assert shown["do"] == {"en": ["Say who benefits."], "fr": ["Dites qui."]}
    assert shown["pictures"][0]["alt"]["fr"] == "Quarante pays." and shown["pictures"][0]["alt"]["ar"]
    changes = line("line", "diff", one)
    assert set(changes) == {"fr", "do.fr", next(name for name in changes if name.startswith("alt."))}
    line("line", "revise", one, "--dont", "", "--tag", "", "--until", "", "--source", "", by="Officer")
    shown = line("line", "show", one)
    assert (shown["dont"], shown["tags"], shown["until"], shown["source"]) == ({}, {}, None, "")
    line("line", "revise", one, "--without", "ar", by="Officer")
    assert {t["lang"] for t in line("line", "show", one)["texts"]} == {"en", "fr"}
    assert line("line", "revise", one, "--without", "zh", by="Officer", code=2)["error"]["code"] == "bad-language"
    revisions = line("line", "show", one)["revisions"]
    changes = line("line", "diff", one, revisions[0][:12], revisions[1][:12])
    assert changes["fr"] == [["added", FR]] and "ar" not in changes


def test_a_line_with_a_picture_and_advice_by_options(line):
    made = line("line", "new", "--text", "-", "--topic", "debt", "--image", str(line.folder / "chart.png"), "--alt", "A map.",
                "--tag", "#G20", "--do", "Say who benefits.", "--dont", "Name nobody.", by="Officer", stdin=EN)  # fmt: skip
    shown = line("line", "show", made["line"], by="Officer")
    assert (shown["tags"], shown["do"], shown["dont"]) == (
        {"": ["G20"]}, {"en": ["Say who benefits."]}, {"en": ["Name nobody."]},
    )  # fmt: skip
    assert shown["pictures"][0]["alt"] == {"en": "A map."}
    line("line", "revise", made["line"], "--text", "-", by="Officer", stdin="We agreed.")
    refused = line("line", "revise", made["line"], "--lock", LOCK, by="Officer", code=2)
    assert refused["error"]["code"] == "no-phrase"


@pytest.mark.parametrize(
    ("old", "new", "key", "at", "says"),
    [
        pytest.param("until =", "untill =", "untill", 2, "Known: topic, until", id="a key that nobody knows"),
        pytest.param("2999-12-31", "2020-12-31", "until", 2, "past", id="a day that is over"),
        pytest.param("2999-12-31", "12", "until", 2, "2026-12-31", id="no day"),
        pytest.param("2999-01-01T18:00:00+01:00", "2999-01-01T18:00:00", "not_before", 3, "offset or zone", id="a time of nowhere"),
        pytest.param('topic = "debt"\n', "", "topic", 0, "on a topic", id="no topic"),
        pytest.param('"debt"', "7", "topic", 1, "quotation marks", id="a topic that is a number"),
        pytest.param('"#DebtRelief"', '"Debt relief"', "tags 2", 5, "no hashtag", id="two words as a hashtag"),
        pytest.param('lang = "en"', 'lang = "English"', "text 1 lang", 8, "language tag", id="no language"),
        pytest.param('lang = "ar"', 'lang = "en"', "text 2 lang", 13, "already", id="a language twice"),
        pytest.param('lang = "ar"', 'lang = "ar"\ntext = "x"', "text 2", 12, "either text, or parts", id="text and parts"),
        pytest.param('"المزيد غداً."', '""', "text 2 parts 2", 14, "not empty", id="an empty post"),
        pytest.param('lock = [', 'lock = [7, ', "text 1 lock 1", 10, "quotation marks", id="a phrase that is a number"),
        pytest.param('en = ["Say who benefits."]', 'en = "Say it."', "do en", 20, "list of texts", id="advice that is no list"),
        pytest.param("[dont]\nen", "[dont]\nEnglish", "dont English", 22, "language tag", id="advice in no language"),
        pytest.param("chart.png", "gone.png", "picture 1 file", 25, "not there", id="a picture that is not there"),
        pytest.param('{ en = "Forty', '{ E = "Forty', "picture 1 alt", 26, "language tag", id="words on it in no language"),
        pytest.param("alt = {", "part = 0\nalt = {", "picture 1 part", 26, "from 1", id="a part that is none"),
        pytest.param("[[picture]]", "[picture]", "picture", 24, "[[picture]]", id="one picture where there may be several"),
    ],
)  # fmt: skip
def test_a_fault_of_a_file_is_told_by_its_key_and_line(line, old, new, key, at, says):
    assert old in FILE
    bad = line.file("bad.toml", FILE.replace(old, new, 1))
    error = line("line", "new", "--from", bad, by="Officer", code=2)["error"]
    where = f"bad.toml, line {at}: {key}: " if at else f"bad.toml: {key}: "
    assert error["code"] == "bad-file" and error["message"].startswith(where) and says in error["message"], error
    assert error["help"] and line("line", "list", by="Officer") == []


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("topic = ]", "bad-file", "line 1"),
        ('topic = "debt"', "bad-file", "no text"),
        (None, "no-file", "can't be read"),
    ],
)
def test_a_file_that_is_none(line, text, code, says):
    path = line.file("bad.toml", text) if text is not None else str(line.folder / "none.toml")
    error = line("line", "new", "--from", path, by="Officer", code=2)["error"]
    assert error["code"] == code and says in error["message"]


def test_a_file_says_all_or_the_options_do(line):
    path = line.file("line.toml", FILE)
    error = line("line", "new", "--from", path, "--topic", "trade", by="Officer", code=2)["error"]
    assert error["code"] == "two-ways"
    assert line("line", "new", "--text", "-", by="Officer", stdin=EN, code=2)["error"]["code"] == "bad-line"
    assert line("line", "new", "--topic", "debt", by="Officer", code=2)["error"]["code"] == "no-text"


def test_the_kit_of_a_line_as_a_folder_and_as_a_page(line):
    one = begun(line)
    folder, page = line.folder / "kit", line.folder / "kit.html"
    assert line("line", "kit", one, str(folder), by="Officer", code=1)["error"]["code"] == "not-agreed"
    assert line("line", "kit", one, str(page), "--draft", by="Officer")[
        "state"
    ] == "draft" and "NOT AGREED" in page.read_text("utf-8")
    line("line", "submit", one, by="Officer")
    line("line", "approve", one, "--digest", line("line", "show", one)["digest"], by="Liaison India")
    made = line("line", "kit", one[:12], str(folder), "--lang", "en", by="Liaison Brazil")
    assert (made["line"], made["state"], made["path"]) == (one, "agreed", str(folder)) and "text/en.txt" in made[
        "files"
    ]
    assert line("record", "verify", str(folder / "proof.json"))["message"]["digest"] == made["digest"]
    assert line("line", "kit", one, str(page))["files"] == ["kit.html"] and "NOT AGREED" not in page.read_text("utf-8")
    assert AR in page.read_text("utf-8")


def told(line: Line, *words: str, by: str = "Head of office") -> str:
    """What a command says to people."""
    with CliRunner().isolation() as (out, *_):
        assert main(["--office", str(line.office), "--as", by, *words]) == 0
        return out.getvalue().decode()


def test_people_read_a_line_its_kit_and_a_relays_proof_in_words(line):
    one = begun(line)
    shown = told(line, "line", "show", one, by="Officer")
    for words in ("debt", "draft, digest ", "until 3000-01-01", "not before 2999", "from Johannesburg 2025, 12", f"[en] {EN}",
                  f"  locked: {LOCK}", "  do: Say who benefits.", "  don't: Do not name single lenders.",
                  "  picture 1: Forty countries on a map.", "#G20SouthAfrica #DebtRelief"):  # fmt: skip
        assert words in shown, shown
    line("line", "revise", one, "--not-before", "", "--tag", "G20", by="Officer")
    assert "not_before: [-2999-01-01T17:00:00.000Z-]" in told(line, "line", "diff", one, by="Officer")
    line("line", "submit", one, by="Officer")
    line("line", "approve", one, "--digest", line("line", "show", one)["digest"], by="Liaison India")
    said = told(line, "line", "kit", one, str(line.folder / "kit"))
    assert "kit: agreed, digest " in said and "  text/en.txt" in said
    (asked,) = line("relay", "ask", one, "--to", "ZA Presidency X", by="Officer")["relays"]
    line("relay", "adopt", asked["relay"], by="Presidency")
    line("record", "pack", asked["relay"], str(line.folder / "proof.json"))
    said = told(line, "record", "verify", str(line.folder / "proof.json"))
    for words in ("Asked     ZA Presidency X (rehearsal, presidency:ZA) to carry a line", "Taken on  by Presidency (presidency, ZA)",
                  f"Locked    “{LOCK}” stands in it (en)", "Line      ", "Agreed    by no route", "Liaison India (liaison, IN)"):  # fmt: skip
        assert words in said, said
