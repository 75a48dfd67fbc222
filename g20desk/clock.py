"""The only place that asks the machine for the time.

Wall time is passed about as whole milliseconds since the Unix epoch, and written as RFC 3339 in UTC.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the desk needs of a clock; tests pass their own."""

    def now_ms(self) -> int:
        """Wall time in milliseconds since 1970 UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run back."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Wall time in milliseconds since 1970 UTC."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """Seconds that never run back, counting sleep where the system can."""
        boot = getattr(time, "CLOCK_BOOTTIME", None)
        return time.clock_gettime(boot) if boot is not None else time.monotonic()


def iso(ms: int) -> str:
    """`2026-11-25T09:00:00.000Z` for milliseconds since 1970."""
    when = datetime.fromtimestamp(ms / 1000, UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def from_iso(text: str) -> int:
    """Milliseconds since 1970 for an RFC 3339 time with an offset. Raises ValueError."""
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError("a time without an offset")
    return round(when.timestamp() * 1000)
