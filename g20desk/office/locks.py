"""Where locked phrases stand in a text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from g20desk.office.relays import goes_on

Run = tuple[bool, str]
Span = tuple[int, int]


def runs(text: str, phrases: Iterable[str]) -> list[Run]:
    """The text cut into what is locked and what is not, in order: where a phrase stands whole, whatever white space is between its
    words. Where the text has a phrase's letters composed otherwise, it is cut as composed."""
    wanted = [unicodedata.normalize("NFC", phrase).split() for phrase in phrases if phrase.split()]
    if not all(_spans(text, words) for words in wanted):
        text = unicodedata.normalize("NFC", text)
    made: list[Run] = []
    at = 0
    for start, end in sorted(span for words in wanted for span in _spans(text, words)):
        if end > at:
            made += [(False, text[at : max(start, at)]), (True, text[max(start, at) : end])]
            at = end
    return [(locked, words) for locked, words in (*made, (False, text[at:])) if words]


def _spans(text: str, words: list[str]) -> list[Span]:
    """Where these words stand in a text, one after the other and whole."""
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    return [(a, b) for a, b in found if not goes_on(text[:a], text[a:b]) and not goes_on(text[a:b], text[b:])]
