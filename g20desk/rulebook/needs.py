"""What a text must hold for a pattern to match, read off the pattern before it runs.

Texts are asked in the form of `probe`: small letters, each white space one space, each digit 0, and a sign at the end
where a character is beyond ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from g20desk.rulebook.reading import lowered

DIGIT, WIDE = "0", "\x02"
MOST = 400
_DIGITS = re.compile(r"\d")
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
_FOLDED = (0x130, 0x131, 0x17F, 0x212A)  # beyond ASCII, and matched by ASCII letters where capitals do not count
# fmt: off
_COMMON = frozenset({
    "a", "all", "also", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "had", "has", "have", "he", "her", "his", "in", "is", "it",
    "its", "may", "no", "not", "of", "on", "or", "she", "that", "the", "their", "there", "they", "this", "to", "was", "we", "were", "what", "which", "who", "will", "with", "you",
})
# fmt: on


def probe(low: str) -> str:
    """A text in small letters as it is searched for what rules need."""
    plain = _DIGITS.sub(DIGIT, " ".join(low.split()))
    return f" {plain} " if low.isascii() else f" {plain} {WIDE}"


def asked(phrase: str) -> str:
    """A run of letters as it stands in a probe."""
    low = _DIGITS.sub(DIGIT, lowered(phrase))
    return " ".join(f"-{low}-".split())[1:-1]


def needs(tree: Any) -> tuple[str, ...]:
    """Runs of which a text's probe holds one where the pattern matches; empty where nothing is known."""
    found = _needs(tree)
    return tuple(sorted(found)) if found and len(found) <= MOST else ()


def _needs(tree: Iterable[Any]) -> set[str] | None:
    best: set[str] | None = None
    run = ""
    for op, value in [*_flat(tree), (None, None)]:
        if op is c.AT or op is c.ASSERT_NOT:
            continue  # takes no room: what stands before and after it touches
        if op is c.ASSERT:
            best = _better(best, _needs(value[1]))
            continue
        begins, whole = _written(op, value)
        run += begins
        if not whole:
            best, run = _better(best, {asked(run)} if run else None), begins
            best = _better(best, _needs_one(op, value)) if op is not None else best
    return best


def _flat(tree: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for op, value in tree:
        if op is c.SUBPATTERN:
            yield from _flat(value[3])
        elif op is c.ATOMIC_GROUP:
            yield from _flat(value)
        else:
            yield op, value


def _written(op: Any, value: Any) -> tuple[str, bool]:
    """What surely stands here, and whether nothing else does. Digits that repeat begin and end with digits."""
    if op is c.LITERAL:
        return chr(value), True
    if op is c.IN and all(low >= 48 and high <= 57 for low, high in (_ends(kind, one) for kind, one in value)):
        return DIGIT, True
    if op in _REPEATS and value[0] > 0 and len(value[2]) == 1:
        one, whole = _written(*value[2][0])
        if whole and len(set(one)) == 1:
            return one * min(value[0], 8), value[0] == value[1] <= 8
    return "", False


def _needs_one(op: Any, value: Any) -> set[str] | None:
    if op is c.BRANCH:
        made: set[str] = set()
        for branch in value[1]:
            one = _needs(branch)
            if one is None:
                return None
            made |= one
        return made
    if op in _REPEATS:
        return _needs(value[2]) if value[0] > 0 else None
    if op is c.IN:
        if len(value) <= 16 and all(kind is c.LITERAL for kind, _ in value):
            return {asked(chr(letter)) for _, letter in value}
        ends = [_ends(kind, one) for kind, one in value]
        if all(low > 127 and not any(low <= f <= high for f in _FOLDED) for low, high in ends):
            return {WIDE}
    return None


def _ends(kind: Any, value: Any) -> tuple[int, int]:
    """The first and last character of one part of a class; all of them where that is not known."""
    if kind is c.LITERAL:
        return value, value
    if kind is c.RANGE:
        return value[0], value[1]
    return (48, 57) if (kind, value) == (c.CATEGORY, c.CATEGORY_DIGIT) else (0, 0x10FFFF)


def _better(one: set[str] | None, other: set[str] | None) -> set[str] | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda s: (min(map(_worth, s)), -len(s)))


def _worth(run: str) -> int:
    """How seldom a text holds it: a letter, a full stop, a small word stand in nearly all."""
    word = run.strip()
    if word in _COMMON or (len(word) == 1 and (word.isalnum() or word in ".,-")):
        return len(run) - len(word)
    return 2 * len(run) if word else 0
