"""Between languages: the words: as long, as certain, translated, and naming the same members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.counterparts import Pair, differing
from g20desk.rulebook.reading import WORD, Reading, lowered, merged, within
from g20desk.rulebook.rule import Rule

_WEIGHT = {"zh": 3.0, "ar": 1.25}


@test("parity-length")
def parity_length(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """One text is more than two and a half times as long as the other, from thirty letters on. That has no place."""
    sizes = []
    for reading in (pair.first, pair.other):
        prose = len(reading.text.strip()) - sum(e - s for s, e in reading.links)
        sizes.append(prose * _WEIGHT.get(reading.lang, 1.0))
    if min(sizes) > 0 and max(sizes) > 30 and max(sizes) > 2.5 * min(sizes):
        yield Hit(0, 0)


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
    said, answer = _said(pair.first, english), answers.search(pair.other.low)
    if said and not answer:
        yield from differing(pair, [], [said.span()])
    asked = asking.search(pair.other.low) if answer and not said else None
    if asked and not _said(pair.first, _english(rule.not_this[: bars[0]], False)):
        yield Hit(*asked.span())


def _said(reading: Reading, english: re.Pattern[str]) -> re.Match[str] | None:
    """Found once for each text: the first is compared with all others."""
    if english not in reading.memo:
        reading.memo[english] = english.search(reading.text)
    return reading.memo[english]  # type: ignore[no-any-return]


@lru_cache(16)
def _english(listed: tuple[str, ...], counted: bool) -> re.Pattern[str]:
    """English words, in small letters or at the beginning; `may`, a month with a capital, in small letters only."""
    made = [re.escape(w).replace(r"\*", r"\w{0,14}") for w in listed]
    made = [w if w == "may" else f"[{w[0]}{w[0].upper()}]{w[1:]}" for w in made]
    number = r"(?=\s(?:US\$|EUR |€|\$)?\d|\s(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|a hundred|half)\b)"
    return re.compile(rf"(?<!\w)(?:{'|'.join(made)})(?!\w){number if counted else ''}")


@lru_cache(16)
def _any(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Words of any script, small, as in `Reading.low`; Arabic with its particles, Chinese anywhere."""
    listed = tuple(lowered(word) for word in listed)
    spaced = [re.escape(w).replace(r"\*", r"\w{0,14}") for w in listed if not re.search("[\u3400-\u9fff]", w)]
    han = [re.escape(w) for w in listed if re.search("[\u3400-\u9fff]", w)]
    return re.compile(rf"(?<!\w)[وف]?(?:{'|'.join(spaced or ['(?!)'])})(?!\w)|{'|'.join(han or ['(?!)'])}")


@test("parity-untranslated")
def parity_untranslated(pair: Pair, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A sentence of four words and more stands there as in the first language, most words are the same, or most letters
    are of another script."""
    if _own(pair.other) < 0.5:
        yield Hit(0, len(pair.other.text))
        return
    theirs = {pair.first.low[s:e]: (s, e) for s, e in pair.first.sentences if len(pair.first.low[s:e].split()) > 3}
    found = False
    for s, e in pair.other.sentences:
        there = theirs.get(pair.other.low[s:e])
        if there is not None and not within(pair.other.links, s):
            found = True
            yield Hit(s, e, there=there)
    if not found:
        known = {m[0] for m in WORD.finditer(pair.first.low)}
        mine = [m for m in WORD.finditer(_prose(pair.other))]
        same = [m for m in mine if m[0] in known and not m[0].isdecimal()]
        if len(mine) > 5 and len(same) > 0.6 * len(mine):
            yield Hit(mine[0].start(), mine[-1].end())


_LETTER = re.compile(r"[^\W\d_]")
_SCRIPT = {"ru": re.compile("[А-яЁё]"), "ar": re.compile("[\u0620-\u064a]"), "zh": re.compile("[\u3400-\u9fff]")}


def _own(reading: Reading) -> float:
    """The share of letters in the language's own script; a Chinese sign says as much as three letters."""
    own = _SCRIPT.get(reading.lang)
    letters = "".join(_LETTER.findall(_prose(reading))) if own else ""
    if own is None or not letters:
        return 1.0
    mine = len(own.findall(letters))
    return mine * _WEIGHT.get(reading.lang, 1.0) / (mine * _WEIGHT.get(reading.lang, 1.0) + len(letters) - mine)


def _prose(reading: Reading) -> str:
    """The text, small, with links, mentions, hashtags and quotations blank."""
    low = reading.low
    for start, end in merged([*reading.places, *reading.tags, *reading.quoted]):
        low = low[:start] + " " * (end - start) + low[end:]
    return low


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
    if "members" not in pair.first.memo:
        text = pair.first.text
        pair.first.memo["members"] = {n: named.span() for n in names if n in text and (named := _named(text, n))}
    mine = pair.first.memo["members"]
    lost = [mine[n] for n, o in zip(names, others, strict=True) if n in mine and not _there(o, low)]
    if not lost:
        return
    extra = [
        at for n, o in zip(names, others, strict=True)
        if (at := low.find(o.lower())) >= 0 and n.lower()[:5] not in pair.first.low and not _tied(pair.other, at)
    ]  # fmt: skip
    yield from differing(pair, [(start, _end(low, start)) for start in sorted(extra)], sorted(lost))


def _end(text: str, start: int) -> int:
    found = re.compile(r"[\w-]{1,40}").match(text, start)
    return found.end() if found else start + 1


def _there(name: str, low: str) -> bool:
    short = name.lower()
    stem = short if len(short) < 5 else short[: max(4, len(short) - 3)] if " " not in short else short.split()[-1][:5]
    return stem in low or any(_has(low, other.lower()) for other in _ALSO.get(name, ()))


def _has(low: str, name: str) -> bool:
    """Short letters as a word of their own."""
    return name in low and (len(name) > 3 or name > "\u3400" or re.search(rf"(?<!\w){name}(?!\w)", low) is not None)


def _named(text: str, name: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w)(?<!South ){re.escape(name)}(?!\w)", text)
