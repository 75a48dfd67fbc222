"""Drift from locked phrases: a word off, where a text surely means to quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.structures import words
from g20desk.rulebook.reading import WORD, Reading, lowered, within
from g20desk.rulebook.rule import Rule
from g20desk.rulebook.scripts import near

_SHORTEST = 4


class Locked(NamedTuple):
    """A phrase, its words, and how many may change."""

    phrase: str
    words: tuple[str, ...]
    most: int


@lru_cache(4)
def _filed(agreed: tuple[str, ...]) -> dict[str, list[Locked]]:
    """The phrases by their longest words, of which one is there whatever changes."""
    made: dict[str, list[Locked]] = {}
    for phrase in agreed:
        words = tuple(WORD.findall(phrase))
        if len(words) >= _SHORTEST:
            most = 1 + (len(words) >= 8) + (len(words) >= 14)
            for word in set(sorted(words, key=len)[-most - 1 :]):
                made.setdefault(word, []).append(Locked(phrase, words, most))
    return made


@test("drift", known=lambda facts: _filed(facts.agreed))
def drift(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A locked phrase with a word (of eight and more: two, of fourteen: three) put in, left out or exchanged inside it,
    a word in another form, or another mark. Of four words only a form or a mark may differ."""
    filed, there = _filed(facts.agreed), set(reading.tokens)
    near_by = {
        one
        for word in filed.keys() & there
        for one in filed[word]
        if sum(map(there.__contains__, one.words)) >= len(one.words) - one.most
    }
    if not near_by:
        return
    low, spans, words = reading.low, reading.words, reading.tokens
    places: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        places.setdefault(word, []).append(number)
    for phrase, locked, most in sorted(near_by):
        for first in sorted({p - k for k in (0, 1) for p in places.get(locked[k], ()) if p >= k}):
            last = _matched(words, first, locked, most)
            if last is None or within(reading.agreed, spans[first][0]):
                continue
            start, end = spans[first][0], spans[last][1]
            if low[start:end] != phrase and "\n" not in reading.text[start:end]:
                yield Hit(start, end, phrase if lowered(phrase) == phrase and reading.text[start].islower() else None)


def _matched(words: Sequence[str], first: int, locked: Sequence[str], most: int) -> int | None:
    """The last word of a run that begins at `first` and is within `most` changes of the phrase."""
    allowed = most if len(locked) > _SHORTEST else _FORM
    best: tuple[float, int] | None = None
    for length in range(len(locked) - most, len(locked) + most + 1):
        last = first + length - 1
        if last < len(words) and _alike(words[first], locked[0]) and _alike(words[last], locked[-1]):
            changes = _changes(words[first : last + 1], locked)
            if changes <= allowed and (best is None or changes < best[0]):
                best = changes, last
    return best[1] if best else None


_FORM = 0.5


@lru_cache(4096)
def _alike(one: str, other: str) -> bool:
    """The same word, or another form or spelling of it."""
    return one == other or (min(len(one), len(other)) >= 4 and one[0] == other[0] and near(one, other, 2))


def _changes(one: Sequence[str], other: Sequence[str]) -> float:
    row: list[float] = [float(n) for n in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        before, row = row, [float(i)]
        for j, b in enumerate(other, 1):
            turned = 0 if a == b else _FORM if _alike(a, b) else 1
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + turned))
    return row[-1]


@test("quoted-not-locked", "“", "«", '"')
def quoted_not_locked(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """`least` words and more between quotation marks, in a sentence that names an adopted text, not in the register."""
    for start, end in reading.quoted:
        s, e = reading.sentence(start)
        if len(WORD.findall(reading.text, start, end)) < rule.least or not words(rule.not_this).search(
            reading.text, s, e
        ):
            continue
        if not any(start <= a and b <= end for a, b in reading.agreed):
            yield Hit(start, end)
