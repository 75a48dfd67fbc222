"""The doctor on the ways out: a name, a proxy, a connection, a certificate, each told apart by what is really there."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from g20desk import proxies
from g20desk.desk import doctor, ways
from g20desk.desk.acting import ADDRESS
from g20desk.desk.doctor import line, reaching
from tests.servers.certificates import Certificate, self_signed
from tests.servers.listener import Listener
from tests.servers.tunnel import Tunnel
from tests.story import Office


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """None from without; what a test sets is gone after it."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        for spelling in (name, name.upper()):
            monkeypatch.setenv(spelling, "x")
            monkeypatch.delenv(spelling)


class Secure(Listener):
    """Shakes hands and says nothing."""

    def __init__(self, certificate: Certificate) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate.file, certificate.key)
        super().__init__()
        self.url = self.url.replace("http:", "https:")

    def _serve(self, client: socket.socket) -> None:
        try:
            with self._context.wrap_socket(client, server_side=True) as held:
                held.recv(1)
        except OSError:
            pass


class Rude(Listener):
    """Answers everything with the same bytes."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        super().__init__()

    def _serve(self, client: socket.socket) -> None:
        with client:
            client.recv(4096)
            client.sendall(self._answer)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """One that no store knows; it ends in nine days."""
    return self_signed(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def secure(certificate: Certificate) -> Iterator[Secure]:
    """A server with it."""
    made = Secure(certificate)
    yield made
    made.stop()


@pytest.fixture
def tunnel() -> Iterator[Tunnel]:
    """A proxy that wants a name and a password."""
    made = Tunnel("ministry:a word")
    yield made
    made.stop()


@pytest.fixture
def folder(office: Office, secure: Secure, certificate: Certificate) -> Path:
    """A desk whose hub is that server, by its pinned certificate."""
    desk = office.head
    desk.store.set_meta(ADDRESS, secure.url)
    ways.pin(desk.store, certificate.fingerprint)
    desk.store.close()
    return office.folder


def look(folder: Path, name: str, **more: Any) -> doctor.Check:
    (found,) = doctor.examine(folder, None, [name], **more)
    return found


def codes(check: doctor.Check) -> list[str]:
    return [one.code for one in check.facts]


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        return f"127.0.0.1:{gone.getsockname()[1]}"


def test_a_certificate_is_read_also_where_it_is_not_trusted(secure, certificate):
    found = line.probe(secure.url, own=False)
    assert (found.issuer, found.sha256, found.tls) == ("hub", certificate.fingerprint, "TLSv1.3")
    assert "self" in found.distrust and found.ends_ms > 0


def test_through_a_proxy_the_same_is_found(secure, certificate, tunnel):
    proxies.use(tunnel.url, "ministry", "a word")
    del_no_proxy()
    assert line.probe(secure.url, own=False).sha256 == certificate.fingerprint
    assert tunnel.asked == [f"CONNECT {secure.url[8:]} HTTP/1.1"] * 2


def del_no_proxy() -> None:
    import os

    for name in ("no_proxy", "NO_PROXY"):
        os.environ.pop(name, None)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 403 Forbidden\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: http://portal\r\n\r\n", b"hello\r\n\r\n", b""])  # fmt: skip
def test_a_proxy_that_refuses_is_told_from_one_that_is_dead(answer):
    rude = Rude(answer)
    try:
        with pytest.raises(line.Blocked) as caught:
            line.through(rude.url, "hub.example", 443)
    finally:
        rude.stop()
    assert caught.value.code == "proxy-refuses"
    with pytest.raises(line.Blocked) as caught:
        line.through(f"http://{closed_port()}", "hub.example", 443)
    assert caught.value.code == "proxy-dead"


def test_what_speaks_no_tls_is_named_for_that():
    rude = Rude(b"HTTP/1.1 200 OK\r\n\r\nPlease sign in")
    try:
        with pytest.raises(line.Blocked) as caught:
            line.probe(rude.url.replace("http:", "https:"))
    finally:
        rude.stop()
    assert caught.value.code == "no-tls"


def test_a_server_that_is_not_there_and_a_name_that_is_not_known(monkeypatch):
    with pytest.raises(line.Blocked) as caught:
        line.connect("127.0.0.1", int(closed_port().split(":")[1]))
    assert caught.value.code == "no-connection"

    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "create_connection", unknown)
    with pytest.raises(line.Blocked) as caught:
        line.connect("hub.example", 443)
    assert caught.value.code == "no-name"


def test_the_pinned_certificate_is_known_and_its_end_announced(folder):
    check = look(folder, "certificates")
    assert {"certificate-pinned", "certificate-ending"} <= set(codes(check)) and not check.ok


def test_another_certificate_than_the_pinned_one_is_wrong_with_its_issuer(folder, office):
    desk = office.head
    ways.pin(desk.store, "0" * 64)
    check = look(folder, "certificates")
    assert check.code == "certificate-other" and "issued by hub" in check.says
    ways.pin(desk.store, "")
    check = look(folder, "certificates")
    assert check.code == "certificate-distrusted" and "issued by hub" in check.says
    desk.store.close()


def test_one_that_only_this_house_trusts_is_named_by_its_issuer(folder, monkeypatch, certificate, office):
    desk = office.head
    ways.pin(desk.store, "")
    trusting = ssl.create_default_context(cafile=certificate.file)
    monkeypatch.setattr("g20desk.trust.system", lambda: trusting)
    check = look(folder, "certificates")
    assert "certificate-own" in codes(check) and "issued by hub" in next(
        f.says for f in check.facts if f.code == "certificate-own"
    )
    desk.store.close()


def test_a_hub_that_is_something_else_is_said(folder):
    check = look(folder, "hub", seconds=20)
    assert codes(check) == ["hub"] and "could not be reached" in check.says


def test_a_hub_that_is_not_there_is_said_without_a_long_wait(office):
    desk = office.head
    desk.store.set_meta(ADDRESS, f"https://{closed_port()}")
    desk.store.close()
    assert codes(look(office.folder, "hub")) == ["no-connection"]


def test_the_proxy_of_the_hub_is_asked_whether_it_lets_through(folder, tunnel, monkeypatch):
    monkeypatch.setenv("https_proxy", tunnel.url.replace("//", "//ministry:hidden@"))
    check = look(folder, "proxy")
    assert codes(check) == ["proxy-way", "proxy-sign-in"]
    assert check.facts[0].says == f"the hub: through the proxy {tunnel.url} (from the environment)"
    assert "hidden" not in json.dumps(check.as_json())
    monkeypatch.setenv("https_proxy", tunnel.url.replace("//", "//ministry:a%20word@"))
    assert codes(look(folder, "proxy")) == ["proxy-way"]


def test_a_dead_proxy_is_found_also_where_no_hub_is_set(office, monkeypatch):
    monkeypatch.setenv("https_proxy", f"http://{closed_port()}")
    check = look(office.folder, "proxy")
    assert check.code == "proxy-dead" and "g20desk hub proxy" in check.worst.command


def test_networks_are_asked_only_where_that_is_wanted(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    before = len(mastodon.requests("GET", ""))
    assert codes(look(office.folder, "accounts")) == ["accounts-ready"]
    assert len(mastodon.requests("GET", "")) == before
    check = look(office.folder, "accounts", networks=True, seconds=30)
    assert codes(check) == ["accounts-ready", "account-who"] and "M is" in check.says
    desk = office.head
    account = desk.accounts.get("M")
    desk.secrets.set(f"account/{account.id}", "a token that was revoked")
    check = look(office.folder, "accounts", networks=True, seconds=30)
    desk.store.close()
    assert check.code == "account-refused" and not check.ok


def test_whose_word_this_computer_takes_is_counted(monkeypatch, tmp_path):
    (found,) = reaching._trusted()
    assert found.code == "certificates-system" and int(found.values["n"]) > 0

    class Empty:
        def cert_store_stats(self) -> dict[str, int]:
            return {"x509_ca": 0}

    monkeypatch.setattr(ssl, "create_default_context", Empty)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: type("Paths", (), {"capath": str(tmp_path / "none")}))
    assert [one.code for one in reaching._trusted()] == ["certificates-none"]
