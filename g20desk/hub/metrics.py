"""Figures for Prometheus: how much, how often, how long; nothing of an office, a device or what they say."""

from __future__ import annotations

from collections import Counter

_STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one process since its start."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._refusals: Counter[str] = Counter()
        self._times: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()
        self._placed = 0
        self.waiting = 0
        self.let_go = 0

    def placed(self, count: int) -> None:
        """So many envelopes got a place."""
        self._placed += count

    def refused(self, code: str) -> None:
        """A request was refused."""
        self._refusals[code] += 1

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests[(route, status)] += 1
        steps = self._times.setdefault(route, [0] * (len(_STEPS) + 1))
        steps[next((n for n, step in enumerate(_STEPS) if seconds <= step), len(_STEPS))] += 1
        self._seconds[route] += seconds  # type: ignore[assignment]

    def text(self) -> str:
        """In Prometheus' text format."""
        lines = ["# TYPE g20desk_hub_requests_total counter"]
        lines += [
            f'g20desk_hub_requests_total{{route="{route}",status="{status}"}} {count}'
            for (route, status), count in sorted(self._requests.items())
        ]
        lines.append("# TYPE g20desk_hub_refusals_total counter")
        lines += [f'g20desk_hub_refusals_total{{code="{code}"}} {n}' for code, n in sorted(self._refusals.items())]
        lines += ["# TYPE g20desk_hub_placed_total counter", f"g20desk_hub_placed_total {self._placed}"]
        lines += ["# TYPE g20desk_hub_waiting gauge", f"g20desk_hub_waiting {self.waiting}"]
        lines += ["# TYPE g20desk_hub_let_go_total counter", f"g20desk_hub_let_go_total {self.let_go}"]
        lines.append("# TYPE g20desk_hub_request_seconds histogram")
        for route, steps in sorted(self._times.items()):
            total = 0
            for step, count in zip((*map(str, _STEPS), "+Inf"), steps, strict=True):
                total += count
                lines.append(f'g20desk_hub_request_seconds_bucket{{route="{route}",le="{step}"}} {total}')
            lines.append(f'g20desk_hub_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}')
            lines.append(f'g20desk_hub_request_seconds_count{{route="{route}"}} {total}')
        return "\n".join(lines) + "\n"
