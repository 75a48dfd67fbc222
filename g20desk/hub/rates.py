"""How often somebody may ask: a bucket each that fills with time. One process counts for itself."""

from __future__ import annotations

from g20desk.clock import Clock
from g20desk.hub.refusals import Refusal

_MANY = 10_000


class Rates:
    """Buckets by name: `burst` at once, `rate` a second in the long run."""

    def __init__(self, clock: Clock, rate: float, burst: float) -> None:
        self._clock, self._rate, self._burst = clock, rate, burst
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, name: str, message: str, cost: float = 1.0) -> None:
        """Take from a bucket. Raises Refusal, saying how long to wait, where there is too little in it."""
        now = self._clock.monotonic()
        level, at = self._buckets.get(name, (self._burst, now))
        level = min(self._burst, level + (now - at) * self._rate)
        if level < cost:
            wait = (cost - level) / self._rate
            raise Refusal(429, "too-often", message, "Wait a little.", wait=int(wait) + 1)
        if name not in self._buckets and len(self._buckets) >= _MANY:
            self._sweep(now)
        self._buckets[name] = (level - cost, at if now < at else now)

    def _sweep(self, now: float) -> None:
        """Forget the buckets that are full again; if none is, the ones that were longest not asked for."""
        full = [name for name, (level, at) in self._buckets.items() if level + (now - at) * self._rate >= self._burst]
        oldest = sorted(self._buckets, key=lambda name: self._buckets[name][1])[: _MANY // 10]
        for name in full or oldest:
            del self._buckets[name]
