"""Embargoes and days of mourning as scripts see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.cli.test_commands import run
from tests.story import content


def in_hours(hours):
    return (datetime.now(UTC) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:00Z")


def test_an_embargo_from_placing_to_lifting(office):
    message = office.approved(content("Ministers agreed.", to=("G20 X",)))
    until = in_hours(3)
    code, placed, err = run(office, "embargo", "place", "--until", until, "--why", "Leaders first.", "--json")
    assert code == 0, err
    (row,) = run(office, "embargo", "list", "--json")[1]
    assert (row["embargo"], row["why"], row["by"]) == (placed["embargo"], "Leaders first.", "Ada Head")
    code, told, _ = run(office, "message", "schedule", message, "--at", in_hours(2), "--json", person="Officer")
    assert (code, told["error"]["code"]) == (1, "embargoed")
    assert "Leaders first." in told["error"]["message"]
    assert run(office, "message", "schedule", message, "--at", until, "--json", person="Officer")[0] == 0
    assert run(office, "embargo", "lift", "--why", "They spoke.", "--json", person="Officer")[1]["lifted"] is False
    assert run(office, "embargo", "lift", "--why", "They spoke.", "--json")[1]["lifted"] is True
    assert run(office, "embargo", "list", "--json")[1] == []
    code, told, _ = run(office, "embargo", "place", "--until", "2001-01-01T00:00Z", "--why", "x", "--json")
    assert (code, told["error"]["code"]) == (2, "past-time")


def test_a_day_of_mourning_from_declaring_to_ending(office):
    message = office.approved(content("What a festival.", to=("G20 X",)))
    tomorrow = in_hours(24)[:10]
    words = ["mourning", "declare", "--government", "IT", "--on", tomorrow, "--official", "--why", "A flood", "--json"]
    code, made, err = run(office, *words)
    assert code == 0, err
    assert (made["first"], made["zones"], made["official"]) == (tomorrow, ["Europe/Rome"], True)
    at = f"{tomorrow}T12:00:00Z"
    planned = run(office, "message", "schedule", message, "--at", at, "--json", person="Officer")[1]
    assert [clash["kind"] for clash in planned["clashes"]] == ["mourning"]
    words = ["message", "schedule", message, "--at", at, "--despite-mourning", "--json"]
    assert run(office, *words, person="Officer")[1]["error"]["code"] == "no-reason"
    told = run(office, *words, "--why", "The opening, said with care.", person="Officer")[1]
    assert "all the same" in told["clashes"][0]["message"]
    assert run(office, "message", "show", message, "--json")[1]["despite"] == [made["mourning"]]
    assert run(office, "mourning", "end", "--why", "Over", "--json")[1] == {"mourning": made["mourning"]}
    assert run(office, "mourning", "list", "--json")[1] == []
    code, told, _ = run(office, "mourning", "declare", "--on", tomorrow, "--why", "x", "--json")
    assert (code, told["error"]["code"]) == (2, "usage")


def test_a_message_and_a_file_carry_not_before(office, tmp_path):
    words = [
        "message",
        "new",
        "--text",
        "-",
        "--to",
        "G20 X",
        "--not-before",
        "2036-11-30T18:00[Europe/Rome]",
        "--json",
    ]
    made = run(office, *words, stdin="Ministers met.", person="Officer")[1]
    shown = run(office, "message", "show", made["message"], "--json", person="Officer")[1]
    assert shown["not_before"] == "2036-11-30T17:00:00.000Z"
    run(office, "message", "revise", made["message"], "--not-before", "", "--json", person="Officer")
    assert run(office, "message", "show", made["message"], "--json", person="Officer")[1]["not_before"] is None
    file = tmp_path / "m.toml"
    for written in ('"2036-11-30T18:00[Europe/Rome]"', "2036-11-30T18:00:00+01:00", "2036-11-30 17:00:00Z"):
        file.write_text(f'to = ["G20 X"]\nnot_before = {written}\n[[text]]\nlang = "en"\ntext = "Ministers met."\n')
        code, made, err = run(office, "message", "new", "--from", str(file), "--json", person="Officer")
        assert code == 0, err
        shown = run(office, "message", "show", made["message"], "--json", person="Officer")[1]
        assert shown["not_before"] == "2036-11-30T17:00:00.000Z", written
