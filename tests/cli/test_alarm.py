"""`alarm` and `publish --once` at a terminal: what stands, that it was seen, that it is left."""

from __future__ import annotations

from connectors.rehearsal.faults import plan
from tests.cli.test_commands import run
from tests.story import content


def test_what_stands_is_listed_seen_and_left(office):
    plan(str(office.folder), "G20 X", "refuse")
    message = office.due(content("Ministers met behind closed doors.", to=("G20 X",)))
    code, _, err = run(office, "publish", "--once", "--json", person="Officer")
    assert (code, "G20 X: a post was refused." in err, "closed doors" in err) == (0, True, False)
    assert "refused." not in run(office, "publish", "--once", person="Officer")[2], "told once"
    code, (alarm,), _ = run(office, "alarm", "list", "--json", person="Officer")
    assert (code, alarm["kind"], alarm["message"], alarm["seen"]) == (0, "refused", message, False)
    assert "closed doors" not in str(alarm)
    assert run(office, "alarm", "see", alarm["alarm"], "--json", person="Officer")[:2] == (0, {"seen": 1})
    assert run(office, "alarm", "leave", alarm["alarm"][:6], "--json", person="Officer")[:2] == (0, {"left": 1})
    assert "left" in run(office, "alarm", "list", person="Officer")[1]
    assert "Run: g20desk alarm list" in run(office, "doctor")[1], "the head has not left it"


def test_wrong_use_is_told(office):
    assert run(office, "alarm", "see", "--json")[1]["error"]["code"] == "usage"
    assert run(office, "alarm", "see", "f" * 16, "--json")[1]["error"]["code"] == "unknown-id"
    assert run(office, "alarm", "see", "--all", "--json")[:2] == (0, {"seen": 0})
    assert run(office, "alarm", "list")[1].strip() == "Nothing to tell."
    assert run(office, "publish", "--once", "--on-alarm", "true", "--json")[1]["error"]["code"] == "usage"
    assert run(office, "publish", "--watch", "--on-alarm", " ", "--json")[1]["error"]["code"] == "usage"
