"""That a pattern does bounded work at each place, known before it runs.

Every repeat has an upper bound, and the steps that the engine can take from one starting place, all ways of going back
included, are counted and bounded. So no text makes checking grow faster than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST_STEPS = 250_000
LONGEST_REPEAT = 2_100
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
