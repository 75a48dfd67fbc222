"""A session of `requests` that an account's client works with."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from g20desk import servers, trust
from g20desk.network import NotNow

LOCAL = ("127.0.0.1", "localhost", "::1")


def allowed(url: str) -> None:
    """See to it that an address may be asked. Raises NotNow: nothing went out."""
    try:
        servers.reach(url)
    except servers.NotAsked as no:
        raise NotNow(f"{urlsplit(url).hostname} {no}") from None


class Outward(HTTPAdapter):
    """Asks no server inside our walls, and without TLS only this computer."""

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        allowed(str(request.url))
        return super().send(request, *args, **more)


class Trusting(Outward):
    """Trusts whom the system trusts, and not the list that `requests` brings along."""

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more, ssl_context=trust.system())

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        return super().proxy_manager_for(proxy, **more, ssl_context=trust.system())

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave the pool's context as it is: `requests` would add its own list."""
        conn.cert_reqs = "CERT_REQUIRED"


class Session(requests.Session):
    """Follows no redirect, takes no password from .netrc, keeps the last answer that came in whole, and has it heard.
    `seconds`: how long a request may take that sets itself no limit; 0: whoever sends it sees to that."""

    answer: requests.Response | None = None

    def __init__(self, heard: Callable[[Mapping[str, str], float], None], seconds: float = 0) -> None:
        super().__init__()
        self._heard, self._seconds = heard, seconds
        self.mount("https://", Trusting())
        self.mount("http://", Outward())

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **more: Any) -> requests.Response:
        self.answer, began = None, time.monotonic()
        self.trust_env = urlsplit(str(url)).hostname not in LOCAL  # no proxy knows the way there
        more["allow_redirects"] = False
        # With none, what .netrc has for the host would stand in the place of the account's token.
        more["auth"] = more.get("auth") or (lambda prepared: prepared)
        if self._seconds:
            more.setdefault("timeout", self._seconds)
        self.answer = super().request(method, url, *args, **more)
        self._heard(self.answer.headers, time.monotonic() - began)
        return self.answer
