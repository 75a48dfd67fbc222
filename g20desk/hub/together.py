"""Doing in one go what waits for the same thing: while one lot is in the database the next gathers, so a busy hub pays for
a statement or a commit once for many requests, and an idle one waits for nobody."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from g20desk.hub.refusals import Refusal

K = TypeVar("K")
A = TypeVar("A")
B = TypeVar("B")
_Job = tuple[A, asyncio.Future[B]]
Run = Callable[[K, Callable[[], list[A]]], Awaitable[Sequence[B | Refusal]]]


class Together(Generic[K, A, B]):
    """Jobs by key. `run` gets ready, takes a lot of one key, and answers it in order, each job with a value or a refusal of
    its own; `weigh` says how much a job is, `most` how much one lot."""

    def __init__(self, run: Run[K, A, B], weigh: Callable[[A], int], most: int) -> None:
        self._run, self._weigh, self._most = run, weigh, most
        self._waiting: dict[K, deque[_Job[A, B]]] = {}
        self._working: set[asyncio.Task[None]] = set()

    async def do(self, key: K, job: A) -> B:
        """The answer on a job. Raises what it was refused with, or what went wrong."""
        answer: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        if key in self._waiting:
            self._waiting[key].append((job, answer))
        else:
            self._waiting[key] = deque([(job, answer)])
            task = asyncio.create_task(self._work(key))
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return await answer

    async def _work(self, key: K) -> None:
        waiting = self._waiting[key]
        while waiting:
            await self._settle(key, waiting, self._most)
        del self._waiting[key]

    async def _settle(self, key: K, waiting: deque[_Job[A, B]], most: int) -> None:
        """Answer one lot."""
        lot: list[_Job[A, B]] = []

        def take() -> list[A]:
            lot.append(waiting.popleft())
            weight = self._weigh(lot[0][0])
            while waiting and (weight := weight + self._weigh(waiting[0][0])) <= most:
                lot.append(waiting.popleft())
            return [job for job, _ in lot]

        found: Sequence[B | BaseException]
        try:
            found = await self._run(key, take)
        except Exception as error:  # whatever it was, those who wait are told
            if not lot:
                take()
            if len(lot) > 1 and not isinstance(error, Refusal):
                for one in lot:  # it may be one of them alone that it goes wrong with
                    await self._settle(key, deque([one]), 0)
                return
            found = [error] * len(lot)
        for (_, answer), value in zip(lot, found, strict=True):
            if answer.done():
                continue
            if isinstance(value, BaseException):
                answer.set_exception(value)
            else:
                answer.set_result(value)
