"""Which addresses may be opened in the browser, and which servers are asked, whoever wrote them into the record.

An account's server is named by one person and asked by many desks. So it is asked over TLS alone, whose certificate a host
inside a ministry's walls can't show for another's name, and not at an address inside those walls. This computer itself may be
asked, without TLS too, where it is named as such (127.0.0.1, localhost): a server of one's own, or a stand-in for tests. Whoever adds
an account can so make another's desk ask that desk's own computer, for the pages of that network and no others.
"""

from __future__ import annotations

import ipaddress
import re
import time
from typing import Any
from urllib.parse import urlsplit

from g20desk import policy, proxies

LOOKED_SECONDS = 300.0
# Addresses of IPv6 that carry one of IPv4 in them: 6to4, NAT64, Teredo.
_WRAPPED = [ipaddress.ip_network(one) for one in ("2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32")]
_ODD = re.compile(r"[\x00-\x20\x7f-\x9f\\\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_looked: dict[str, float] = {}


class NotAsked(ValueError):
    """Why a server is not asked, in words that follow its name."""


def page(url: str) -> bool:
    """Whether an address is one of the web, and may be handed to the system's browser: nothing that opens a file, starts a program,
    hides a name before its host, or reads otherwise than it is."""
    try:
        parts = urlsplit(url)
        return bool(
            parts.scheme in ("http", "https") and parts.hostname and parts.username is None and not _ODD.search(url)
            and parts.port != 0
        )  # fmt: skip
    except ValueError:
        return False


def this_computer(host: str) -> bool:
    """Whether a host is this computer by its name (RFC 6761) or its address."""
    return host == "localhost" or host.endswith(".localhost") or bool((found := _literal(host)) and found.is_loopback)


def public(address: Any) -> bool:
    """Whether an address is one of the public Internet, and of one host."""
    address = getattr(address, "ipv4_mapped", None) or address
    wrapped = address.version == 6 and any(address in net for net in _WRAPPED)
    return bool(address.is_global and not address.is_multicast and not wrapped)


def inside(host: str) -> bool:
    """Whether an administrator says that a host may be asked at a private address too: a government's own server, seen from within."""
    return host.lower() in (policy.value("networks.private") or ())


def check(server: str) -> None:
    """What can be said of a server's address by reading it; empty is the network's own. Raises NotAsked."""
    if not server:
        return
    url = server if "://" in server else f"https://{server}"
    if not page(url):
        raise NotAsked("is no address of a server")
    host = urlsplit(url).hostname or ""
    if this_computer(host):
        return
    if urlsplit(url).scheme != "https":
        raise NotAsked("has no https")
    found = _literal(host)
    if found is not None and not public(found) and not inside(host):
        raise NotAsked("is no public address")


def may(server: str) -> bool:
    """Whether a server may be asked, as far as reading its address tells."""
    try:
        check(server)
    except NotAsked:
        return False
    return True


def reach(url: str) -> None:
    """Before a connection is made: what `check` says, and that its name leads to no address inside our walls. Where a proxy goes there,
    its name is the proxy's to look up. Raises NotAsked."""
    check(url)
    host = (urlsplit(url).hostname or "").lower()
    if this_computer(host) or inside(host) or _literal(host) is not None or proxies.through(url):
        return
    if time.monotonic() - _looked.get(host, -LOOKED_SECONDS) < LOOKED_SECONDS:
        return
    import socket

    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return  # the connection says so itself
    if not all(public(ipaddress.ip_address(str(one[4][0]).partition("%")[0])) for one in found):
        raise NotAsked("is no public address")
    _looked[host] = time.monotonic()


def _literal(host: str) -> Any:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
