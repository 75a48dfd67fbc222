"""How a text stands to one agreed wording: word for word, nearly, in other words, translated, or saying something else. It is a
hint for a person: the table of words is small, and what it does not know is not seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from g20desk.rulebook.likeness import differing
from g20desk.rulebook.likeness.aligning import Stretch, align
from g20desk.rulebook.likeness.differing import LOCKED, Reason, Side
from g20desk.rulebook.likeness.lexicon import MODAL, NEGATION, PARTICLE, Lexicon
from g20desk.rulebook.likeness.tokens import FIGURE, Token, tokens
from g20desk.text import word_spans

CARRIED, NEAR, CONTRADICTS, PARAPHRASE, TRANSLATED, UNRELATED = (
    "carried", "near", "contradicts", "paraphrase", "translated", "unrelated",
)  # fmt: skip
# How much of a line is there, and how much of the stretch is the line's, for it to look like the line.
COVER, DENSE = 0.62, 0.55
# Less of a line is enough where nearly nothing else stands between.
PART, WHOLE = 0.5, 0.9
# How much of what a line says is said, for it to be the same in other words, and in another language.
SAME, ABROAD = 0.42, 0.55
# With less than this, whatever the figures, it is neither: nothing else is looked at.
LEAST = 0.4
# From here on, another figure is one in the place of the line's, and not one of something else.
SURE, SURELY = 0.5, 0.7
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Agreed:
    """Wording that was agreed: where it stands (`id`), in which language, its locked phrases, and for a reader where it comes
    from."""

    id: str
    lang: str
    text: str
    locked: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was found: the verdict, the place in code points, how far it is alike (0 to 1), and why. `close`: the words themselves
    are alike; `own`: in the wording's own language."""

    agreed: Agreed
    verdict: str
    start: int = 0
    end: int = 0
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    close: bool = False
    own: bool = True


@dataclass
class Read:
    """A text, read once."""

    text: str
    lang: str
    lexicon: Lexicon = field(repr=False)

    @cached_property
    def tokens(self) -> list[Token]:
        """What it says."""
        return tokens(self.text, self.lang, self.lexicon)

    @cached_property
    def words(self) -> list[tuple[str, int, int]]:
        """Its words, letter for letter but for their case."""
        return word_spans(self.text)

    @cached_property
    def plain(self) -> str:
        """As locked phrases are looked for in it."""
        return plain(self.text)


def plain(text: str) -> str:
    """Composed signs, and one space for each run of white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def judge(agreed: Agreed, line: Read, text: Read) -> Likeness:
    """How a text stands to an agreed wording; `line` is that wording, read."""
    if line.lang.partition("-")[0] != text.lang.partition("-")[0]:
        return _abroad(agreed, line, text)
    if (place := _standing(line, text)) is not None:
        lost = [one for one in agreed.locked if plain(one) not in text.plain]
        if (denied := _denied(text, place[0])) is not None:
            return Likeness(agreed, CONTRADICTS, denied.start, place[1], 1.0, (denied,), True)
        why = tuple(Reason(LOCKED, "", one, *place) for one in lost)
        return Likeness(agreed, NEAR if lost else CARRIED, *place, 1.0, why, True)
    cover, _ = _bag(line, text, own=True, any_figure=True)
    if cover < LEAST:
        return Likeness(agreed, UNRELATED, score=cover)
    alike = differing.affinity(line.lexicon, line.text, text.text)
    found = align(line.tokens, text.tokens, alike)
    if found is not None and _close(found):
        return _near(agreed, line, text, found)
    return _same(agreed, line, text)


def _standing(line: Read, text: Read) -> tuple[int, int] | None:
    """Where the line's words stand one after the other."""
    wanted = [word for word, _, _ in line.words]
    said = [word for word, _, _ in text.words]
    for at in range(len(said) - len(wanted) + 1 if wanted else 0):
        if said[at] == wanted[0] and said[at : at + len(wanted)] == wanted:
            return text.words[at][1], text.words[at + len(wanted) - 1][2]
    return None


def _close(found: Stretch) -> bool:
    return (found.cover >= COVER and found.dense >= DENSE) or (found.cover >= PART and found.dense >= WHOLE)


def _denied(text: Read, start: int) -> Reason | None:
    """A negation right before the line's words."""
    before = next((t for t in reversed(text.tokens) if t.end <= start and t.kind != PARTICLE), None)
    if before is None or before.kind != NEGATION or _ends(text.text[before.end : start]):
        return None
    return Reason(NEGATION, text.text[before.start : before.end], "", before.start, before.end)


def _near(agreed: Agreed, line: Read, text: Read, found: Stretch) -> Likeness:
    first, last = _widened(line, text, found)
    ours, theirs = Side(line.text, line.tokens), Side(text.text, text.tokens)
    part = Side(text.text, text.tokens[first:last])
    reasons = differing.turned(ours, part, line.lexicon)
    reasons += differing.left_out(ours, theirs, found.pairs, first, last)
    place = text.tokens[first].start, text.tokens[last - 1].end
    if reasons:
        return Likeness(agreed, CONTRADICTS, *place, found.cover, tuple(reasons), True)
    lost = [Reason(LOCKED, "", one, *place) for one in agreed.locked if plain(one) not in text.plain]
    other = list(differing.other_words(ours, theirs, found.pairs))
    return Likeness(agreed, NEAR, *place, found.cover, tuple([*lost, *other]), True)


def _widened(line: Read, text: Read, found: Stretch) -> tuple[int, int]:
    """The stretch with what stands in the place of the line's first and last words, in the same sentence."""
    first, last = found.first, found.last
    before, after = found.pairs[0][0], len(line.tokens) - 1 - found.pairs[-1][0]

    def joined(at: int) -> bool:
        """Whether the token stands in one sentence with the one after it."""
        return not _ends(text.text[text.tokens[at].end : text.tokens[at + 1].start])

    while first and joined(first - 1) and (before > 0 or text.tokens[first - 1].kind == NEGATION):
        first, before = first - 1, before - 1
    for _ in range(after):
        if last < len(text.tokens) and joined(last - 1):
            last += 1
    return first, last


def _ends(between: str) -> bool:
    return any(sign in between for sign in '.:;!?…。：；！？؟\n“”"—')


def _same(agreed: Agreed, line: Read, text: Read) -> Likeness:
    cover, found = _bag(line, text, own=True)
    if cover < SAME or len(found) < _LEAST:
        return Likeness(agreed, UNRELATED, score=cover)
    ours, theirs = Side(line.text, line.tokens), Side(text.text, text.tokens)
    reasons = tuple(differing.figures(ours, theirs)) if cover >= SURE else ()
    return Likeness(agreed, CONTRADICTS if reasons else PARAPHRASE, *_around(text, found), cover, reasons)


def _abroad(agreed: Agreed, line: Read, text: Read) -> Likeness:
    cover, found = _bag(line, text, own=False)
    if cover < ABROAD or len(found) < _LEAST:
        return Likeness(agreed, UNRELATED, score=cover)
    ours, theirs = Side(line.text, line.tokens), Side(text.text, text.tokens)
    reasons = [*differing.figures(ours, theirs), *differing.names(ours, theirs)]
    verdict, sure = (CONTRADICTS if reasons else TRANSLATED), cover >= SURELY
    return Likeness(agreed, verdict, *_around(text, found), cover, tuple(reasons), sure, False)


def _bag(line: Read, text: Read, own: bool, any_figure: bool = False) -> tuple[float, list[Token]]:
    """How much of what a line says is said, in whatever order, and by which tokens. `own`: the same language; `any_figure`: one
    figure is as good as another."""
    said = {t.key: t for t in reversed(text.tokens)}
    values = [t for t in text.tokens if t.kind == FIGURE]
    whole, there = 0.0, 0.0
    found: dict[str, Token] = {}
    for token in {t.key: t for t in line.tokens}.values():
        if token.kind in (PARTICLE, MODAL, NEGATION) or not (own or token.concept or token.kind == FIGURE):
            continue
        whole += token.weight
        match = said.get(token.key)
        if token.kind == FIGURE:
            match = match or next((t for t in values if any_figure or differing.same_figure(token, t)), None)
        if match is not None:
            there += token.weight
            found[token.key] = match
    heavy = [t for t in found.values() if t.weight >= 0.6]
    return (there / whole if whole else 0.0), heavy


def _around(text: Read, found: Sequence[Token]) -> tuple[int, int]:
    return min(t.start for t in found), max(t.end for t in found)
