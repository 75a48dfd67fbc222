"""Hashtags and the signs of attachments: structure that counts elements in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.needs import DIGIT
from g20desk.rulebook.reading import Reading, Span
from g20desk.rulebook.rule import Rule


@test("tag-row", "#", "＃")
def tag_row(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """More than `most` hashtags with only space between them."""
    row: list[tuple[int, int]] = []
    for span in [*reading.tags, (len(reading.text) + 9, 0)]:
        if row and (span[0] > len(reading.text) or reading.text[row[-1][1] : span[0]].strip()):
            if len(row) > rule.most:
                yield Hit(row[0][0], row[-1][1])
            row = []
        row.append(span)


def _first(reading: Reading, spans: Sequence[Span]) -> Iterator[Hit]:
    """The first of them, where nothing stands before it."""
    if spans and not reading.text[: spans[0][0]].strip():
        yield Hit(*spans[0])


def _again(text: str, spans: Iterable[Span]) -> Iterator[Hit]:
    """Those that say what one before them says."""
    seen: set[str] = set()
    for s, e in spans:
        if text[s:e] in seen:
            yield Hit(s, e)
        seen.add(text[s:e])


@test("tag-first", "#", "＃")
def tag_first(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The text begins with a hashtag."""
    yield from _first(reading, reading.tags)


@test("tag-twice", "#", "＃")
def tag_twice(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same hashtag again."""
    yield from _again(reading.low, reading.tags)


@test("joined-words", "#", "＃")
def joined_words(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A hashtag of several words in small letters (the words are listed): the fix gives each its capital."""
    for s, e in reading.tags:
        tag = reading.text[s + 1 : e]
        if len(tag) > 7 and tag.rstrip("0123456789").islower():
            parts = _split(tag.rstrip("0123456789"), frozenset(rule.not_this))
            if len(parts) > 1:
                made = "".join(part[0].upper() + part[1:] for part in parts)
                yield Hit(s, e, reading.text[s] + made + tag[len(tag.rstrip("0123456789")) :])


def _split(tag: str, known: frozenset[str]) -> list[str]:
    """The fewest known words that make up a tag; none where they don't."""
    best: list[list[str] | None] = [[], *([None] * len(tag))]
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - 16), end):
            before = best[start]
            if (
                before is not None
                and tag[start:end] in known
                and (best[end] is None or len(before) + 1 < len(best[end] or ()))
            ):
                best[end] = [*before, tag[start:end]]
    return best[-1] or []


@test("mention-first", "@")
def mention_first(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The text begins with a mention: a network takes it for a reply."""
    yield from _first(reading, reading.mentions)


@test("link-twice", "/", "www.")
def link_twice(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same address again."""
    yield from _again(reading.text, reading.links)


@test("iban", *(f"{letter}00" for letter in ascii_lowercase))
def iban(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """An account number whose check digits are right."""
    for match in re.finditer(r"(?<!\w)[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?(?!\w)", reading.text):
        plain = re.sub(r"\s", "", match[0])
        if int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1:
            yield Hit(*match.span())


@test("card-number", 4 * DIGIT)
def card_number(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The number of a payment card: 16 digits whose sum is right."""
    for match in re.finditer(r"(?<![\d.,/-])[3-6][0-9]{3}(?:[ -]?[0-9]{4}){3}(?![\d.,]?\d)", reading.text):
        digits = [int(c) for c in match[0] if c.isdigit()]
        doubled = sum(sum(divmod(d * 2, 10)) for d in digits[::2])
        if (doubled + sum(digits[1::2])) % 10 == 0:
            yield Hit(*match.span())
