"""`account add` and `account sign-in` on a terminal: the browser opens, or a code is pasted; no secret is shown."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time

import httpx
import pytest

from tests.story import Office, content, out_there

BROWSER = "import sys, httpx; httpx.Client(trust_env=False, follow_redirects=True).get(sys.argv[1]).raise_for_status()"


class Terminal:
    """A command that believes that a person sits before it."""

    def __init__(self, office: Office, browser: str, *words: str) -> None:
        mine, its = pty.openpty()
        env = {**os.environ, "BROWSER": browser, "DISPLAY": "", "TERM": "dumb"}
        command = [sys.executable, "-m", "g20desk", "--office", str(office.folder), *words]
        self.process = subprocess.Popen(command, stdin=its, stdout=subprocess.PIPE, stderr=its, env=env)
        os.close(its)
        self.screen, self.mine = "", mine

    def until(self, words: str, seconds: float = 30) -> None:
        """Read the screen until it says so."""
        end = time.monotonic() + seconds
        while words not in self.screen and time.monotonic() < end:
            if select.select([self.mine], [], [], 0.1)[0]:
                try:
                    self.screen += os.read(self.mine, 4096).decode()
                except OSError:
                    break
        assert words in self.screen, self.screen

    def type(self, words: str) -> None:
        """Answer."""
        os.write(self.mine, words.encode() + b"\n")

    def ends(self) -> tuple[int, str]:
        """The exit code and standard output."""
        out = self.process.communicate(timeout=60)[0].decode()
        os.close(self.mine)
        return self.process.returncode, out


def test_the_browser_opens_by_itself(office, network, server, tmp_path):
    script = tmp_path / "browser.py"
    script.write_text(BROWSER)
    app = ["--app", "the-app"] if network == "x" else []
    terminal = Terminal(
        office, f"{sys.executable} {script} %s", "account", "add", network, "--name", "A", "--owner", "official",
        "--server", server.url, *app, "--json",
    )  # fmt: skip
    code, out = terminal.ends()
    assert code == 0, out
    assert json.loads(out)["name"] == "A"
    office.due(content("Ministers met.", to=("A",)))
    assert office.desk().publish.once()["sent"] == 1
    assert len(out_there(network, server)) == 1
    again = Terminal(office, f"{sys.executable} {script} %s", "account", "sign-in", "A", "--json")
    code, out = again.ends()
    assert (code, json.loads(out)["state"]) == (0, "ready")


@pytest.mark.parametrize("network", ["mastodon"])
def test_a_code_is_pasted_unseen(office, server):
    terminal = Terminal(
        office, "false", "account", "add", "mastodon", "--name", "A", "--owner", "official", "--server", server.url,
        "--paste",
    )  # fmt: skip
    terminal.until("The code that the page shows")
    page = [line for line in terminal.screen.split() if line.startswith("http") and "urn%3A" in line][-1]
    with httpx.Client(trust_env=False) as client:
        code = client.get(page).json()["code"]
    terminal.type(code)
    assert terminal.ends()[0] == 0
    assert code not in terminal.screen
    (row,) = [r for r in office.head.accounts.rows() if r.name == "A"]
    assert row.state == "ready"


def test_an_app_password_is_typed_unseen(office, pds):
    _, handle, password = pds.account()
    terminal = Terminal(
        office, "false", "account", "add", "bluesky", "--name", "B", "--owner", "official", "--server", pds.url,
        "--handle", handle,
    )  # fmt: skip
    terminal.until("App password")
    terminal.type(password)
    assert terminal.ends()[0] == 0
    assert password not in terminal.screen
