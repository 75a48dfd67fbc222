"""Three desks and a hub: an officer drafts offline, a liaison signs off, the head publishes; one record on all."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk
from g20desk.desk.exporting import digest
from g20desk.desk.verifying import verify
from tests.servers.hub import HubProcess, running_hub


@pytest.fixture
def hub(database: str):
    with running_hub(database, "--open") as one:
        yield one


class Desks:
    """An office over several folders, by the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, who: str, *words: str, code: int = 0, text: str | None = None) -> Any:
        command = [sys.executable, "-m", "g20desk", "--office", str(self.folder / who), *words]
        done = subprocess.run(command, capture_output=True, text=True, input=text, check=False)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout) if "--json" in words else done.stdout

    def found(self, hub: HubProcess) -> None:
        self.run("head", "office", "new", "G20", "--head", "Ada Head", "--rehearsal", "--json")
        self.run("head", "hub", "init", hub.url, "--json")

    def join(self, who: str, name: str, *words: str) -> None:
        invitation = self.folder / f"{who}.invite"
        invitation.write_text(self.run("head", "office", "invite", name, *words))
        request = self.folder / f"{who}.request"
        request.write_text(self.run(who, "office", "join", str(invitation)))
        self.run("head", "office", "admit", str(request), "--json")
        self.run("head", "sync", "--json")
        self.run(who, "sync", "--json")


def test_three_desks_one_record(tmp_path: Path, hub: HubProcess) -> None:
    desks = Desks(tmp_path)
    desks.found(hub)
    desks.join("officer", "Otto Officer", "--role", "officer")
    desks.join("liaison", "Lia Liaison", "--role", "liaison", "--government", "JP")
    made = desks.run("officer", "message", "new", "--text", "-", "--to", "G20 Bluesky", "--json",
                     text="Ministers agreed today on debt relief for forty countries.")  # fmt: skip
    desks.run("officer", "message", "submit", made["message"], "--json")
    assert desks.run("officer", "hub", "status", "--json")["tentative"] == 2
    desks.run("officer", "sync", "--json")
    desks.run("liaison", "sync", "--json")
    shown = desks.run("liaison", "message", "show", made["message"], "--json")
    assert (shown["state"], shown["digest"]) == ("submitted", made["digest"])
    desks.run("liaison", "message", "approve", made["message"], "--digest", made["digest"], "--json")
    desks.run("liaison", "sync", "--json")
    desks.run("head", "sync", "--json")
    assert desks.run("head", "message", "show", made["message"], "--json")["state"] == "approved"
    for who in ("officer", "liaison", "head"):
        desks.run(who, "sync", "--json")
    opened = [Desk.open(tmp_path / who) for who in ("head", "officer")]
    assert len({digest(desk) for desk in opened}) == 1
    for who in ("head", "officer", "liaison"):
        found = verify(Desk.open(tmp_path / who))
        assert found["verified"] and not found["refused"] and not found["tentative"], (who, found)


def test_a_post_goes_out_once_its_intent_stands_in_the_order(tmp_path: Path, hub: HubProcess) -> None:
    desks = Desks(tmp_path)
    desks.found(hub)
    desks.join("officer", "Otto Officer", "--role", "officer")
    made = desks.run("officer", "message", "new", "--text", "-", "--to", "G20 Bluesky", "--json",
                     text="Ministers agreed today on debt relief for forty countries.")  # fmt: skip
    desks.run("officer", "message", "submit", made["message"], "--json")
    desks.run("officer", "sync", "--json")
    desks.run("head", "sync", "--json")
    desks.run("head", "message", "approve", made["message"], "--digest", made["digest"], "--json")
    desks.run("head", "message", "schedule", made["message"], "--at", "now", "--json")
    hub.process.send_signal(signal.SIGSTOP)
    try:
        told = desks.run("head", "publish", "--once", "--json", code=0)
        assert told == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 1}
    finally:
        hub.process.send_signal(signal.SIGCONT)
    assert desks.run("head", "publish", "--once", "--json") == {"sent": 1, "refused": 0, "unknown": 0, "waiting": 0}
    desks.run("head", "sync", "--json")
    desks.run("officer", "sync", "--json")
    shown = desks.run("officer", "message", "show", made["message"], "--json")
    assert [post["state"] for post in shown["posts"]] == ["sent"] and shown["posts"][0]["url"]
