"""The sign-in in the browser: one page opened, one answer taken on this computer only, or a code pasted.

RFC 8252: the answer comes to 127.0.0.1 on a port of chance, to a path of chance, with the state that was sent; the
first that has them ends it. A wrong state ends it too, without a sign-in.
"""

from __future__ import annotations

import html
import secrets
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from g20desk import asking, network, servers
from g20desk.clock import Clock
from g20desk.errors import Refused, Unreachable, Usage

SECONDS = 300.0
Show = Callable[[str], bool]
Paste = Callable[[], str]


def sign_in(
    net: str, server: str, app: str, clock: Clock, show: Show, paste: Paste | None = None, seconds: float = SECONDS
) -> str:
    """The secret that the person allowed. `show` opens a page and says whether it could; `paste` asks for the code
    that a page shows, where no browser opens. Raises Usage, Refused, Unreachable."""
    flow = asking.sign_in(net)
    if flow is None:
        raise Usage("no-browser", f"{net} has no sign-in in the browser.", "Give the secret: account add --help")
    if flow.NEEDS_APP and not app.strip():
        raise Usage("no-app", "The sign-in needs the client id of the office's own app.", "Add: --app CLIENT_ID")
    try:
        with Answer() as answer:
            network.within(net, server)
            consent = _checked(flow.begin(server, app, answer.url))
            if show(consent.url):
                code = answer.code(consent.state, seconds)
            elif flow.PASTED and paste is not None:
                consent = _checked(flow.begin(server, app, flow.PASTED))
                show(consent.url)
                code = paste().strip()
            else:
                code = answer.code(consent.state, seconds)
        if not code:
            raise Refused("sign-in", "The sign-in was not allowed.", "Try again, and allow it on the page.")
        return flow.redeem(server, consent, code, clock.now_ms())
    except network.Rejected as no:
        raise Refused("sign-in", f"The network refused the sign-in: {no.why}", "Try again.") from None
    except (network.NotNow, network.Unknown) as trouble:
        raise Unreachable("network", f"The network could not be asked: {trouble.why}", "Try again later.") from None


def _checked(consent: asking.Consent) -> asking.Consent:
    """A page that the browser may open: over TLS, or on this computer. Raises Rejected."""
    where = urlsplit(consent.url)
    if not servers.page(consent.url) or (where.scheme != "https" and not servers.this_computer(where.hostname or "")):
        raise network.Rejected("its page for the sign-in is no address of the web over https")
    return consent


class Answer:
    """A server on this computer for one answer."""

    def __init__(self) -> None:
        self._path = f"/{secrets.token_urlsafe(12)}"
        self._found: dict[str, str] = {}
        self._came = threading.Event()
        answer = self

        class Handler(_Handler):
            answer_of = answer

        self._http = HTTPServer(("127.0.0.1", 0), Handler)
        self._host = f"127.0.0.1:{self._http.server_port}"
        self.url = f"http://{self._host}{self._path}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Answer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def code(self, state: str, seconds: float) -> str:
        """The code; empty where the person said no. Raises Refused for a wrong state or none in time."""
        if not self._came.wait(seconds):
            raise Refused("sign-in", "No answer came from the browser.", "Try again.")
        if not secrets.compare_digest(self._found.get("state", "").encode(), state.encode()):
            raise Refused("sign-in", "The browser's answer was not to this sign-in.", "Try again.")
        return self._found.get("code", "")

    def take(self, host: str, target: str) -> bool:
        """Whether this request is the answer; the first one is kept."""
        where = urlsplit(target)
        if host != self._host or where.path != self._path or self._came.is_set():
            return False
        self._found = {name: values[0] for name, values in parse_qs(where.query).items() if len(values) == 1}
        self._came.set()
        return True


class _Handler(BaseHTTPRequestHandler):
    answer_of: Answer
    timeout = 10

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the address holds the code."""

    def do_GET(self) -> None:
        taken = self.answer_of.take(self.headers.get("Host", ""), self.path)
        said = "You may close this page and go back to g20desk." if taken else "There is nothing here."
        body = f'<!doctype html><meta charset="utf-8"><title>g20desk</title><p>{html.escape(said)}</p>'.encode()
        self.send_response(200 if taken else 404)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", "default-src 'none'"), ("Connection", "close"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
