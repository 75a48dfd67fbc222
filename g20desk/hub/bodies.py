"""Reading a request's body: no larger than it may be, no slower, not more at once than there is memory for."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import ClientDisconnect

from g20desk.hub.admission import Asked
from g20desk.hub.limits import Limits
from g20desk.hub.refusals import Refusal


class Bodies:
    """The bodies that this process holds in memory. They are read after their signature was, so a stranger has none."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._held = 0
        self._of: Counter[str] = Counter()

    @asynccontextmanager
    async def read(self, asked: Asked, most: int) -> AsyncIterator[bytes]:
        """The body, of at most so many bytes and with the digest that was signed, for as long as it is needed. Raises
        Refusal."""
        length = asked.request.headers.get("content-length", "")
        if not length.isdigit() or len(length) > 15:
            raise Refusal(411, "length", "The request does not say how long its body is.", "Send Content-Length.")
        size = int(length)
        if size > most:
            raise Refusal(413, "body-size", f"A body here has at most {most} bytes.", "Send it in several.", limit=most)
        if self._of[asked.device] + size > self._limits.device_bodies:
            raise Refusal(429, "too-much", "This device sends too much at once.", "One after the other.", wait=1)
        if self._held + size > self._limits.bodies:
            raise Refusal(503, "busy", "The hub holds as much as it can at the moment.", "Try again.", wait=1)
        self._held += size
        self._of[asked.device] += size
        try:
            yield await self._read(asked, size)
        finally:
            self._held -= size
            self._of[asked.device] -= size
            if not self._of[asked.device]:
                del self._of[asked.device]

    async def _read(self, asked: Asked, size: int) -> bytes:
        found, chunks, loop = bytearray(), asked.request.stream(), asyncio.get_running_loop()
        end = loop.time() + self._limits.body
        try:
            async with asyncio.timeout(self._limits.silence) as limit:
                while len(found) < size:
                    found += await anext(chunks)
                    limit.reschedule(min(end, loop.time() + self._limits.silence))
        except TimeoutError as error:
            raise Refusal(408, "slow", "The request's body came too slowly.", "Send less at a time.") from error
        except (ClientDisconnect, StopAsyncIteration) as error:
            raise Refusal(400, "cut-off", "The request ended in the middle.") from error
        if hashlib.sha256(found).digest() != asked.body_digest:
            raise Refusal(401, "body", "The request's body is not the one that was signed.", "Send it again.")
        return bytes(found)
