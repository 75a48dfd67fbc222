"""Between languages: each test gets the first language's parts and another's, joined, and says where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from g20desk.rulebook import numerals
from g20desk.rulebook.calendar import dates
from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.registries import host
from g20desk.rulebook.kinds.structures import words
from g20desk.rulebook.reading import Reading, Span, merged, within
from g20desk.rulebook.rule import Rule

_NAMES = re.compile(r"二十国集团|(?i:групп\w{1,4} двадцати|مجموعة العشرين)|\bG20\b")
_ITEM = re.compile(r"(?m)^\s{0,4}(?:[-–—•·*]|\d{1,2}[.)])\s{0,3}\S")
_THREAD = re.compile(r"(?<![\d/.])\d{1,2}\s?/\s?\d{1,2}(?![\d/.]?\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_BILLION = re.compile(r"(?i)(\d[\d.,]{0,12})\s?billions?\b")


class Pair(NamedTuple):
    """Two language versions of a message, and how many pictures each describes."""

    first: Reading
    other: Reading
    alts: tuple[int, int] = (0, 0)


def _days(reading: Reading) -> list[tuple[tuple[int, int], int, Span]]:
    plain = numerals.western(reading.text)
    made = [((d.day, d.month), d.year, (d.start, d.end)) for d in dates(plain, reading.lang)]
    for match in _ISO.finditer(plain):
        if not within(reading.places, match.start()):
            made.append(((int(match[3]), int(match[2])), int(match[1]), match.span()))
    return made


def _skip(reading: Reading) -> list[Span]:
    spans = [*reading.places, *reading.tags, *(s for _, _, s in _days(reading))]
    spans += [m.span() for m in _NAMES.finditer(reading.text)]
    spans += [m.span() for m in _THREAD.finditer(reading.text)]
    return merged(spans)


def _times(reading: Reading) -> list[numerals.Number]:
    return numerals.times(reading.text, _skip(reading))


def _numbers(reading: Reading) -> list[numerals.Number]:
    skip = merged([*_skip(reading), *((t.start, t.end) for t in _times(reading))])
    return numerals.numbers(reading.text, reading.lang, skip)


@test("parity-numbers")
def parity_numbers(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same numbers; words may answer for digits."""
    first, other = _numbers(pair.first), _numbers(pair.other)
    years = {str(y) for _, y, _ in [*_days(pair.first), *_days(pair.other)] if y}
    mine = {n.value for n in other} | numerals.spelled(pair.other.text, pair.other.lang) | years
    theirs = {n.value for n in first} | numerals.spelled(pair.first.text, pair.first.lang) | years
    extra = [n for n in other if n.value not in theirs]
    lost = [n for n in first if n.value not in mine]
    for number in extra:
        yield Hit(number.start, number.end, None, note=_said(pair, lost))
    if lost and not extra:
        yield Hit(0, 0, None, note=_said(pair, lost))


def _said(pair: Pair, lost: list[numerals.Number]) -> str:
    return ", ".join(pair.first.text[n.start : n.end].strip() for n in lost[:3])


@test("parity-false-billion")
def parity_false_billion(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """An English billion that stayed a billion in French, where it is a thousand times as much."""
    if pair.first.lang == "en" and pair.other.lang == "fr":
        theirs = {m[1] for m in _BILLION.finditer(pair.first.text)}
        for match in _BILLION.finditer(pair.other.text):
            if match[1] in theirs or match[1].replace(",", ".") in theirs:
                many = "s" if match[1] not in ("1", "1,5") else ""
                yield Hit(*match.span(), f"{match[1]}\u00a0milliard{many}")


@test("parity-dates")
def parity_dates(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same days, hours and years."""
    theirs, mine = _days(pair.first), _days(pair.other)
    hours, own = _times(pair.first), _times(pair.other)
    lost = [pair.first.text[s:e] for day, _, (s, e) in theirs if day not in {d for d, _, _ in mine}]
    lost += [pair.first.text[t.start : t.end].strip() for t in hours if t.value not in {o.value for o in own}]
    extra = [span for day, year, span in mine if not _same(day, year, theirs)]
    extra += [(t.start, t.end) for t in own if t.value not in {o.value for o in hours}]
    for start, end in extra:
        yield Hit(start, end, None, note=", ".join(lost[:3]))
    if lost and not extra:
        yield Hit(0, 0, None, note=", ".join(lost[:3]))


def _same(day: tuple[int, int], year: int, theirs: list[tuple[tuple[int, int], int, Span]]) -> bool:
    return any(d == day and (not y or not year or y == year) for d, y, _ in theirs)


@test("parity-mentions")
def parity_mentions(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same accounts."""
    return _sets(pair, "mentions")


@test("parity-tags")
def parity_tags(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """As many hashtags; those in Latin letters the same."""
    theirs, mine = len(pair.first.tags), len(pair.other.tags)
    if theirs > mine:
        yield Hit(0, 0, None, note=" ".join(pair.first.text[s:e] for s, e in pair.first.tags[mine:][:3]))
    elif mine > theirs:
        yield Hit(*pair.other.tags[theirs])


def _sets(pair: Pair, what: str) -> Iterator[Hit]:
    theirs = {pair.first.low[s:e]: pair.first.text[s:e] for s, e in getattr(pair.first, what)}
    mine = {pair.other.low[s:e] for s, e in getattr(pair.other, what)}
    lost = ", ".join(text for low, text in theirs.items() if low not in mine)
    extra = [(s, e) for s, e in getattr(pair.other, what) if pair.other.low[s:e] not in theirs]
    for start, end in extra:
        yield Hit(start, end, None, note=lost)
    if lost and not extra:
        yield Hit(0, 0, None, note=lost)


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


_WEIGHT = {"zh": 3.0, "ar": 1.25}


@test("parity-length")
def parity_length(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """One text is more than two and a half times as long as the other, from thirty letters on."""
    sizes = []
    for reading in (pair.first, pair.other):
        prose = len(reading.text.strip()) - sum(e - s for s, e in reading.links)
        sizes.append(prose * _WEIGHT.get(reading.lang, 1.0))
    if min(sizes) > 0 and max(sizes) > 30 and max(sizes) > 2.5 * min(sizes):
        yield Hit(0, len(pair.other.text))


@test("parity-hedges")
def parity_hedges(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A hedge in one language and none in the other; the list: English, `|`, all others."""
    bar = rule.not_this.index("|")
    english, others = words(rule.not_this[:bar]), _mixed(rule.not_this[bar + 1 :])
    if pair.first.lang != "en":
        return
    found = english.search(pair.first.text)
    if found and pair.other.text.strip() and not others.search(pair.other.text):
        yield Hit(0, 0, None, note=found[0])


def _mixed(listed: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w).replace(r"\*", r"\w{0,14}") for w in listed), re.IGNORECASE)


@test("parity-untranslated")
def parity_untranslated(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A sentence of four words and more stands there as in the first language."""
    theirs = {pair.first.low[s:e] for s, e in pair.first.sentences if len(pair.first.low[s:e].split()) > 3}
    for s, e in pair.other.sentences:
        if pair.other.low[s:e] in theirs and not within(pair.other.links, s):
            yield Hit(s, e)


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


@test("parity-members")
def parity_members(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A member named in one language and not in the other, where its name is not declined."""
    names, others = facts.members.get(pair.first.lang, ()), facts.members.get(pair.other.lang, ())
    if pair.first.lang != "en" or pair.other.lang not in ("zh", "es", "fr", "ar") or len(names) != len(others):
        return
    lost = [n for n, o in zip(names, others, strict=True) if _named(pair.first.text, n) and o[:4] not in pair.other.text]
    if lost:
        yield Hit(0, 0, None, note=", ".join(lost[:3]))


def _named(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w)(?<!South ){re.escape(name)}(?!\w)", text) is not None
