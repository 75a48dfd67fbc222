"""A connection that must say what it wants within a time: who sends a head drop by drop is let go."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from g20desk.hub.limits import Limits


class Connection(H11Protocol):
    """uvicorn's, with a clock on the first head. A later one has uvicorn's own limit on idle connections."""

    _seconds = Limits().headers

    @classmethod
    def limited(cls, limits: Limits) -> type[Connection]:
        """With these limits."""
        return type("LimitedConnection", (cls,), {"_seconds": limits.headers})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The clock begins."""
        super().connection_made(transport)
        self._late = self.loop.call_later(self._seconds, self._let_go)

    def connection_lost(self, exc: Exception | None) -> None:
        """The clock ends."""
        self._late.cancel()
        super().connection_lost(exc)

    def _let_go(self) -> None:
        if self.cycle is None:
            self.transport.abort()
