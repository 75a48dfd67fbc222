"""Bluesky's connection: one of our own under the SDK, whose answers are heard, and which follows no redirect."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from atproto import Request
from atproto_client.request import RequestBase

from connectors.session import allowed


class Line(httpx.Client):
    """A connection whose answers are heard, to no server inside our walls."""

    def __init__(self, heard: Callable[[Mapping[str, str], float], None], **more: Any) -> None:
        super().__init__(**more)
        self._heard = heard

    def send(self, request: httpx.Request, **more: Any) -> httpx.Response:
        allowed(str(request.url))
        began = time.monotonic()
        answer = super().send(request, **more)
        self._heard(answer.headers, time.monotonic() - began)
        return answer


class OwnRequest(Request):  # type: ignore[misc]
    """The SDK's own requests over a connection of ours: each has its own session, none follows a redirect."""

    def __init__(self, line: httpx.Client) -> None:
        RequestBase.__init__(self)
        self._client = line
