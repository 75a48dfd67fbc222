"""The ways out of a desk: to its office's hub, whose certificate may be pinned, and through which proxy to all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk import policy
from g20desk.desk.acting import ADDRESS, HUB_KEY, Ledger
from g20desk.errors import Usage

if TYPE_CHECKING:
    from g20desk.clock import Clock
    from g20desk.ledger.hub_client import Hub
    from g20desk.ledger.secretstore import SecretStore
    from g20desk.ledger.store import Store

CERTIFICATE, PROXY, PROXY_USER = "hub/certificate", "proxy", "proxy/user"
PASSWORD, SYSTEM = "proxy", "system"


def hub(ledger: Ledger, clock: Clock, url: str = "", device: str = "") -> Hub:
    """The hub of this desk's office, or one at another address, which is not known yet. Raises Usage where there is
    none, Refused where the administrator names another, Unreachable where the policy has a fault."""
    from g20desk.ledger.hub_client import Hub

    store = ledger.store
    known = store.meta(ADDRESS)
    if not (url or known):
        raise Usage("no-hub", "This office has no hub: its desks meet by bundles.", "Run: g20desk hub init URL")
    policy.go_out()
    policy.hold("hub.address", (url or known).rstrip("/"))
    key = ledger.key(device or store.meta(f"device/{store.meta('person')}"))
    pin = pinned(store) or None
    return Hub(
        url or known, store.meta("office"), key, pin=pin, expected="" if url else store.meta(HUB_KEY), clock=clock
    )


def pinned(store: Store) -> str:
    """The SHA-256 of the one certificate by which this desk knows its hub; empty: any that the system trusts."""
    said = policy.value("hub.certificate") if policy.locked("hub.certificate") else store.meta(CERTIFICATE)
    return str(said)


def pin(store: Store, name: str) -> None:
    """From now on the hub's certificate is the one with this SHA-256; empty: one that the system trusts. Raises Usage, and
    Refused where the administrator names another."""
    found = certificate(name)
    policy.hold("hub.certificate", found)
    store.set_meta(CERTIFICATE, found)


def preset_pin(url: str) -> str:
    """The certificate that the administrator presets for a hub at this address; empty where none is."""
    said = policy.value("hub.certificate") or ""
    return said if policy.value("hub.address") in (None, url.rstrip("/")) else ""


def pin_anew(store: Store, url: str, name: str) -> None:
    """The certificate of a hub that this desk goes to for the first time: the one named, else the one that is preset. Raises
    as `pin` does."""
    if found := name or preset_pin(url):
        pin(store, found)


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
    """From now on this desk asks other computers through a proxy; `none`: straight; `system`: as the system has it; empty: as
    the administrator presets it, else as the system has it. Raises Usage, and Refused where the administrator names another."""
    from g20desk import proxies

    try:
        found = SYSTEM if url == SYSTEM else proxies.check(url)
    except ValueError as error:
        raise Usage(
            "bad-proxy", f"“{proxies.plain(url)}” is no address of a proxy.",
            "It has the form http://HOST:PORT; a name goes with --user, the password comes on standard input.",
        ) from error  # fmt: skip
    if user and not found.startswith("http"):
        raise Usage("bad-proxy", "A name goes with a proxy.", "Give its address too.")
    policy.hold("proxy.address", found)
    secrets.set(PASSWORD, password) if user else secrets.remove(PASSWORD)
    with store.write():
        store.set_meta(PROXY, found)
        store.set_meta(PROXY_USER, user)


def proxy_of(store: Store) -> tuple[str, str]:
    """The proxy's address, `none` or `system`, and who says so: policy, desk, preset or nobody."""
    own, said = store.meta(PROXY), policy.value("proxy.address")
    if policy.locked("proxy.address"):
        return said, "policy"
    return (own, "desk") if own else (said, "preset") if said else (SYSTEM, "nobody")


def open_up(store: Store, secrets: SecretStore) -> None:
    """Have this process go out as the administrator and the desk were told."""
    url, _ = proxy_of(store)
    if url != SYSTEM:
        from g20desk import proxies  # most desks are told nothing, and a window opens without it

        # A password is for the proxy that it was given for, and for no other.
        user = store.meta(PROXY_USER) if store.meta(PROXY) == url else ""
        proxies.use(url, user, (secrets.get(PASSWORD) or "") if user else "")


SAID = {
    "policy": "set by your administrator", "desk": "as set on this desk", "preset": "as your administrator presets it",
    "nobody": "as the system has it",
}  # fmt: skip


def described(store: Store) -> str:
    """Which way this desk goes out, in words."""
    from g20desk import proxies

    proxy = proxies.through(store.meta(ADDRESS) or "https://g20.example")
    way = f"through the proxy {proxy}" if proxy else "straight, through no proxy"
    url, who = proxy_of(store)
    return f"{way} ({SAID['nobody' if url == SYSTEM and who == 'desk' else who]})"
