"""Three desks and a stick: an officer drafts in a room without a network, a liaison there approves, and the one desk that
sees the hub hands all of it in and sends."""

from __future__ import annotations

from pathlib import Path

import pytest

from g20desk.desk import Desk
from g20desk.desk.exporting import digest
from g20desk.desk.verifying import verify
from tests.journeys.test_many_desks import Desks
from tests.servers.hub import HubProcess, running_hub

WORDS = "Ministers agreed today on debt relief for forty countries."


@pytest.fixture
def hub(database: str):
    with running_hub(database, "--open") as one:
        yield one


def test_from_a_room_without_a_network_to_a_post(tmp_path: Path, hub: HubProcess) -> None:
    desks = Desks(tmp_path)
    desks.found(hub)
    desks.join("officer", "Otto Officer", "--role", "officer")
    desks.join("liaison", "Lia Liaison", "--role", "liaison", "--government", "JP")
    desks.join("publisher", "Pia Publisher", "--role", "publisher")
    for who in ("officer", "liaison", "publisher"):
        desks.run(who, "sync", "--json")
    stick = tmp_path / "room.stick"

    made = desks.run("officer", "message", "new", "--text", "-", "--to", "G20 Bluesky", "--json", text=WORDS)
    draft = desks.run(
        "officer", "message", "new", "--text", "-", "--to", "G20 X", "--json", text="Nobody reads this yet."
    )
    desks.run("officer", "message", "submit", made["message"], "--json")
    written = desks.run("officer", "bundle", "export", str(stick), "--json")
    assert written["acts"] == 3 and not written["left"]

    assert desks.run("liaison", "bundle", "import", str(stick), "--json")["acts"] == 3
    listed = desks.run("liaison", "message", "list", "--json")
    assert [row["id"] for row in listed] == [made["message"]], "a liaison carries drafts, and reads none"
    shown = desks.run("liaison", "message", "show", made["message"], "--json")
    assert (shown["state"], shown["digest"]) == ("submitted", made["digest"])
    desks.run("liaison", "message", "approve", made["message"], "--digest", made["digest"], "--json")
    shown = desks.run("liaison", "message", "show", made["message"], "--json")
    assert [h["tentative"] for h in shown["history"]] == [True, True]
    desks.run("liaison", "bundle", "export", str(stick), "--for", "Pia Publisher", "--json")

    told = desks.run("publisher", "bundle", "import", str(stick), "--json")
    assert (told["acts"], told["left_out"], told["placed"]) == (4, [], 0)
    again = desks.run("publisher", "bundle", "import", str(stick), "--json")
    assert (again["acts"], again["places"]) == (0, 0)
    assert desks.run("publisher", "sync", "--json")["pushed"] == 4
    assert desks.run("publisher", "message", "show", made["message"], "--json")["state"] == "approved"
    desks.run("head", "sync", "--json")
    desks.run("head", "message", "schedule", made["message"], "--at", "now", "--json")
    desks.run("head", "sync", "--json")
    desks.run("publisher", "sync", "--json")
    sent = desks.run("publisher", "publish", "--once", "--json")
    assert sent == {"sent": 1, "refused": 0, "unknown": 0, "waiting": 0}
    desks.run("publisher", "sync", "--json")

    desks.run("publisher", "bundle", "export", str(stick), "--since", "0", "--json")
    told = desks.run("liaison", "bundle", "import", str(stick), "--json")
    assert told["places"] and "pending" not in told and "uncounted" not in told
    desks.run("liaison", "bundle", "export", str(stick), "--json")
    desks.run("head", "sync", "--json")
    desks.run("head", "bundle", "export", str(stick), "--for", "Otto Officer", "--json")
    desks.run("officer", "bundle", "import", str(stick), "--json")
    for who in ("officer", "liaison"):
        shown = desks.run(who, "message", "show", made["message"], "--json")
        assert shown["state"] == "sent" and not any(h["tentative"] for h in shown["history"])
    assert desks.run("officer", "message", "show", draft["message"], "--json")["state"] == "draft"
    opened = {who: Desk.open(tmp_path / who) for who in ("head", "officer", "liaison", "publisher")}
    assert digest(opened["head"]) == digest(opened["officer"])
    assert digest(opened["liaison"]) == digest(opened["publisher"])
    for who, desk in opened.items():
        found = verify(desk)
        assert found["verified"] and not found["refused"] and not found["tentative"], (who, found)
