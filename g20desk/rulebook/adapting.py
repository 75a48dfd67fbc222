"""Patterns of other programs made ours: bounded, spelled out where they stand for a few phrases, and sampled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from g20desk.rulebook import linear

MOST_PHRASES = 24
BOUNDS = (60, 30, 12)
MOST_SPACES = 3
_FLAGS = re.compile(r"\(\?([a-z]+)\)")
_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")
_SAMPLES = {c.CATEGORY_DIGIT: "7", c.CATEGORY_SPACE: " ", c.CATEGORY_WORD: "a", c.CATEGORY_NOT_DIGIT: "a",
            c.CATEGORY_NOT_SPACE: "a", c.CATEGORY_NOT_WORD: "-"}  # fmt: skip


class Unmapped(ValueError):
    """What our rules can't say; the message says why."""


def ours(pattern: str, case: str) -> tuple[str, str, bool]:
    """A pattern as ours, its case, and whether repeats were bounded. Raises Unmapped for what can't be bounded, or
    is written in a way that Python does not read."""
    flags = _FLAGS.match(pattern)
    if flags:
        pattern, case = pattern[flags.end() :], "any" if "i" in flags[1] else case
        if set(flags[1]) - set("ims"):
            raise Unmapped(f"its flags “{flags[1]}” are not known here")
        kept = "".join(f for f in flags[1] if f != "i")
        pattern = f"(?{kept}:{pattern})" if kept else pattern
    if r"\p{" in pattern.replace(r"\p{L}", "") or "[[" in pattern:
        raise Unmapped("its classes of characters are not known here")
    pattern = pattern.replace(r"\p{L}", r"[^\W\d_]").replace(r"\z", r"\Z")
    if re.search(r"(?<![\\\[])\^|(?<!\\)\$", pattern):
        pattern = f"(?m:{pattern})"  # an anchor is that of a line
    why = ""
    for most in BOUNDS:
        made, changed = _bounded(pattern, most)
        try:
            if linear.steps(linear.parsed(made, case)) <= linear.MOST_STEPS:
                re.compile(made)
                return made, case, changed
            why = "its repeats inside repeats would take too many steps"
        except (ValueError, re.error, OverflowError, RecursionError) as error:
            raise Unmapped(f"its pattern is not one of ours: {error}") from None
        if not changed:
            break
    raise Unmapped(why)


def _bounded(pattern: str, most: int) -> tuple[str, bool]:
    """`*`, `+` and `{n,}` with an upper bound, outside of classes and escapes."""
    made, at, changed, inside = [], 0, False, -1
    while at < len(pattern):
        sign, rest = pattern[at], pattern[at:]
        count = _COUNT.match(rest) if sign == "{" and inside < 0 else None
        if sign == "\\":
            made.append(rest[:2])
            at += 2
            continue
        if inside >= 0:
            inside = -1 if sign == "]" and at > inside else inside
        elif sign == "[":
            inside = at + (2 if rest.startswith("[^") else 1)
        elif sign == "(" and rest.startswith("(?"):
            named = re.match(r"\(\?<(?=[A-Za-z_])", rest)
            made.append("(?P<" if named else "(?")
            at += 3 if named else 2
            continue
        elif sign in "*+?" or (count and count[0] != "{}" and count[0] != "{,}"):
            space = bool(made) and made[-1] in (r"\s", " ")
            made.append(_repeat(count, sign, min(most, MOST_SPACES) if space else most))
            changed |= sign in "*+" or bool(count and count[2] and not count[3])
            at += count.end() if count else 1
            if at < len(pattern) and pattern[at] in "?+":
                made.append(pattern[at])
                at += 1
            continue
        made.append(sign)
        at += 1
    return "".join(made), changed


def _repeat(count: re.Match[str] | None, sign: str, most: int) -> str:
    if count is None:
        return "?" if sign == "?" else f"{{{int(sign == '+')},{most}}}"
    if count[2] and not count[3]:
        low = int(count[1] or 0)
        return f"{{{low},{max(low, most)}}}"
    return count[0]


def phrases(pattern: str, case: str) -> list[str] | None:
    """The few phrases that a pattern stands for; None where there are many, or they can't be written out."""
    try:
        made = _phrases(linear.parsed(pattern, case))
    except (re.error, OverflowError, RecursionError):
        return None
    plain = made is not None and all(p.strip() == p and p and "*" not in p and "\n" not in p for p in made)
    return list(dict.fromkeys(made or ())) if plain else None


def _phrases(tree: Iterable[Any]) -> list[str] | None:
    made = [""]
    for op, value in tree:
        one = _one(op, value)
        if one is None or len(made) * len(one) > MOST_PHRASES:
            return None
        made = [before + after for before in made for after in one]
    return made


def _one(op: Any, value: Any) -> list[str] | None:
    if op is c.LITERAL:
        return [chr(value)]
    if op is c.IN and all(kind is c.LITERAL for kind, _ in value):
        return [chr(letter) for _, letter in value]
    if op is c.SUBPATTERN and not value[1] and not value[2]:
        return _phrases(value[3])
    if op is c.BRANCH:
        all_: list[str] = []
        for branch in value[1]:
            one = _phrases(branch)
            if one is None:
                return None
            all_ += one
        return all_
    if op in (c.MAX_REPEAT, c.MIN_REPEAT) and value[1] <= 2:
        inner = _phrases(value[2])
        return None if inner is None else [word * n for n in range(value[1], value[0] - 1, -1) for word in inner]
    return [""] if op is c.AT and value is c.AT_BOUNDARY else None


def sample(pattern: str, case: str) -> str:
    """A text that the pattern may match, what it repeats as seldom as it can; whoever uses it has to try."""
    tree = linear.parsed(pattern, case)
    least, once = _sample(tree, 0), _sample(tree, 1)
    return least if least and re.search(pattern, least) else once


def _sample(tree: Iterable[Any], times: int) -> str:
    made = ""
    for op, value in tree:
        if op is c.LITERAL:
            made += chr(value)
        elif op is c.IN:
            made += _member(value)
        elif op is c.ANY:
            made += "a"
        elif op is c.NOT_LITERAL:
            made += "a" if value != ord("a") else "b"
        elif op is c.SUBPATTERN:
            made += _sample(value[3], times)
        elif op is c.ATOMIC_GROUP:
            made += _sample(value, times)
        elif op is c.BRANCH:
            made += _sample(value[1][0], times)
        elif op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            made += _sample(value[2], times) * max(times, value[0])
        elif op is c.ASSERT and value[0] > 0:
            made += _sample(value[1], times)
        elif op is c.GROUPREF:
            made += made[-1:]
    return made


def _member(members: list[Any]) -> str:
    if members and members[0][0] is c.NEGATE:
        tree = [(c.IN, members)]
        return next((s for s in "a7 -xZ" if re.match(_written(tree[0][1]), s)), "a")
    kind, value = members[0]
    return chr(value) if kind is c.LITERAL else chr(value[0]) if kind is c.RANGE else _SAMPLES.get(value, "a")


def _written(members: list[Any]) -> str:
    """A class again, for trying a sign."""
    names = {c.CATEGORY_DIGIT: r"\d", c.CATEGORY_SPACE: r"\s", c.CATEGORY_WORD: r"\w", c.CATEGORY_NOT_DIGIT: r"\D",
             c.CATEGORY_NOT_SPACE: r"\S", c.CATEGORY_NOT_WORD: r"\W"}  # fmt: skip
    made = ""
    for kind, value in members:
        if kind is c.LITERAL:
            made += re.escape(chr(value))
        elif kind is c.RANGE:
            made += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        elif kind is c.CATEGORY:
            made += names[value]
    return f"[^{made}]"
