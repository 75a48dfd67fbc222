"""How people type a thread: a line with only --- starts the next post."""

from __future__ import annotations

SPLIT = "\n---\n"


def posts(words: str) -> tuple[str, ...]:
    """The posts in what was typed; empty ones are none."""
    return tuple(one.strip("\n") for one in words.split(SPLIT) if one.strip())
