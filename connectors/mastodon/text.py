"""How Mastodon counts and links: its status length validator, extractor, and the tag and account patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex

from connectors.twitter_text import overlaps, urls
from g20desk.network import Entity, Limits, Picture

LIMITS = Limits(500, None, 4, 16_000_000, 8_300_000, 1500)
_CLUSTER = regex.compile(r"\X")
_HASHTAG = regex.compile(
    r"(?:^|(?<=\s))(?P<e>[#＃](?:[\w_]*[_\u00b7\u30fb\u200c\w]*[\p{L}\p{M}][\w\u00b7\u30fb\u200c]*[\w_]|[\w_]*\p{L}[\w_]*))",
    regex.MULTILINE,
)
_MENTION = regex.compile(
    r"(?<![=/\w])(?P<e>@(?P<name>[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@[\p{L}\p{N}][\p{L}\p{N}.:-]*[\p{L}\p{N}])?)",
    regex.IGNORECASE,
)
_ODD = regex.compile(r"(?:(?:dat|dweb|ipfs|ipns|ssb|gopher|gemini)://|(?:xmpp|magnet):)[^\s<>()]*[^\s<>().,;:!?'\"]")


def _links(text: str) -> list[tuple[int, int]]:
    found = [(s, e) for s, e in urls(text, bare=False) if text[s : s + 4].lower() == "http"]
    found += [m.span() for m in _ODD.finditer(text) if not overlaps(m.start(), m.end(), found)]
    return sorted(found)


def entities(text: str) -> list[Entity]:
    """Links with a scheme, mentions, hashtags, in order."""
    taken = _links(text)
    made = [Entity("link", s, e, text[s:e]) for s, e in taken]
    for kind, pattern in (("hashtag", _HASHTAG), ("mention", _MENTION)):
        for match in pattern.finditer(text):
            start, end = match.span("e")
            if not overlaps(start, end, taken):
                taken.append((start, end))
                made.append(Entity(kind, start, end, text[start:end]))
    return sorted(made, key=lambda e: e.start)


def count(text: str) -> int:
    """Grapheme clusters, a link taken as 23 and `@name@server` as `@name`."""
    out, at = [], 0
    for entity in entities(text):
        out.append(text[at : entity.start])
        if entity.kind == "link" and not entity.text.startswith(("xmpp:", "magnet:")):
            out.append("x" * 23)
        elif entity.kind == "mention":
            out.append("@" + entity.text.split("@")[1])
        else:
            out.append(entity.text)
        at = entity.end
    out.append(text[at:])
    return len(_CLUSTER.findall("".join(out)))


def fits(text: str, limit: int) -> bool:
    """Whether the server takes the text."""
    return bool(text.strip()) and count(text) <= limit


def payload(text: str, lang: str, pictures: Sequence[Picture], pinned: Mapping[str, str]) -> dict[str, Any]:
    """What is signed for a post on Mastodon."""
    return {"text": text, "language": lang, "visibility": "public", "media": [{"alt": p.alt} for p in pictures]}
