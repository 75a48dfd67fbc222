"""X's connection: to the server of the account, and never without a time-out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests

from connectors.session import LOCAL, Trusting

HOST = "https://api.twitter.com"


class Adapter(Trusting):
    """Sends what is meant for api.twitter.com to the server of the account, and never without a time-out."""

    def __init__(self, server: str, seconds: float) -> None:
        super().__init__()
        self._server = server
        self._seconds = seconds

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        if self._server and request.url:
            request.url = self._server + request.url.removeprefix(HOST)
            if urlsplit(self._server).hostname in LOCAL:
                more["proxies"] = {}
        more["timeout"] = more.get("timeout") or self._seconds
        return super().send(request, *args, **more)
