"""Three desks in three processes and a real hub: an officer drafts while the hub is away, a liaison approves, a publisher that
was told of neither sends on the real PDS."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from g20desk.desk import Desk
from g20desk.desk.exporting import digest
from g20desk.desk.verifying import verify
from tests.journeys.test_many_desks import Desks
from tests.servers.hub import HubProcess, running_hub
from tests.servers.pds import Pds

WORDS = "Ministers agreed today on debt relief for forty countries. https://g20.example.org/debt"


@pytest.fixture
def hub(database: str):
    with running_hub(database, "--open") as one:
        yield one


def test_from_a_draft_without_a_network_to_a_post_on_the_real_pds(tmp_path: Path, hub: HubProcess, pds: Pds) -> None:
    desks, (did, handle, password) = Desks(tmp_path), pds.account()
    desks.found(hub)
    desks.join("officer", "Otto Officer", "--role", "officer")
    desks.join("liaison", "Lia Liaison", "--role", "liaison", "--government", "JP")
    account = ["bluesky", "--name", "G20 on Bluesky", "--owner", "official", "--server", pds.url, "--handle", handle]
    desks.run("head", "account", "add", *account, "--json", text=password)
    desks.run("head", "sync", "--json")
    desks.join("publisher", "Pia Publisher", "--role", "publisher")
    desks.run("publisher", "account", "sign-in", "G20 on Bluesky", "--json", text=password)
    desks.run("officer", "sync", "--json")

    hub.process.send_signal(signal.SIGSTOP)
    try:
        made = desks.run("officer", "message", "new", "--text", "-", "--to", "G20 on Bluesky", "--json", text=WORDS)
        revised = desks.run(
            "officer", "message", "revise", made["message"], "--text", "-", "--json", text=WORDS + " #G20"
        )
        desks.run("officer", "message", "submit", made["message"], "--json")
        assert desks.run("officer", "ledger", "verify", "--json")["tentative"] == 3
    finally:
        hub.process.send_signal(signal.SIGCONT)
    assert desks.run("officer", "sync", "--json")["pushed"] == 3

    desks.run("liaison", "sync", "--json")
    shown = desks.run("liaison", "message", "show", made["message"], "--json")
    assert (shown["state"], shown["digest"]) == ("submitted", revised["digest"])
    desks.run("liaison", "message", "approve", made["message"], "--digest", shown["digest"], "--json")
    desks.run("liaison", "sync", "--json")
    desks.run("officer", "sync", "--json")
    desks.run("officer", "message", "schedule", made["message"], "--at", "now", "--json")
    desks.run("officer", "sync", "--json")

    desks.run("publisher", "sync", "--json")
    assert desks.run("publisher", "publish", "--once", "--json") == {
        "sent": 1,
        "refused": 0,
        "unknown": 0,
        "waiting": 0,
    }
    assert desks.run("publisher", "publish", "--once", "--json")["sent"] == 0
    (record,) = pds.records(did)
    assert record["value"]["text"] == WORDS + " #G20" and len(record["value"]["facets"]) == 2
    for who in ("publisher", "officer", "liaison", "head"):
        desks.run(who, "sync", "--json")
        (post,) = desks.run(who, "message", "show", made["message"], "--json")["posts"]
        assert post["state"] == "sent" and post["remote_ids"] == [record["uri"]]
        found = verify(Desk.open(tmp_path / who))
        assert found["verified"] and not found["refused"] and not found["tentative"], (who, found)
    assert len({digest(Desk.open(tmp_path / who)) for who in ("head", "officer")}) == 1
    assert len({digest(Desk.open(tmp_path / who)) for who in ("liaison", "publisher")}) == 1
