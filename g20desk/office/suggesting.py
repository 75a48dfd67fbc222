"""What is offered while somebody writes: agreed wording that goes on with, or is about, the words before the caret. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from g20desk.office.library import LINE, MEMORY, PHRASE, Entry, base, ends, plain, unspaced, words
from g20desk.office.standing import Standing, Standings
from g20desk.office.word_index import WordIndex

BEFORE = 400
MOST_WORDS = 10
CANDIDATES = 40
# So many of the typed words lead to entries, those that tell most.
TELLING = 5
_RANK = {LINE: 0, PHRASE: 1, MEMORY: 2}
ON_TOPIC, GOES_ON, IN_ORDER = 2.0, 2.0, 1.3


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry, and where what it takes the place of begins: all from there to the caret, in code points. `percent`: how far
    the text that it translates is the same; 100 where it is no translation."""

    entry: Entry
    start: int
    percent: int = 100


class Library:
    """All agreed wording, to be looked up. Entries belong to an owner: what it says anew takes the place of what it said."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._owned: dict[str, list[int]] = {}
        self._langs: dict[str, tuple[WordIndex, Standings]] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, owner: str, entries: Iterable[Entry]) -> None:
        """What an owner says now; nothing, where there are no entries."""
        for number in self._owned.pop(owner, ()):
            entry = self._entries.pop(number)
            index, standings = self._langs[base(entry.lang)]
            index.drop(number)
            standings.drop(number, entry)
        for entry in entries:
            index, standings = self._langs.setdefault(base(entry.lang), (WordIndex(), Standings()))
            number = self._next = self._next + 1
            self._entries[number] = entry
            self._owned.setdefault(owner, []).append(number)
            index.add(number, (word for word, _, _ in words(entry.text)))
            standings.add(number, entry)

    def owners(self) -> set[str]:
        """Who says something."""
        return set(self._owned)

    def standing(self, text: str, lang: str, now: int) -> list[Standing]:
        """Where agreed wording stands in a text, letter for letter."""
        found = self._langs.get(base(lang))
        return found[1].find(text, now) if found else []

    def offers(self, text: str, at: int, lang: str, topic: str = "", most: int = 4, now: int = 0) -> list[Offer]:
        """What goes on with the words before the caret, the best first: of a line one offer, nothing that stands in the text
        already, nothing that is over. `at` in code points."""
        found = self._langs.get(base(lang))
        typed, partial = _typed(text, at)
        if found is None or not typed:
            return []
        index, written, made = found[0], plain(text), []
        for number in _candidates(index, [word for word, _ in typed], partial):
            entry = self._entries[number]
            fit = _fit(index, index.keys[number], typed, partial)
            if fit is None or not entry.stands(now) or plain(entry.text) in written:
                continue
            score = fit[0] * (ON_TOPIC if topic and entry.topic.casefold() == topic.casefold() else 1)
            made.append(
                (-round(score, 6), _RANK[entry.kind], len(entry.text), entry.text, number, Offer(entry, fit[1]))
            )
        return _distinct([one[-1] for one in sorted(made, key=lambda one: one[:-1])], most)

    def search(self, asked: str, lang: str = "", topic: str = "", most: int = 50, now: int = 0) -> list[Entry]:
        """Entries with all these words (a word finds longer ones that begin with it), in a language and on a topic, where
        those are named; without words all of them. Whole texts alone."""
        wanted, made = [word for word, _, _ in words(asked)], []
        for one, (index, _) in self._langs.items():
            if lang and base(lang) != one:
                continue
            numbers: set[int] | None = None if wanted else set(index.keys)
            for word in wanted:
                held = {number for begun in index.beginning(word) for number in index.having(begun)}
                numbers = held if numbers is None else numbers & held
            made += [(number, self._entries[number]) for number in numbers or ()]
        chosen = [
            (_RANK[entry.kind], number, entry)
            for number, entry in made
            if entry.whole and entry.stands(now) and (not topic or entry.topic.casefold() == topic.casefold())
        ]
        return [entry for _, _, entry in sorted(chosen, key=lambda one: one[:2])[:most]]


def _distinct(offers: Iterable[Offer], most: int) -> list[Offer]:
    """The first of each line, unit and wording."""
    seen: set[tuple[str, str]] = set()
    made: list[Offer] = []
    for one in offers:
        names = {("of", one.entry.of), ("text", plain(one.entry.text))}
        if not names & seen and len(made) < most:
            made.append(one)
        seen |= names
    return made


def _typed(text: str, at: int) -> tuple[list[tuple[str, int]], bool]:
    """The words of the sentence before the caret with their places, and whether the last one is still being written."""
    first = max(0, at - BEFORE)
    before, after = text[first:at], text[at : at + 1]
    if after.isalnum() and not unspaced(after) and before[-1:].isalnum():
        return [], False
    start = max((end for end in ends(before)), default=0)
    found = [(word, first + start + begin, first + start + end) for word, begin, end in words(before[start:])]
    partial = bool(found) and found[-1][2] == at and not unspaced(before[-1])
    return [(word, begin) for word, begin, _ in found[-MOST_WORDS:]], partial


def _candidates(index: WordIndex, typed: list[str], partial: bool) -> list[int]:
    """The entries that share the most telling words with what was typed."""
    held = {word for word in (typed[:-1] if partial else typed) if index.having(word)}
    told = sorted(((index.weight(word), word) for word in held), reverse=True)[:TELLING]
    scores: dict[int, float] = {}
    for weight, word in [one for one in told if not index.common(one[1])] or told[:1]:
        for number in index.having(word):
            scores[number] = scores.get(number, 0.0) + weight
    last = typed[-1]
    if partial and len(last) >= (2 if len(typed) > 1 else 3):
        for word in index.beginning(last):
            if not index.common(word):
                weight = index.weight(word) * len(last) / len(word)
                for number in index.having(word):
                    scores[number] = scores.get(number, 0.0) + weight
    best = heapq.nlargest(CANDIDATES, ((score, -number) for number, score in scores.items()))
    return [-number for _, number in best]


def _fit(
    index: WordIndex, keys: tuple[str, ...], typed: list[tuple[str, int]], partial: bool
) -> tuple[float, int] | None:
    """How well an entry fits, and where the words begin that it takes the place of: those last ones that all stand in it.
    None where the last word does not, or where too little does."""
    asked, last, count = [word for word, _ in typed], typed[-1][0], len(typed)
    if not (any(one.startswith(last) for one in keys) if partial else last in keys):
        return None
    first = count - 1
    while first and asked[first - 1] in keys:
        first -= 1
    goes_on = next((n for n in range(first, count) if _runs(keys, 0, asked, n, partial)), None)
    if goes_on is not None:
        first = goes_on
    else:
        while first < count - 1 and _light(asked[first]):
            first += 1
    told = asked[first:]
    if not _enough(told, partial):
        return None
    score = sum(index.weight(word) for word in told)
    if goes_on is not None:
        score *= GOES_ON
    elif any(_runs(keys, n, asked, first, partial) for n in range(1, len(keys) - len(told) + 1)):
        score *= IN_ORDER
    return score, typed[first][1]


def _runs(keys: tuple[str, ...], at: int, asked: list[str], first: int, partial: bool) -> bool:
    """Whether the typed words from `first` on stand one after the other in an entry from a place on."""
    size = len(asked) - first
    if len(keys) - at < size:
        return False
    if not partial:
        return keys[at] == asked[first] and [*keys[at : at + size]] == asked[first:]
    whole = size == 1 or (keys[at] == asked[first] and [*keys[at : at + size - 1]] == asked[first:-1])
    return whole and keys[at + size - 1].startswith(asked[-1])


def _light(word: str) -> bool:
    """Whether a word is as short as those that stand everywhere."""
    return len(word) < 4 and not unspaced(word[0])


def _enough(told: list[str], partial: bool) -> bool:
    """Whether words say what somebody is about to write: two of them, or a long one."""
    if unspaced(told[-1][0]):
        return len(told) > 1
    heavy = [word for word in told if not _light(word)]
    return (bool(heavy) and len(told) > 1) or len(told[-1]) >= (3 if partial else 4)
