"""The parts of a thread as one text, to be compared with another language's, and back to places in parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

BETWEEN = "\n\n"
ORDER = ("en", "fr", "es", "ar", "zh", "ru")


class Joined:
    """Parts with an empty line between them."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.parts = list(parts)
        self.text = BETWEEN.join(self.parts)

    @cached_property
    def _starts(self) -> list[int]:
        made, at = [], 0
        for part in self.parts:
            made.append(at)
            at += len(part) + len(BETWEEN)
        return made

    def places(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """A place of the text as (part from 1, start, end), once for each part that holds something of it."""
        made = []
        for number, (part, at) in enumerate(zip(self.parts, self._starts, strict=True), 1):
            first, last = max(start - at, 0), min(end - at, len(part))
            if first < last:
                made.append((number, first, last))
        return made


def original(texts: Mapping[str, Sequence[str]]) -> str:
    """The language that the others are held against: of those that have a text the first in the order of the six, else
    of the alphabet; the same whatever order they come in. Empty where none has."""
    have = [lang for lang, parts in texts.items() if "".join(parts).strip()]
    return min(have, key=lambda lang: (ORDER.index(lang) if lang in ORDER else len(ORDER), lang), default="")
