"""The proxy between this computer and the world: as the system has it, or as a desk was told.

A desk's own setting is given to all libraries in the way that they read the system's: by the environment.
"""

from __future__ import annotations

import os
from urllib.parse import quote, urlsplit

HERE = "localhost,127.0.0.1,::1"
NONE = "none"


def through(url: str) -> str:
    """The proxy that a request to `url` goes through, without its password; empty where it goes straight there."""
    return plain(found(url))


def found(url: str) -> str:
    """The same with the name and password that it may hold: for asking the proxy, and for nobody's eyes."""
    import urllib.request  # nothing is asked at a start

    parts = urlsplit(url)
    known = urllib.request.getproxies()
    if not parts.hostname or known.get("no") == "*" or urllib.request.proxy_bypass(parts.netloc):
        return ""
    proxy = known.get(parts.scheme) or known.get("all") or ""
    return proxy if "://" in proxy or not proxy else f"http://{proxy}"


def plain(proxy: str) -> str:
    """A proxy's address without name and password."""
    parts = urlsplit(proxy)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def check(url: str) -> str:
    """The address of a proxy, `none` for going straight, or empty for the system's. Raises ValueError."""
    url = url.strip()
    if url in ("", NONE):
        return url
    parts = urlsplit(url)
    wrong = parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in ("http", "https") or not parts.hostname or wrong or not parts.port:
        raise ValueError("no address of a proxy")
    return url.rstrip("/")


def use(url: str, user: str = "", password: str = "") -> None:
    """Have everything that this process asks of other computers go through a proxy; `none`: straight there; empty: as the
    system has it."""
    if not url:
        return
    names = ("http_proxy", "https_proxy", "all_proxy")
    if url == NONE:
        for name in names:
            _set(name, None)
        _set("no_proxy", "*")
        return
    parts = urlsplit(url)
    login = f"{quote(user, '')}:{quote(password, '')}@" if user else ""
    for name in names:
        _set(name, parts._replace(netloc=login + parts.netloc).geturl())
    _set("no_proxy", HERE)


def _set(name: str, value: str | None) -> None:
    for spelling in (name, name.upper()):
        if value is None:
            os.environ.pop(spelling, None)
        else:
            os.environ[spelling] = value
