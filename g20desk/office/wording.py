"""Two wordings compared, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher

import regex

# Words; of scripts that put no space between them each sign by itself.
TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*|[\p{L}\p{M}\p{N}_'’-]+|\s+|.",
    regex.DOTALL,
)


def diff(old: str, new: str) -> list[tuple[str, str]]:
    """Runs of (same|removed|added, text); the `same` and `added` ones make `new`, `same` and `removed` make `old`."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    made: list[tuple[str, str]] = []
    for how, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            made.append(("same", "".join(before[i1:i2])))
        else:
            if i2 > i1:
                made.append(("removed", "".join(before[i1:i2])))
            if j2 > j1:
                made.append(("added", "".join(after[j1:j2])))
    return made
