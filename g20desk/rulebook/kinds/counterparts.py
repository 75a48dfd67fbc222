"""Between languages: the signs that two versions share, whatever the words: links, hashtags, mentions, items, pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.registries import host
from g20desk.rulebook.reading import Reading, Span
from g20desk.rulebook.rule import Rule

T = TypeVar("T")
_MOST_PAIRS = 2_000
_ITEM = re.compile(r"(?m)^\s{0,4}(?:[-–—•·*]|\d{1,2}[.)、])\s{0,3}\S")


class Pair(NamedTuple):
    """Two language versions of a message, and how many pictures each describes."""

    first: Reading
    other: Reading
    alts: tuple[int, int] = (0, 0)


def differing(pair: Pair, extra: Sequence[Span], lost: Sequence[Span]) -> Iterator[Hit]:
    """What only the other says beside what only the first says, in their order; what is left over has no counterpart."""
    for here, there in zip_longest(extra, lost):
        start, end = here or (0, 0)
        yield Hit(start, end, note=pair.first.text[slice(*there)].strip() if there else "", there=there)


def nearest(extra: Sequence[T], lost: Sequence[T], apart: Callable[[T, T], float]) -> tuple[list[T], list[T]]:
    """Both, so that what is least apart stands in the same place of each; what is left over comes last."""
    here, there = list(extra), list(lost)
    if len(here) * len(there) > _MOST_PAIRS:
        return here, there
    ranked = sorted((apart(a, b), i, j) for i, a in enumerate(here) for j, b in enumerate(there))
    beside: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in beside and j not in beside.values():
            beside[i] = j
    rest = set(range(len(there))) - set(beside.values())
    return (
        [here[i] for i in beside] + [a for i, a in enumerate(here) if i not in beside],
        [there[j] for j in beside.values()] + [there[j] for j in sorted(rest)],
    )


@test("parity-mentions")
def parity_mentions(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same accounts."""
    theirs, mine = ({r.low[s:e] for s, e in r.mentions} for r in (pair.first, pair.other))
    lost = {pair.first.low[s:e]: (s, e) for s, e in reversed(pair.first.mentions) if pair.first.low[s:e] not in mine}
    extra = [(s, e) for s, e in pair.other.mentions if pair.other.low[s:e] not in theirs]
    yield from differing(pair, extra, sorted(lost.values()))


@test("parity-tags")
def parity_tags(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """As many hashtags, the same ones counted once; each language has its own."""
    theirs, mine = ({r.low[s:e]: (s, e) for s, e in r.tags} for r in (pair.first, pair.other))
    more = len(theirs) - len(mine)
    if more > 0:
        yield from differing(pair, [], [at for tag, at in theirs.items() if tag not in mine][-more:])
    elif more < 0:
        yield from differing(pair, [at for tag, at in mine.items() if tag not in theirs][more:], [])


@test("parity-links")
def parity_links(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """As many links, to the same hosts."""
    theirs = [host(pair.first.text[s:e]) for s, e in pair.first.links]
    mine = [host(pair.other.text[s:e]) for s, e in pair.other.links]
    yield from differing(pair, _over(pair.other.links, mine, theirs), _over(pair.first.links, theirs, mine))


def _over(spans: Sequence[Span], hosts: Sequence[str], others: Sequence[str]) -> list[Span]:
    """The links to a host that the other text leads to less often."""
    left, made = Counter(others), []
    for span, name in zip(spans, hosts, strict=True):
        if left[name] <= 0:
            made.append(span)
        left[name] -= 1
    return made


@test("parity-items")
def parity_items(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """As many items in lists."""
    theirs, mine = (len(_ITEM.findall(r.text)) for r in (pair.first, pair.other))
    if theirs != mine:
        yield Hit(0, 0, None, note=f"{theirs}, {mine}")


@test("parity-missing")
def parity_missing(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The other language has no text."""
    if pair.first.text.strip() and not pair.other.text.strip():
        yield Hit(0, 0)


@test("parity-alts")
def parity_alts(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """As many pictures described."""
    if pair.alts[0] != pair.alts[1]:
        yield Hit(0, 0, None, note=f"{pair.alts[0]}, {pair.alts[1]}")
