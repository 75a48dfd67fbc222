"""Where locked phrases stand in a text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Run = tuple[bool, str]


def runs(text: str, phrases: Iterable[str]) -> list[Run]:
    """The text cut into what is locked and what is not, in order. White space between a phrase's words may be any; where the text
    has a phrase's letters composed otherwise, it is cut as composed."""
    wanted = [re.compile(r"\s+".join(map(re.escape, phrase.split()))) for phrase in phrases if phrase.split()]
    found = [match.span() for one in wanted for match in one.finditer(text)]
    if len({text[start:end] for start, end in found}) < len(wanted):
        text = unicodedata.normalize("NFC", text)
        wanted = [
            re.compile(r"\s+".join(map(re.escape, unicodedata.normalize("NFC", p).split())))
            for p in phrases
            if p.split()
        ]
        found = [match.span() for one in wanted for match in one.finditer(text)]
    made: list[Run] = []
    at = 0
    for start, end in sorted(found):
        if end <= at:
            continue
        start = max(start, at)
        made += [(False, text[at:start]), (True, text[start:end])]
        at = end
    return [(locked, words) for locked, words in (*made, (False, text[at:])) if words]
