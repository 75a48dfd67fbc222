"""A session of `requests` that an account's client works with."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import requests


class Session(requests.Session):
    """Follows no redirect, takes no password from .netrc, keeps the last answer that came in whole, and has it heard.
    `seconds`: how long a request may take that sets itself no limit; 0: whoever sends it sees to that."""

    answer: requests.Response | None = None

    def __init__(self, heard: Callable[[Mapping[str, str], float], None], seconds: float = 0) -> None:
        super().__init__()
        self._heard, self._seconds = heard, seconds

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **more: Any) -> requests.Response:
        self.answer, began = None, time.monotonic()
        more["allow_redirects"] = False
        # With none, what .netrc has for the host would stand in the place of the account's token.
        more["auth"] = more.get("auth") or (lambda prepared: prepared)
        if self._seconds:
            more.setdefault("timeout", self._seconds)
        self.answer = super().request(method, url, *args, **more)
        self._heard(self.answer.headers, time.monotonic() - began)
        return self.answer
