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

    def handed_in(self, hub: HubProcess, words: str) -> dict[str, Any]:
        """A head and an officer, whose message with these words is submitted and with both."""
        self.found(hub)
        self.join("officer", "Otto Officer", "--role", "officer")
        made = self.run("officer", "message", "new", "--text", "-", "--to", "G20 Bluesky", "--json", text=words)
        self.run("officer", "message", "submit", made["message"], "--json")
        self.run("officer", "sync", "--json")
        self.run("head", "sync", "--json")
        return dict(made)


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
    made = desks.handed_in(hub, "Ministers agreed today on debt relief for forty countries.")
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


def test_two_desks_that_were_apart_make_one_draft_of_what_comes_back(tmp_path: Path, hub: HubProcess) -> None:
    desks = Desks(tmp_path)
    desks.found(hub)
    desks.join("officer", "Otto Officer", "--role", "officer")
    template = desks.run("officer", "message", "new", "--text", "-", "--to", "G20 Bluesky", "--json",
                         text="The week of the office.")["message"]  # fmt: skip
    words = ["--every", "week", "--on", "mon,tue,wed,thu,fri,sat,sun", "--at", "12:00", "--zone", "UTC", "--ahead", "1"]
    desks.run("officer", "recurring", "add", template, *words, "--json")
    for who in ("officer", "head"):
        desks.run(who, "sync", "--json")

    def drafts(who: str) -> set[str]:
        return {row["id"] for row in desks.run(who, "message", "list", "--state", "draft", "--json")} - {template}

    for who in ("officer", "head"):
        desks.run(who, "publish", "--once", "--json")
    apart = {who: drafts(who) for who in ("officer", "head")}
    assert all(len(found) == 1 for found in apart.values()) and apart["officer"] != apart["head"]
    for who in ("head", "officer", "head", "officer"):
        desks.run(who, "sync", "--json")
    assert drafts("officer") == drafts("head") == apart["head"]
    assert len({digest(Desk.open(tmp_path / who)) for who in ("head", "officer")}) == 1
    told = desks.run("officer", "ledger", "verify", "--json")
    assert sorted(one["kind"] for one in told["refused"]) == ["draft.revised", "recurring.made"]
    for who in ("officer", "head"):
        desks.run(who, "publish", "--once", "--json")
    assert drafts("officer") == drafts("head") == apart["head"]


def test_an_embargo_that_was_placed_first_counts_on_every_desk(tmp_path: Path, hub: HubProcess) -> None:
    desks = Desks(tmp_path)
    made = desks.handed_in(hub, "Ministers agreed today on debt relief for forty countries.")
    desks.run("head", "message", "approve", made["message"], "--digest", made["digest"], "--json")
    for who in ("head", "officer"):
        desks.run(who, "sync", "--json")
    desks.run("head", "embargo", "place", "--until", "2099-01-01T00:00Z", "--why", "The leaders first.", "--json")
    desks.run("officer", "message", "schedule", made["message"], "--at", "now", "--json")
    for who in ("head", "officer", "head"):
        desks.run(who, "sync", "--json")
    for who in ("head", "officer"):
        shown = desks.run(who, "message", "show", made["message"], "--json")
        assert (shown["state"], shown["planned_ms"]) == ("approved", None)
        assert [h["counts"] for h in shown["history"] if h["kind"] == "message.scheduled"] == [False]
    desks.run("officer", "message", "schedule", made["message"], "--at", "2098-12-31T00:00Z", "--json", code=1)


def test_words_are_found_once_their_pieces_have_come(tmp_path: Path, hub: HubProcess) -> None:
    """An event may be there before its texts are: the row of its message is then looked at again."""
    desks = Desks(tmp_path)
    made = desks.handed_in(hub, "Ministers agreed on gallium.")
    found = desks.run("head", "message", "list", "--search", "gallium", "--json")
    assert [one["id"] for one in found] == [made["message"]]
