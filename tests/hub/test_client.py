"""A desk's way to a hub: lost answers, wrong certificates, other hubs, networks that answer for themselves, clocks."""

from __future__ import annotations

import hashlib
import json
import secrets
import socket
import subprocess
import sys

import httpx
import pytest

from g20desk.clock import SystemClock
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.ledger import envelope
from g20desk.ledger.hub_session import Session
from g20desk.ledger.wire import HUB_HEADER, JSON, TIME_HEADER
from tests.hub.office import everything, opened
from tests.servers.chaos import BEHAVIOURS, Chaos
from tests.servers.hub import running_hub
from tests.servers.site import Site
from tests.servers.tunnel import Tunnel


class Stopped:
    """Stops what it holds when it is closed."""

    def __init__(self, one) -> None:
        self.close = one.stop


def chaos(url: str) -> Chaos:
    return opened(Chaos(url))


@pytest.mark.parametrize("behaviour", [b for b in BEHAVIOURS if b != "late"])
def test_an_append_whose_answer_was_lost_is_asked_again_and_placed_once(served, office, behaviour):
    office.move_to(served.url)
    between = chaos(served.url)
    desk = office.at(between.url)
    for n in range(3):
        between.fault("/append", behaviour)
        assert desk.append([office.head.act(f"Lost {n}")])[0].n == 4 + n
    assert len(everything(desk)) == 6


@pytest.mark.parametrize("behaviour", [b for b in BEHAVIOURS if b != "late"])
def test_pieces_come_through_a_bad_line(served, office, behaviour):
    office.move_to(served.url)
    between = chaos(served.url)
    desk = office.at(between.url)
    piece = secrets.token_bytes(6 << 20)
    digest = envelope.sealed_digest(piece)
    for at in (0, 2 << 20, 5 << 20):
        between.fault(f"at={at}&", behaviour)
    desk.put_piece(digest, piece)
    between.fault("bytes=0-", behaviour)
    between.fault("bytes=4194304-", behaviour)
    assert desk.get_piece(digest) == piece


def test_tries_are_few_and_further_and_further_apart(office):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    pauses: list[float] = []
    with pytest.raises(Unreachable) as caught:
        office.at(f"http://127.0.0.1:{port}", pause=pauses.append).status()
    assert caught.value.code == "hub"
    assert len(pauses) == 3 and 0 < pauses[0] < 0.4 and pauses[2] < 2


def test_a_hub_that_says_nothing_is_waited_for_once(office, monkeypatch):
    monkeypatch.setattr("g20desk.ledger.hub_session.PATIENCE", 0.3)
    pauses: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        url = f"http://127.0.0.1:{frozen.getsockname()[1]}"
        with pytest.raises(Unreachable) as caught:
            office.at(url, pause=pauses.append).status()
    assert caught.value.code == "hub" and pauses == []


def portal(status: int, headers: dict[str, str], body: bytes) -> str:
    site = Site()
    opened(Stopped(site))
    for path in ("/v1/keeper", f"/v1/offices/{'1' * 64}"):
        site.pages[path] = (status, headers, body)
    return site.url


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>Welcome to the hotel</html>"),
        (302, {"Location": "http://login.hotel.example/"}, b""),
        (511, {"Content-Type": "text/html"}, b"Sign in"),
        (200, {"Content-Type": "application/json"}, b'{"keeper": "x"}'),
        (404, {}, b""),
    ],
    ids=["page", "redirect", "511", "json", "404"],
)
def test_a_network_that_answers_for_itself_is_named(office, status, headers, body):
    with pytest.raises(Unreachable) as caught:
        office.at(portal(status, headers, body)).keeper()
    assert caught.value.code == "something-else" and "sign in" in caught.value.help


def test_a_proxy_whose_hub_is_away_is_told_apart(office):
    with pytest.raises(Unreachable) as caught:
        office.at(portal(502, {}, b"Bad gateway")).keeper()
    assert caught.value.code == "hub"


def test_an_answer_of_the_wrong_form_is_not_the_hubs(office, served):
    hub = office.move_to(served.url).keeper()
    own = {HUB_HEADER: hub, TIME_HEADER: "1"}
    desk = office.at(portal(409, own, b'{"error": {"code": "x", "message": "y", "help": ""}}'))
    with pytest.raises(Unreachable) as caught:
        desk.keeper()
    assert caught.value.code == "something-else"


@pytest.mark.parametrize(("status", "code"), [(404, "not-found"), (410, "gone")])
def test_a_hub_that_speaks_this_version_of_the_protocol_no_more_is_named(office, served, status, code):
    hub = office.move_to(served.url).keeper()
    said = json.dumps({"error": {"code": code, "message": "There is nothing here.", "help": ""}}).encode()
    headers = {HUB_HEADER: hub, TIME_HEADER: "1", "Content-Type": JSON}
    with pytest.raises(Unreachable) as caught:
        office.at(portal(status, headers, said)).status()
    assert caught.value.code == "hub-answer" and "up to date" in caught.value.help


RUBBISH = (b"{", b"[]", b"7", b"{}", b'{"place": "x"}', b'{"place": null}', b"[" * 100_000, b"\xff" * 300)


@pytest.mark.parametrize("body", RUBBISH, ids=range(len(RUBBISH)))
def test_an_answer_that_says_nothing_is_an_error_in_words(office, served, body, monkeypatch):
    desk = office.move_to(served.url)
    rubbish = httpx.Response(200, headers={"Content-Range": "bytes 0-x/y"}, content=body)
    monkeypatch.setattr(Session, "ask", lambda *about: rubbish)
    asked = [
        desk.status, desk.roster, lambda: desk.lacking(0), lambda: desk.missing_pieces(["1" * 64]),
        lambda: desk.take_over(office.entries), lambda: desk.append([office.head.act()]), lambda: desk.get_piece("1" * 64),
        lambda: desk.put_piece("1" * 64, b"x"), lambda: list(desk.get_pieces(["1" * 64])),
        lambda: desk.put_pieces([("1" * 64, b"x"), ("2" * 64, b"y")]),
    ]  # fmt: skip
    for ask in [*asked, lambda: desk.entries(0)]:
        with pytest.raises(Unreachable) as caught:
            ask()
        assert caught.value.code == "hub-answer" and caught.value.help


def test_another_hub_than_the_offices_gets_nothing(served, database, office):
    known = office.move_to(served.url).keeper()
    with running_hub(database, "--open") as other:
        with pytest.raises(Unreachable) as caught:
            office.at(other.url, expected=known).append([office.head.act("For my hub")])
        assert caught.value.code == "other-hub"


@pytest.mark.parametrize(
    "url", ["http://hub.example", "ftp://hub.example", "https://", "hub.example", "https://hub.example/path", "https://u:p@hub.example"]
)  # fmt: skip
def test_an_address_is_one(office, url):
    with pytest.raises(Usage) as caught:
        office.at(url)
    assert caught.value.code == "hub-address"


class Shifted(SystemClock):
    """A clock that is off."""

    def __init__(self, by: int) -> None:
        self._by = by

    def now_ms(self) -> int:
        return super().now_ms() + self._by


@pytest.mark.parametrize("by", [-120_000, 0, 45_000])
def test_the_clocks_difference_is_measured(served, office, by):
    office.move_to(served.url)
    status = office.at(served.url, clock=Shifted(by)).status()
    assert abs(status.skew + by) <= status.uncertain + 5


def test_a_clock_far_off_is_said_with_the_hubs_time(served, office):
    office.move_to(served.url)
    clock = Shifted(3_600_000)
    with pytest.raises(Refused) as caught:
        office.at(served.url, clock=clock).status()
    assert caught.value.code == "clock"
    assert abs(caught.value.params["now"] - clock.now_ms() + 3_600_000) < 60_000


def test_a_pinned_certificate_counts_and_no_other(secure, office, certificate):
    assert secure.url.startswith("https://")
    pin = certificate.fingerprint
    desk = office.at(secure.url, pin=pin)
    desk.take_over(office.entries)
    assert office.at(secure.url, pin=":".join(pin[n : n + 2] for n in range(0, 64, 2)).upper()).status().place == 3
    for wrong in (None, hashlib.sha256(b"x").hexdigest()):
        with pytest.raises(Unreachable) as caught:
            office.at(secure.url, pin=wrong).status()
        assert caught.value.code == "certificate"


def test_the_systems_proxy_is_taken(secure, office, certificate, monkeypatch):
    tunnel = opened(Tunnel())
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, tunnel.url)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    desk = office.at(secure.url, pin=certificate.fingerprint)
    desk.take_over(office.entries)
    assert desk.status().place == 3
    assert tunnel.asked and all(one == f"CONNECT {secure.url[8:]} HTTP/1.1" for one in tunnel.asked)
    with pytest.raises(Unreachable) as caught:
        office.at(secure.url, pin="0" * 64).status()
    assert caught.value.code == "certificate"


def test_a_hub_wants_certificate_and_key_that_fit(database, certificate, tmp_path):
    other = tmp_path / "other.pem"
    other.write_text("nonsense")
    for words in (["--cert", certificate.file], ["--cert", certificate.file, "--key", str(other)]):
        command = [
            sys.executable,
            "-P",
            "-m",
            "g20desk",
            "hub",
            "serve",
            "--database",
            database,
            "--listen",
            "127.0.0.1:0",
        ]
        found = subprocess.run([*command, *words], capture_output=True, text=True, timeout=60, check=False)
        assert found.returncode == 2 and "key" in found.stderr and "Traceback" not in found.stderr


def test_health_and_figures_say_nothing_of_an_office(served, office):
    desk = office.move_to(served.url)
    desk.append([office.head.act("Counted")])
    with httpx.Client(trust_env=False) as http:
        assert http.get(f"{served.url}/health").json() == {"ok": True}
        figures = http.get(f"{served.url}/metrics")
        assert figures.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert json.loads(http.get(f"{served.url}/v1/keeper").content)["keeper"] == desk.keeper()
    text = figures.text
    assert 'g20desk_hub_requests_total{route="POST /v1/offices/ID/append",status="200"}' in text
    assert (
        float(next(line for line in text.splitlines() if line.startswith("g20desk_hub_placed_total")).split()[1]) >= 1
    )
    for known in (office.id, office.head.id, office.head.chain, desk.keeper(), office.hash):
        assert known not in text
    names = {line.split("{")[0].split(" ")[0] for line in text.splitlines() if not line.startswith("#")}
    assert all(name.startswith("g20desk_hub_") for name in names)
