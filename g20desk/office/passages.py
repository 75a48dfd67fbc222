"""A passage of a text that was revised since: where its words stand now. Pure. Places are code points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def moved(old: str, start: int, end: int, new: str) -> tuple[int, int] | None:
    """Where the words from `start` to before `end` of one text stand in another: of several places the one with the most
    of the same text around it, then the nearest to where it was. None where they don't stand there."""
    words = old[start:end]
    if not words:
        return None
    places = []
    at = new.find(words)
    while at >= 0:
        places.append(at)
        at = new.find(words, at + 1)
    if not places:
        return None
    best = max(places, key=lambda at: (_around(old, start, end, new, at), -abs(at - start)))
    return best, best + len(words)


def found(parts: Sequence[str], old: str, number: int, start: int, end: int) -> tuple[int, int, int] | None:
    """The same among the posts of a text: its own first, then the nearest; (post, start, end)."""
    for n in sorted(range(len(parts)), key=lambda n: (abs(n - number), n)):
        if (place := moved(old, start, end, parts[n])) is not None:
            return n, *place
    return None


def _around(old: str, start: int, end: int, new: str, at: int) -> int:
    """How much of the text before and after a passage is the same at a place."""
    before = _same(reversed(old[:start]), reversed(new[:at]))
    return before + _same(old[end:], new[at + end - start :])


def _same(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
