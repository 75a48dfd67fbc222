"""Counts: how long, how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import eq

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.needs import WIDE
from g20desk.rulebook.reading import WORD, Reading, Span, lowered, within
from g20desk.rulebook.rule import Rule

_HAN = re.compile(r"[\u3400-\u9fff]")


@test("long-sentence")
def long_sentence(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """More words than `most` (Chinese: characters), what is agreed, quoted or linked not counted."""
    unit = _HAN if reading.lang == "zh" else WORD
    if unit is WORD and len(reading.tokens) + sum(map(reading.text.count, "‐‑")) <= rule.most:
        return  # a text with so few words; those two part words here and not in small letters
    for start, end in reading.sentences:
        if end - start <= (rule.most if unit is _HAN else 2 * rule.most):  # not even with words of one letter
            continue
        if len(unit.findall(reading.text, start, end)) <= rule.most:
            continue
        count = 0
        for word in unit.finditer(reading.text, start, end):
            at = word.start()
            if not (within(reading.places, at) or within(reading.agreed, at) or within(reading.quoted, at)):
                count += 1
        if count > rule.most:
            yield Hit(start, end)


def _over(spans: list[Span], most: int) -> Iterator[Hit]:
    if len(spans) > most:
        yield Hit(spans[most][0], spans[-1][1])


@test("many-links", "/", "www.")
def many_links(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """More links than `most`: from the first too many to the last."""
    return _over(reading.links, rule.most)


@test("many-tags", "#", "＃")
def many_tags(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """More hashtags than `most`."""
    return _over(reading.tags, rule.most)


@test("many-mentions", "@")
def many_mentions(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """More mentions than `most`."""
    return _over(reading.mentions, rule.most)


@test("many-emoji", WIDE)
def many_emoji(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """More emoji than `most`."""
    return _over(reading.emoji, rule.most)


@test("long-tag", "#", "＃")
def long_tag(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A hashtag of more letters than `most`."""
    return (Hit(s, e) for s, e in reading.tags if e - s - 1 > rule.most)


@test("alt-length")
def alt_length(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """An alt text shorter than `least` (a third of that in Chinese) or longer than `most`; empty ones have their own
    rule."""
    text = reading.text.strip()
    least = rule.least // 3 if reading.lang == "zh" else rule.least
    if text and (len(text) < least or (rule.most and len(text) > rule.most)):
        yield Hit(0, len(reading.text))


@test("alt-repeats")
def alt_repeats(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """An alt text that says what the post says, or sends its reader there with one of the words listed."""
    post = lowered(str(reading.memo.get("post", "")))
    mine = reading.low.strip(" .")
    if len(mine) > 20 and mine in post:
        yield Hit(0, len(reading.text))
        return
    for word in rule.not_this:
        at = reading.low.find(word)
        if at >= 0:
            yield Hit(at, at + len(word))


@test("word-twice")
def word_twice(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same word again, small and with only space between; not_this may stand twice."""
    if not any(map(eq, reading.tokens, islice(reading.tokens, 1, None))):
        return
    low = reading.low
    for (start, end), (again, last) in pairwise(reading.words):
        word = low[start:end]
        twice = word == low[again:last] and low[end:again].isspace() and "\n" not in low[end:again]
        if twice and reading.text[again].islower() and word not in rule.not_this:
            yield Hit(end, last, "")
