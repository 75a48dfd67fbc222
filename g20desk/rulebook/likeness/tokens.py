"""A text as it is compared: concepts, figures with their units, and the words that are left, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from g20desk.rulebook import numerals
from g20desk.rulebook.likeness.lexicon import (
    MODAL,
    NAME,
    NEGATION,
    PART,
    PARTICLE,
    QUANTITY,
    UNIT,
    Lexicon,
    folded,
    stem,
)
from g20desk.rulebook.numberwords import Number, spelled
from g20desk.rulebook.reading import Reading, Span, merged, within

FIGURE = "figure"
_LIGHT, _FIGURE, _TURN = 0.15, 1.3, 0.8
# A sign of a currency with what stands before it; a percent sign; a run of letters and digits, its apostrophe with the part before it.
_WORD = re.compile(r"(?i)(?:us)?[$€£¥₹]|[%٪]|[\u3400-\u9fff]|(?:[^\W_\u3400-\u9fff])+['’]?")
_PART_ZH = re.compile(r"([\d一二三四五六七八九十百]{1,4})分之([\d一二三四五六七八九十百]{1,4})")
# “in the hundred”: a share, no number.
_SHARE_AR = re.compile(r"(?:في|ب)\s?ال\Z")
_TURNS = (NEGATION, MODAL, QUANTITY, PART)


class Token(NamedTuple):
    """What stands at a place: `key` is equal where the same is said; `concept` and `value` where it is one; `weight`: how much of
    the meaning it carries."""

    key: str
    kind: str
    start: int
    end: int
    weight: float
    concept: str = ""
    value: str = ""
    unit: str = ""


def tokens(text: str, lang: str, lexicon: Lexicon) -> list[Token]:
    """What a text says, in order. Links, mentions and the like are no words."""
    lang = lang.partition("-")[0].lower()
    reading = Reading(text, lang)
    skip = merged([*reading.links, *reading.mentions])
    figures = _figures(text, lang, skip)
    taken = merged([*skip, *((n.start, n.end) for n in figures)])
    made = [*_words(text, lang, lexicon, taken), *(_figure(n) for n in figures)]
    return _with_units(sorted(made, key=lambda one: one.start))


def _figures(text: str, lang: str, skip: Sequence[Span]) -> list[Number]:
    made: list[Number] = []
    parts = list(_PART_ZH.finditer(text)) if lang == "zh" else []
    made += [Number(_zh(m[2]) if m[1] == "百" else f"{_zh(m[2])}/{_zh(m[1])}", *m.span()) for m in parts]
    taken = merged([*skip, *(m.span() for m in parts)])
    made += numerals.numbers(text, lang, taken)
    least = 3 if lang in ("ar", "zh") else 2
    taken = merged([*taken, *((n.start, n.end) for n in made)])
    made += [
        n
        for n in spelled(text, lang)
        if float(n.value) >= least
        and not within(taken, n.start)
        and not (n.value == "100" and lang == "ar" and _SHARE_AR.search(text, max(0, n.start - 6), n.start))
    ]
    return made


def _zh(written: str) -> str:
    return written if written.isdigit() else next((n.value for n in spelled(written, "zh")), written)


def _figure(number: Number) -> Token:
    return Token(f"#{number.value}", FIGURE, number.start, number.end, _FIGURE, "", number.value)


def _words(text: str, lang: str, lexicon: Lexicon, taken: Sequence[Span]) -> Iterator[Token]:
    spans = [m.span() for m in _WORD.finditer(text) if not within(taken, m.start())]
    if lang == "zh":
        yield from _signs(text, spans, lexicon)
        return
    words = [folded(text[s:e]) for s, e in spans]
    at = 0
    while at < len(spans):
        id, many = lexicon.row(words, at, lang)
        # What stands apart is no row.
        if (
            many > 1
            and spans[at + many - 1][1] - spans[at][0] > sum(e - s for s, e in spans[at : at + many]) + 2 * many
        ):
            id, many = "", 0
        if not many:
            id, many = lexicon.word(words[at], lang), 1
        span = spans[at][0], spans[at + many - 1][1]
        yield _said(id, words[at], lang, span, lexicon)
        at += many


def _signs(text: str, spans: Sequence[Span], lexicon: Lexicon) -> Iterator[Token]:
    """Chinese: the longest known word at each place, else one sign."""
    forms, done = lexicon.langs["zh"], 0
    free = {start for start, end in spans if end == start + 1}
    for start, end in spans:
        if start < done:
            continue
        for size in range(min(forms.longest, len(text) - start), 0, -1):
            word = text[start : start + size]
            if word in forms.exact and all(at in free for at in range(start, start + size)):
                done = start + size
                yield _said(forms.exact[word], word, "zh", (start, done), lexicon)
                break
        else:
            done = end
            yield _said("", folded(text[start:end]), "zh", (start, end), lexicon)


def _said(id: str, word: str, lang: str, span: Span, lexicon: Lexicon) -> Token:
    if not id:
        word = word.rstrip("'")
        if lexicon.particle(word, lang) or (lang != "zh" and len(word) < 2):
            return Token(f":{word}", PARTICLE, *span, _LIGHT)
        return Token(f"{lang}:{stem(word, lang)}", "", *span, 0.5 if lang == "zh" else 1.0)
    concept = lexicon.concepts[id]
    weight = _TURN if concept.kind in _TURNS else concept.weight
    if concept.kind == PARTICLE:
        return Token(f":{id}", PARTICLE, *span, _LIGHT)
    if concept.negates:
        return Token(f"~{concept.negates}", NEGATION, *span, 1.0, concept.negates)
    return Token(f"~{id}", concept.kind, *span, weight, id)


def _with_units(listed: list[Token]) -> list[Token]:
    """A figure and its unit are one: “2.5 billion US dollars”, “US$2.5 billion”, “60 %”."""
    made: list[Token] = []
    at = 0
    while at < len(listed):
        one = listed[at]
        after = listed[at + 1 : at + 3]
        if one.kind == FIGURE:
            ahead = next((n for n, t in enumerate(after, 1) if t.kind == UNIT), 0)
            if ahead == 2 and after[0].kind != PARTICLE:
                ahead = 0
            if ahead:
                made.append(_joined(one, after[ahead - 1], one.start, after[ahead - 1].end))
                at += 1 + ahead
                continue
            if made and made[-1].kind == UNIT and one.start - made[-1].end <= 1:
                made[-1] = _joined(one, made[-1], made[-1].start, one.end)
                at += 1
                continue
        made.append(one)
        at += 1
    return made


def _joined(figure: Token, unit: Token, start: int, end: int) -> Token:
    return figure._replace(key=f"{figure.key}|{unit.concept}", start=start, end=end, unit=unit.concept)


__all__ = ["FIGURE", "NAME", "Token", "tokens"]
