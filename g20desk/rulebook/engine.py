"""One rule over one text: where it hits, and what excuses a hit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import TESTS, Hit
from g20desk.rulebook.phrasing import fitted, pattern
from g20desk.rulebook.reading import Reading, covered, within
from g20desk.rulebook.rule import Rule

_AROUND = 60


@lru_cache(8192)
def compiled(source: str, case: str = "any") -> re.Pattern[str]:
    """A pattern, once."""
    return re.compile(source, re.IGNORECASE if case == "any" else 0)


@lru_cache(8192)
def _phrase(item: str, case: str) -> re.Pattern[str]:
    return compiled(pattern(item), case)


def hits(rule: Rule, items: Iterable[int], reading: Reading, facts: Facts) -> list[Hit]:
    """Where some items of a rule hit the text, excused places left out."""
    raw: list[Hit] = []
    if rule.test:
        raw += TESTS[rule.test](reading, rule, facts)
    elif rule.kind == "pattern":
        for number in items:
            found = compiled(rule.not_this[number], rule.case)
            if _may(rule, reading, found):
                raw += _matches(rule, reading, found)
    else:
        for number in items:
            raw += _phrases(rule, reading, rule.not_this[number], number)
    return [hit for hit in raw if not _excused(rule, reading, hit)] if raw else raw


def _may(rule: Rule, reading: Reading, found: re.Pattern[str]) -> bool:
    """A quick no for most: the pattern is nowhere in the text. Links and hashtags are looked at one by one."""
    if rule.scope in ("link", "hashtag"):
        return bool(reading.links if rule.scope == "link" else reading.tags)
    return found.search(_read_by(rule, reading, found.pattern)) is not None


def _spans(rule: Rule, reading: Reading) -> list[tuple[int, int]]:
    if rule.scope == "link":
        return reading.links
    if rule.scope == "hashtag":
        return reading.tags
    return [reading.part(rule.where)]


def _matches(rule: Rule, reading: Reading, found: re.Pattern[str]) -> Iterator[Hit]:
    group = "at" if "at" in found.groupindex else 0
    text = _read_by(rule, reading, found.pattern)
    for start, end in _spans(rule, reading):
        if start == end:
            continue
        if rule.scope in ("link", "hashtag"):
            # Each is looked at by itself: what stands around is not part of it.
            one = reading.text[start:end]
            inner = ((m, start) for m in found.finditer(one))
        elif rule.where == "start":
            first = found.match(text, start, end)
            inner = ((m, 0) for m in ([first] if first else []))
        else:
            inner = ((m, 0) for m in found.finditer(text, start, end))
        for match, base in inner:
            s, e = match.span(group) if match.span(group)[0] >= 0 else match.span()
            if e > s:
                yield Hit(base + s, base + e, match.expand(rule.fix) if rule.fix is not None else None)


_HAN = re.compile("[\u3400-\u9fff]")


def _read_by(rule: Rule, reading: Reading, source: str) -> str:
    """What a rule reads: one for all languages, and without Chinese signs of its own, reads Latin words between Chinese
    signs as words that stand free."""
    if reading.lang != "zh":
        return reading.text
    own = rule.langs or _HAN.search(source) or "(?P=" in source or (rule.fix and "\\" in rule.fix)
    return reading.text if own else reading.spaced


def _phrases(rule: Rule, reading: Reading, item: str, number: int) -> Iterator[Hit]:
    for match in _phrase(item, rule.case).finditer(_read_by(rule, reading, item), *reading.part(rule.where)):
        start, end = match.span("at")
        yield Hit(start, end, _answer(rule, reading, item, number, start, end))


def _answer(rule: Rule, reading: Reading, item: str, number: int, start: int, end: int) -> str | None:
    if rule.kind != "substitution":
        return None
    answer = rule.say_this[number if len(rule.say_this) > 1 else 0]
    if within(reading.tags, start):
        return None if re.search(r"\W", answer) else answer
    made = fitted(reading.text[start:end], item, answer)
    if rule.article and not re.search(
        r"(?i)\b(?:the|a|an|this|that|today's|of the)\s\Z", reading.text[max(0, start - 9) : start]
    ):
        opening = start <= reading.lead or re.search(r"[.!?:\n]\s{0,3}\Z", reading.text[max(0, start - 4) : start])
        return f"{'The' if opening else 'the'} {made}"
    return made


def _excused(rule: Rule, reading: Reading, hit: Hit) -> bool:
    unless, text = rule.unless, reading.text
    if rule.scope == "post" and unless.linked and reading.places and within(reading.places, hit.start):
        return True
    if unless.quoted and within(reading.quoted, hit.start):
        return True
    if unless.agreed and reading.agreed and covered(reading.agreed, hit.start, hit.end):
        return True
    if unless.phrases and any(_inside(reading, phrase.lower(), hit) for phrase in unless.phrases):
        return True
    if unless.before and compiled(rf"(?:{unless.before})\Z").search(text, max(0, hit.start - _AROUND), hit.start):
        return True
    if unless.after and compiled(unless.after).match(text, hit.end, hit.end + _AROUND):
        return True
    if unless.sentence and _holds(reading, unless.sentence, *reading.sentence(hit.start)):
        return True
    return bool(unless.text) and _holds(reading, unless.text, 0, len(text))


def _holds(reading: Reading, source: str, start: int, end: int) -> bool:
    """Whether a part of the text matches; asked once for each part."""
    key = (source, start, end)
    if key not in reading.memo:
        reading.memo[key] = compiled(source).search(reading.text, start, end) is not None
    return bool(reading.memo[key])


def _inside(reading: Reading, phrase: str, hit: Hit) -> bool:
    start = max(0, hit.end - len(phrase))
    at = reading.low.find(phrase, start, hit.start + len(phrase))
    return at >= 0 and at <= hit.start and hit.end <= at + len(phrase)
