"""A plain question without an SDK: one request under a wall-clock limit, no redirect followed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests

from connectors.deadline import within
from connectors.outcome import guarded
from connectors.session import LOCAL, Outward, Trusting

READ_SECONDS = 20.0
WHOLE_SECONDS = 30.0
HEALTH_SECONDS = 3.0


def health(url: str, seconds: float = HEALTH_SECONDS) -> tuple[Mapping[str, str], float]:
    """The headers of whatever a server answers, and how long it took. Raises NotNow, Unknown."""

    def job() -> tuple[Mapping[str, str], float]:
        with _session(url) as session:
            began = time.monotonic()
            answer = session.get(url, auth=lambda prepared: prepared, timeout=seconds, allow_redirects=False)
            return answer.headers, time.monotonic() - began

    return within(lambda: guarded(job), seconds)


def ask(
    url: str, fields: Mapping[str, str] | None = None, auth: tuple[str, str] | None = None, seconds: float = 0
) -> tuple[int, Any]:
    """The status and the JSON of one answer (None where it is none); a POST where there are fields. Raises NotNow,
    Unknown."""

    def job() -> tuple[int, Any]:
        with _session(url) as session:
            method = "GET" if fields is None else "POST"
            answer = session.request(
                method, url, data=fields, auth=auth or (lambda prepared: prepared), timeout=seconds or READ_SECONDS,
                allow_redirects=False, headers={"Accept": "application/json"},
            )  # fmt: skip
            try:
                return answer.status_code, answer.json()
            except ValueError:
                return answer.status_code, None

    return within(lambda: guarded(job), seconds or WHOLE_SECONDS)


def _session(url: str) -> requests.Session:
    """Through the system's proxy, but for what is on this computer."""
    made = requests.Session()
    made.trust_env = urlsplit(url).hostname not in LOCAL
    made.mount("https://", Trusting())
    made.mount("http://", Outward())
    return made
