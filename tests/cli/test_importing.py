"""Tables by command line: what was read off the file is shown, what is unsure is asked."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_signoff import Line

TABLE = "Datum;time;text_fr;to\n03/04/2999;09:00;Les ministres se réunissent à Québec. #G20;G20 X\n"


@pytest.fixture
def line(tmp_path) -> Line:
    return Line(tmp_path)


def saved(line: Line, text: str, encoding: str = "utf-8", name: str = "day.csv") -> str:
    path = line.folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_a_table_from_a_spreadsheet_until_all_that_is_unsure_was_said(line):
    file = saved(line, TABLE, "windows-1252")
    no = line("import", file, by="Officer", code=2)["error"]
    assert no["code"] == "unknown-column" and "Datum" in no["message"]
    given = ["--map", "Datum=date"]
    no = line("import", file, *given, by="Officer", code=2)["error"]
    assert no["code"] == "ambiguous-date"
    assert "Row 2" in no["message"] and "2999-04-03" in no["message"] and "2999-03-04" in no["message"]
    assert {(f["row"], f["letters"], f["code"]) for f in no["faults"]} == {
        (2, "A", "ambiguous-date"),
        (2, "B", "no-zone"),
    }
    given += ["--dates", "dmy", "--zone", "Europe/Rome"]
    dry = line("import", file, *given, "--dry-run", by="Officer")
    assert (dry["encoding"], dry["certain"], dry["samples"], dry["delimiter"]) == (
        "windows-1252", False, ["réunissent", "à", "Québec."], "semicolon",
    )  # fmt: skip
    assert [(c["letters"], c["field"]) for c in dry["columns"]] == [
        ("A", "date"),
        ("B", "time"),
        ("C", "text.fr"),
        ("D", "to"),
    ]
    assert dry["new"] == 1 and line("message", "list", by="Officer") == []
    made = line("import", file, *given, by="Officer")
    (draft,) = made["drafts"]
    assert line("message", "show", draft["message"], by="Officer")["state"] == "draft"
    assert line("plan", "show", "day", by="Officer")["entries"][0]["at"] == "2999-04-03T07:00:00.000Z"
    again = line("import", file, *given, by="Head of office")
    assert (again["new"], again["known"], again["drafts"]) == (0, 1, [])
    # Another encoding is chosen, and the words are another text then: told as a change, taken by nobody.
    other = line("import", file, *given, "--encoding", "windows-1251", by="Officer")
    assert other["encoding"] == "windows-1251" and [c["changes"] for c in other["changed"]] == [["words"]]
    assert line("ledger", "verify")["verified"]


def test_it_is_said_in_words_too(line, capsys):
    from g20desk.cli.main import main

    file = saved(line, TABLE.replace("Datum", "date"))
    assert (
        main(["--office", str(line.office), "--as", "Officer", "import", file, "--dates", "dmy", "--zone", "UTC"]) == 0
    )
    said = capsys.readouterr().out
    assert "Encoding utf-8, semicolon between cells." in said and "1 drafts, 1 entries" in said


@pytest.mark.parametrize(("words", "code"), [(["--encoding", "klingon"], "bad-encoding"), (["--delimiter", "x"], "bad-delimiter"),
                                             (["--map", "text"], "bad-map"), (["--map", "Z=text"], "no-column")])  # fmt: skip
def test_wrong_usage(line, words, code):
    file = saved(line, TABLE)
    assert line("import", file, *words, by="Officer", code=2)["error"]["code"] == code
    assert line("import", str(line.folder / "none.csv"), by="Officer", code=2)["error"]["code"] == "no-file"
    assert json.dumps(line("plan", "list")) == "[]"
