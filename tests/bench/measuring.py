"""Timing that a loaded machine can't easily bend: ours and the baseline in turn, medians, and their ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table, in seconds or in `unit`. `baseline` is None where the aim is no ratio; `met` is None
    without an aim."""

    bench: str
    case: str
    ours: float
    baseline: float | None = None
    aim: str = ""
    met: bool | None = None
    note: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """Ours to the baseline."""
        return self.ours / self.baseline if self.baseline else None

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        ratio = self.ratio
        return {**asdict(self), "ratio": round(ratio, 3) if ratio is not None else None}


def clocked(job: Callable[[], object]) -> float:
    """Seconds that a job takes."""
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def interleaved(rounds: int, *jobs: Callable[[], float]) -> list[float]:
    """The median of what each job says, all of them in turn in each round."""
    told: list[list[float]] = [[] for _ in jobs]
    for number in range(rounds):
        # The order turns, so that none always pays for what the one before it left behind.
        for place in range(len(jobs)):
            which = (number + place) % len(jobs)
            told[which].append(jobs[which]())
    return [statistics.median(one) for one in told]


def amount(value: float, unit: str) -> str:
    """A time, or something else, as people read it."""
    if unit != "s":
        return f"{value:.0f} {unit}"
    return f"{value * 1000:.2f} ms" if value < 1 else f"{value:.2f} s"


def table(figures: list[Figure]) -> str:
    """All figures for people."""
    rows = [["bench", "case", "ours", "baseline", "ratio", "aim", "", "note"]]
    for f in figures:
        ratio = f.ratio
        rows.append([
            f.bench, f.case, amount(f.ours, f.unit), amount(f.baseline, f.unit) if f.baseline is not None else "",
            f"{ratio:.2f}" if ratio is not None else "", f.aim, {True: "met", False: "MISSED", None: ""}[f.met], f.note,
        ])  # fmt: skip
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(widths[n]) for n, cell in enumerate(row)).rstrip() for row in rows)
