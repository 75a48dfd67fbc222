"""What can be known of a pattern before it runs: that it does bounded work at each place, and what a text must hold.

Every repeat has an upper bound, and the steps that the engine can take from one starting place, all ways of going back
included, are counted and bounded. So no text makes checking grow faster than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from g20desk.rulebook.reading import DIGIT, WIDE, lowered

MOST_STEPS = 250_000
LONGEST_REPEAT = 2_100
_FOLDED = (0x130, 0x131, 0x17F, 0x212A)  # beyond ASCII, and matched by ASCII letters where capitals do not count
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
_ASSERTIONS = (c.ASSERT, c.ASSERT_NOT)


def parsed(pattern: str, case: str) -> Any:
    """The tree of a pattern. Raises re.error."""
    return _parser.parse(pattern, re.IGNORECASE if case == "any" else 0)


def steps(tree: Any) -> int:
    """The most steps from one starting place. Raises ValueError for a repeat without a bound."""
    return _cost(tree)[0]


def _cost(tree: Iterable[Any]) -> tuple[int, int]:
    """Steps and ways to match, of a sequence: what follows is tried once for each way before it."""
    work, ways = 1, 1
    for op, value in tree:
        one_work, one_ways = _one(op, value)
        work, ways = work + ways * one_work, ways * one_ways
        if work > 10**12:
            break
    return work, ways


def _one(op: Any, value: Any) -> tuple[int, int]:
    if op is c.BRANCH:
        return _branches(value[1])
    if op is c.SUBPATTERN:
        return _cost(value[3])
    if op is c.ATOMIC_GROUP:
        return _cost(value)[0], 1
    if op in _ASSERTIONS:
        return _cost(value[1])[0], 1
    if op in _REPEATS:
        low, high, inner = value
        if high > LONGEST_REPEAT:
            raise ValueError(f"a repeat has no upper bound, or one over {LONGEST_REPEAT}: write {{0,40}}, not * or +")
        return _repeat(low, high, *_cost(inner), possessive=op is c.POSSESSIVE_REPEAT)
    if op is c.GROUPREF_EXISTS:
        raise ValueError("a condition on a group is not allowed")
    return (40 if op is c.GROUPREF else 1), 1


def _branches(listed: Iterable[Any]) -> tuple[int, int]:
    """Alternatives that begin with different letters exclude each other: only those that begin alike add up."""
    by_letter: dict[str, tuple[int, int]] = {}
    always, count = (0, 0), 0
    for branch in listed:
        count += 1
        work, ways = _cost(branch)
        first = branch[0] if len(branch) else (None, 0)
        if first[0] is c.LITERAL:
            letter = chr(int(first[1])).lower()
            had = by_letter.get(letter, (0, 0))
            by_letter[letter] = had[0] + work, had[1] + ways
        else:
            always = always[0] + work, always[1] + ways
    most = [max((pair[n] for pair in by_letter.values()), default=0) for n in (0, 1)]
    return count + always[0] + most[0], always[1] + most[1]


def _repeat(low: int, high: int, work: int, ways: int, possessive: bool) -> tuple[int, int]:
    if possessive and low <= 1:  # no turn is ever taken back
        return max(1, high * work), 1
    total, every, now = 0, 0, 1
    for turn in range(high + 1):
        if turn >= low:
            every += now
        if turn < high:
            total, now = total + now * work, now * ways
        if total > 10**12:
            break
    return max(1, total), 1 if possessive else max(1, every)


def needs(tree: Any) -> tuple[str, ...]:
    """Small-letter strings of which a matching text holds one; empty where nothing is known."""
    found = _needs(tree)
    return tuple(sorted(found)) if found and len(found) <= 400 else ()


def _needs(tree: Iterable[Any]) -> set[str] | None:
    best: set[str] | None = None
    run = ""
    for op, value in [*tree, (None, None)]:
        if op is c.LITERAL:
            run += lowered(chr(value))
            continue
        best, run = _better(best, {" ".join(f"-{run}-".split())[1:-1]} if run else None), ""
        if op is not None:
            best = _better(best, _needs_one(op, value))
    return best


def _needs_one(op: Any, value: Any) -> set[str] | None:
    if op is c.SUBPATTERN:
        return _needs(value[3])
    if op is c.ATOMIC_GROUP:
        return _needs(value)
    if op is c.ASSERT:
        return _needs(value[1])
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
    if op is c.IN and len(value) <= 16 and all(kind is c.LITERAL for kind, _ in value):
        return {" " if chr(letter).isspace() else lowered(chr(letter)) for _, letter in value}
    if op is c.IN:
        ends = [_ends(kind, one) for kind, one in value]
        if all(low >= 48 and high <= 57 for low, high in ends):
            return {DIGIT}
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
    """How seldom a text holds it: a letter, a space, a full stop stand in nearly all."""
    return len(run) if len(run) > 1 else 1 if run not in " .,-" and not run.isalnum() else 0
