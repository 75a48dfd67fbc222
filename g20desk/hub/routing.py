"""From an address to what answers it. Every answer says which hub gave it, and when; every refusal has its form."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from g20desk.clock import Clock
from g20desk.hub.metrics import Metrics
from g20desk.hub.refusals import Refusal
from g20desk.ledger import canonical
from g20desk.ledger.wire import HUB_HEADER, JSON, TIME_HEADER

log = logging.getLogger(__name__)
_ID = re.compile("[0-9a-f]{64}")
Handler = Callable[[Request], Awaitable[Response]]


class Routes:
    """The ASGI application. Routes are written `GET /v1/offices/ID/entries`; an ID is 64 hex digits, the first of an
    address the office, the second a digest."""

    def __init__(self, hub: str, clock: Clock, metrics: Metrics, routes: Mapping[str, Handler]) -> None:
        self._hub, self._clock, self._metrics = hub, clock, metrics
        self._routes = {
            (words.split(" ")[0], tuple(words.split("/")[1:])): (words, run) for words, run in routes.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = time.perf_counter()
        request = Request(scope, receive, send)
        parts = scope["path"].split("/")[1:]
        ids = [part for part in parts if _ID.fullmatch(part)]
        scope["path_params"] = dict(zip(("office", "digest"), ids, strict=False))
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        shape = tuple("ID" if _ID.fullmatch(part) else part for part in parts)
        name, run = self._routes.get((method, shape), ("other", _nothing))
        made = await self._answer(request, run)
        made.headers[HUB_HEADER] = self._hub
        made.headers[TIME_HEADER] = str(self._clock.now_ms())
        self._metrics.answered(name, made.status_code, time.perf_counter() - begun)
        await made(scope, receive, send)

    async def _answer(self, request: Request, run: Handler) -> Response:
        try:
            return await run(request)
        except Refusal as refusal:
            return self._refused(refusal)
        except Exception:
            log.exception("a request failed")
            return self._refused(Refusal(500, "fault", "The hub failed at this request.", "Tell whoever runs it."))

    def _refused(self, refusal: Refusal) -> Response:
        self._metrics.refused(refusal.code)
        made = as_json({"error": {**refusal.as_json()["error"], **refusal.params}}, refusal.status)
        if "wait" in refusal.params:
            made.headers["Retry-After"] = str(refusal.params["wait"])
        if "have" in refusal.params:
            made.headers["G20desk-Have"] = str(refusal.params["have"])
        return made


async def _nothing(request: Request) -> Response:
    raise Refusal(404, "not-found", "There is nothing here.", "See docs/hub.md.")


def as_json(value: Any, status: int = 200) -> Response:
    """An answer in canonical JSON."""
    return Response(canonical.dumps(value), status, media_type=JSON)
