"""How people type a thread (a line with only --- starts the next post), and the words of a text as they are compared."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

SPLIT = "\n---\n"


def posts(words: str) -> tuple[str, ...]:
    """The posts in what was typed; empty ones are none."""
    return tuple(one.strip("\n") for one in words.split(SPLIT) if one.strip())


@cache
def _word() -> Any:
    # A start without words to compare does without this module.
    import regex

    own = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}"
    run = rf"(?:(?![{own}])[\p{{L}}\p{{M}}\p{{N}}])+"
    minus = r"(?<![\p{L}\p{N}])[-−](?=[$€£¥₹\p{N}])"
    return regex.compile(rf"[{own}]|[$€£¥₹%٪]|{minus}|{run}(?:['’.,-]{run})*")


# Vowel marks and the stroke that stretches a word: Arabic is written with them and without.
_ARABIC_MARKS = dict.fromkeys([*range(0x64B, 0x660), 0x670, 0x640])
_ALIKE = _ARABIC_MARKS | str.maketrans("’−", "'-")


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The words of a text as they are compared, each with its place in code points: composed, case folded, with one apostrophe,
    without Arabic vowel marks. A sign of a script that writes no spaces is a word of its own, as is that of a
    currency, of percent or of what is below zero."""
    return [
        (unicodedata.normalize("NFC", m[0]).casefold().translate(_ALIKE), m.start(), m.end())
        for m in _word().finditer(text)
    ]
