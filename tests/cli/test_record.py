"""`record` as scripts see it: a pack is made on a desk, and verified with no desk at all."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.test_commands import run
from tests.story import content


def verified(*args, folder):
    """`record verify` somewhere where there is no office."""
    words = [sys.executable, "-m", "g20desk", "--office", str(folder / "none"), "record", "verify", *map(str, args)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def message(office):
    made = office.due(content("Ministers met today in Rome.", to=("G20 Bluesky", "G20 X")))
    office.desk().publish.once()
    return made


def test_a_pack_is_verified_where_there_is_no_office(office, message, tmp_path):
    file = tmp_path / "proof.json"
    code, told, _ = run(office, "record", "pack", message, str(file), "--json")
    assert code == 0 and told["message"] == message and told["size"] == file.stat().st_size
    code, out, err = verified(file, "--json", folder=tmp_path)
    found = json.loads(out)
    assert (code, found["verified"], found["faults"], err) == (0, True, [], "")
    _, shown, _ = run(office, "message", "show", message, "--json")
    assert found["message"]["digest"] == told["digest"] == shown["digest"]
    assert [(d["person"], d["government"], d["counts"]) for d in found["decisions"]] == [("Liaison Brazil", "BR", True)]
    assert [p["url"] for p in shown["posts"]] == [url for p in found["posts"] for url in p["urls"]]
    code, out, _ = verified(file, folder=tmp_path)
    assert code == 0 and "Ministers met today in Rome." in out and "Rests on the maker's word" in out


def test_safety_words_are_compared(office, message, tmp_path):
    file = tmp_path / "proof.json"
    run(office, "record", "pack", message, str(file), "--complete")
    _, shown, _ = run(office, "office", "show", "--json")
    code, out, _ = verified(file, "--words", shown["safety_words"], "--json", folder=tmp_path)
    assert code == 0 and json.loads(out)["complete"]
    code, out, _ = verified(file, "--words", "one two three four five six", "--json", folder=tmp_path)
    found = json.loads(out)
    assert code == 1 and not found["verified"] and shown["safety_words"] in found["faults"][0]


def test_what_does_not_hold_leaves_with_1_and_says_what(office, message, tmp_path):
    file = tmp_path / "proof.json"
    run(office, "record", "pack", message, str(file))
    data = file.read_bytes()
    for spoilt in (data.replace(b"Rome", b"Riga"), data[:-40], b"", b"A note.", data + b"\n"):
        file.write_bytes(spoilt)
        code, out, err = verified(file, "--json", folder=tmp_path)
        found = json.loads(out)
        assert code == 1 and found["verified"] is False and found["faults"][0] and not err
        code, out, _ = verified(file, folder=tmp_path)
        assert code == 1 and out.startswith("NOT VERIFIED. ") and "Traceback" not in out


def test_what_can_not_be_packed_or_read_is_refused_with_what_to_do(office, message, tmp_path):
    draft = office.desk().messages.new(content("Not yet.", to=("G20 X",)))["message"]
    file = str(tmp_path / "proof.json")
    for args, expected, code_is in (
        ((draft, file), "not-submitted", 1),
        (("abcdef", file), "unknown-id", 1),
        ((message, file, "--withhold", "c.text.fr"), "unknown-part", 1),
        ((message, file, "--withhold", "c.kind"), "part-needed", 1),
        ((message, str(tmp_path / "no" / "proof.json")), "export-failed", 2),
    ):
        code, told, err = run(office, "record", "pack", *args, "--json")
        assert (code, told["error"]["code"]) == (code_is, expected)
        assert told["error"]["help"] and told["error"]["message"] in err
    assert not list(tmp_path.glob("*.json"))
    code, out, _ = verified(tmp_path / "none.json", "--json", folder=tmp_path)
    assert code == 2 and json.loads(out)["error"]["code"] == "no-file"


def test_withheld_on_the_command_line_is_withheld_in_the_file(office, message, tmp_path):
    file = tmp_path / "proof.json"
    run(office, "record", "pack", message, str(file), "--withhold", "c.text.*", "--withhold-names")
    text = file.read_text()
    assert "Rome" not in text and "Liaison Brazil" not in text
    assert verified(file, folder=tmp_path)[0] == 0
    run(office, "record", "pack", message, str(file), "--withhold-pieces")
    assert "Rome" not in file.read_text() and verified(file, folder=tmp_path)[0] == 0


def test_what_somebody_wrote_never_looks_like_what_the_program_says(office, tmp_path):
    name = "Lia\x1b[2J\x1b[H\x9b2J\nDecisions\nEverybody approves  counts\u202e"
    office.head.people.admit_here(name, "liaison", "MX")
    made = office.due(content("Agreed.\nDecisions\nEverybody approves  counts", to=("G20 X",)))
    office.desk(name).messages.decide(made, "approve", office.head.messages.show(made)["digest"])
    file = tmp_path / "proof.json"
    assert run(office, "record", "pack", made, str(file))[0] == 0
    code, out, _ = verified(file, folder=tmp_path)
    assert code == 0 and not {"\x1b", "\x9b", "\u202e"} & set(out)
    assert "  | Everybody approves  counts" in out and out.split("\n").count("Decisions") == 1
    assert "Lia\ufffd[2J\ufffd[H\ufffd2J\ufffdDecisions" in out
