"""What the programs that a desk starts get to see of it."""

import json
import os
import shlex
import sys
from pathlib import Path

import pytest

from g20desk import children, proxies
from g20desk.desk.alarm import Alarm
from g20desk.desk.hook import Hook
from g20desk.desk.speller import _Process

SHOW = "import json, os, sys; open(sys.argv[1], 'w').write(json.dumps(dict(os.environ)))"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has a proxy's password, and a passphrase, in its environment."""
    for name in [one for one in os.environ if one.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.setenv(name, "")
        monkeypatch.setenv(name.upper(), "")
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", "the-passphrase")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", "the-credentials")
    proxies.use("http://proxy.example:3128", "desk", "S3cret word")


def test_the_alarms_program_learns_no_password_of_a_proxy(told: None, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    hook = Hook(shlex.join([sys.executable, "-c", SHOW, str(seen)]), lambda: 0.0)
    assert hook.run(Alarm("a", "hold", 0)) == ""
    hook.end()
    env = json.loads(seen.read_text())
    assert env["https_proxy"] == env["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert "G20DESK_PASSPHRASE_FILE" not in env and "CREDENTIALS_DIRECTORY" not in env
    assert not [one for one in env.values() if "S3cret" in one or "desk@" in one]


def test_the_spelling_process_learns_of_no_proxy_and_no_passphrase(
    told: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen.json"
    monkeypatch.setattr("g20desk.desk.speller.command", lambda: [sys.executable, "-c", SHOW, str(seen)])
    process = _Process()
    assert process.answers.get(timeout=60) == b""  # it has ended
    process.ended()
    env = json.loads(seen.read_text())
    assert "S3cret" not in str(env) and not [one for one in env if one.lower().endswith("_proxy")]
    assert "G20DESK_PASSPHRASE_FILE" not in env and "CREDENTIALS_DIRECTORY" not in env
    assert env["PATH"] == os.environ["PATH"]


def test_a_frozen_programs_libraries_are_for_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", "/usr/lib/g20desk", raising=False)
    env = {
        "LD_LIBRARY_PATH": "/usr/lib/g20desk:/opt/x",
        "LD_LIBRARY_PATH_ORIG": "/opt/x",
        "_PYI_ARCHIVE_FILE": "g20desk",
        "LANG": "fr",
    }
    assert children.environment(env) == {"LD_LIBRARY_PATH": "/opt/x", "LANG": "fr"}
    assert children.environment({"LD_LIBRARY_PATH": "/usr/lib/g20desk"}) == {}
    monkeypatch.setattr(os, "environ", dict(env))
    children.settle()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/x" and os.environ["LANG"] == "fr"


def test_a_program_that_is_not_frozen_hands_the_place_of_libraries_on() -> None:
    assert children.environment({"LD_LIBRARY_PATH": "/opt/x"}) == {"LD_LIBRARY_PATH": "/opt/x"}


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("http://u:p@proxy.example:1", "http://proxy.example:1"),
        ("u:p@proxy.example:1", "proxy.example:1"),
        ("http://u:p@ss@proxy.example:1", "http://proxy.example:1"),
        ("proxy.example:1", "proxy.example:1"),
    ],
)
def test_a_proxy_loses_name_and_password_however_it_is_written(given: str, left: str) -> None:
    assert children.environment({"HTTPS_PROXY": given, "https_proxy": given}) == {
        "HTTPS_PROXY": left,
        "https_proxy": left,
    }
