"""All agreed wording, sentence by sentence, so that a text is held only against what shares its rarer words."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from g20desk.rulebook.likeness.judging import (
    CARRIED,
    CONTRADICTS,
    NEAR,
    UNRELATED,
    Agreed,
    Likeness,
    Read,
    judge,
    plain,
)
from g20desk.rulebook.likeness.lexicon import MODAL, NEGATION, PARTICLE, Lexicon
from g20desk.rulebook.likeness.tokens import FIGURE, Token
from g20desk.rulebook.reading import Reading
from g20desk.rulebook.rule import Finding

NEAR_RULE, OTHER_RULE = "LIKE-01", "LIKE-02"
# How many are judged, looked at more closely, and met at all; and how much of a wording has to be shared.
_MOST, _RANKED, _LOOKED, _SHARED = 5, 25, 1_200, 0.3
# A wording of fewer words is a phrase: too short to be told from its look-alikes.
_SHORTEST = 4.0
# A longer text is looked at in stretches of so many words, each beginning so many before the last one's end.
_LONG, _OVERLAP = 250, 120
_STOPS = ".!?。！？؟…"
_SHOWN, _TOLD = 120, 3


class Index:
    """What a text is compared with. Wordings of one `id` are one wording in several languages. Each sentence counts by itself: who
    says one of them has not left out the others."""

    def __init__(self, agreed: Iterable[Agreed], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._read: dict[tuple[str, str], Read] = {}
        self.fill(agreed)

    def fill(self, agreed: Iterable[Agreed]) -> None:
        """Hold these and nothing else; what was held before is not read again."""
        known, self._read = self._read, {}
        self._held: list[Agreed] = []
        self._keys: list[frozenset[str]] = []
        self._by_key: dict[str, list[int]] = {}
        self._langs: dict[str, list[str]] = {}
        for whole in agreed:
            self._langs.setdefault(whole.id, []).append(base(whole.lang))
            for one in _sentences(whole):
                key = one.lang, one.text
                line = known.get(key) or self._read.get(key) or Read(one.text, one.lang, self._lexicon)
                self._read[key] = line
                if sum(t.weight for t in line.tokens) >= _SHORTEST:
                    self._hold(one, frozenset(_keys(line.tokens)))
        self._weights = {key: math.log(1 + (len(self._held) + 1) / len(held)) for key, held in self._by_key.items()}
        self._totals = [sum(map(self._weights.__getitem__, keys)) or 1.0 for keys in self._keys]

    def _hold(self, one: Agreed, keys: frozenset[str]) -> None:
        for word in keys:
            self._by_key.setdefault(word, []).append(len(self._held))
        self._held.append(one)
        self._keys.append(keys)

    def __len__(self) -> int:
        return len(self._held)

    def find(self, text: str, lang: str) -> list[Likeness]:
        """How a text stands to the wordings that it may have to do with, the most alike first; what is unrelated is left out."""
        if not self._held or not text.strip():
            return []
        said = Read(text, lang, self._lexicon)
        made = {(one.agreed, one.verdict, one.start): one for part in self._parts(said) for one in self._in(*part)}
        return sorted(made.values(), key=lambda one: (-one.score, one.agreed.id, one.start))

    def _parts(self, said: Read) -> Iterator[tuple[Read, int]]:
        """A text, a long one in stretches, and where each begins."""
        tokens = said.tokens
        if len(tokens) <= _LONG:
            yield said, 0
            return
        for first in range(0, len(tokens) - _OVERLAP, _LONG - _OVERLAP):
            start, end = tokens[first].start, tokens[min(first + _LONG, len(tokens)) - 1].end
            yield Read(said.text[start:end], said.lang, self._lexicon), start

    def _in(self, said: Read, offset: int) -> Iterator[Likeness]:
        for number in self._near(said):
            one = self._held[number]
            found = judge(one, self._read[one.lang, one.text], said)
            if found.verdict == CARRIED and (beside := self._beside(one, said, found)) is not None:
                yield _moved(beside, offset)
            if found.verdict != UNRELATED:
                yield _moved(found, offset)

    def _beside(self, one: Agreed, said: Read, found: Likeness) -> Likeness | None:
        """What stands beside a wording that is there word for word, and says otherwise."""
        rest = said.text[: found.start] + " " * (found.end - found.start) + said.text[found.end :]
        if not rest.strip():
            return None
        other = judge(one, self._read[one.lang, one.text], Read(rest, said.lang, self._lexicon))
        return other if other.verdict == CONTRADICTS and other.close else None

    def _near(self, said: Read) -> list[int]:
        """The wordings that share most, weighed by how rare it is: the rarest words say whom to look at."""
        keys = _keys(said.tokens) & self._by_key.keys()
        met: dict[int, float] = {}
        looked = 0
        for key in sorted(keys, key=lambda one: (len(self._by_key[one]), one)):
            looked += len(self._by_key[key])
            if looked > _LOOKED and met:
                break
            for number in self._by_key[key]:
                met[number] = met.get(number, 0.0) + self._weights[key]
        ranked = []
        for number in heapq.nlargest(_RANKED, met, key=lambda one: (met[one] / self._totals[one], -one)):
            share = sum(self._weights[key] for key in self._keys[number] & keys) / self._totals[number]
            if share >= _SHARED and self._meant(number, said.lang):
                ranked.append((share, -number))
        return [-number for _, number in heapq.nlargest(_MOST, ranked)]

    def _meant(self, number: int, lang: str) -> bool:
        """A wording in the text's own language, or the first of those that have none in it."""
        one = self._held[number]
        langs = self._langs[one.id]
        return base(one.lang) == base(lang) if base(lang) in langs else base(one.lang) == langs[0]


def base(lang: str) -> str:
    """A language without its region."""
    return lang.partition("-")[0].lower()


def _sentences(whole: Agreed) -> list[Agreed]:
    """A wording's sentences, each with the locked phrases that stand in it."""
    spans = Reading(whole.text, whole.lang).sentences
    if len(spans) < 2:
        return [whole]
    texts = [whole.text[start:end] for start, end in spans]
    return [
        replace(whole, text=text, locked=tuple(one for one in whole.locked if plain(one) in plain(text)))
        for text in texts
    ]


def _moved(found: Likeness, offset: int) -> Likeness:
    if not offset:
        return found
    reasons = tuple(replace(one, start=one.start + offset, end=one.end + offset) for one in found.reasons)
    return replace(found, start=found.start + offset, end=found.end + offset, reasons=reasons)


def _keys(tokens: Sequence[Token]) -> set[str]:
    """What wordings are looked up by: what carries meaning, figures without their units."""
    return {
        f"#{t.value}" if t.kind == FIGURE else t.key
        for t in tokens
        if t.kind not in (PARTICLE, MODAL, NEGATION) and t.weight >= 0.5
    }


def findings(text: str, lang: str, index: Index, but: Collection[str] = ()) -> list[Finding]:
    """What a text says nearly as agreed, or otherwise than agreed: a warning each, with the agreed words. What is word for word,
    or the same in quite other words, gets none; nor what is like one `but` these."""
    found = [one for one in index.find(text, lang) if one.agreed.id not in but]
    kept: list[Likeness] = [one for one in found if one.verdict == CARRIED]
    made = []
    for one in found:
        if one.verdict not in (NEAR, CONTRADICTS) or not one.close:
            continue
        if any(other.start < one.end and one.start < other.end for other in kept):
            continue
        kept.append(one)
        made.append(_finding(text, one))
    return sorted(made, key=lambda one: one.start)


def _finding(text: str, one: Likeness) -> Finding:
    words = one.agreed.text if len(one.agreed.text) <= _SHOWN else f"{one.agreed.text[:_SHOWN].rstrip()}…"
    told = tuple({(reason.kind, reason.said, reason.wants): reason for reason in one.reasons}.values())[:_TOLD]
    near, source = one.verdict == NEAR, f" ({one.agreed.source})" if one.agreed.source else ""
    says = "Close to agreed wording" if near else "May say something else than was agreed"
    why = "; ".join(reason.sentence for reason in told)
    differs = [{"kind": reason.kind, "said": reason.said, "wants": reason.wants} for reason in told]
    return Finding(
        NEAR_RULE if near else OTHER_RULE, "warn", one.start, one.end, text[one.start : one.end],
        f"{says}: {why}. Agreed{source}: “{words}”", _fix(text, one), None,
        {"line": one.agreed.id, "agreed": words, "source": one.agreed.source, "differs": differs},
    )  # fmt: skip


def _fix(text: str, one: Likeness) -> str | None:
    """The agreed words, without the mark at their end where that stands in the text already. None where one is in another
    language."""
    if not one.own:
        return None
    words = one.agreed.text
    return words.rstrip(_STOPS) if text[one.end : one.end + 1] in _STOPS and text[one.end : one.end + 1] else words
