"""Publishing in rounds: each account has its own worker, so that no network holds up another."""

from __future__ import annotations

import os
import secrets
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import groupby
from typing import TYPE_CHECKING

from g20desk.desk import reading_back
from g20desk.desk.sending import LIVE, Queued, Sender

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

MOST_ACCOUNTS = 64
SIDE_BY_SIDE = 4
LOOKING, DRAFTING = "", "drafts"
WORDS = ("sent", "refused", "unknown", "waiting")


class Rounds:
    """A round starts only the accounts that rest. `patient`: for a publisher that goes on: it looks at everything each
    time, asks the networks only when it is time to, and reads back; else each post is looked at once, and again if it
    falls due."""

    def __init__(self, desk: Desk, patient: bool) -> None:
        self._desk, self._patient = desk, patient
        self._process = f"{os.getpid()}-{secrets.token_hex(4)}"
        LIVE.add(self._process)
        self._pool = ThreadPoolExecutor(max_workers=MOST_ACCOUNTS, thread_name_prefix="publish")
        self._running: dict[str, Future[list[str]]] = {}
        self._seen: dict[tuple[str, str], int] = {}
        self.drafted: list[str] = []

    def start(self) -> list[str]:
        """Start what there is to do on accounts that rest; what became of posts since the round before. Raises what a
        worker did."""
        ended = [account for account, job in self._running.items() if job.done()]
        words = [word for account in ended for word in self._running.pop(account).result()]
        if self._patient and LOOKING not in self._running and any(True for _ in reading_back.due(self._desk)):
            self._running[LOOKING] = self._pool.submit(self._look)
        if self._patient and DRAFTING not in self._running and self._desk.recurrings.due():
            self._running[DRAFTING] = self._pool.submit(self._draft)
        for account, posts in self._desk.publish.queues().items():
            chosen = posts if self._patient else self._fresh(posts)
            if chosen and account not in self._running:
                now = self._desk.clock.now_ms()
                self._seen.update({(post.stream, post.key): now for post in chosen})
                due = [post for post in chosen if post.due <= now]
                words += ["waiting"] * (len(chosen) - len(due))
                if due:
                    self._running[account] = self._pool.submit(self._queue, account, due)
        return words

    def _fresh(self, posts: list[Queued]) -> list[Queued]:
        now = self._desk.clock.now_ms()
        return [p for p in posts if (at := self._seen.get((p.stream, p.key))) is None or at < p.due <= now]

    def _queue(self, account: str, posts: list[Queued]) -> list[str]:
        """The posts of one account in the order of their times. What is due in the same second goes side by side, after
        the first of it has shown that the account is well."""
        try:
            apart = self._desk.office.accounts[account].distance_ms > 0
        finally:
            self._desk.store.close()
        words: list[str] = []
        for second, group in groupby(posts, key=lambda one: one.due // 1000):
            wave = list(group)
            if second and not apart and len(wave) > 2:
                words += self._wave(wave)
            else:
                words += [word for _, word in self._sender().posts(wave)]
        return words

    def _wave(self, posts: list[Queued]) -> list[str]:
        told = self._sender().posts(posts[:1])
        left, lanes = deque(posts[1:]), min(SIDE_BY_SIDE, len(posts) - 1)
        with ThreadPoolExecutor(lanes, "publish") as pool:
            jobs = [pool.submit(self._sender().posts, _each(left)) for _ in range(lanes)]
        told += [one for job in jobs for one in job.result()]
        # One that waits may have waited for another of them.
        again = self._sender().posts([post for post, word in told if word == "waiting"])
        return [word for _, word in told if word != "waiting"] + [word for _, word in again]

    def _sender(self) -> Sender:
        return Sender(self._desk, self._process, self._patient)

    def _look(self) -> list[str]:
        try:
            self._desk.publish.look()
            return []
        finally:
            self._desk.store.close()

    def _draft(self) -> list[str]:
        try:
            made, kept = self._desk.recurrings.make_due()
            self.drafted += [*(f"made a draft: message {id[:12]}" for id in made), *kept]
            return []
        finally:
            self._desk.store.close()

    def busy(self) -> bool:
        """Whether what a worker did has still to be told."""
        return bool(self._running)

    def ended(self) -> bool:
        """Whether a worker has ended since the round before."""
        return any(job.done() for job in self._running.values())

    def wait(self, seconds: float) -> None:
        """Until a worker ends, but no longer than this."""
        wait(self._running.values(), timeout=seconds, return_when=FIRST_COMPLETED)

    def end(self) -> list[str]:
        """Wait for what is on its way; nothing new begins."""
        self._pool.shutdown(wait=True)
        LIVE.discard(self._process)
        return [word for job in self._running.values() for word in job.result()]


def _each(left: deque[Queued]) -> Iterator[Queued]:
    """What is left, for one of several that take from it."""
    while left:
        try:
            yield left.popleft()
        except IndexError:
            return


def counted(words: list[str]) -> dict[str, int]:
    """How often each outcome; what is neither sent, refused nor unknown waits."""
    counts = dict.fromkeys(WORDS, 0)
    for word in words:
        counts[word if word in counts else "waiting"] += 1
    return counts
