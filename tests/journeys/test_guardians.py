"""The only head's laptop is gone: by the command line, over a real hub, guardians take in a new head, and the office goes on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from g20desk.desk import Desk
from g20desk.desk.exporting import digest
from g20desk.desk.verifying import verify
from tests.journeys.test_many_desks import Desks, hub
from tests.servers.hub import HubProcess

__all__ = ["hub"]


class Guarded(Desks):
    """The same, where others than the head let people in."""

    def asks(self, who: str, by: str, *words: str) -> str:
        """A new desk answers an invitation that `by` made; the safety words."""
        invitation, request = self.folder / f"{who}.invite", self.folder / f"{who}.request"
        invitation.write_text(self.run(by, "office", "invite", *words))
        command = [
            sys.executable,
            "-m",
            "g20desk",
            "--office",
            str(self.folder / who),
            "office",
            "join",
            str(invitation),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        request.write_text(done.stdout)
        return done.stderr.removeprefix("Safety words: ").strip()

    def admit(self, who: str, by: str, words: str) -> dict[str, str]:
        return dict(self.run(by, "office", "admit", str(self.folder / f"{who}.request"), "--words", words, "--json"))

    def sync(self, *who: str) -> None:
        for one in who:
            self.run(one, "sync", "--json")

    def shown(self, who: str) -> dict:
        return dict(self.run(who, "office", "show", "--json"))


@pytest.fixture
def desks(tmp_path: Path, hub: HubProcess) -> Guarded:
    """A head, an officer, two liaisons; the liaisons and the officer are guardians, two of whom act together."""
    made = Guarded(tmp_path)
    made.found(hub)
    made.join("officer", "Otto Officer", "--role", "officer")
    made.join("japan", "Lia Liaison", "--role", "liaison", "--government", "JP")
    made.join("mexico", "Mia Liaison", "--role", "liaison", "--government", "MX")
    named = made.run(
        "head", "office", "guardians", "Otto Officer", "Lia Liaison", "Mia Liaison", "--need", "2", "--json"
    )
    assert named["waits_for"] == ""
    made.sync("head", "officer", "japan", "mexico")
    return made


def test_the_only_heads_laptop_is_gone(desks: Guarded) -> None:
    made = desks.run("officer", "message", "new", "--text", "-", "--to", "G20 Bluesky", "--json", text="An old draft.")
    desks.sync("officer", "head")
    (lost,) = next(one for one in desks.shown("officer")["people"] if one["name"] == "Ada Head")["device_list"]
    shutil.rmtree(desks.folder / "head")
    words = desks.asks("new", "japan", "Nia New", "--role", "head")
    desks.run("japan", "office", "admit", str(desks.folder / "new.request"), "--words", "acorn", "--json", code=1)
    waits = desks.admit("new", "japan", words)
    assert waits["waits_for"].endswith("1 more guardian")
    desks.sync("japan", "mexico", "officer")
    told = desks.shown("mexico")
    assert [(one["person"], one["yours"], one["safety_words"]) for one in told["waiting"]] == [("Nia New", True, words)]
    text = desks.run("mexico", "office", "show")
    assert "Waits for the head, or 1 more guardian: Nia New as head (by Lia Liaison" in text
    assert desks.run("japan", "office", "second", "Nia New", "--json", code=1)["error"]["code"] == "second-person"
    assert desks.run("mexico", "office", "second", "Nia New", "--words", words, "--json")["waits_for"] == ""
    desks.sync("mexico", "new")
    assert desks.run("new", "message", "show", made["message"], "--json")["state"] == "draft"
    assert desks.run("new", "message", "list", "--search", "draft", "--json")
    desks.run(
        "new", "office", "revoke", "Ada Head", "--device", lost["id"][:12], "--why", "Stolen at the airport.", "--json"
    )
    words = desks.asks("zoe", "new", "Zoe Officer", "--role", "officer")
    assert desks.admit("zoe", "new", words)["waits_for"] == ""
    desks.sync("new", "zoe")
    again = desks.run("new", "office", "guardians", "Otto Officer", "Lia Liaison", "--json")
    assert again["waits_for"] == "1 guardian"
    desks.sync("new", "officer")
    (waiting,) = desks.shown("officer")["waiting"]
    desks.run("officer", "office", "second", waiting["proposal"][:12], "--json")
    desks.sync("officer", "new", "japan", "mexico", "officer", "zoe", "new")
    now = desks.shown("new")
    assert now["guardians"] == {"people": ["Otto Officer", "Lia Liaison"], "need": 2,
                                "able": ["Otto Officer", "Lia Liaison"], "ready": True, "renew": ""}  # fmt: skip
    head = next(one for one in now["people"] if one["name"] == "Nia New")
    assert head["vouched_by"] == ["Lia Liaison", "Mia Liaison"]
    desks.run("zoe", "message", "submit", made["message"], "--json")
    desks.sync("zoe", "new")
    shown = desks.run("new", "message", "show", made["message"], "--json")
    desks.run("new", "message", "approve", made["message"], "--digest", shown["digest"], "--json")
    desks.sync("new", "officer", "zoe")
    assert desks.run("officer", "message", "show", made["message"], "--json")["state"] == "approved"
    assert len({digest(Desk.open(desks.folder / who)) for who in ("new", "officer", "zoe")}) == 1
    for who in ("new", "officer", "zoe", "japan", "mexico"):
        found = verify(Desk.open(desks.folder / who))
        assert found["verified"] and not found["refused"] and not found["tentative"], (who, found)


def test_a_second_laptop_and_a_lost_one(desks: Guarded) -> None:
    words = desks.asks("japan2", "japan", "--device")
    assert desks.admit("japan2", "japan", words) == {
        "person": "Lia Liaison", "safety_words": words, "waits_for": "", "proposal": "",
    }  # fmt: skip
    desks.sync("japan", "japan2")
    lia = next(one for one in desks.shown("japan2")["people"] if one["name"] == "Lia Liaison")
    first = next(one["id"] for one in lia["device_list"] if not one["here"])
    assert lia["devices"] == 2
    desks.run(
        "japan2", "office", "revoke", "Lia Liaison", "--device", first[:12], "--why", "Left on a train.", "--json"
    )
    desks.sync("japan2", "head", "japan2", "officer")
    assert desks.run("japan", "sync", "--json", code=1)["error"]["code"] == "device-out"
    assert "a device that holds a share was lost" in desks.shown("head")["guardians"]["renew"]
    desks.run("head", "hold", "place", "--why", "A rumour.", "--json")
    desks.sync("head", "japan2")
    assert len(desks.run("japan2", "hold", "list", "--json")) == 1


def test_a_voice_needs_more_than_the_head(desks: Guarded) -> None:
    words = desks.asks("japan2", "head", "Jin Liaison", "--role", "liaison", "--government", "jp")
    waits = desks.admit("japan2", "head", words)
    assert waits["waits_for"] == "one who speaks for JP, or a guardian"
    desks.sync("head", "mexico", "officer")
    desks.run("mexico", "office", "second", "Jin Liaison", "--words", words, "--json")
    desks.sync("mexico", "head", "japan2")
    jin = next(one for one in desks.shown("japan2")["people"] if one["name"] == "Jin Liaison")
    assert (jin["role"], jin["government"], jin["vouched_by"]) == ("liaison", "JP", ["Ada Head", "Mia Liaison"])
    role = [
        "office",
        "role",
        "Otto Officer",
        "--role",
        "presidency",
        "--government",
        "JP",
        "--why",
        "He asks.",
        "--json",
    ]
    assert desks.run("head", *role)["waits_for"] == "one who speaks for JP, or a guardian"
    desks.run("head", "office", "withdraw", "Otto Officer", "--why", "Not him.", "--json")
    assert desks.shown("head")["waiting"] == []
    desks.run("head", "office", "invite", "Nobody", "--role", "head", "--device", code=2)
