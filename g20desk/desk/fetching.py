"""One page or picture from the web, for a link's card: little, soon, and never from inside our own walls.

The name is looked up here, every address that it has must be a public one, and the connection goes to the address that
was looked at, so that a name cannot change its mind. Each redirect is looked at anew. `loopback`: this computer instead
of the web, which is all that a rehearsal office may reach.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from g20desk import policy, servers, trust

REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
NO_FURTHER = "is not on this computer, and a rehearsal reaches no further"


class NotFetched(Exception):
    """Why not, in words for the one who writes."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, from where it came in the end."""

    url: str
    kind: str
    data: bytes


def fetch(url: str, most: int, seconds: float, *, loopback: bool, cut: bool = False) -> Fetched:
    """At most `most` bytes (`cut`: the beginning will do) within `seconds` by the clock on the wall. Raises
    NotFetched."""
    if not loopback and (why := _shut()):
        raise NotFetched(why)
    made: list[Fetched] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            made.append(_fetch(url, most, time.monotonic() + seconds, loopback, cut))
        except Exception as error:
            failed.append(error)

    worker = threading.Thread(target=run, name="fetch", daemon=True)
    worker.start()
    worker.join(max(seconds, 0))
    if made:
        return made[0]
    if failed and isinstance(failed[0], NotFetched):
        raise failed[0]
    raise NotFetched("could not be reached" if failed else "did not answer in time")


def _shut() -> str:
    """Why an administrator's policy has this computer fetch nothing; empty where it may."""
    if policy.now().closed or policy.value("web.cards") is False:
        return "is not fetched: set by your administrator"
    if policy.locked("proxy.address") and policy.value("proxy.address") not in ("none", "system"):
        return "is not fetched: all goes through your administrator's proxy, and the name has to be looked up here"
    return ""


def _fetch(url: str, most: int, until: float, loopback: bool, cut: bool) -> Fetched:
    for _ in range(REDIRECTS + 1):
        answer = _once(url, most, until, loopback, cut)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise NotFetched("leads from one address to the next")


def _once(url: str, most: int, until: float, loopback: bool, cut: bool) -> Fetched | str:
    """What came, or the address that it leads to."""
    import httpx

    where = urlsplit(url)
    host, scheme = where.hostname or "", where.scheme
    if scheme not in PORTS or where.username is not None:
        raise NotFetched("is no address of the web")
    port = where.port or PORTS[scheme]
    address = _public(host, port, loopback)
    target = httpx.URL(url).copy_with(host=address)
    more = {"sni_hostname": host.encode("idna").decode()} if scheme == "https" else {}
    named = httpx.URL(url).netloc.decode()
    timeout = max(0.1, until - time.monotonic())
    headers = {"Host": named, "User-Agent": "g20desk (link card)", "Accept": "text/html,image/*;q=0.8"}
    with (
        httpx.Client(trust_env=False, follow_redirects=False, timeout=timeout, verify=trust.system()) as client,
        client.stream("GET", target, headers=headers, extensions=more) as answer,
    ):
        if answer.is_redirect and "location" in answer.headers:
            return str(answer.headers["location"])
        if answer.status_code != 200:
            raise NotFetched(f"answered {answer.status_code}")
        data = bytearray()
        for piece in answer.iter_bytes(65_536):
            data += piece
            if time.monotonic() > until:
                raise NotFetched("did not answer in time")
            if len(data) > most:
                if not cut:
                    raise NotFetched(f"is over {most // 1_000_000} MB")
                break
        return Fetched(url, answer.headers.get("content-type", ""), bytes(data[:most]))


def _public(host: str, port: int, loopback: bool) -> str:
    """An address of the host. Raises NotFetched where one of them may not be reached. A rehearsal asks nobody for a name."""
    if loopback and not servers.this_computer(host):
        raise NotFetched(NO_FURTHER)
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NotFetched("is not known to the network") from None
    for one in found:
        if not _may(ipaddress.ip_address(one.partition("%")[0]), port, loopback):
            raise NotFetched(NO_FURTHER if loopback else "is no public address")
    if not found:
        raise NotFetched("is not known to the network")
    return found[0]


def _may(address: Any, port: int, loopback: bool) -> bool:
    if loopback:
        return bool((getattr(address, "ipv4_mapped", None) or address).is_loopback)
    return servers.public(address) and port in PORTS.values()
