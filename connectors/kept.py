"""A connection that is kept for several calls in a row, so that not each of them pays for its own.

A connection that the other side has closed meanwhile breaks the next request after it was written, and then nobody knows
what became of it. So one is kept only where calls follow each other, after a call that went well, and for a moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, Protocol, TypeVar

SECONDS = 2.0


class Closing(Protocol):
    """What can be closed."""

    def close(self) -> None:
        """Let it go."""
        ...


T = TypeVar("T", bound=Closing)


class Kept(Generic[T]):
    """Makes a connection for each call, or keeps at most one that nobody uses. A call that was left behind has its own
    to itself."""

    def __init__(self, make: Callable[[], T], now: Callable[[], float] = time.monotonic) -> None:
        self._make, self._now = make, now
        self._lock = Lock()
        self._rows = 0
        self._free: tuple[T, float] | None = None

    @contextmanager
    def in_a_row(self) -> Iterator[None]:
        """While this lasts a connection is kept."""
        with self._lock:
            self._rows += 1
        try:
            yield
        finally:
            with self._lock:
                self._rows -= 1
                free, self._free = (self._free, None) if not self._rows else (None, self._free)
            if free is not None:
                free[0].close()

    @contextmanager
    def line(self) -> Iterator[T]:
        """A connection for one call."""
        one = self._take() or self._make()
        try:
            yield one
        except BaseException:
            one.close()
            raise
        self._put(one)

    def _take(self) -> T | None:
        with self._lock:
            free, self._free = self._free, None
        if free is None:
            return None
        one, since = free
        if self._now() - since < SECONDS:
            return one
        one.close()
        return None

    def _put(self, one: T) -> None:
        with self._lock:
            if self._rows and self._free is None:
                self._free = (one, self._now())
                return
        one.close()
