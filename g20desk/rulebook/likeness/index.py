"""All agreed wording, so that a text is held only against what shares its rarer words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from g20desk.rulebook.likeness.judging import CARRIED, CONTRADICTS, NEAR, UNRELATED, Agreed, Likeness, Read, judge
from g20desk.rulebook.likeness.lexicon import MODAL, NEGATION, PARTICLE, Lexicon
from g20desk.rulebook.likeness.tokens import FIGURE, Token
from g20desk.rulebook.rule import Finding

NEAR_RULE, OTHER_RULE = "LIKE-01", "LIKE-02"
_MOST, _COMMON, _SHARED = 6, 200, 0.3
# A wording of fewer words is a phrase: too short to be told from its look-alikes.
_SHORTEST = 4.0
_STOPS = ".!?。！？؟…"
_SHOWN = 120


class Index:
    """What a text is compared with. Wordings of one `id` are one wording in several languages."""

    def __init__(self, agreed: Iterable[Agreed], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._held: list[Agreed] = []
        self._read: dict[tuple[str, str], Read] = {}
        self._by_key: dict[str, list[int]] = {}
        self._keys: list[frozenset[str]] = []
        self._langs: dict[str, list[str]] = {}
        self.fill(agreed)

    def fill(self, agreed: Iterable[Agreed]) -> None:
        """Hold these and nothing else; what was held before is not read again."""
        known, self._read = self._read, {}
        self._held, self._keys, self._by_key, self._langs = [], [], {}, {}
        for one in agreed:
            key = one.lang, one.text
            line = known.get(key) or self._read.get(key) or Read(one.text, one.lang, self._lexicon)
            self._read[key] = line
            self._langs.setdefault(one.id, []).append(_base(one.lang))
            if sum(t.weight for t in line.tokens) < _SHORTEST:
                continue
            number = len(self._held)
            self._held.append(one)
            self._keys.append(frozenset(_keys(line.tokens)))
            for word in self._keys[number]:
                self._by_key.setdefault(word, []).append(number)

    def __len__(self) -> int:
        return len(self._held)

    def find(self, text: str, lang: str) -> list[Likeness]:
        """How a text stands to the wordings that it may have to do with, the most alike first; what is unrelated is left out."""
        if not self._held or not text.strip():
            return []
        said = Read(text, lang, self._lexicon)
        made = []
        for number in self._near(said):
            one = self._held[number]
            found = judge(one, self._read[one.lang, one.text], said)
            if found.verdict == CARRIED and (beside := self._beside(one, said, found)) is not None:
                made.append(beside)
            if found.verdict != UNRELATED:
                made.append(found)
        return sorted(made, key=lambda one: (-one.score, one.agreed.id))

    def _beside(self, one: Agreed, said: Read, found: Likeness) -> Likeness | None:
        """What stands beside a wording that is there word for word, and says otherwise."""
        rest = said.text[: found.start] + " " * (found.end - found.start) + said.text[found.end :]
        other = (
            judge(one, self._read[one.lang, one.text], Read(rest, said.lang, self._lexicon)) if rest.strip() else None
        )
        return other if other is not None and other.verdict == CONTRADICTS and other.close else None

    def _near(self, said: Read) -> list[int]:
        """The wordings that share most, weighed by how rare it is."""
        keys = _keys(said.tokens)
        total = len(self._held) + 1
        rare = [key for key in keys if len(self._by_key.get(key, ())) <= max(_COMMON, total // 20)]
        met = {number for key in rare for number in self._by_key.get(key, ())}
        ranked: Counter[int] = Counter()
        for number in met:
            if not self._meant(number, said.lang):
                continue
            whole = self._keys[number]
            there = sum(self._weight(key, total) for key in whole & keys)
            share = there / (sum(self._weight(key, total) for key in whole) or 1.0)
            if share >= _SHARED:
                ranked[number] = int(share * 1000)
        return [number for number, _ in ranked.most_common(_MOST)]

    def _weight(self, key: str, total: int) -> float:
        return math.log(1 + total / len(self._by_key[key]))

    def _meant(self, number: int, lang: str) -> bool:
        """A wording in the text's own language, or the first of those that have none in it."""
        one = self._held[number]
        langs = self._langs[one.id]
        return _base(one.lang) == _base(lang) if _base(lang) in langs else _base(one.lang) == langs[0]


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()


def _keys(tokens: Sequence[Token]) -> set[str]:
    """What wordings are looked up by: what carries meaning, figures without their units."""
    return {
        f"#{t.value}" if t.kind == FIGURE else t.key
        for t in tokens
        if t.kind not in (PARTICLE, MODAL, NEGATION) and t.weight >= 0.5
    }


def findings(text: str, lang: str, index: Index) -> list[Finding]:
    """What a text says nearly as agreed, or otherwise than agreed: a warning each, with the agreed words. What is word for word,
    or the same in quite other words, gets none."""
    found = index.find(text, lang)
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
    where = f" ({one.agreed.source})" if one.agreed.source else ""
    why = "; ".join(dict.fromkeys(reason.sentence for reason in one.reasons[:3]))
    near = one.verdict == NEAR
    says = "This is close to agreed wording" if near else "This may say something else than agreed wording"
    message = (
        f"{says}{where}: “{words}” Here it {why}." if why[:1].islower() else f"{says}{where}: “{words}” Here: {why}."
    )
    return Finding(
        NEAR_RULE if near else OTHER_RULE, "warn", one.start, one.end, text[one.start : one.end], message, _fix(text, one),
        None, {"line": one.agreed.id},
    )  # fmt: skip


def _fix(text: str, one: Likeness) -> str | None:
    """The agreed words, without the mark at their end where that stands in the text already. None where one is in another
    language."""
    if not one.own:
        return None
    words = one.agreed.text
    return words.rstrip(_STOPS) if text[one.end : one.end + 1] in _STOPS and text[one.end : one.end + 1] else words
