"""The publisher as a service: the unit file holds, systemd is told how it stands, SIGTERM ends it in order."""

from __future__ import annotations

import configparser
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from g20desk.desk import Desk, health
from g20desk.desk.service import Service
from tests.story import content

UNIT = Path(__file__).parents[2] / "docs" / "g20desk-publisher.service"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="systemd's socket and signals")


class Manager:
    """What systemd does for a service: its environment, its socket, its signal."""

    def __init__(self, folder, credentials):
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str
        unit.read(UNIT)
        self.service = dict(unit["Service"])
        lines = UNIT.read_text().splitlines()
        told = [shlex.split(line.removeprefix("Environment="))[0] for line in lines if line.startswith("Environment=")]
        self.environment = {name: value for name, _, value in (one.partition("=") for one in told)}
        self.environment["G20DESK_PASSPHRASE_FILE"] = self.environment["G20DESK_PASSPHRASE_FILE"].replace(
            "%d", str(credentials)
        )
        self.environment["G20DESK_HOME"] = str(folder)
        self.environment["CREDENTIALS_DIRECTORY"] = str(credentials)
        self.command = [sys.executable, "-m", "g20desk", *shlex.split(self.service["ExecStart"])[1:]]
        self.told: list[str] = []

    def __enter__(self):
        # A short way: the address of a socket has room for some hundred letters.
        self.place = Path(os.path.relpath(self.environment["CREDENTIALS_DIRECTORY"])) / "notify"
        self.inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.inbox.bind(str(self.place))
        self.inbox.settimeout(60)
        return self

    def start(self):
        seconds = int(self.service["WatchdogSec"])
        more = {"NOTIFY_SOCKET": str(self.place), "WATCHDOG_USEC": str(seconds * 1_000_000)}
        self.process = subprocess.Popen(
            self.command, env={**os.environ, **self.environment, **more}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def until(self, words):
        while not any(words in one for one in self.told):
            self.told.append(self.inbox.recv(4096).decode())

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate(timeout=30)
        self.inbox.close()
        self.place.unlink()


@pytest.fixture
def credentials(tmp_path):
    """Where systemd puts what it unsealed; the mask of its access list shows as the group's right."""
    made = tmp_path / "c"
    made.mkdir(mode=0o700)
    (made / "passphrase").write_text("correct horse battery\n")
    (made / "passphrase").chmod(0o440)
    return made


def test_the_unit_file_holds(tmp_path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("there is no systemd here")
    program = shlex.split(Manager(tmp_path, tmp_path).service["ExecStart"])[0]
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text().replace(program, sys.executable))
    done = subprocess.run([analyze, "verify", str(copy)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_names_the_unit_file():
    assert f"]({UNIT.name})" in (UNIT.parent / "publishing.md").read_text()


def test_a_sealed_desk_is_served_and_ends_with_the_signal(tmp_path, credentials, monkeypatch):
    folder = tmp_path / "o"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", str(credentials / "passphrase"))
    Desk.found(folder, "G20", "Ada Head", rehearsal=False)
    with Manager(folder, credentials) as manager:
        manager.start()
        manager.until("READY=1")
        manager.until("WATCHDOG=1")
        manager.process.send_signal(signal.SIGTERM)
        manager.until("STOPPING=1")
        assert manager.process.wait(60) == 0
    (credentials / "passphrase").chmod(0o444)
    with Manager(folder, credentials) as manager:
        manager.start()
        assert manager.process.wait(60) == 2
        assert b"can be read by others" in manager.process.stderr.read()


def test_what_is_sent_shows_in_the_status_and_nothing_of_the_text(office, credentials):
    office.due(content("Ministers met behind closed doors.", to=("G20 X",)))
    with Manager(office.folder, credentials) as manager:
        manager.command += ["--json"]
        manager.start()
        manager.until("STATUS=1 sent")
        assert health.read(office.folder).alive(office.head.clock.now_ms())
        manager.process.send_signal(signal.SIGTERM)
        assert manager.process.wait(60) == 0
        lines = [json.loads(line) for line in manager.process.stderr.read().splitlines()]
        assert [one["what"] for one in lines] == ["started", "outcome", "stopped"]
        assert json.loads(manager.process.stdout.read())["sent"] == 1
    assert not [line for line in manager.told if "closed doors" in line]


def test_without_a_manager_nothing_is_told(tmp_path):
    for environment in ({}, {"WATCHDOG_USEC": "30000000"}, {"NOTIFY_SOCKET": "", "WATCHDOG_USEC": "x"}):
        service = Service(environment)
        service.ready()
        service.alive()
        service.status("all is well")
        service.stopping()


@pytest.mark.skipif(sys.platform != "linux", reason="abstract names are Linux's")
def test_an_abstract_socket_and_another_processs_watchdog(tmp_path):
    name = f"g20desk-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as inbox:
        inbox.bind("\0" + name)
        inbox.settimeout(10)
        service = Service({"NOTIFY_SOCKET": "@" + name, "WATCHDOG_USEC": "1", "WATCHDOG_PID": "1"})
        service.alive()
        service.status("one\nline")
        assert inbox.recv(100) == b"STATUS=one line"
