"""Slots and recurring messages as scripts see them."""

from __future__ import annotations

from tests.cli.test_commands import run
from tests.story import content


def test_slots_are_set_offered_and_dropped(office):
    words = ["slot", "add", "Morning", "--on", "mon,Tuesday,wed,thu,fri,sat,sun", "--at", "09:00"]
    code, made, err = run(office, *words, "--zone", "Europe/Rome", "--json")
    assert code == 0, err
    assert (made["slot"], made["days"]) == ("Morning", [1, 2, 3, 4, 5, 6, 7])
    assert run(office, "slot", "list", "--json")[1] == [made]
    message = office.approved(content("One.", to=("G20 X",)))
    free = run(office, "slot", "free", message, "--json")[1]
    assert (len(free), free[0]) == (3, {"slot": "Morning", "at": made["next"], "zone": "Europe/Rome"})
    planned = run(office, "message", "schedule", message, "--at", "slot", "--json", person="Officer")[1]
    assert planned["at"] == made["next"]
    assert "Morning" in run(office, "slot", "list")[1]
    assert run(office, "slot", "drop", "Morning", "--json")[1] == {"slot": "Morning"}
    code, told, _ = run(office, "slot", "add", "x", "--on", "someday", "--at", "09:00", "--zone", "UTC", "--json")
    assert (code, told["error"]["code"]) == (2, "bad-days")


def test_a_message_comes_back_as_a_draft(office):
    made = office.desk().messages.new(content("The week of the office.", to=("G20 X",)))["message"]
    words = ["recurring", "add", made, "--every", "week", "--on", "mon,tue,wed,thu,fri,sat,sun", "--at", "09:00"]
    code, row, err = run(office, *words, "--zone", "Asia/Tokyo", "--ahead", "2", "--json", person="Officer")
    assert code == 0, err
    assert (row["message"], len(row["next"]), row["made"]) == (made, 3, [])
    code, told, err = run(office, "publish", "--once", "--json", person="Officer")
    assert (code, told["sent"], err.count("made a draft")) == (0, 0, 2)
    rows = run(office, "message", "list", "--state", "draft", "--json", person="Officer")[1]
    assert len(rows) == 3
    assert len(run(office, "recurring", "list", "--json", person="Officer")[1][0]["made"]) == 2
    code, ended, _ = run(office, "recurring", "end", "--why", "Nobody read it", "--json", person="Officer")
    assert (code, ended["recurring"]) == (0, row["recurring"])
    assert run(office, "recurring", "list", "--json", person="Officer")[1] == []
    words = ["recurring", "add", made, "--every", "month", "--on", "31,last", "--at", "09:00", "--zone", "UTC"]
    assert run(office, *words, "--json", person="Officer")[1]["days"] == [-1, 31]
    assert "month: last,31" in run(office, "recurring", "list", person="Officer")[1]
