"""A lock that processes and threads share: one owner at a time of what a file stands for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 30.0
_PAUSE = 0.02

if os.name == "nt":
    import msvcrt

    def _take(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock of this file; it falls when the process ends, however it ends. Raises TimeoutError."""
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + seconds
        while True:
            try:
                _take(number)
                break
            except OSError:
                if time.monotonic() >= until:
                    raise TimeoutError("another process holds it") from None
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(number)
