"""`rulebook` on the command line: answers for scripts and for people, errors that say what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from g20desk.cli.main import main
from tests.desk.test_rulebooks import TEXT
from tests.story import Office, content

VALE = "extends: substitution\nmessage: Use '%s' instead of '%s'.\nignorecase: true\nswap:\n  gathering: meeting\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")


class Line:
    """The command line in this process, on one office."""

    def __init__(self, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
        self.office, self.capsys = office, capsys

    def said(self, *words: str | Path, person: str = "Officer", code: int = 0) -> tuple[str, str]:
        self.capsys.readouterr()
        done = main(["--office", str(self.office.folder), "--as", person, *map(str, words)])
        out, err = self.capsys.readouterr()
        assert done == code, err
        return out, err

    def __call__(self, *words: str | Path, person: str = "Officer", code: int = 0) -> Any:
        return json.loads(self.said(*words, "--json", person=person, code=code)[0])


@pytest.fixture
def line(office: Office, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(office, capsys)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A rule file as an import leaves it, its rule switched on."""
    style = tmp_path / "House"
    style.mkdir()
    (style / "Words.yml").write_text(VALE)
    file = tmp_path / "house.toml"
    assert main(["rulebook", "import", "vale", str(style), "-o", str(file)]) == 0
    file.write_text(file.read_text().replace("on = false", "on = true"))
    return file


def test_what_is_in_force_is_shown(line: Line, house: Path):
    told = line("rulebook", "show")
    assert told["version"] == 0 and told["program"] == {"digest": told["digest"], "same": True}
    words = line.said("rulebook", "show")[0]
    assert words.startswith("Rulebook 0, digest ") and "It is the one that the program carries" in words
    rules = line("rulebook", "list")
    assert len(rules) == told["rules"]
    family = rules[0]["family"]
    assert len(line("rulebook", "list", "--family", family.lower())) == told["families"][family]
    one = line("rulebook", "rule", rules[0]["id"].lower())
    assert one == rules[0] and {"id", "on", "level", "why", "source", "bad", "good", "not_this", "langs"} <= set(one)
    assert rules[0]["why"] in line.said("rulebook", "rule", rules[0]["id"])[0]
    assert line("rulebook", "rule", "NO-01", code=1)["error"]["code"] == "unknown-id"


def test_a_file_is_tried_proposed_and_adopted(line: Line, house: Path):
    (one,) = [f for f in line("rulebook", "try", house, "--text", TEXT)["findings"] if f["rule"] == "HOUSE-01"]
    assert (one["start"], one["suggestion"]) == (4, "meeting")
    assert "HOUSE-01 “gathering”" in line.said("rulebook", "try", house, "--text", TEXT, "--only", "house-01")[0]
    assert line("rulebook", "propose", house, code=2)["error"]["code"] == "no-reason"
    proposal = line("rulebook", "propose", house, "--note", "Ours.")["proposal"]
    assert proposal[:12] in line.said("rulebook", "show")[0]
    assert line("rulebook", "adopt", proposal, code=1)["error"]["code"] == "second-person"
    assert line("rulebook", "adopt", "123456", person="Ada Head", code=1)["error"]["code"] == "unknown-id"
    pin = line("rulebook", "adopt", proposal[:10], person="Ada Head")
    told = line("rulebook", "show", person="Liaison India")
    assert (told["version"], told["digest"]) == (1, pin["digest"]) and told["families"]["HOUSE"] == 1
    words = line.said("rulebook", "show")[0]
    assert "Officer, Ada Head: Ours." in words and "rulebook export --program" in words
    assert line("rulebook", "propose", house, "--note", "Again.", code=2)["error"]["code"] == "no-change"
    assert line("rulebook", "adopt", proposal, person="Liaison India", code=1)["error"]["code"] == "unknown-id"


def test_files_come_out_and_go_in_again(line: Line, house: Path, tmp_path: Path):
    out = tmp_path / "rules"
    assert line("rulebook", "export", out)["files"] == len([*out.rglob("*.toml")])
    assert line("rulebook", "export", out, code=2)["error"]["code"] == "folder-taken"
    assert line("rulebook", "propose", out, "--note", "The same.", code=2)["error"]["code"] == "no-change"
    (out / "rulebooks" / "house.toml").write_bytes(house.read_bytes().replace(b"\n", b"\r\n"))
    line("rulebook", "propose", out, "--note", "Ours.")
    line("rulebook", "export", tmp_path / "proposed", "--proposed")
    assert (tmp_path / "proposed" / "rulebooks" / "house.toml").read_bytes() == house.read_bytes()
    line("rulebook", "export", tmp_path / "program", "--program")
    assert not (tmp_path / "program" / "rulebooks" / "house.toml").exists()
    loose = tmp_path / "loose"
    loose.mkdir()
    assert line("rulebook", "would-say", loose, code=2)["error"]["code"] == "no-file"
    (loose / "house.toml").write_text(house.read_text())
    assert line("rulebook", "would-say", loose)["new"] == []


def test_a_proposal_is_withdrawn_by_its_author_or_declined_by_the_head(line: Line, house: Path):
    proposal = line("rulebook", "propose", house, "--note", "Ours.")["proposal"]
    assert line("rulebook", "withdraw", proposal, code=2)["error"]["code"] == "no-reason"
    why = ("--why", "It is not finished.")
    assert line("rulebook", "withdraw", proposal, *why, person="Liaison India", code=1)["error"]["code"] == "no-right"
    assert line("rulebook", "withdraw", proposal[:12], *why) == {"withdrawn": proposal[:12]}
    assert "Proposed by Officer, taken back by Officer: It is not finished." in line.said("rulebook", "show")[0]
    assert line("rulebook", "adopt", proposal, person="Ada Head", code=1)["error"]["code"] == "unknown-id"
    again = line("rulebook", "propose", house, "--note", "Ours.")["proposal"]
    assert "off the table" in line.said("rulebook", "withdraw", again, "--why", "No.", person="Ada Head")[0]


def test_changes_are_listed_rule_by_rule(line: Line, house: Path):
    assert line("rulebook", "changes", code=1)["error"]["code"] == "unknown-id"
    told = line("rulebook", "changes", house)
    assert [(c["id"], c["before"]) for c in told["rules"]] == [("HOUSE-01", None)]
    line("rulebook", "propose", house, "--note", "Ours.")
    assert line("rulebook", "changes") == told
    assert line.said("rulebook", "changes")[0].startswith("+ HOUSE-01: ")
    line("rulebook", "adopt", line("rulebook", "show")["proposal"]["id"], person="Ada Head")
    assert line("rulebook", "changes", "--version", "1") == told
    assert line.said("rulebook", "changes", "--program")[0].startswith("- HOUSE-01: ")
    house.write_text(house.read_text().replace('level = "warn"', 'level = "block"'))
    assert line.said("rulebook", "changes", house)[0] == "~ HOUSE-01\n  level: warn → block\n"
    assert line.said("rulebook", "changes", "--version", "0")[0].startswith("- HOUSE-01")


def test_the_code_is_told_with_its_rules(line: Line):
    told = line("rulebook", "code")
    assert [one["number"] for one in told["principles"]] == list(range(1, 16))
    words = line.said("rulebook", "code")[0]
    assert "1. Clarity\n" in words and "PLAIN-01, PLAIN-02" in words


def test_what_files_would_say(line: Line, house: Path):
    made = line.office.desk().messages.new(content(TEXT, to=("G20 X",)))
    told = line("rulebook", "would-say", house, "--last", "10")
    assert told["messages"] == 1 and [f["message_id"] for f in told["new"]] == [made["message"]]
    words = line.said("rulebook", "would-say", house)[0]
    assert words.startswith("1 messages: 1 new findings, 0 gone\n+ ") and "HOUSE-01 “gathering”" in words


def test_a_bad_file_is_told_with_its_line(line: Line, house: Path):
    house.write_text(house.read_text().replace("gathering", "assembly", 1))
    error = line("rulebook", "propose", house, "--note", "Bad.", code=2)["error"]
    assert error["code"] == "bad-rule"
    number = house.read_text().splitlines().index('id = "HOUSE-01"') + 1
    assert error["message"].startswith(f"rulebooks/house.toml, line {number}, rule HOUSE-01: ")
    assert (
        line("rulebook", "propose", house.with_name("none.toml"), "--note", "x", code=2)["error"]["code"] == "no-file"
    )


def test_imports_say_what_they_leave_out(line: Line, tmp_path: Path):
    style = tmp_path / "Other"
    style.mkdir()
    assert line("rulebook", "import", "vale", style, "-o", tmp_path / "o.toml", code=2)["error"]["code"] == "no-file"
    (style / "Spelling.yml").write_text("extends: spelling\nmessage: x")
    (style / "Words.yaml").write_text(VALE)
    told = line("rulebook", "import", "vale", style, "-o", tmp_path / "o.toml", "--family", "VALE", "--lang", "en")
    assert told["rules"] == 1 and [one["where"] for one in told["left_out"]] == ["Spelling.yml"]
    words = line.said("rulebook", "import", "vale", style, "-o", tmp_path / "o.toml")[0]
    assert "all of them off" in words and "Spelling.yml: spelling" in words
    terms = tmp_path / "terms.csv"
    terms.write_text("not this;say this\ngathering;meeting\nsame;same\n")
    told = line("rulebook", "import", "terms", terms, "-o", tmp_path / "t.toml")
    assert told["rules"] == 1 and told["left_out"][0]["where"] == "terms.csv, line 3"
    assert (
        line("rulebook", "try", tmp_path / "t.toml", "--text", TEXT)["findings"]
        == line("rulebook", "try", tmp_path / "o.toml", "--text", TEXT)["findings"]
    )
    terms.write_bytes(b"caf\xe9")
    for words, code in ((["terms", terms, "-o", tmp_path / "t.toml"], "bad-file"),
                        (["vale", style, "-o", tmp_path / "t.toml", "--family", "a"], "bad-family"),
                        (["vale", style, "-o", tmp_path / "no" / "t.toml"], "no-file")):  # fmt: skip
        assert line("rulebook", "import", *words, code=2)["error"]["code"] == code


def test_all_rules_of_an_import_are_switched_on_at_once_or_a_family_or_some(line: Line, tmp_path: Path):
    terms, file = tmp_path / "house.csv", tmp_path / "house.toml"
    terms.write_text("not this;say this\n" + "".join(f"gathering{n};meeting\n" for n in range(101)))
    line("rulebook", "import", "terms", terms, "-o", file)
    text = file.read_text()
    told = line("rulebook", "switch", "on", file)
    assert (told["switched"], told["file"]) == (101, str(file))
    assert file.read_text() == text.replace("on = false\n", "")
    assert line.said("rulebook", "switch", "on", file)[0] == f"No rule of {file} had to be switched.\n"
    assert line("rulebook", "switch", "off", file, "--family", "houseb")["rules"] == ["HOUSEB-01", "HOUSEB-02"]
    assert line("rulebook", "switch", "off", file, "--rule", "house-02", "--rule", "HOUSE-03")["switched"] == 2
    assert file.read_text().count("on = false") == 4
    found = line("rulebook", "try", file, "--text", "The gathering0 and gathering1.")["findings"]
    assert [f["rule"] for f in found if f["rule"].startswith("HOUSE")] == ["HOUSE-01"]
    for wrong in (("--family", "NONE"), ("--rule", "HOUSE-98x"), ("--family", "HOUSE-01")):
        assert line("rulebook", "switch", "on", file, *wrong, code=1)["error"]["code"] == "unknown-id"
    terms.write_text("not TOML")
    assert line("rulebook", "switch", "on", terms, code=2)["error"]["code"] == "bad-rule"
