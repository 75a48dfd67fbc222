"""Publishing in rounds: each account has its own worker, so that no network holds up another."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import groupby
from typing import TYPE_CHECKING

from g20desk.clock import SystemClock
from g20desk.desk import processes, reading_back, uploads
from g20desk.desk.sending import SOON, Queued, Sender

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

MOST_ACCOUNTS = 64
SIDE_BY_SIDE = 4
LOOKING, DRAFTING, AHEAD = "", "drafts", "ahead/"
# Where something could not be done beforehand it is tried again after so long.
AGAIN_MS, NEVER = 15_000, 2**62
SOON_SECONDS = 0.25
Told = list[tuple[Queued, str]]
Key = tuple[str, str]
WORDS = ("sent", "refused", "unknown", "waiting")


class Rounds:
    """A round starts only the accounts that rest. `patient`: for a publisher that goes on: it looks at everything each
    time, asks the networks only when it is time to, and reads back; else each post is looked at once, and again if it
    falls due."""

    def __init__(self, desk: Desk, patient: bool) -> None:
        self._desk, self._patient = desk, patient
        self._process = processes.begin()
        uploads.forget_old(desk.store, desk.clock.now_ms())
        self._pool = ThreadPoolExecutor(max_workers=MOST_ACCOUNTS, thread_name_prefix="publish")
        self._running: dict[str, Future[Told]] = {}
        self._seen: dict[Key, int] = {}
        # What is waited for is real, whatever the desk's clock is made to say.
        self._steady = SystemClock().monotonic
        # By stream and key: when a post is due reads otherwise while another of its message is on its way.
        self._soon: dict[Key, float] = {}
        self._readied: dict[Queued, int] = {}
        self.drafted: list[str] = []

    def start(self) -> list[str]:
        """Start what there is to do on accounts that rest; what became of posts since the round before. Raises what a
        worker did."""
        words, alone = self._told(), not (self._patient or self._running)
        if self._patient and LOOKING not in self._running and any(True for _ in reading_back.due(self._desk)):
            self._running[LOOKING] = self._pool.submit(self._look)
        if self._may_draft() and self._desk.recurrings.due():
            self._running[DRAFTING] = self._pool.submit(self._draft)
        queues = self._desk.publish.queues()
        # What somebody else has dealt with meanwhile is not waited for.
        there = {_key(post) for posts in queues.values() for post in posts}
        self._soon = {key: at for key, at in self._soon.items() if key in there}
        for account, posts in queues.items():
            chosen = posts if self._patient else self._fresh(posts)
            now, steady = self._desk.clock.now_ms(), self._steady()
            if self._patient:
                self._start_ahead(account, posts, now)
            if chosen and account not in self._running:
                self._seen.update({_key(post): now for post in chosen})
                due = [post for post in chosen if post.due <= now and self._soon.get(_key(post), 0) <= steady]
                words += ["waiting"] * sum(post.due > now for post in chosen)
                if due:
                    # What is still not ready then is not made ready by this publisher.
                    waited = [self._soon.pop(_key(post), None) for post in due]
                    waits = not (alone and any(at is not None for at in waited))
                    self._running[account] = self._pool.submit(self._queue, account, due, waits)
        return words

    def _told(self) -> list[str]:
        """What became of the posts of workers that ended; those that wait for others of their message are kept."""
        words, steady = [], self._steady()
        for account in [account for account, job in self._running.items() if job.done()]:
            for post, word in self._running.pop(account).result():
                if word == SOON:
                    self._soon[_key(post)] = steady + SOON_SECONDS
                else:
                    words.append(word)
        return words

    def _may_draft(self) -> bool:
        return self._patient and DRAFTING not in self._running and not self._desk.clocks.wrong()

    def _start_ahead(self, account: str, posts: list[Queued], now: int) -> None:
        soon = [one for one in posts if now < one.due <= now + one.lead and self._readied.get(one, 0) <= now]
        if soon and AHEAD + account not in self._running:
            still = {one: at for one, at in self._readied.items() if one.due > now}
            self._readied = still | dict.fromkeys(soon, now + AGAIN_MS)
            self._running[AHEAD + account] = self._pool.submit(self._go_ahead, soon)

    def _go_ahead(self, posts: list[Queued]) -> Told:
        """What can be done beforehand, beside what is being sent."""
        self._desk.clocks.refresh()
        self._readied.update(dict.fromkeys(self._sender().ahead(posts), NEVER))
        return []

    def _fresh(self, posts: list[Queued]) -> list[Queued]:
        now = self._desk.clock.now_ms()
        return [
            p for p in posts if _key(p) in self._soon or (at := self._seen.get(_key(p))) is None or at < p.due <= now
        ]

    def _queue(self, account: str, posts: list[Queued], waits: bool) -> Told:
        """The posts of one account in the order of their times. What is due in the same second goes side by side, after
        the first of it has shown that the account is well."""
        try:
            apart = self._desk.office.accounts[account].distance_ms > 0
        finally:
            self._desk.store.close()
        told: Told = []
        for second, group in groupby(posts, key=lambda one: one.due // 1000):
            wave = list(group)
            if second and not apart and len(wave) > 2:
                told += self._wave(wave, waits)
            else:
                told += self._sender(waits).posts(wave)
        return told

    def _wave(self, posts: list[Queued], waits: bool) -> Told:
        told = self._sender(waits).posts(posts[:1])
        left, lanes = deque(posts[1:]), min(SIDE_BY_SIDE, len(posts) - 1)
        with ThreadPoolExecutor(lanes, "publish") as pool:
            jobs = [pool.submit(self._sender(waits).posts, _each(left)) for _ in range(lanes)]
        told += [one for job in jobs for one in job.result()]
        # One that waits may have waited for another of them.
        again = self._sender(waits).posts([post for post, word in told if word == "waiting"])
        return [one for one in told if one[1] != "waiting"] + again

    def _sender(self, waits: bool = True) -> Sender:
        return Sender(self._desk, self._process, self._patient, waits)

    def _look(self) -> Told:
        try:
            self._desk.publish.look()
            return []
        finally:
            self._desk.store.close()

    def _draft(self) -> Told:
        try:
            made, kept = self._desk.recurrings.make_due()
            self.drafted += [*(f"made a draft: message {id[:12]}" for id in made), *kept]
            return []
        finally:
            self._desk.store.close()

    def busy(self) -> bool:
        """Whether what a worker did has still to be told, or a post is to be looked at again."""
        return bool(self._running or self._soon)

    def wanted(self) -> bool:
        """Whether a round has something to do: a worker has ended, or it is time to look at a post again."""
        steady = self._steady()
        return any(job.done() for job in self._running.values()) or any(at <= steady for at in self._soon.values())

    def wait(self, seconds: float) -> None:
        """Until a worker ends, but no longer than this."""
        if self._running:
            wait(self._running.values(), timeout=seconds, return_when=FIRST_COMPLETED)
        else:
            time.sleep(min(seconds, SOON_SECONDS))

    def end(self) -> list[str]:
        """Wait for what is on its way; nothing new begins."""
        self._pool.shutdown(wait=True)
        processes.end(self._process)
        return [word for job in self._running.values() for _, word in job.result()]


def _key(post: Queued) -> Key:
    return post.stream, post.key


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
