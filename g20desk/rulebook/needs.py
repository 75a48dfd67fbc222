"""What a text must hold for a pattern to match, read off the pattern before it runs.

Texts are asked in the form of `probe`: small letters, each white space one space, each digit 0, and at the end a sign for
what that form does not show: characters beyond printable ASCII, white space that is more than one space between words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _casefix  # type: ignore[attr-defined]
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from g20desk.rulebook.reading import lowered

Needs = tuple[tuple[str, ...], ...]

DIGIT, WIDE, SPACED = "0", "\x02", "\x03"
MOST, MOST_LETTERS, MOST_TIMES, MOST_SETS = 150, 64, 8, 4
FEW, RARE = 16, 2
_DIGITS = re.compile(r"\d")
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
# Beyond ASCII, and in small letters taken for something in ASCII.
_FOLDED = (0x130, 0x131, 0x17F, 0x212A, 0xA0, 0x2010, 0x2011, 0x2018, 0x2019, 0x202F)
# Small letters that a pattern takes for each other where capitals do not count: each is looked for as the first of them.
_TWINS = {one: min(one, *others) for one, others in _casefix._EXTRA_CASES.items() if one > min(others)} | {0x130: "i"}
_TWIN = re.compile(f"[{''.join(map(chr, _TWINS))}]")
_ALL = (0, 0x10FFFF)
_KNOWN = {c.CATEGORY_DIGIT: (48, 57), c.CATEGORY_SPACE: (32, 32)}
# fmt: off
_COMMON = frozenset({
    "a", "all", "also", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "had", "has", "have", "he", "her", "his", "in", "is", "it",
    "its", "may", "no", "not", "of", "on", "or", "she", "that", "the", "their", "there", "they", "this", "to", "was", "we", "were", "what", "which", "who", "will", "with", "you",
})
# fmt: on


def probe(low: str) -> str:
    """A text in small letters as it is searched for what rules need."""
    plain = " ".join(low.split())
    signs = SPACED if plain != low else ""
    if not (low.isascii() and plain.isprintable()):
        plain, signs = _untwinned(plain), signs + WIDE
    return f" {_DIGITS.sub(DIGIT, plain)} {signs}"


def asked(phrase: str) -> str:
    """A run of letters as it stands in a probe."""
    low = _DIGITS.sub(DIGIT, _untwinned(lowered(phrase)))
    return " ".join(f"-{low}-".split())[1:-1]


def _untwinned(low: str) -> str:
    return low.translate(_TWINS) if _TWIN.search(low) else low


def needs(tree: Any) -> Needs:
    """Sets of runs: a text's probe holds one of each where the pattern matches; the rarest set first; empty where
    nothing is known."""
    found = [_least(one) for one in _needs(tree) if one]
    known = sorted({tuple(sorted(one)) for one in found}, key=lambda one: (_worth(one), one), reverse=True)
    rare: list[tuple[str, ...]] = []
    for one in known:
        if _worth(one)[0] >= RARE and not any(_holds(other, one) for other in rare):
            rare.append(one)
    return tuple(rare[:MOST_SETS] or [one for one in known if _worth(one)[0] >= 0 and len(one) <= FEW][:1])


def _holds(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a text with a run of the one has one of the other."""
    return all(any(run in longer for run in other) for longer in one)


def _needs(tree: Iterable[Any]) -> list[set[str]]:
    """One set for each stretch of which all spellings are known, and what stands between them needs."""
    made: list[set[str]] = []
    run = last = {""}
    for op, value in _flat(tree):
        if op is c.AT or op is c.ASSERT_NOT:
            continue  # takes no room: what stands before and after it touches
        if op is c.ASSERT:
            ahead, looked = value
            whole = _whole(looked) or {""}
            # What stands ahead is met again; what stands behind was met before, if anything was.
            made += [*_needs(looked), *([_joined(run, whole) or _joined(last, whole)] if ahead > 0 else ())]
            run = last = whole if ahead < 0 and run == {""} else run
            continue
        made += _signs([(op, value)])
        spelled = _spellings(op, value)
        if spelled is None:
            begins = _once(op, value)
            made += [_joined(run, begins) or run, *_within(op, value)]
            run = last = begins or _rest(op, value, run)
        else:
            if not (joined := _joined(run, spelled)):
                made.append(run)
            run, last = joined or _joined(last, spelled) or spelled, spelled
    return [*made, run]


def _flat(tree: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for op, value in tree:
        if op is c.SUBPATTERN:
            yield from _flat(value[3])
        elif op is c.ATOMIC_GROUP:
            yield from _flat(value)
        else:
            yield op, value


def _joined(one: set[str], other: set[str]) -> set[str]:
    """Nothing where that were too much."""
    return {(a + b).replace("  ", " ") for a in one for b in other} if len(one) * len(other) <= MOST else set()


def _whole(tree: Iterable[Any]) -> set[str] | None:
    """All that a stretch can be, as a probe has it; None where that is not known, or too much."""
    run = {""}
    for op, value in _flat(tree):
        if op is c.AT or op is c.ASSERT_NOT or op is c.ASSERT:
            continue
        one = _spellings(op, value)
        if one is None or not (run := _joined(run, one)):
            return None
    return run


def _spellings(op: Any, value: Any) -> set[str] | None:
    if op is c.LITERAL or op is c.IN:
        return _letters(op, value)
    if op is c.BRANCH:
        return _any(_whole(branch) for branch in value[1])
    if op in _REPEATS:
        one = _whole(value[2])
        if one == {" "}:
            return {" "} if value[0] else {"", " "}
        if one is not None and value[1] <= MOST_TIMES:
            return _any(_times(one, value[0], value[1]))
    return None


def _times(one: set[str], least: int, most: int) -> Iterator[set[str] | None]:
    made = {""}
    for times in range(most + 1):
        if times >= least:
            yield made or None
        made = _joined(made, one)


def _any(found: Iterable[set[str] | None]) -> set[str] | None:
    made: set[str] = set()
    for one in found:
        if one is None or len(made := made | one) > MOST:
            return None
    return made


def _once(op: Any, value: Any) -> set[str]:
    """What a repeat surely begins and ends with."""
    one = _whole(value[2]) if op in _REPEATS and value[0] else None
    return _any(_times(one, times := min(value[0], MOST_TIMES), times)) or one if one else set()


def _rest(op: Any, value: Any, run: set[str]) -> set[str]:
    """What a text ends with after what may be there or not."""
    one = _whole(value[2]) if op in _REPEATS else None
    return run | one if one and len(run | one) <= MOST else {""}


def _letters(op: Any, value: Any) -> set[str] | None:
    """The letters of a small class."""
    made: set[str] = set()
    for low, high in _ranges(op, value):
        if high - low >= MOST_LETTERS:
            return None
        made |= {asked(chr(letter)) for letter in range(low, high + 1)}
    return made if len(made) <= MOST_LETTERS else None


def _ranges(op: Any, value: Any) -> list[tuple[int, int]]:
    """First and last characters of a class; all of them where that is not known."""
    if op is c.LITERAL:
        return [(value, value)]
    if op is not c.IN:
        return [_ALL]
    return [
        (one, one) if kind is c.LITERAL else one if kind is c.RANGE else _KNOWN.get(one, _ALL) for kind, one in value
    ]


def _within(op: Any, value: Any) -> list[set[str]]:
    """What something needs of which not all spellings are known."""
    if op is c.BRANCH:
        return [set().union(*(max(_needs(branch), key=lambda one: _worth(_least(one))) for branch in value[1]))]
    return _needs(value[2]) if op in _REPEATS and value[0] else []


def _signs(tree: Iterable[Any]) -> list[set[str]]:
    """The signs of a probe that stand for what its letters do not show."""
    made = []
    for op, value in _flat(tree):
        if op in _REPEATS and value[0]:
            made += [{SPACED}] if value[0] > 1 and _whole(value[2]) == {" "} else _signs(value[2])
            continue
        signs = {sign for low, high in _ranges(op, value) for sign in _sign(low, high)}
        if signs and "" not in signs:
            made.append(signs)
    return made


def _sign(low: int, high: int) -> tuple[str, ...]:
    if low > 126 and not any(low <= folded <= high for folded in _FOLDED):
        return (WIDE,)
    if low >= 9 and high <= 13:
        return (SPACED,)
    return (WIDE, SPACED) if high < 32 else ("",)


def _least(runs: set[str]) -> set[str]:
    """Without those that hold another."""
    return {run for run in runs if not any(other in run for other in runs if other != run)}


def _worth(runs: Iterable[str]) -> tuple[int, int]:
    """How seldom a text holds one of them: a letter, a full stop, a small word stand in nearly all."""
    listed = list(runs)
    return min(map(_rare, listed), default=0), -len(listed)


def _rare(run: str) -> int:
    word = run.strip()
    if word in _COMMON or (len(word) == 1 and (word.isalnum() or word in ".,-")):
        return len(run) - len(word)
    return 2 * len(run) if word else -1
