"""The ways out of a desk: to its office's hub, whose certificate may be pinned, and through which proxy to all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk.desk.acting import ADDRESS, HUB_KEY, Ledger
from g20desk.errors import Usage

if TYPE_CHECKING:
    from g20desk.clock import Clock
    from g20desk.ledger.hub_client import Hub
    from g20desk.ledger.secretstore import SecretStore
    from g20desk.ledger.store import Store

CERTIFICATE, PROXY, PROXY_USER = "hub/certificate", "proxy", "proxy/user"
PASSWORD = "proxy"


def hub(ledger: Ledger, clock: Clock, url: str = "", device: str = "") -> Hub:
    """The hub of this desk's office, or one at another address, which is not known yet. Raises Usage where there is
    none."""
    from g20desk.ledger.hub_client import Hub

    store = ledger.store
    known = store.meta(ADDRESS)
    if not (url or known):
        raise Usage("no-hub", "This office has no hub: its desks meet by bundles.", "Run: g20desk hub init URL")
    key = ledger.key(device or store.meta(f"device/{store.meta('person')}"))
    pin = store.meta(CERTIFICATE) or None
    return Hub(
        url or known, store.meta("office"), key, pin=pin, expected="" if url else store.meta(HUB_KEY), clock=clock
    )


def pin(store: Store, name: str) -> None:
    """From now on the hub's certificate is the one with this SHA-256; empty: one that the system trusts. Raises Usage."""
    store.set_meta(CERTIFICATE, certificate(name))


def certificate(name: str) -> str:
    """The SHA-256 of a certificate as it is kept; empty where none is named. Raises Usage."""
    from g20desk import trust

    try:
        return trust.fingerprint(name) if name else ""
    except ValueError as error:
        raise Usage(
            "bad-certificate", "A certificate is named by its SHA-256, 64 hex digits.",
            "Whoever runs the server reads it off: openssl x509 -in FILE -noout -fingerprint -sha256",
        ) from error  # fmt: skip


def set_proxy(store: Store, secrets: SecretStore, url: str, user: str = "", password: str = "") -> None:
    """From now on this desk asks other computers through a proxy; `none`: straight; empty: as the system has it. Raises
    Usage."""
    from g20desk import proxies

    try:
        found = proxies.check(url)
    except ValueError as error:
        raise Usage(
            "bad-proxy", f"“{proxies.plain(url)}” is no address of a proxy.",
            "It has the form http://HOST:PORT; a name goes with --user, the password comes on standard input.",
        ) from error  # fmt: skip
    if user and not found.startswith("http"):
        raise Usage("bad-proxy", "A name goes with a proxy.", "Give its address too.")
    secrets.set(PASSWORD, password) if user else secrets.remove(PASSWORD)
    with store.write():
        store.set_meta(PROXY, found)
        store.set_meta(PROXY_USER, user)


def open_up(store: Store, secrets: SecretStore) -> None:
    """Have this process go out as the desk was told."""
    url, user = store.meta(PROXY), store.meta(PROXY_USER)
    if url:
        from g20desk import proxies  # most desks are told nothing, and a window opens without it

        proxies.use(url, user, (secrets.get(PASSWORD) or "") if user else "")


def described(store: Store) -> str:
    """Which way this desk goes out, in words."""
    from g20desk import proxies

    proxy = proxies.through(store.meta(ADDRESS) or "https://g20.example")
    way = f"through the proxy {proxy}" if proxy else "straight, through no proxy"
    return f"{way} ({'as set on this desk' if store.meta(PROXY) else 'as the system has it'})"
