"""The plan of a day by command line."""

from __future__ import annotations

import pytest

from tests.cli.test_one_voice import agreed
from tests.cli.test_signoff import Line

DAY = "2999-03-17"


@pytest.fixture
def line(tmp_path) -> Line:
    return Line(tmp_path)


def test_a_day_is_planned_linked_moved_and_closed(line):
    plan = line("plan", "new", "Day 1", "--day", DAY, "--zone", "Africa/Johannesburg", by="Officer")["plan"]
    wording = agreed(line)
    first = line(
        "plan", "set", "Day 1", "--at", "09:00", "--line", wording, "--to", "G20 X", "--embargo", "08:30", by="Officer"
    )
    assert (first["at"], first["embargo"]) == (f"{DAY}T07:00:00.000Z", f"{DAY}T06:30:00.000Z")
    assert (first["of"], first["line"], first["topic"]) == ("line", wording, "debt")
    own = line("plan", "set", plan[:8], "--at", "10:00", "--title", "President speaks", "--topic", "debt",
               "--to", "ZA Presidency X", "--lang", "en", by="Presidency")  # fmt: skip
    assert (
        line("plan", "set", plan, "--title", "Ours", "--at", "10:00", by="Liaison Brazil", code=1)["error"]["code"]
        == "no-right"
    )
    linked = line("plan", "link", plan, first["entry"][:8], own["entry"][:8], by="Officer")["linked"]
    assert set(linked) == {first["entry"], own["entry"]}
    looked = line("plan", "move", plan, own["entry"], "--at", "08:00", "--look", by="Officer")
    assert looked["moved"] is False and [e["moves"] for e in looked["entries"]] == [True, True]
    # What the communicator may not move is said, and nothing moves.
    no = line("plan", "move", plan, own["entry"], "--at", "08:00", by="Presidency", code=1)["error"]
    assert no["code"] == "cannot-move" and "--leave" in no["help"]
    line("plan", "move", plan, own["entry"], "--at", "08:00", by="Officer")
    shown = line("plan", "show", "Day 1")
    assert [e["at"] for e in shown["entries"]] == [f"{DAY}T05:00:00.000Z", f"{DAY}T06:00:00.000Z"]
    assert {c["kind"] for c in shown["clashes"]} == {"embargo"}
    line("plan", "drop", plan, own["entry"], "--why", "He is ill.", by="Presidency")
    assert [(p["name"], p["entries"]) for p in line("plan", "list", by="Liaison India")] == [("Day 1", 1)]
    line("plan", "close", plan, by="Officer")
    assert line("plan", "set", plan, "--title", "X", "--at", "10:00", by="Officer", code=1)["error"]["code"] == "closed"
    assert line("ledger", "verify")["verified"]


def test_a_plan_is_opened_for_a_real_day_in_a_real_zone(line):
    for more, code in ((("2999-02-30", "UTC"), "bad-date"), ((DAY, "Mars/Olympus"), "bad-zone")):
        bad = line("plan", "new", "Day", "--day", more[0], "--zone", more[1], by="Officer", code=2)
        assert bad["error"]["code"] == code
    assert line("plan", "show", "Nowhere", code=1)["error"]["code"] == "unknown-id"
