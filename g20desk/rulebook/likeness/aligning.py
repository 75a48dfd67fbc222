"""Where in a text the words of a line stand, as far as they do: the best stretch, and what in it is the same, other, or gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from g20desk.rulebook.likeness.tokens import Token

_GONE, _NEW, _OTHER = 0.35, 0.22, 0.4
Affinity = Callable[[Token, Token], float]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The best stretch of a text: tokens `first` to before `last`; `pairs` of places in line and text that say the same or stand for
    each other; how much of the line is there, and how much of the stretch is the line's."""

    first: int
    last: int
    pairs: tuple[tuple[int, int, float], ...]
    cover: float
    dense: float


def align(line: Sequence[Token], text: Sequence[Token], affinity: Affinity) -> Stretch | None:
    """The stretch of the text that is most alike; None where not a word is."""
    best, end = 0.0, (0, 0)
    width = len(text) + 1
    rows: list[list[float]] = [[0.0] * width]
    back: list[bytearray] = [bytearray(width)]
    alike = _alike(line, text, affinity)
    for i, wanted in enumerate(line, 1):
        above, row, steps = rows[-1], [0.0] * width, bytearray(width)
        gone, likes = wanted.weight * _GONE, alike[i - 1]
        for j in range(1, width):
            same = likes.get(j - 1, 0.0)
            turned = wanted.weight * same if same else -_OTHER * max(wanted.weight, text[j - 1].weight)
            score, step = above[j - 1] + turned, 1
            if above[j] - gone > score:
                score, step = above[j] - gone, 2
            left = row[j - 1] - text[j - 1].weight * _NEW
            if left > score:
                score, step = left, 3
            if score > 0:
                row[j], steps[j] = score, step
                if score > best:
                    best, end = score, (i, j)
        rows.append(row)
        back.append(steps)
    return _traced(line, text, back, end, alike) if best > 0 else None


def _alike(line: Sequence[Token], text: Sequence[Token], affinity: Affinity) -> list[dict[int, float]]:
    """For each token of the line the places in the text that say the same, or stand for it."""
    made = []
    known: dict[tuple[str, str], float] = {}
    for wanted in line:
        row = {}
        for at, said in enumerate(text):
            pair = wanted.key, said.key
            if pair not in known:
                known[pair] = affinity(wanted, said)
            if known[pair]:
                row[at] = known[pair]
        made.append(row)
    return made


def _traced(
    line: Sequence[Token], text: Sequence[Token], back: Sequence[bytearray], end: tuple[int, int],
    alike: Sequence[dict[int, float]],
) -> Stretch:  # fmt: skip
    i, j = end
    last, pairs = j, []
    while i and j and back[i][j]:
        step = back[i][j]
        if step == 1:
            i, j = i - 1, j - 1
            if same := alike[i].get(j):
                pairs.append((i, j, same))
        elif step == 2:
            i -= 1
        else:
            j -= 1
    pairs.reverse()
    there = sum(line[a].weight * same for a, _, same in pairs)
    whole = sum(one.weight for one in line) or 1.0
    held = sum(one.weight for one in text[j:last]) or 1.0
    return Stretch(j, last, tuple(pairs), there / whole, min(1.0, there / held))
