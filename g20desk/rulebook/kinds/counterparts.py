"""Between languages: the signs that two versions share, whatever the words: links, hashtags, mentions, items, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.registries import host
from g20desk.rulebook.reading import Reading
from g20desk.rulebook.rule import Rule

_ITEM = re.compile(r"(?m)^\s{0,4}(?:[-–—•·*]|\d{1,2}[.)、])\s{0,3}\S")


class Pair(NamedTuple):
    """Two language versions of a message, and how many pictures each describes."""

    first: Reading
    other: Reading
    alts: tuple[int, int] = (0, 0)


@test("parity-mentions")
def parity_mentions(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same accounts."""
    theirs = {pair.first.low[s:e]: pair.first.text[s:e] for s, e in pair.first.mentions}
    mine = {pair.other.low[s:e] for s, e in pair.other.mentions}
    lost = ", ".join(text for low, text in theirs.items() if low not in mine)
    extra = [(s, e) for s, e in pair.other.mentions if pair.other.low[s:e] not in theirs]
    for start, end in extra:
        yield Hit(start, end, None, note=lost)
    if lost and not extra:
        yield Hit(0, 0, None, note=lost)


@test("parity-tags")
def parity_tags(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """As many hashtags; each language has its own."""
    theirs, mine = len(pair.first.tags), len(pair.other.tags)
    if theirs > mine:
        yield Hit(0, 0, None, note=" ".join(pair.first.text[s:e] for s, e in pair.first.tags[mine:][:3]))
    elif mine > theirs:
        yield Hit(*pair.other.tags[theirs])


@test("parity-links")
def parity_links(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """As many links, to the same hosts."""
    theirs = [host(pair.first.text[s:e]) for s, e in pair.first.links]
    mine = [host(pair.other.text[s:e]) for s, e in pair.other.links]
    if sorted(theirs) != sorted(mine):
        lost = ", ".join(h for h in theirs if h not in mine) or ", ".join(theirs)
        extra = [span for span, h in zip(pair.other.links, mine, strict=True) if h not in theirs]
        yield from (Hit(*span, None, note=lost) for span in extra)
        if not extra:
            yield Hit(0, 0, None, note=lost)


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
