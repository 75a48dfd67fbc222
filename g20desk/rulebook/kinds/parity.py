"""Between languages: each test gets the first language's text and another's, and says where they differ in substance.

What they differ in by signs (links, hashtags, mentions, items, pictures) is in counterparts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from g20desk.rulebook import numerals
from g20desk.rulebook.calendar import dates, months, weekdays
from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.counterparts import Pair
from g20desk.rulebook.numberwords import Number, spelled
from g20desk.rulebook.reading import WORD, Reading, Span, merged, within
from g20desk.rulebook.rule import Rule

_NAMES = re.compile(r"二十国集团|(?i:групп\w{1,4} двадцати|مجموعة العشرين)|\bG20\b")
_THREAD = re.compile(r"(?<![\d/.])\d{1,2}\s?/\s?\d{1,2}(?![\d/.]?\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_BILLION = re.compile(r"(?i)(\d[\d.,]{0,12})\s?billions?\b")
_ORDINAL = re.compile(r"-[а-яё]|\s?[ºª]|\.[ºª]|°(?!\s?C)")
_Day = tuple[tuple[int, int], int, Span]


def _days(reading: Reading) -> list[_Day]:
    if "days" not in reading.memo:
        plain = numerals.western(reading.text)
        made = [((d.day, d.month), d.year, (d.start, d.end)) for d in dates(plain, reading.lang)]
        for match in _ISO.finditer(plain):
            if not within(reading.places, match.start()):
                made.append(((int(match[3]), int(match[2])), int(match[1]), match.span()))
        reading.memo["days"] = made
    return list(reading.memo["days"])


def _skip(reading: Reading) -> list[Span]:
    spans = [*reading.places, *reading.tags, *(s for _, _, s in _days(reading))]
    spans += [m.span() for m in _NAMES.finditer(reading.text)]
    spans += [m.span() for m in _THREAD.finditer(reading.text)]
    if reading.lang == "zh":
        spans += list(months(reading.text, "zh").values())
    return merged(spans)


def _times(reading: Reading) -> list[Number]:
    return numerals.times(reading.text, _skip(reading), reading.lang)


def _figures(reading: Reading) -> list[Number]:
    skip = merged([*_skip(reading), *((t.start, t.end) for t in _times(reading))])
    return numerals.numbers(reading.text, reading.lang, skip)


def _words(reading: Reading) -> list[Number]:
    skip = _skip(reading)
    return [n for n in spelled(reading.text, reading.lang) if not within(skip, n.start)]


@test("parity-numbers")
def parity_numbers(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same numbers, in figures or in words. One and two in words ask for nothing, nor do ordinals."""
    years = {str(year) for _, year, _ in [*_days(pair.first), *_days(pair.other)] if year}
    extra = [n for n in _asking(pair.other) if not _answered(n, pair.first, years)]
    lost = [n for n in _asking(pair.first) if not _answered(n, pair.other, years)]
    said = ", ".join(pair.first.text[n.start : n.end].strip() for n in lost[:3])
    for number in extra:
        yield Hit(number.start, number.end, None, note=said)
    if lost and not extra:
        yield Hit(0, 0, None, note=said)


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
    lost = [pair.first.text[s:e] for day, year, (s, e) in theirs if not _same(day, year, mine)]
    lost += [pair.first.text[t.start : t.end].strip() for t in hours if t.value not in {o.value for o in own}]
    extra = [span for day, year, span in mine if not _same(day, year, theirs)]
    extra += [(t.start, t.end) for t in own if t.value not in {o.value for o in hours}]
    yield from _differing(extra, lost)


def _same(day: tuple[int, int], year: int, theirs: Iterable[_Day]) -> bool:
    return any(d == day and (not y or not year or y == year) for d, y, _ in theirs)


def _differing(extra: list[Span], lost: list[str]) -> Iterator[Hit]:
    for start, end in extra:
        yield Hit(start, end, None, note=", ".join(lost[:3]))
    if lost and not extra:
        yield Hit(0, 0, None, note=", ".join(lost[:3]))


@test("parity-months")
def parity_months(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same months where no day is given; where both name weekdays, the same."""
    theirs, mine = (months(r.text, r.lang) for r in (pair.first, pair.other))
    days = [{month for (_, month), _, _ in _days(r)} for r in (pair.first, pair.other)]
    lost = [pair.first.text[slice(*at)] for month, at in theirs.items() if month not in {*mine, *days[1]}]
    extra = [at for month, at in mine.items() if month not in {*theirs, *days[0]}]
    ours, others = weekdays(pair.first.text, pair.first.lang), weekdays(pair.other.text, pair.other.lang)
    if ours and others and not ours.keys() & others.keys():
        extra += list(others.values())
        lost += [pair.first.text[slice(*at)] for at in ours.values()]
    yield from _differing(extra, lost)


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


@test("parity-words")
def parity_words(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A word of measure in English and none in the other, or the other way round; the list: English, `|`, what answers
    in other languages, `|`, those of them that ask for one in English. With `least` the English word stands before a
    number."""
    if pair.first.lang != "en" or not pair.other.text.strip():
        return
    bars = [n for n, word in enumerate(rule.not_this) if word == "|"]
    english = _english(rule.not_this[: bars[0]], bool(rule.least))
    answers, asking = _any(rule.not_this[bars[0] + 1 : bars[1]]), _any(rule.not_this[bars[1] + 1 :])
    said, answer = english.search(pair.first.text), answers.search(pair.other.text)
    if said and not answer:
        yield Hit(0, 0, None, note=said[0].strip())
    asked = asking.search(pair.other.text)
    if asked and not said and not _english(rule.not_this[: bars[0]], False).search(pair.first.text):
        yield Hit(*asked.span())


@lru_cache(16)
def _english(listed: tuple[str, ...], counted: bool) -> re.Pattern[str]:
    """English words, in small letters or at the beginning; `may`, a month with a capital, in small letters only."""
    made = [re.escape(w).replace(r"\*", r"\w{0,14}") for w in listed]
    made = [w if w == "may" else f"[{w[0]}{w[0].upper()}]{w[1:]}" for w in made]
    number = r"(?=\s(?:US\$|EUR |€|\$)?\d|\s(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|a hundred|half)\b)"
    return re.compile(rf"(?<!\w)(?:{'|'.join(made)})(?!\w){number if counted else ''}")


@lru_cache(16)
def _any(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Words of any script; Arabic with its particles, Chinese anywhere."""
    spaced = [re.escape(w).replace(r"\*", r"\w{0,14}") for w in listed if not re.search("[\u3400-\u9fff]", w)]
    han = [re.escape(w) for w in listed if re.search("[\u3400-\u9fff]", w)]
    return re.compile(rf"(?i)(?<!\w)[وف]?(?:{'|'.join(spaced or ['(?!)'])})(?!\w)|{'|'.join(han or ['(?!)'])}")


@test("parity-untranslated")
def parity_untranslated(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A sentence of four words and more stands there as in the first language, most words are the same, or most letters
    are of another script."""
    if _own(pair.other) < 0.5:
        yield Hit(0, len(pair.other.text))
        return
    theirs = {pair.first.low[s:e] for s, e in pair.first.sentences if len(pair.first.low[s:e].split()) > 3}
    found = False
    for s, e in pair.other.sentences:
        if pair.other.low[s:e] in theirs and not within(pair.other.links, s):
            found = True
            yield Hit(s, e)
    if not found:
        known = {m[0] for m in WORD.finditer(pair.first.low)}
        mine = [m for m in WORD.finditer(pair.other.low) if not _tied(pair.other, m.start())]
        same = [m for m in mine if m[0] in known and not m[0].isdecimal()]
        if len(mine) > 5 and len(same) > 0.6 * len(mine):
            yield Hit(mine[0].start(), mine[-1].end())


_LETTER = re.compile(r"[^\W\d_]")
_SCRIPT = {"ru": re.compile("[А-яЁё]"), "ar": re.compile("[\u0620-\u064a]"), "zh": re.compile("[\u3400-\u9fff]")}


def _own(reading: Reading) -> float:
    """The share of letters in the language's own script; a Chinese sign says as much as three letters."""
    own = _SCRIPT.get(reading.lang)
    letters = [m for m in _LETTER.finditer(reading.text) if not _tied(reading, m.start())] if own else []
    if own is None or not letters:
        return 1.0
    mine = sum(own.match(m[0]) is not None for m in letters) * _WEIGHT.get(reading.lang, 1.0)
    return mine / (mine + sum(own.match(m[0]) is None for m in letters))


def _tied(reading: Reading, at: int) -> bool:
    return within(reading.places, at) or within(reading.tags, at) or within(reading.quoted, at)


_ALSO = {"大韩民国": ("韩国",), "Соединенные Штаты": ("США", "Соединённые", "Соединённых"), "俄罗斯联邦": ("俄",),
         "Соединенное Королевство": ("Соединённо", "Великобритан"), "联合王国": ("英国",), "美国": ("美",),
         "Южная Африка": ("Южной Африк", "Южно-Африк", "ЮАР"), "欧洲联盟": ("欧盟",), "非洲联盟": ("非盟",),
         "Европейский союз": ("ЕС", "Европейск"), "Африканский союз": ("АС", "Африканск"), "Union européenne": ("UE",),
         "Unión Europea": ("UE",), "Estados Unidos": ("EE. UU.", "EE.UU.", "EEUU")}  # fmt: skip


@test("parity-members")
def parity_members(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A member named in one language and not in the other. Names decline, so their beginnings count."""
    names, others = facts.members.get(pair.first.lang, ()), facts.members.get(pair.other.lang, ())
    if pair.first.lang != "en" or not pair.other.text.strip() or len(names) != len(others):
        return
    low = pair.other.low
    lost = [n for n, o in zip(names, others, strict=True) if _named(pair.first.text, n) and not _there(o, low)]
    extra = [
        at for n, o in zip(names, others, strict=True)
        if (at := low.find(o.lower())) >= 0 and n.lower()[:5] not in pair.first.low and not _tied(pair.other, at)
    ]  # fmt: skip
    if lost:
        spans = [(at, at + 2) for at in extra]
        yield from _differing([(s, _end(low, s)) for s, _ in spans], lost)


def _end(text: str, start: int) -> int:
    found = re.compile(r"[\w-]{1,40}").match(text, start)
    return found.end() if found else start + 1


def _there(name: str, low: str) -> bool:
    short = name.lower()
    stem = short if len(short) < 5 else short[: max(4, len(short) - 3)] if " " not in short else short.split()[-1][:5]
    return stem in low or any(other.lower() in low for other in _ALSO.get(name, ()))


def _named(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w)(?<!South ){re.escape(name)}(?!\w)", text) is not None
