"""A wall-clock limit around a send: no SDK has one, since their time-outs are per read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from g20desk.network import NotNow, Unknown

T = TypeVar("T")
SECONDS = 45.0
# A picture on a slow line may take so many times as long as a post.
UPLOADS = 6
# A call that was refused for its token is made again only where that leaves it time.
LEAST_SECONDS = 20.0


def within(job: Callable[[], T], seconds: float = SECONDS) -> T:
    """The answer of `job`, or what it raises; Unknown when it takes longer than `seconds`.

    The job runs in a daemon thread that is left behind when the limit strikes: its late success is found by asking.
    """
    answers: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(job())
        except BaseException as error:
            errors.append(error)

    worker = threading.Thread(target=run, name="connector-send", daemon=True)
    worker.start()
    worker.join(seconds)
    if answers:
        return answers[0]
    if errors:
        raise errors[0]
    raise Unknown(f"no answer within {seconds:g} seconds")


def again(limit: float, began: float) -> float:
    """What a call's limit leaves for making it once more, in seconds. Raises NotNow where that is too little."""
    left = limit - (time.monotonic() - began)
    if left < min(LEAST_SECONDS, limit / 2):
        raise NotNow("the sign-in had to be renewed first")
    return left
