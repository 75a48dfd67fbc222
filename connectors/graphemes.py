"""Extended grapheme clusters of current Unicode (UAX 29), as Bluesky and Mastodon count them."""

from __future__ import annotations

import regex

_CLUSTER = regex.compile(r"\X")
# Rule GB9c joins two consonants over a linker. `regex` 2026.11 joins a linker and a consonant behind it also where no
# consonant came before (a digit, another script, the start); there one cluster more is due.
_LINKED = regex.compile(
    r"(?P<before>\p{InCB=Consonant})?[\p{InCB=Extend}\p{InCB=Linker}]++"
    r"(?<=\p{InCB=Linker}\p{InCB=Extend}*)(?=\p{InCB=Consonant})"
)

# `regex` reads a row of regional letters again from its start for each of them; a pair that others follow is one
# cluster whatever comes, so that any letter may stand for it.
_PAIR = regex.compile("[\U0001f1e6-\U0001f1ff]{2}(?=[\U0001f1e6-\U0001f1ff])")


def count(text: str) -> int:
    """The number of extended grapheme clusters."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    clusters = len(_CLUSTER.findall(_PAIR.sub("x", text)))
    return clusters + sum(m["before"] is None for m in _LINKED.finditer(text))
