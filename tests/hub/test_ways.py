"""The ways from a desk to its hub: a pinned certificate, a proxy as the desk was told, and words for what is in the way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from g20desk import proxies
from g20desk.desk import Desk, ways
from g20desk.errors import Refused, Unreachable, Usage
from tests.hub.office import opened
from tests.servers.tunnel import Tunnel


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """None from without; what a test sets is gone after it."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        for spelling in (name, name.upper()):
            monkeypatch.setenv(spelling, "x")
            monkeypatch.delenv(spelling)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk that keeps its order."""
    Desk.found(tmp_path / "d", "G20", "Ada Head", rehearsal=True).store.close()
    return tmp_path / "d"


def run(folder: Path, *words: str, text: str = "", code: int = 0) -> str:
    command = [sys.executable, "-P", "-m", "g20desk", "--office", str(folder), *words]
    done = subprocess.run(command, capture_output=True, text=True, input=text, check=False, env=os.environ)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def test_a_hub_is_known_by_its_certificate(folder, secure, certificate):
    """On the command line, from the first word on; a person can say which one it is now."""
    assert "not the hub's" in run(folder, "hub", "init", secure.url, code=3)
    spelt = "SHA256 Fingerprint=" + ":".join(certificate.fingerprint[n : n + 2] for n in range(0, 64, 2)).upper()
    run(folder, "hub", "init", secure.url, "--certificate", spelt)
    run(folder, "sync")
    assert certificate.fingerprint in run(folder, "hub", "trust")
    assert "system trusts" in run(folder, "hub", "trust", "--system")
    words = run(folder, "sync", code=3)
    assert "sign-in" in words and "not the hub's" in words
    run(folder, "hub", "trust", "0" * 64)
    assert "not the hub's" in run(folder, "sync", code=3)
    assert "64 hex digits" in run(folder, "hub", "trust", "12:34", code=2)
    run(folder, "hub", "trust", certificate.fingerprint)
    run(folder, "sync")


def test_a_newcomer_knows_the_hub_by_the_certificate_in_the_invitation(folder, secure, certificate, tmp_path):
    run(folder, "hub", "init", secure.url, "--certificate", certificate.fingerprint)
    invitation, request = tmp_path / "i", tmp_path / "r"
    invitation.write_text(run(folder, "office", "invite", "Otto Officer", "--role", "officer"))
    joined = [
        sys.executable,
        "-P",
        "-m",
        "g20desk",
        "--office",
        str(tmp_path / "otto"),
        "office",
        "join",
        str(invitation),
    ]
    request.write_text(subprocess.run(joined, capture_output=True, text=True, check=True).stdout)
    run(folder, "office", "admit", str(request))
    run(folder, "sync")
    run(tmp_path / "otto", "sync")
    assert certificate.fingerprint in run(tmp_path / "otto", "hub", "trust")


def test_a_hub_says_its_certificate(database, certificate):
    command = [sys.executable, "-P", "-m", "g20desk", "hub", "serve", "--database", database, "--listen", "127.0.0.1:0"]
    hub = subprocess.Popen(
        [*command, "--cert", certificate.file, "--key", certificate.key], stdout=subprocess.PIPE, text=True
    )
    assert hub.stdout is not None
    line = hub.stdout.readline()
    hub.terminate()
    hub.communicate(timeout=30)
    assert certificate.fingerprint in line


@pytest.fixture
def desk(folder: Path, secure, certificate, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """One with a hub that is on this computer, and nothing on it reached without a proxy where there is one."""
    monkeypatch.setattr(proxies, "HERE", "")
    run(folder, "hub", "init", secure.url, "--certificate", certificate.fingerprint)
    one = Desk.open(folder)
    opened(one.store)
    return one


def test_a_desk_goes_through_the_proxy_that_it_was_told(desk, secure, folder):
    tunnel = opened(Tunnel("ministry:a word: %40"))
    ways.set_proxy(desk.store, desk.secrets, tunnel.url + "/")
    ways.open_up(desk.store, desk.secrets)
    with pytest.raises(Unreachable) as caught:
        desk.sync()
    assert caught.value.code == "proxy-sign-in" and f"The proxy {tunnel.url} wants" in caught.value.message
    run(folder, "hub", "proxy", tunnel.url, "--user", "ministry", text="a word: %40\n")
    opened(Desk.open(folder).store)
    assert desk.sync().pushed == 0
    assert set(tunnel.asked) == {f"CONNECT {secure.url[8:]} HTTP/1.1"}
    assert ways.described(desk.store) == f"through the proxy {tunnel.url} (as set on this desk)"


def test_the_password_is_a_secret(folder):
    said = run(folder, "hub", "proxy", "http://proxy.example:8080", "--user", "ministry", text="a word\n")
    said += run(folder, "hub", "proxy", "--json") + run(folder, "doctor", "--only", "proxy", code=1)
    assert "http://proxy.example:8080" in said and "ministry" in said and "a word" not in said
    assert b"a word" not in b"".join(one.read_bytes() for one in folder.glob("ledger*"))
    run(folder, "hub", "proxy", "system")
    assert "straight" in run(folder, "hub", "proxy")
    assert "a word" not in (folder / "rehearsal-keys.json").read_text()


def test_a_dead_proxy_is_named(desk):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    proxies.use(url)
    with pytest.raises(Unreachable) as caught:
        desk.sync()
    assert caught.value.code == "proxy" and f"through the proxy {url}" in caught.value.message


def test_none_goes_straight_past_the_systems(desk, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert proxies.through("https://hub.example") == "http://127.0.0.1:9"
    ways.set_proxy(desk.store, desk.secrets, "none")
    ways.open_up(desk.store, desk.secrets)
    assert proxies.through("https://hub.example") == ""
    assert desk.sync().pushed == 0


@pytest.mark.parametrize(
    "url", ["proxy.example:8080", "http://", "ftp://proxy.example:21", "http://a:secret@proxy.example:8080",
            "http://proxy.example", "http://proxy.example:8080/path"]
)  # fmt: skip
def test_an_address_of_a_proxy_is_one(folder, url):
    desk = Desk.open(folder)
    opened(desk.store)
    with pytest.raises(Usage) as caught:
        ways.set_proxy(desk.store, desk.secrets, url)
    assert "secret" not in str(caught.value)
    with pytest.raises(Usage):
        ways.set_proxy(desk.store, desk.secrets, "", "ministry", "a word")


def test_through_which_proxy_an_address_is_reached(monkeypatch):
    monkeypatch.setenv("https_proxy", "ministry:secret@proxy.example:8080")
    monkeypatch.setenv("no_proxy", "inside.example")
    assert proxies.through("https://hub.example") == "http://proxy.example:8080"
    assert proxies.through("https://hub.inside.example:8443") == ""
    assert proxies.through("http://hub.example") == ""
    monkeypatch.delenv("https_proxy")
    monkeypatch.setenv("ALL_PROXY", "http://other.example:1")
    assert proxies.through("https://hub.example") == "http://other.example:1"


@pytest.mark.parametrize(("ahead", "way"), [(3_600, "behind"), (-3_600, "ahead of")])
def test_a_clock_too_far_off_for_the_hub_is_said_and_stops_publishing(desk, monkeypatch, ahead, way):
    true = desk.clock.now_ms
    monkeypatch.setattr(desk.clock, "now_ms", lambda: true() - ahead * 1000)
    with pytest.raises(Refused) as caught:
        desk.sync()
    assert caught.value.code == "clock" and f"s {way} the hub's" in caught.value.message
    assert f"s {way} the hub's" in desk.clocks.wrong()
