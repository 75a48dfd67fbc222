"""Which servers a desk asks, whoever wrote their address into the record, and what the browser may be handed."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
import requests

from connectors import plain
from connectors.session import Session
from g20desk import asking, servers
from g20desk.desk import Desk, browsing
from g20desk.desk.account_client import OwnClient
from g20desk.desk.accounts import Accounts
from g20desk.errors import Refused
from g20desk.network import NotNow, Rejected
from g20desk.office.state import Account

WALLS = (
    "https://10.0.0.7", "https://192.168.1.1", "https://169.254.169.254", "https://[fd00::1]", "https://[::ffff:10.0.0.7]", "https://100.64.0.1",
    "https://0.0.0.0", "https://[64:ff9b::a00:7]", "https://224.0.0.1",
)  # fmt: skip
NO_ADDRESS = (
    "ftp://g20.example",
    "https://",
    "https://ada@g20.example",
    "https://g20.example/\u202eelpmaxe",
    "file:///etc/passwd",
    "https://a b",
)
HERE = ("http://127.0.0.1:8080", "http://localhost:1", "https://[::1]", "127.0.0.1")


@pytest.fixture(autouse=True)
def nothing_looked_up(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The names that the network knows, by their address; each look-up is for this test alone."""
    known: dict[str, str] = {}

    def looked(host: str, port: int, **more: Any) -> list[Any]:
        if host not in known:
            raise socket.gaierror(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known[host], port))]

    monkeypatch.setattr(socket, "getaddrinfo", looked)
    monkeypatch.setattr(servers, "_looked", {})
    monkeypatch.setattr("g20desk.proxies.through", lambda url: "")
    return known


@pytest.mark.parametrize("server", [*WALLS, *NO_ADDRESS, "http://g20.example", "http://203.0.113.7"])
def test_a_server_inside_the_walls_or_without_tls_is_not_asked(server: str) -> None:
    assert not servers.may(server)


@pytest.mark.parametrize(
    "server", ["", "https://g20.example", "g20.example", "https://g20.example:8443", "https://93.184.215.14"]
)
def test_a_server_of_the_world_is_asked(server: str) -> None:
    assert servers.may(server)


@pytest.mark.parametrize("server", HERE)
def test_this_computer_is_asked_where_it_is_named_as_such(server: str) -> None:
    assert servers.may(server)


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "169.254.169.254"])
def test_a_name_that_leads_inside_is_not_reached(nothing_looked_up: dict[str, str], address: str) -> None:
    nothing_looked_up["g20.example"] = address
    with pytest.raises(servers.NotAsked, match="is no public address"):
        servers.reach("https://g20.example/api")


def test_an_administrator_may_allow_a_host_inside(
    nothing_looked_up: dict[str, str], put_policy: Callable[..., object]
) -> None:
    nothing_looked_up["g20.example"] = "10.0.0.7"
    put_policy('[networks]\nprivate = ["G20.example"]\n')
    servers.reach("https://g20.example/api")
    assert not servers.may("http://g20.example")  # TLS is asked of it all the same


def test_where_a_proxy_goes_there_the_name_is_not_looked_up_here(
    nothing_looked_up: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_looked_up["g20.example"] = "10.0.0.7"
    monkeypatch.setattr("g20desk.proxies.through", lambda url: "http://proxy.example:3128")
    servers.reach("https://g20.example/api")
    with pytest.raises(servers.NotAsked):
        servers.reach("https://10.0.0.7/api")


@pytest.mark.parametrize("url", ["https://g20.example/a", "http://93.184.215.14/a", "https://10.0.0.7/a"])
def test_no_connection_of_a_connector_goes_inside(
    nothing_looked_up: dict[str, str], monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    import httpx

    from connectors.bluesky.line import Line

    nothing_looked_up["g20.example"] = "10.0.0.7"
    sent: list[str] = []
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", lambda self, request, **more: sent.append(request.url))
    monkeypatch.setattr(httpx.Client, "send", lambda self, request, **more: sent.append(str(request.url)))
    with pytest.raises(NotNow):
        Session(lambda headers, took: None).get(url)
    with pytest.raises(NotNow):
        plain.ask(url)
    with pytest.raises(NotNow):
        plain.health(url)
    with pytest.raises(NotNow), Line(lambda headers, took: None) as line:
        line.get(url)
    assert sent == []


class Office:
    """As much of a real office's desk as a client's making needs."""

    rehearsal = False

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)


def test_an_account_that_another_desk_added_is_not_asked_either(tmp_path: Any) -> None:
    desk = Desk.rehearse(tmp_path / "o")
    account = Account("a" * 64, "Inside", "mastodon", "", "official", "https://10.0.0.7", "g20", "1", ("en",), 0, {})
    with pytest.raises(Rejected, match="is no public address") as no:
        OwnClient(Office(desk), account).who()  # type: ignore[arg-type]
    assert no.value.account


@pytest.mark.parametrize("server", ["http://g20.example", "https://10.0.0.7", "https://a@g20.example"])
def test_adding_such_an_account_is_refused_before_anything_is_asked(tmp_path: Any, server: str) -> None:
    desk = Desk.rehearse(tmp_path / "o")
    with pytest.raises(Refused) as no:
        Accounts(Office(desk)).add("mastodon", name="New", owner="official", server=server, secret="a token")  # type: ignore[arg-type]
    assert no.value.code == "server" and "https://HOST" in no.value.help


@pytest.mark.parametrize("url", ["file:///bin/true", "http://g20.example/authorize", "javascript:alert(1)", "--help"])
def test_a_sign_in_opens_no_other_page_than_one_over_tls(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    class Flow:
        PASTED, NEEDS_APP = "", False

        def begin(self, server: str, app: str, redirect: str) -> asking.Consent:
            return asking.Consent(url, "state", redirect, {})

    shown: list[str] = []
    monkeypatch.setattr(asking, "sign_in", lambda net: Flow())
    with pytest.raises(Refused, match="no address of the web over https"):
        browsing.sign_in("mastodon", "https://g20.example", "", None, lambda url: bool(shown.append(url)))  # type: ignore[arg-type]
    assert shown == []
