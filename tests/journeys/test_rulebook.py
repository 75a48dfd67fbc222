"""A rulebook's way: a term list comes in, an officer proposes it, the head adopts it, and a text is found by it."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.test_command_line import run

TEXT = "The gathering of ministers opened in Rome."


def test_a_term_list_becomes_the_offices_rule(tmp_path: Path):
    office, terms, rules = tmp_path / "office", tmp_path / "house.csv", tmp_path / "house.toml"
    run(office, "office", "new", "G20", "--head", "Ada Head", "--rehearsal", "--json")
    early = run(office, "message", "new", "--text", "-", "--to", "G20 X", "--json", stdin=TEXT, person="Officer")
    program = run(office, "rulebook", "show", "--json")["digest"]
    run(office, "message", "submit", early["message"], "--json", person="Officer")

    terms.write_text("not this,say this,why\ngathering,meeting,The office says meeting\n", encoding="utf-8")
    assert run(office, "rulebook", "import", "terms", str(terms), "-o", str(rules), "--json")["rules"] == 1
    rules.write_text(rules.read_text().replace("on = false", "on = true").replace('"advise"', '"warn"'))
    told = run(office, "rulebook", "would-say", str(rules), "--json", person="Officer")
    assert [(f["message_id"], f["rule"]) for f in told["new"]] == [(early["message"], "HOUSE-01")]
    note = ("--note", "Meetings are called meetings.")
    proposal = run(office, "rulebook", "propose", str(rules), *note, "--json", person="Officer")["proposal"]
    pin = run(office, "rulebook", "adopt", proposal[:12], "--json", person="Ada Head")

    late = run(office, "message", "new", "--text", "-", "--to", "G20 X", "--json", stdin=TEXT, person="Officer")
    (found,) = [f for f in late["findings"] if f["rule"] == "HOUSE-01"]
    assert (found["text"], found["suggestion"]) == ("gathering", "meeting")
    assert run(office, "message", "show", late["message"], "--json", person="Officer")["rulebook"] == pin
    shown = run(office, "message", "show", early["message"], "--json", person="Liaison Italy")
    assert shown["rulebook"] == {"version": 0, "digest": program} and shown["rulebook_now"] == pin
    assert [f["rule"] for f in shown["differences"]] == ["HOUSE-01"]
    digest = ("--digest", early["digest"])
    told = run(office, "message", "approve", early["message"], *digest, "--json", person="Liaison Italy")
    assert told["state"] == "approved" and [f["rule"] for f in told["differences"]] == ["HOUSE-01"]
    assert run(office, "ledger", "verify", "--json")["verified"]
