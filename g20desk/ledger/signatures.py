"""Many signatures at once: a second process checks one batch while its maker reads the next.

Threads would not do: each signature takes some 60 microseconds, and a thread that comes back from libsodium waits for the
one that reads about as long.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import NamedTuple

from g20desk.ledger import keys


class Signed(NamedTuple):
    """A signature to be checked, and what a fault calls it."""

    where: str
    device: str
    purpose: str
    data: bytes
    signature: bytes


class Signatures:
    """Batches in order, the first bad signature of them all. Use as a context: leaving it ends the second process."""

    def __init__(self) -> None:
        self._batch: list[Signed] = []
        self._sent: list[Signed] = []
        self._other: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None

    def __enter__(self) -> Signatures:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._other is not None:
            self._other.close()
        if self._process is not None:
            self._process.join()

    def bad(self, batch: list[Signed]) -> Signed | None:
        """Hand in a batch; the first bad one of those handed in earlier, as far as they have been checked."""
        found = self._answer()
        if found is None and self._batch:
            self._send(self._batch)
        self._batch = batch
        return found

    def last_bad(self) -> Signed | None:
        """The first bad one of all that is not yet answered. The last batch is checked here: a short record needs no
        second process."""
        batch, self._batch = self._batch, []
        found = first_bad(batch)
        earlier = self._answer()
        return earlier or (None if found < 0 else batch[found])

    def _send(self, batch: list[Signed]) -> None:
        self._sent = batch
        try:
            if self._process is None:
                self._process, self._other = started(_serve)
            if self._other is not None:
                self._other.send([tuple(one) for one in batch])
        except OSError:
            self._other = None

    def _answer(self) -> Signed | None:
        """The answer on the batch that was sent. A process that somebody ended leaves its work to this one."""
        batch, self._sent = self._sent, []
        if not batch:
            return None
        try:
            found = int(self._other.recv()) if self._other is not None else first_bad(batch)
        except (EOFError, OSError):
            self._other = None
            found = first_bad(batch)
        return None if found < 0 else batch[found]


def started(serve: Callable[[Connection], None]) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    """A second process that serves the other end of a line. Raises OSError where the system has no room for one."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    try:
        made = spawn.Process(target=serve, args=(theirs,), daemon=True)
        made.start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return made, ours


def first_bad(batch: list[Signed]) -> int:
    """The place in the batch of the first signature that does not verify, or -1."""
    for number, (_, device, purpose, data, signature) in enumerate(batch):
        try:
            keys.verify(device, purpose, data, signature)
        except keys.BadSignature:
            return number
    return -1


def _serve(asked: Connection) -> None:
    """The second process: answers batches until the first closes the line or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            asked.send(first_bad(asked.recv()))
        except (EOFError, OSError):
            return
