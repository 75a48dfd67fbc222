"""Requests to a hub: signed, tried again a few times, over the system's proxies, and held to be the hub's own answers.

Everything that is asked of a hub may be asked twice, so what broke off is asked again, with a new signature.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from g20desk import proxies, trust
from g20desk.clock import Clock
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.ledger import http_signing
from g20desk.ledger.wire import HUB_HEADER, JSON, TIME_HEADER

if TYPE_CHECKING:
    import httpx

    from g20desk.ledger.keys import DeviceKey

TRIES = 4
PATIENCE = 20.0  # seconds without a word; after as many no other try begins
LONGEST_WAIT = 20.0  # seconds that a hub may have us wait before we call it out of reach
_PASSING = ("hub", "proxy", "database", "busy", "too-often", "too-much", "too-many-waits")
SILENCE = 60.0  # seconds: the hub's heartbeats come more often


class Session:
    """The way to one hub for one device."""

    def __init__(
        self, url: str, key: DeviceKey, pin: str | None, expected: str, clock: Clock, pause: Callable[[float], object]
    ) -> None:  # fmt: skip
        parts = urlsplit(url)
        loopback = parts.hostname in ("127.0.0.1", "::1", "localhost")
        safe = parts.scheme == "https" or (parts.scheme == "http" and loopback)
        if not safe or not parts.hostname or parts.path or parts.query or parts.fragment or parts.username:
            raise Usage(
                "hub-address", f"“{url}” is no address of a hub.", "It has the form https://HOST or https://HOST:PORT."
            )
        self._url, self._key, self._pin, self._expected = url, key, pin, expected
        self._here = parts.scheme == "http"  # on this computer: no proxy knows the way there
        self._clock, self._pause, self._hub = clock, pause, expected
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let the connections go."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def hub(self) -> str:
        """The hub's key: the expected one, else as it says."""
        if not self._hub:
            self._hub = str(self._answered(lambda: self._send("GET", "/v1/keeper", "", b"", {})).headers[HUB_HEADER])
        return self._hub

    def ask(self, method: str, path: str, query: str, body: bytes, more: dict[str, str]) -> httpx.Response:
        """The hub's answer to a signed request. Raises Unreachable, and Refused with the hub's code."""
        self.hub()
        return self._answered(
            lambda: self._send(method, path, query, body, {**self._signed(method, path, query, body), **more})
        )

    @contextmanager
    def stream(self, path: str, query: str, seconds: float) -> Iterator[Iterator[str]]:
        """The lines of an answer that goes on; it ends by itself after so many seconds without any."""
        import httpx

        self.hub()
        headers = self._signed("GET", path, query, b"")
        timeout = httpx.Timeout(10, read=min(seconds + 1, SILENCE))
        try:
            with self._http().stream("GET", f"{self._url}{path}?{query}", headers=headers, timeout=timeout) as answer:
                self._see_hub(answer)
                if not answer.is_success:
                    answer.read()
                    raise _refusal(answer)
                yield _until_silence(answer.iter_lines())
        except httpx.TransportError as error:
            raise _unreachable(self._url, error) from error

    def _signed(self, method: str, path: str, query: str, body: bytes) -> dict[str, str]:
        return http_signing.sign(self._key, self._hub, method, path, query, body, self._clock.now_ms() // 1000)

    def _send(self, method: str, path: str, query: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        import httpx

        address = f"{self._url}{path}?{query}" if query else self._url + path
        try:
            return self._http().request(method, address, content=body or None, headers=headers)
        except httpx.TransportError as error:
            raise _unreachable(self._url, error) from error

    def _answered(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        """The hub's answer; what a moment may mend is asked again a few times, further and further apart."""
        begun = self._clock.monotonic()
        for number in range(TRIES):
            wait = 0.0
            try:
                answer = send()
                self._see_hub(answer)
                if answer.is_success:
                    return answer
                wait = float(answer.headers.get("retry-after", 0))
                raise _refusal(answer)
            except Unreachable as error:
                spent = self._clock.monotonic() - begun >= PATIENCE
                if spent or number == TRIES - 1 or wait > LONGEST_WAIT or error.code not in _PASSING:
                    raise
            self._pause(wait + random.uniform(0.1, 0.3) * 2**number)
        raise AssertionError("the last try returns or raises")

    def _see_hub(self, answer: httpx.Response) -> None:
        """Raise Unreachable unless this is the hub's own answer."""
        hub = answer.headers.get(HUB_HEADER, "")
        if not hub or TIME_HEADER not in answer.headers:
            if answer.status_code in (502, 503, 504):
                raise Unreachable("hub", f"The hub behind {self._url} does not answer.", "Nothing is lost; try later.")
            raise something_else(self._url)
        if self._hub and hub != self._hub:
            raise Unreachable(
                "other-hub", f"Another hub than the office's answers at {self._url}.",
                "Nothing was handed in. Ask whoever runs the hub, and the office's head.",
            )  # fmt: skip

    def _http(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                import httpx

                self._client = httpx.Client(
                    verify=trust.pinned(self._pin) if self._pin else trust.system(), trust_env=not self._here,
                    timeout=httpx.Timeout(PATIENCE, connect=10),
                )  # fmt: skip
            return self._client


def _until_silence(lines: Iterator[str]) -> Iterator[str]:
    import httpx

    try:
        yield from lines
    except httpx.ReadTimeout:
        return


def _refusal(answer: httpx.Response) -> Refused | Unreachable:
    """What the hub said no with."""
    try:
        value: dict[str, Any] = dict(answer.json()["error"])
        code, message, help = (str(value.pop(name)) for name in ("code", "message", "help"))
    except (ValueError, KeyError, TypeError):
        return something_else(str(answer.url.copy_with(path="/")))
    if answer.headers.get("content-type") != JSON:
        return something_else(str(answer.url.copy_with(path="/")))
    if code in ("not-found", "gone"):  # a hub that speaks this version of the protocol not yet, or no more
        return bad_answer(str(answer.url.copy_with(path="/", query=None)))
    kind = Unreachable if answer.status_code in (429, 503) or code == "disk-full" else Refused
    return kind(code, message, help, **value)


def something_else(url: str) -> Unreachable:
    """Not a hub's answer."""
    return Unreachable(
        "something-else", f"Something else answers instead of the hub at {url}.",
        "A network that wants a sign-in does this: open a web page in a browser, sign in, then try again.",
    )  # fmt: skip


def bad_answer(url: str) -> Unreachable:
    """The hub's answer, and not of its form."""
    return Unreachable(
        "hub-answer", f"The hub at {url} answers in a form that this program does not know.",
        "Nothing was taken in. Tell whoever runs the hub, and see that it and g20desk are up to date.",
    )  # fmt: skip


def _unreachable(url: str, error: httpx.TransportError) -> Unreachable:
    import httpx

    proxy = proxies.through(url) if url.startswith("https:") else ""
    if "CERTIFICATE" in str(error).upper():
        return Unreachable(
            "certificate", f"The certificate at {url} is not the hub's: {error}.",
            "A network that wants a sign-in does this too: open a web page in a browser. Else do not go on over this "
            "network; ask whoever runs the hub which certificate it has.",
        )  # fmt: skip
    if isinstance(error, httpx.ProxyError) and "407" in str(error):
        return Unreachable(
            "proxy-sign-in", f"The proxy {proxy} wants a name and a password, or others.",
            "Give them: g20desk hub proxy URL --user NAME. A proxy that takes neither has to let the hub through.",
        )  # fmt: skip
    if proxy:
        return Unreachable(
            "proxy", f"The hub at {url} could not be reached through the proxy {proxy}: {error}.",
            "Nothing is lost; work goes on without it. Another proxy, or none: g20desk hub proxy",
        )  # fmt: skip
    return Unreachable(
        "hub", f"The hub at {url} could not be reached: {error}.", "Nothing is lost; work goes on without it."
    )
