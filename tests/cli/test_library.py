"""The library by command line: a set from a file into the library and out of it, what is offered, what is translated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_one_voice import TEXT, agreed, line

__all__ = ["line"]
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="other" creationtoolversion="9" segtype="sentence" o-tmf="x" adminlang="en"
srclang="en" datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>a just transition for all who work</seg></tuv>
<tuv xml:lang="fr"><seg>une transition juste pour tous</seg></tuv></tu></body></tmx>
"""


def test_a_set_goes_from_a_file_into_the_library_and_out_of_it(line, tmp_path):
    file = line.file("set.tmx", TMX)
    made = line("library", "propose", file, "--name", "Belém", "--why", "Adopted by Leaders.", by="Officer")
    assert (made["new"], made["known"]) == (1, 0)
    assert line("library", "list")[0]["state"] == "proposed"
    assert line("library", "adopt", made["proposal"], by="Officer", code=1)["error"]["code"] == "second-person"
    assert line("library", "adopt", made["proposal"])["texts"] == 1
    (row,) = line("library", "list", by="Liaison Brazil")
    assert (row["name"], row["state"], row["note"]) == ("Belém", "adopted", "Adopted by Leaders.")
    again = line("library", "propose", file, "--name", "Twice", "--why", "Again.", by="Officer", code=2)
    assert again["error"]["code"] == "no-change"
    (offer, *_) = line("library", "suggest", "--text", "-", "--lang", "fr", stdin="Nous voulons une transition ju")
    assert (offer["text"], offer["start"], offer["kind"]) == ("une transition juste pour tous", 13, "agreed")
    (said,) = line("library", "translate", "--text", "-", "--to", "fr", stdin="a just transition for all who live")
    assert [(m["percent"], m["text"]) for m in said["matches"]] == [(86, "une transition juste pour tous")]
    out = str(tmp_path / "out.tmx")
    assert line("library", "export", out)["texts"] == 1
    assert "une transition juste pour tous" in Path(out).read_text(encoding="utf-8")
    assert line("library", "propose", out, "--name", "Own", "--why", "Ours.", code=2)["error"]["code"] == "no-change"
    line("library", "withdraw", made["proposal"], "--why", "It was a draft.")
    assert line("library", "list") == [] and line("ledger", "verify")["verified"]


def test_a_line_is_found_offered_and_recognised(line, tmp_path):
    one = agreed(line, "--source", "Johannesburg 2025, 12")
    assert [(r["line"], r["source"]) for r in line("library", "search", "forty", "countr")] == [
        (one, "Johannesburg 2025, 12")
    ]
    (offer, *_) = line("library", "suggest", "--text", "-", stdin="We agreed on debt re", by="Presidency")
    assert (offer["line"], offer["text"], offer["locked"]) == (one, TEXT, ["debt relief for forty countries"])
    (here,) = line("library", "here", "--text", "-", stdin=f"Today: {TEXT}")
    assert (here["line"], here["start"], here["end"]) == (one, 7, 7 + len(TEXT))
    out = tmp_path / "out.tsv"
    assert line("library", "export", str(out))["texts"] == 56
    assert TEXT in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        (
            "a.tsv",
            "phrase\tyear\nOne two\t25\n\t2025\n",
            "bad-file",
            "row 2, column year: a year has four digits; row 3, column phrase",
        ),
        ("a.tmx", '<!DOCTYPE tmx SYSTEM "x">' + TMX, "bad-file", "document type"),
        ("a.doc", "One", "bad-file", ".tsv, .toml, .tmx"),
    ],
)
def test_a_bad_file_is_told_by_row_and_column(line, name, text, code, said):
    found = line("library", "propose", line.file(name, text), "--name", "Bad", "--why", "No.", by="Officer", code=2)
    assert found["error"]["code"] == code and said in found["error"]["message"] and found["error"]["help"]
    assert line("library", "list") == []


def test_an_export_of_another_kind_is_refused(line, tmp_path):
    assert line("library", "export", str(tmp_path / "a.csv"), code=2)["error"]["code"] == "bad-file"
    assert line("library", "adopt", "0" * 12, code=1)["error"]["code"] == "unknown-id"
