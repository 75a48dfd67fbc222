"""Appends that share a transaction: what comes while another is being written is written with the next, so that posts
due together wait for the disk together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True, eq=False)
class Job(Generic[T, R]):
    """What one caller wants written, all of it or nothing, and what came of it."""

    wants: T
    made: list[R] = field(default_factory=list)
    error: Exception | None = None
    over: bool = False

    def result(self) -> R:
        """What was made. Raises what kept it from being written."""
        if self.error is not None:
            raise self.error
        return self.made[0]


class Batches(Generic[T, R]):
    """`write` gets jobs in the order in which they came; it leaves in each what was made, or its error, and calls it
    over when that is durable. What it raises concerns all that are not over."""

    def __init__(self, write: Callable[[Sequence[Job[T, R]]], None]) -> None:
        self._write = write
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._waiting: list[Job[T, R]] = []

    def do(self, wants: T) -> R:
        """Have something written, alone or with what other threads want written. Raises what kept it from that."""
        job: Job[T, R] = Job(wants)
        with self._lock:
            self._waiting.append(job)
        with self._turn:
            if not job.over:
                self._batch(job)
        return job.result()

    def _batch(self, own: Job[T, R]) -> None:
        with self._lock:
            jobs, self._waiting = self._waiting, []
        try:
            self._write(jobs)
        except Exception as error:
            for job in jobs:
                job.error = job.error or (None if job.over else error)
                job.over = True
        except BaseException:
            # This thread is to end; the others have their turn after it.
            with self._lock:
                self._waiting = [job for job in jobs if not (job.over or job is own)] + self._waiting
            raise
