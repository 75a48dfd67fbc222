"""Between languages: each test gets the first language's text and another's, and says where numbers and dates differ.

Signs (links, hashtags, mentions, items, pictures) are in counterparts, words in renderings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from g20desk.rulebook import numerals
from g20desk.rulebook.calendar import dates, months, weekdays
from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.counterparts import Pair, differing, nearest
from g20desk.rulebook.numberwords import Number, spelled
from g20desk.rulebook.reading import Reading, Span, merged, within
from g20desk.rulebook.rule import Rule

_NAMES = re.compile(r"二十国集团|(?i:групп\w{1,4} двадцати|مجموعة العشرين)|\bG20\b")
_THREAD = re.compile(r"(?<![\d/.])\d{1,2}\s?/\s?\d{1,2}(?![\d/.]?\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_BILLION = re.compile(r"(?i)(\d[\d.,]{0,12})\s?billions?\b")
_ORDINAL = re.compile(r"-[а-яё]|\s?[ºª]|\.[ºª]|°(?!\s?C)")
_Day = tuple[tuple[int, int], int, Span]


def _once(found: Callable[[Reading], list[Any]]) -> Callable[[Reading], list[Any]]:
    """Found once for each text: the first is compared with all others."""

    def kept(reading: Reading) -> list[Any]:
        if found not in reading.memo:
            reading.memo[found] = found(reading)
        return reading.memo[found]  # type: ignore[no-any-return]

    return kept


@_once
def _days(reading: Reading) -> list[_Day]:
    plain = numerals.western(reading.text)
    made = [((d.day, d.month), d.year, (d.start, d.end)) for d in dates(plain, reading.lang)]
    for match in _ISO.finditer(plain):
        if not within(reading.places, match.start()):
            made.append(((int(match[3]), int(match[2])), int(match[1]), match.span()))
    return made


@_once
def _skip(reading: Reading) -> list[Span]:
    spans = [*reading.places, *reading.tags, *(s for _, _, s in _days(reading))]
    spans += [m.span() for m in _NAMES.finditer(reading.text)]
    spans += [m.span() for m in _THREAD.finditer(reading.text)]
    if reading.lang == "zh":
        spans += list(_named(reading)[0].values())
    return merged(spans)


@_once
def _times(reading: Reading) -> list[Number]:
    return numerals.times(reading.text, _skip(reading), reading.lang)


@_once
def _figures(reading: Reading) -> list[Number]:
    skip = merged([*_skip(reading), *((t.start, t.end) for t in _times(reading))])
    return numerals.numbers(reading.text, reading.lang, skip)


@_once
def _words(reading: Reading) -> list[Number]:
    skip = _skip(reading)
    return [n for n in spelled(reading.text, reading.lang) if not within(skip, n.start)]


@test("parity-numbers")
def parity_numbers(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same numbers, in figures or in words. One and two in words ask for nothing, nor do ordinals."""
    years = {str(year) for _, year, _ in [*_days(pair.first), *_days(pair.other)] if year}
    extra = [n for n in _asking(pair.other) if not _answered(n, pair.first, years)]
    lost = [n for n in _asking(pair.first) if not _answered(n, pair.other, years)]
    extra, lost = nearest(sorted(extra, key=_place), sorted(lost, key=_place), _apart)
    if more := extra[len(lost) :]:
        # One of several that were the same may have changed.
        more, were = nearest(more, _unpaired(pair), _apart)
        extra, lost = extra[: len(lost)] + more, lost + were[: len(more)]
    yield from differing(pair, *([(n.start, n.end) for n in listed] for listed in (extra, lost)))


def _place(number: Number) -> int:
    return number.start


def _apart(one: Number, other: Number) -> float:
    here, there = float(one.value), float(other.value)
    return abs(here - there) / max(abs(here), abs(there), 1)


def _unpaired(pair: Pair) -> list[Number]:
    """Numbers of the first that the other says, but not as often, where both say as many."""
    theirs, mine = sorted(_asking(pair.first), key=_place), _asking(pair.other)
    left, made = Counter(n.value for n in mine), []
    said = set(left)
    for number in theirs if len(theirs) == len(mine) else ():
        if left[number.value]:
            left[number.value] -= 1
        elif number.value in said:
            made.append(number)
    return made


@_once
def _asking(reading: Reading) -> list[Number]:
    made = [
        n
        for n in _figures(reading)
        if not _ordinal(reading.text, n) and (reading.lang != "ar" or n.value not in ("1", "2"))
    ]
    if reading.lang != "zh":
        # Chinese writes number signs in words that say no number.
        made += [n for n in _words(reading) if int(n.value) > 2]
    return made


def _ordinal(text: str, number: Number) -> bool:
    return text[max(0, number.start - 1) : number.start] == "第" or _ORDINAL.match(text, number.end) is not None


def _answered(number: Number, by: Reading, years: set[str]) -> bool:
    if "values" not in by.memo:
        listed = [*_figures(by), *_words(by)]
        by.memo["values"] = {n.value for n in listed} | {n.other for n in listed if n.other}
    values = by.memo["values"]
    if number.value in values or number.value in years or (number.other and number.other in values):
        return True
    # The dual of Arabic is no word of its own.
    return by.lang == "ar" and number.value in ("1", "2")


@test("parity-false-billion")
def parity_false_billion(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """An English billion that stayed a billion in French, where it is a thousand times as much."""
    if pair.first.lang == "en" and pair.other.lang == "fr":
        theirs = {m[1]: m.span() for m in _BILLION.finditer(pair.first.text)}
        for match in _BILLION.finditer(pair.other.text):
            there = theirs.get(match[1]) or theirs.get(match[1].replace(",", "."))
            if there is not None:
                many = "s" if match[1] not in ("1", "1,5") else ""
                yield Hit(*match.span(), f"{match[1]}\u00a0milliard{many}", there=there)


@test("parity-dates")
def parity_dates(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same days, hours and years."""
    theirs, mine = _days(pair.first), _days(pair.other)
    hours, own = _times(pair.first), _times(pair.other)
    days = nearest(
        [at for at in mine if not _same(at[0], at[1], theirs)],
        [at for at in theirs if not _same(at[0], at[1], mine)],
        _days_apart,
    )
    yield from differing(pair, *([span for _, _, span in listed] for listed in days))
    late = nearest(
        [t for t in own if t.value not in {o.value for o in hours}],
        [t for t in hours if t.value not in {o.value for o in own}],
        lambda one, other: abs(_minutes(one) - _minutes(other)),
    )
    yield from differing(pair, *([(t.start, t.end) for t in listed] for listed in late))


def _days_apart(one: _Day, other: _Day) -> float:
    (day, month), year, _ = one
    (other_day, other_month), other_year, _ = other
    return abs((day - other_day) + 31 * (month - other_month) + 372 * (year - other_year if year and other_year else 0))


def _minutes(time: Number) -> int:
    hour, _, minute = time.value.partition(":")
    return 60 * int(hour) + int(minute)


def _same(day: tuple[int, int], year: int, theirs: Iterable[_Day]) -> bool:
    return any(d == day and (not y or not year or y == year) for d, y, _ in theirs)


@_once
def _named(reading: Reading) -> list[Any]:
    return [months(reading.text, reading.lang), weekdays(reading.text, reading.lang)]


@test("parity-months")
def parity_months(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same months where no day is given; where both name weekdays, the same."""
    (theirs, ours), (mine, others) = _named(pair.first), _named(pair.other)
    dated = [merged([span for _, _, span in _days(r)]) for r in (pair.first, pair.other)]
    days = [{month for (_, month), _, _ in _days(r)} for r in (pair.first, pair.other)]
    theirs = {month: at for month, at in theirs.items() if not within(dated[0], at[0])}
    mine = {month: at for month, at in mine.items() if not within(dated[1], at[0])}
    lost = [at for month, at in theirs.items() if month not in {*mine, *days[1]}]
    yield from differing(pair, [at for month, at in mine.items() if month not in {*theirs, *days[0]}], lost)
    if ours and others and not ours.keys() & others.keys():
        yield from differing(pair, list(others.values()), list(ours.values()))
