"""Whom the networks' connections trust: whom the system trusts, and nobody else's list."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
import requests

from connectors import plain
from connectors.bluesky.line import Line
from connectors.session import Session
from connectors.x.line import Adapter
from g20desk import trust
from g20desk.network import NotNow
from tests.servers.certificates import Certificate, self_signed
from tests.servers.site import Site
from tests.servers.tunnel import Tunnel


@pytest.fixture
def certificate(tmp_path) -> Certificate:
    return self_signed(tmp_path)


@pytest.fixture
def site(certificate: Certificate) -> Iterator[str]:
    one = Site(certificate)
    one.page("/", "")
    yield one.url
    one.stop()


@pytest.fixture(params=["trusted", "strange"])
def trusted(
    request: pytest.FixtureRequest, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[bool]:
    """Whether the system's store has the certificate."""
    if request.param == "trusted":
        monkeypatch.setenv("SSL_CERT_FILE", certificate.file)
    trust.system.cache_clear()
    yield request.param == "trusted"
    trust.system.cache_clear()


def heard(*_: object) -> None:
    """Nothing is made of it."""


def by_session(url: str) -> int:
    return Session(heard, 5).get(url).status_code


def by_x(url: str) -> int:
    session = Session(heard, 5)
    session.mount("https://api.twitter.com", Adapter(url, 5))
    return session.get("https://api.twitter.com/").status_code


def by_bluesky(url: str) -> int:
    with Line(heard, verify=trust.system()) as line:
        return line.get(url).status_code


def by_hand(url: str) -> int:
    return plain.ask(url)[0]


@pytest.mark.parametrize("ask", [by_session, by_x, by_bluesky, by_hand])
def test_the_systems_store_counts(site, trusted, ask):
    if trusted:
        assert ask(site) == 200
        return
    with pytest.raises((requests.exceptions.SSLError, httpx.ConnectError, NotNow)) as caught:
        ask(site)
    assert "certificate verify failed" in str(caught.value) or caught.type is NotNow


@pytest.mark.parametrize("ask", [by_session, by_x, by_hand])
def test_the_list_that_a_library_brings_along_does_not_count(site, certificate, monkeypatch, ask):
    """What an administrator took out of the system's store is out."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", certificate.file)
    assert requests.get(site, timeout=5).status_code == 200
    trust.system.cache_clear()
    with pytest.raises((requests.exceptions.SSLError, NotNow)):
        ask(site)


def test_this_computer_is_asked_without_a_proxy(site, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", certificate.file)
    trust.system.cache_clear()
    tunnel = Tunnel()
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, tunnel.url)
    assert [ask(site) for ask in (by_session, by_x, by_hand)] == [200] * 3
    tunnel.close()
    trust.system.cache_clear()
    assert tunnel.asked == []
