"""Three desks in three processes and a real hub: a line is agreed by silence while people are out of reach, two accounts of the
Presidency are asked to carry it, one does on the real PDS with words around it, one declines; then the Presidency passes on."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk
from g20desk.desk.exporting import digest
from g20desk.desk.verifying import verify
from tests.journeys.test_many_desks import Desks
from tests.servers.hub import HubProcess, running_hub
from tests.servers.pds import Pds

LINE = "G20 members agreed on debt relief for forty countries by 2027."
LOCKED = "debt relief for forty countries"
SAID = f"The President today: {LINE} More on Monday."
ROUTE = """
name = "Lines"
kinds = ["line"]
[[stage]]
name = "Members"
who = "governments:all"
mode = "silence"
within = "PT10S"
"""
ACCOUNTS = ("US Presidency", "US Treasury")


@pytest.fixture
def hub(database: str):
    with running_hub(database, "--open") as one:
        yield one


class Summit(Desks):
    """Three desks: the head's, that of Japan's liaison, and that of the United States' communicator with two accounts on a PDS."""

    dids: dict[str, str]
    owned: dict[str, tuple[str, str]]

    def begin(self, hub: HubProcess, pds: Pds) -> None:
        self.found(hub)
        self.join("liaison", "Lia Liaison", "--role", "liaison", "--government", "JP")
        self.join("presidency", "Pia Presidency", "--role", "presidency", "--government", "US")
        self.dids, self.owned = {}, {}
        for name in ACCOUNTS:
            did, handle, password = pds.account()
            self.dids[name], self.owned[name] = did, (handle, password)
            self.run("presidency", "account", "add", "bluesky", "--name", name, "--owner", "presidency:US", "--server",
                     pds.url, "--handle", handle, "--json", text=pds.app_password(handle, password, "before"))  # fmt: skip
        (self.folder / "lines.toml").write_text(ROUTE)
        self.run("head", "route", "presidency", "US", "--before", "ZA", "--json")
        self.run("head", "route", "adopt", str(self.folder / "lines.toml"), "--json")
        self.sync("presidency", "head")

    def sync(self, *who: str) -> None:
        for one in who:
            self.run(one, "sync", "--json")

    def desk(self, who: str) -> Desk:
        """A desk as it is now, read in this process."""
        return Desk.open(self.folder / who)

    def state(self, who: str, line: str) -> str:
        return str(next(row["state"] for row in self.desk(who).lines.rows() if row["id"] == line))

    def over(self, who: str, line: str) -> None:
        """Wait until a silence is over by the desk's own reckoning; reading closes nothing."""
        until = time.monotonic() + 60
        while True:
            (stage,) = self.desk(who).messages.show(line)["signoff"]["stages"]
            if stage["state"] != "running":
                assert stage["state"] == "over"
                return
            assert time.monotonic() < until, "the silence never ended"
            time.sleep(0.5)

    def checklist(self) -> dict[str, str]:
        return {one["item"]: one["state"] for one in self.run("head", "office", "checklist", "--json")["checklist"]}

    def relay(self, who: str, relay: str) -> dict[str, Any]:
        return self.desk(who).relays.show(relay)


@pytest.mark.timeout(900)
def test_one_voice_from_a_silence_to_the_handover(tmp_path: Path, hub: HubProcess, pds: Pds) -> None:
    summit = Summit(tmp_path)
    summit.begin(hub, pds)

    # The line goes round, and the room loses its network; nobody breaks silence.
    words = ["--text", "-", "--topic", "debt", "--lock", LOCKED, "--json"]
    line = summit.run("head", "line", "new", *words, text=LINE)["line"]
    summit.run("head", "line", "submit", line, "--json")
    summit.sync("head", "liaison", "presidency")
    hub.process.send_signal(signal.SIGSTOP)
    try:
        summit.over("liaison", line)
        summit.over("head", line)
        no = summit.run("head", "relay", "ask", line, "--to", ACCOUNTS[0], "--json", code=1)
        assert no["error"]["code"] == "not-agreed"
    finally:
        hub.process.send_signal(signal.SIGCONT)
    summit.sync("head", "liaison", "presidency")
    assert {summit.state(who, line) for who in ("head", "liaison", "presidency")} == {"agreed"}

    # Both accounts are asked; one carries it with words around it, the other does not.
    asked = summit.run("head", "relay", "ask", line, "--to", ACCOUNTS[0], "--to", ACCOUNTS[1], "--json")["relays"]
    assert [one["account"] for one in asked] == list(ACCOUNTS)
    carried, declined = (one["relay"] for one in asked)
    summit.sync("head", "presidency")
    (tmp_path / "wrong.txt").write_text("We agreed on debt relief for many countries.")
    (tmp_path / "said.txt").write_text(SAID)
    no = summit.run("presidency", "relay", "adopt", carried, "--text", str(tmp_path / "wrong.txt"), "--json", code=1)
    assert no["error"]["code"] == "locked-phrase"
    assert summit.run("head", "relay", "adopt", carried, "--json", code=1)["error"]["code"] == "no-right"
    summit.run("presidency", "relay", "adopt", carried, "--text", str(tmp_path / "said.txt"), "--at", "now", "--json")
    summit.run("presidency", "relay", "decline", declined, "--why", "Our minister speaks tomorrow.", "--json")
    summit.sync("presidency", "head")
    assert summit.run("head", "publish", "--once", "--json")["sent"] == 0, "the office never publishes there"
    assert summit.run("presidency", "publish", "--once", "--json")["sent"] == 1
    (record,) = pds.records(summit.dids[ACCOUNTS[0]])
    assert record["value"]["text"] == SAID and not pds.records(summit.dids[ACCOUNTS[1]])
    summit.sync("presidency", "head", "liaison")
    for who in ("head", "liaison", "presidency"):
        shown = summit.relay(who, carried)
        assert (shown["state"], shown["locked_kept"], shown["texts"]) == ("carried", True, {"en": [SAID]})
        assert shown["drift"] == round(6 / 11, 4) and shown["diff"]["en"][0] == ("added", "The President today:")
        shown = summit.relay(who, declined)
        assert (shown["state"], shown["why"]) == ("declined", "Our minister speaks tomorrow.")

    # The other account thinks again and has a post due, on a desk without a network, when the Presidency passes on.
    hub.process.send_signal(signal.SIGSTOP)
    try:
        summit.run("presidency", "relay", "adopt", declined, "--at", "now", "--json")
    finally:
        hub.process.send_signal(signal.SIGCONT)
    summit.join("successor", "Sue Successor", "--role", "presidency", "--government", "GB")
    rehearsed = summit.run("head", "office", "hand-over", "--presidency", "GB", "--rehearse", "--json")
    assert [one["owner"] for one in rehearsed["accounts"] if one["account"] in ACCOUNTS] == ["presidency:GB"] * 2
    assert summit.run("head", "office", "checklist", "--json")["presidency"] != "GB", "nothing was written"
    summit.run("head", "office", "hand-over", "--presidency", "GB", "--why", "It is December.", "--json")
    summit.sync("head")

    # The old Presidency publishes no more, whatever it had planned, and can't take anything on.
    assert summit.run("presidency", "publish", "--once", "--json")["sent"] == 0
    summit.sync("presidency")
    assert summit.run("presidency", "publish", "--once", "--json")["sent"] == 0
    no = summit.run("presidency", "relay", "adopt", declined, "--at", "now", "--json", code=1)
    assert no["error"]["code"] == "handed-over"
    assert not pds.records(summit.dids[ACCOUNTS[1]])

    # It gives its sign-ins up, with the network's own word for it; the new one takes the accounts with its own, and is heard.
    for name in ACCOUNTS:
        handle, password = summit.owned[name]
        assert summit.run("presidency", "account", "release", name, "--json")["how"] == "revoked"
        assert pds.app_passwords(handle, password) == []
        summit.sync("presidency", "successor")
        summit.run("successor", "account", "sign-in", name, "--json", text=pds.app_password(handle, password, "after"))
    summit.sync("presidency", "successor", "head")
    found = summit.checklist()
    assert {found[f"{what}:{name}"] for what in ("release", "take") for name in ACCOUNTS} == {"done"}
    summit.run("successor", "relay", "adopt", declined, "--at", "now", "--json")
    assert summit.run("successor", "publish", "--once", "--json")["sent"] == 1
    (record,) = pds.records(summit.dids[ACCOUNTS[1]])
    assert record["value"]["text"] == LINE and len(pds.records(summit.dids[ACCOUNTS[0]])) == 1
    summit.sync("successor", "presidency", "head", "liaison", "successor")
    assert [summit.relay("liaison", one)["state"] for one in (carried, declined)] == ["carried", "carried"]
    proved(tmp_path)


def proved(folder: Path) -> None:
    """One record on all desks, and all of it holds."""
    for who in ("head", "liaison", "presidency", "successor"):
        found = verify(Desk.open(folder / who))
        assert found["verified"] and not found["tentative"], (who, found)
    assert len({digest(Desk.open(folder / who)) for who in ("liaison", "presidency", "successor")}) == 1
