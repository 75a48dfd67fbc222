"""Stand-ins in a process of their own, for whoever measures: python -m tests.servers.apart prints their addresses and
serves until its input ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.standin import StandIn
from tests.servers.standin_mastodon import MastodonFace
from tests.servers.standin_x import XFace

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def standins() -> Iterator[dict[str, str]]:
    """X and Mastodon; their addresses. X lets a hundred thousand posts through."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.servers.apart"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin and child.stdout
        try:
            yield json.loads(child.stdout.readline())
        finally:
            child.stdin.close()


def main() -> None:
    """Serve."""
    x = XFace()
    x.left, x.duplicate_seconds = 100_000, 0.0
    running = {"x": StandIn(x), "mastodon": StandIn(MastodonFace())}
    print(json.dumps({name: one.url for name, one in running.items()}), flush=True)
    sys.stdin.read()
    for one in running.values():
        one.stop()


if __name__ == "__main__":
    main()
