"""How X counts and links: twitter-text, configuration v3.

Lengths and links by the `twitter-text-parser` package; mentions, hashtags and cashtags by the expressions of
twitter-text 3.1 (validMentions, validHashtag, cashtag).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import regex

from connectors.twitter_text import library, overlaps, urls
from g20desk.network import Entity, Limits, Picture

LIMITS = Limits(280, None, 4, 5_000_000, 25_000_000, 1000)
_INVALID = ("\ufffe", "\uffff", "\ufeff")
_SPECIAL = r"_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
_LETTER = r"\p{L}\p{M}"
_WORD = rf"[{_LETTER}\p{{Nd}}{_SPECIAL}]"
_HASHTAG = regex.compile(
    rf"(?:^|\ufe0e|\ufe0f|(?<![{_LETTER}\p{{Nd}}{_SPECIAL}&]))"
    rf"(?P<e>[#＃](?!\ufe0f|\u20e3){_WORD}*[{_LETTER}]{_WORD}*)(?![#＃]|://)"
)
_MENTION = regex.compile(
    r"(?:^|(?<![a-zA-Z0-9_!#$%&*@＠])|(?<=(?:^|[^a-zA-Z0-9_+~.-])(?i:rt):?))"
    r"(?P<e>[@＠][a-zA-Z0-9_]{1,20}(?:/[a-zA-Z][a-zA-Z0-9_-]{0,24})?)(?![@＠a-zA-Z0-9_\u00c0-\u024f]|://)"
)
_CASHTAG = regex.compile(r"(?:^|(?<=\s))(?P<e>\$[a-zA-Z]{1,6}(?:[._][a-zA-Z]{1,2})?)(?=$|\s|[\p{P}$+<=>^`|~])")


@functools.lru_cache(4096)
def count(text: str) -> int:
    """The weighted length (280 is the limit), on the NFC form."""
    return int(library().parse_tweet(unicodedata.normalize("NFC", text)).weightedLength) if text else 0


def fits(text: str, limit: int) -> bool:
    """Whether X takes the text: not empty, no invalid character, not over the limit."""
    return bool(text.strip()) and not any(c in text for c in _INVALID) and count(text) <= limit


def entities(text: str) -> list[Entity]:
    """Links (with or without a scheme), mentions, hashtags, cashtags, in order."""
    taken = urls(text, bare=True)
    made = [Entity("link", s, e, text[s:e]) for s, e in taken]
    for kind, pattern in (("hashtag", _HASHTAG), ("mention", _MENTION), ("cashtag", _CASHTAG)):
        for match in pattern.finditer(text):
            start, end = match.span("e")
            if not overlaps(start, end, taken):
                taken.append((start, end))
                made.append(Entity(kind, start, end, text[start:end]))
    return sorted(made, key=lambda e: e.start)


def payload(text: str, lang: str, pictures: Sequence[Picture], pinned: Mapping[str, str]) -> dict[str, Any]:
    """What is signed for a post on X."""
    return {"text": text, "media": [{"alt": p.alt} for p in pictures]}
