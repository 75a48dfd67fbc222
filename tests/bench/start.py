"""The start of the whole program on a big store: against an empty window, and against the same on a small store."""

from __future__ import annotations

from functools import partial

from tests.bench import stores
from tests.bench.measuring import Figure, interleaved
from tests.bench.processes import until_ended, until_ready

MESSAGES = 20_000
SMALL = 200
CHILD = ("-m", "tests.bench.child")


def run(rounds: int = 7, messages: int = MESSAGES, small: int = SMALL) -> list[Figure]:
    """Processes from nothing to usable; `page` is the same without a window."""
    many, few = str(stores.kept(messages)), str(stores.kept(small))
    jobs = [
        partial(until_ready, *CHILD, "empty"),
        *(partial(until_ready, *CHILD, what, folder) for what in ("window", "page") for folder in (many, few)),
        partial(until_ended, "-c", "pass"),
    ]
    for job in jobs:
        job()
    empty, window, window_few, page, page_few, nothing = interleaved(rounds, *jobs)
    more = f"{small} messages"
    return [
        Figure(
            "start", f"window on {messages} messages, empty window", window, empty, "at most 3", window <= 3 * empty
        ),
        Figure("start", f"the same, {more}", window, window_few, "at most 1.10", window <= 1.1 * window_few),
        Figure("start", f"first page of {messages} messages, python -c pass", page, nothing),
        Figure("start", f"the same, {more}", page, page_few, "at most 1.10", page <= 1.1 * page_few),
    ]


def run_help(rounds: int = 15) -> list[Figure]:
    """`g20desk --help`."""
    asked, nothing = interleaved(
        rounds, partial(until_ended, "-m", "g20desk", "--help"), partial(until_ended, "-c", "pass")
    )
    return [Figure("help", "g20desk --help, python -c pass", asked, nothing, "0.2 s", asked <= 0.2)]
