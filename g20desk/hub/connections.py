"""A connection that keeps its time: a head drop by drop, an answer that nobody fetches, too many from one place: let go."""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from g20desk.hub.limits import Limits
from g20desk.hub.metrics import Metrics


class Connection(HttpToolsProtocol):
    """uvicorn's, with a clock on each head and on each answer, and a count for each address. A connection on which nothing
    is asked has uvicorn's own limit."""

    limits, metrics = Limits(), Metrics()
    _open: Counter[str] = Counter()
    _head: asyncio.TimerHandle | None = None
    _answer: asyncio.TimerHandle | None = None
    _address = ""
    _reading, _whole, _size = False, True, 0

    @classmethod
    def limited(cls, limits: Limits, metrics: Metrics) -> type[Connection]:
        """With these limits, counted there."""
        return type("LimitedConnection", (cls,), {"limits": limits, "metrics": metrics, "_open": Counter()})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The clock of its first head begins."""
        super().connection_made(transport)
        self._head = self.loop.call_later(self.limits.headers, self._let_go)
        address = self.client[0] if self.client else ""
        if not _here(address):  # a proxy on this machine brings everybody's
            self._address = address
            self._open[address] += 1
            if self._open[address] > self.limits.connections:
                self._let_go()

    def connection_lost(self, exc: Exception | None) -> None:
        """All clocks end."""
        self._stop_head()
        self._stop_answer()
        if self._address:
            self._open[self._address] -= 1
            if not self._open[self._address]:
                del self._open[self._address]
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._reading, self._size = True, 0

    def on_headers_complete(self) -> None:
        """It is there."""
        super().on_headers_complete()
        self._reading, self._whole = False, False
        self._stop_head()

    def on_message_complete(self) -> None:
        """Its body too."""
        super().on_message_complete()
        self._whole = True

    def data_received(self, data: bytes) -> None:
        """A head has its size and its time, and so has what is left of a body after its request was refused."""
        super().data_received(data)
        if self._reading:
            self._size += len(data)
        left = self.cycle is not None and self.cycle.response_complete and not self._whole
        if self._size > self.limits.head:
            self._let_go()
        elif (self._reading or left) and self._head is None:
            self._head = self.loop.call_later(self.limits.headers, self._let_go)

    def pause_writing(self) -> None:
        """The other side does not fetch its answer: it has a while."""
        super().pause_writing()
        self._stop_answer()
        self._answer = self.loop.call_later(self.limits.fetching, self._let_go)

    def resume_writing(self) -> None:
        """It goes on."""
        super().resume_writing()
        self._stop_answer()

    def _let_go(self) -> None:
        self.metrics.let_go += 1
        self.transport.abort()

    def _stop_head(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _stop_answer(self) -> None:
        if self._answer is not None:
            self._answer.cancel()
            self._answer = None


def _here(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True
