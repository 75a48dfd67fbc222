"""Translation memory: what was agreed in several languages, looked up by one of them. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from g20desk.office.library import MEMORY, Entry, aligned, base, plain, split, words
from g20desk.office.suggesting import Offer
from g20desk.office.word_index import WordIndex

LEAST = 70
CANDIDATES = 24
# The same words, but for case or the signs between them.
ALMOST = 99


@dataclass(frozen=True, slots=True)
class Pair:
    """The same in several languages, and whose it is: `kind` and `of` as an entry has them."""

    texts: Mapping[str, str]
    kind: str
    of: str
    source: str = ""
    topic: str = ""
    until: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """What a text was translated as: how far it is the same in per cent, its wording then, and the translation."""

    percent: int
    wording: str
    entry: Entry


class Memory:
    """Pairs by the words of each of their languages."""

    def __init__(self) -> None:
        self._pairs: dict[int, Pair] = {}
        self._owned: dict[str, list[int]] = {}
        self._langs: dict[str, tuple[WordIndex, dict[str, list[int]]]] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._pairs)

    def pairs(self) -> list[Pair]:
        """All of them, in the order in which they came."""
        return [*self._pairs.values()]

    def owners(self) -> set[str]:
        """Who says something."""
        return set(self._owned)

    def put(self, owner: str, pairs: Iterable[Pair]) -> None:
        """What an owner says now; nothing, where there are no pairs."""
        for number in self._owned.pop(owner, ()):
            for lang, text in self._pairs.pop(number).texts.items():
                index, exact = self._langs[base(lang)]
                index.drop(number)
                exact[plain(text)].remove(number)
        for pair in pairs:
            number = self._next = self._next + 1
            self._pairs[number] = pair
            self._owned.setdefault(owner, []).append(number)
            for lang, text in pair.texts.items():
                index, exact = self._langs.setdefault(base(lang), (WordIndex(), {}))
                index.add(number, (word for word, _, _ in words(text)))
                exact.setdefault(plain(text), []).append(number)

    def look_up(
        self, text: str, source: str, target: str, most: int = 3, least: int = LEAST, now: int = 0
    ) -> list[Match]:
        """What a text was translated as, the likest first; each translation once."""
        found = self._langs.get(base(source))
        if found is None or not text.strip():
            return []
        index, exact = found
        asked, said = [word for word, _, _ in words(text)], plain(text)
        numbers = [*exact.get(said, ()), *_candidates(index, asked)]
        made: dict[str, Match] = {}
        for number in dict.fromkeys(numbers):
            pair = self._pairs[number]
            wording, other = _in(pair, source), _in(pair, target)
            if not wording or not other or (pair.until and now >= pair.until):
                continue
            percent = 100 if plain(wording) == said else min(ALMOST, likeness(asked, index.keys[number]))
            if percent >= least and (plain(other) not in made or made[plain(other)].percent < percent):
                entry = Entry(other, target, MEMORY, pair.of, pair.source, pair.topic, until=pair.until)
                made[plain(other)] = Match(percent, wording, entry)
        return sorted(made.values(), key=lambda one: -one.percent)[:most]

    def offers(self, text: str, source: str, written: str, at: int, target: str, now: int = 0) -> list[Offer]:
        """Translations of the sentences of a text that do not stand yet in what is written beside it; that of the sentence in
        hand first. What was begun of one before the caret is taken the place of."""
        here = len(split(written[:at])) - (not written[:at].endswith((" ", "\n", "。")))
        standing = plain(written)
        made: dict[str, tuple[int, int, Offer]] = {}
        for place, sentence in enumerate(split(text)):
            for match in self.look_up(sentence, source, target, 1, now=now):
                said = plain(match.entry.text)
                if said not in standing and (said not in made or made[said][2].percent < match.percent):
                    begun = _begun(written, at, match.entry.text)
                    made[said] = abs(place - max(0, here)), place, Offer(match.entry, begun, match.percent)
        return [offer for _, _, offer in sorted(made.values(), key=lambda one: one[:2])]


def _in(pair: Pair, lang: str) -> str:
    """A pair's text in a language, or in one of its regions."""
    return pair.texts.get(lang) or next((text for one, text in pair.texts.items() if base(one) == base(lang)), "")


def _begun(written: str, at: int, text: str) -> int:
    """Where the beginning of a text begins that stands before the caret; the caret where nothing of it does."""
    low, before = text.casefold(), written[:at].casefold()
    if len(before) != at:  # a sign that folds to two
        return at
    return next((at - n for n in range(min(len(low) - 1, at), 0, -1) if before.endswith(low[:n])
                 and (n == at or not before[at - n - 1].isalnum())), at)  # fmt: skip


def _candidates(index: WordIndex, asked: Sequence[str]) -> list[int]:
    scores: dict[int, float] = {}
    for word in dict.fromkeys(asked):
        if not index.common(word):
            weight = index.weight(word)
            for number in index.having(word):
                scores[number] = scores.get(number, 0.0) + weight
    return heapq.nlargest(CANDIDATES, scores, key=lambda number: (scores[number], -number))


def likeness(one: Sequence[str], other: Sequence[str]) -> int:
    """How far two texts have the same words in the same order, in per cent of the longer one: 100 less the words that have to
    be put in, taken out or changed."""
    longer = max(len(one), len(other))
    if not longer:
        return 0
    row: list[int] = [*range(len(other) + 1)]
    for n, word in enumerate(one, 1):
        before, row[0] = row[0], n
        for m, said in enumerate(other, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (word != said))
    return round(100 * (1 - row[-1] / longer))


def pairs_of(
    texts: Mapping[str, str], kind: str, of: str, source: str = "", topic: str = "", until: int = 0
) -> list[Pair]:
    """What texts in several languages say together: as wholes, and sentence by sentence."""
    return [Pair(one, kind, of, source, topic, until) for one in aligned(texts)]
