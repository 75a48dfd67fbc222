"""What a stretch of text says otherwise than a line: figures, negation, certainty, how many, the opposite, names, what is left
out, and other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from g20desk.rulebook.likeness.lexicon import MODAL, NAME, NEGATION, PARTICLE, QUANTITY, UNIT, Lexicon, folded
from g20desk.rulebook.likeness.tokens import FIGURE, Token
from g20desk.rulebook.scripts import near

LEFT_OUT, LOCKED, WORDS, OPPOSITE = "left-out", "locked", "words", "opposite"
_SAYS = {
    FIGURE: "says {said}, the line says {wants}", NEGATION: "says “{said}”, the line does not",
    LEFT_OUT: "leaves out “{wants}”", LOCKED: "the locked phrase is altered: “{wants}”",
}  # fmt: skip
_WEIGHS, _LITTLE = 0.9, 0.5
_WEAK = ("may", "should")


@dataclass(frozen=True, slots=True)
class Reason:
    """One difference: its kind, what is said and what the line says (empty where there is none), and the place in the text."""

    kind: str
    said: str
    wants: str
    start: int
    end: int

    @property
    def sentence(self) -> str:
        """For a reader, in English."""
        if self.kind == NEGATION and not self.said:
            return f"the line says “{self.wants}”"
        if self.kind in (FIGURE, NAME, UNIT) and not self.said:
            return f"leaves out “{self.wants}”"
        if not self.wants and self.kind != NEGATION:
            return f"says “{self.said}”, the line does not"
        return _SAYS.get(self.kind, "“{said}” where the line says “{wants}”").format(said=self.said, wants=self.wants)


@dataclass(frozen=True, slots=True)
class Side:
    """A text and its tokens, or the part of them that is compared."""

    text: str
    tokens: Sequence[Token]

    def words(self, token: Token) -> str:
        """As it is written."""
        return self.text[token.start : token.end].strip()


def affinity(lexicon: Lexicon, line: str, text: str) -> Affine:
    """How far a token of a text stands for one of a line."""
    return Affine(lexicon, line, text)


class Affine:
    """1: says the same; less: stands in its place and may say something else; 0: neither."""

    def __init__(self, lexicon: Lexicon, line: str, text: str) -> None:
        self._lexicon, self._line, self._text = lexicon, line, text

    def __call__(self, wants: Token, said: Token) -> float:
        if wants.key == said.key:
            return 1.0
        if wants.kind == FIGURE or said.kind == FIGURE:
            return (1.0 if same_figure(wants, said) else 0.7) if wants.kind == said.kind else 0.0
        if wants.concept and said.concept:
            if wants.kind == said.kind and wants.kind in (MODAL, QUANTITY, NAME, NEGATION, UNIT):
                return 0.7
            return 0.7 if said.concept in self._lexicon.concepts[wants.concept].against else 0.0
        if PARTICLE in (wants.kind, said.kind):
            return 0.0
        one, other = folded(self._line[wants.start : wants.end]), folded(self._text[said.start : said.end])
        if min(len(one), len(other)) >= 5 and one[0] == other[0] and near(one, other, 1 + (len(one) > 8)):
            return 0.85
        return 0.0


def same_figure(one: Token, other: Token) -> bool:
    """The same number, and no other unit."""
    return one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit)


def turned(line: Side, said: Side, lexicon: Lexicon) -> list[Reason]:
    """Differences that change what is said, whatever the words around them."""
    return [*figures(line, said), *_negation(line, said), *opposites(line, said, lexicon), *names(line, said)]


def figures(line: Side, said: Side) -> Iterator[Reason]:
    """Other figures in the place of the line's."""
    wanted = [t for t in line.tokens if t.kind == FIGURE]
    found = [t for t in said.tokens if t.kind == FIGURE]
    for one in list(wanted):
        there = next((t for t in found if same_figure(one, t)), None)
        if there is not None:
            found.remove(there)
            wanted.remove(one)
    for number, one in enumerate(wanted):
        if number < len(found):
            other = found[number]
            yield Reason(FIGURE, said.words(other), line.words(one), other.start, other.end)


def _negation(line: Side, said: Side) -> Iterator[Reason]:
    ours, theirs = ([t for t in side.tokens if t.kind == NEGATION] for side in (line, said))
    if len(theirs) > len(ours):
        known = [t.key for t in ours]
        one = next((t for t in theirs if t.key not in known), theirs[-1])
        yield Reason(NEGATION, said.words(one), "", one.start, one.end)
    elif len(theirs) < len(ours):
        start, end = _span(said)
        yield Reason(NEGATION, "", line.words(ours[-1] if theirs else ours[0]), start, end)


def opposites(line: Side, said: Side, lexicon: Lexicon) -> Iterator[Reason]:
    """`may` for `will`, `some` for `all`, `reduce` for `increase`; and a doubt that the line does not know."""
    ours = {t.concept: t for t in reversed(line.tokens) if t.concept}
    theirs = {t.concept: t for t in reversed(said.tokens) if t.concept}
    modal = any(t.kind == MODAL for t in line.tokens)
    for id, token in sorted(theirs.items(), key=lambda item: item[1].start):
        if id in ours or token.kind == NEGATION:
            continue
        against = [ours[one] for one in lexicon.concepts[id].against if one in ours and one not in theirs]
        if against:
            kind = token.kind or OPPOSITE
            wants = min(against, key=lambda t: t.start)
            if wants.kind == token.kind:
                yield Reason(kind, said.words(token), line.words(wants), token.start, token.end)
        elif token.kind == MODAL and id in _WEAK and not modal:
            yield Reason(MODAL, said.words(token), "", token.start, token.end)


def names(line: Side, said: Side) -> Iterator[Reason]:
    """Another name in the place of one."""
    ours, theirs = ({t.concept: t for t in side.tokens if t.kind == NAME} for side in (line, said))
    lost = [t for id, t in ours.items() if id not in theirs]
    new = [t for id, t in theirs.items() if id not in ours]
    for one, other in zip(lost, new, strict=False):
        yield Reason(NAME, said.words(other), line.words(one), other.start, other.end)


def left_out(
    line: Side, text: Side, pairs: Sequence[tuple[int, int, float]], first: int, last: int
) -> Iterator[Reason]:
    """Words of the line that are gone, with nothing in their place. `first`, `last`: the tokens of the text that are compared."""
    there = {t.key for t in text.tokens[first:last]}
    held = {t.concept for t in text.tokens[first:last] if t.concept}
    edges = [(-1, first - 1), *((a, b) for a, b, _ in pairs), (len(line.tokens), last)]
    for (a, b), (c, d) in pairwise(edges):
        gone = [t for t in line.tokens[a + 1 : c] if t.key not in there and not (t.concept and t.concept in held)]
        gone = [t for t in gone if t.kind not in (PARTICLE, NEGATION, MODAL)]
        new = sum(t.weight for t in text.tokens[b + 1 : d])
        if sum(t.weight for t in gone) >= _WEIGHS and new < _LITTLE:
            at = text.tokens[b].end if 0 <= b < len(text.tokens) else _span(text)[0]
            wants = line.text[gone[0].start : gone[-1].end]
            yield Reason(LEFT_OUT, "", wants, at, at)


def other_words(line: Side, text: Side, pairs: Sequence[tuple[int, int, float]]) -> Iterator[Reason]:
    """Other words in the place of the line's, or other forms of them."""
    for a, b, _ in pairs:
        wants, said = line.words(line.tokens[a]), text.words(text.tokens[b])
        if folded(wants) != folded(said):
            yield Reason(WORDS, said, wants, text.tokens[b].start, text.tokens[b].end)
    for (a, b, _), (c, d, _) in pairwise(pairs):
        gone, new = line.tokens[a + 1 : c], text.tokens[b + 1 : d]
        if gone or new:
            wants = line.text[gone[0].start : gone[-1].end] if gone else ""
            said = text.text[new[0].start : new[-1].end] if new else ""
            start, end = (new[0].start, new[-1].end) if new else (text.tokens[b].end, text.tokens[b].end)
            yield Reason(WORDS if new else LEFT_OUT, said, wants, start, end)


def _span(side: Side) -> tuple[int, int]:
    return (side.tokens[0].start, side.tokens[-1].end) if side.tokens else (0, 0)
