"""How Bluesky counts and links: graphemes and UTF-8 bytes; facets as the network's own rich-text detection finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex

from connectors.twitter_text import urls
from g20desk.network import Entity, Limits, Picture

LIMITS = Limits(300, 3000, 4, 1_000_000, 16_000_000, 2000)
_CLUSTER = regex.compile(r"\X")
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
_MENTION = regex.compile(rf"(?:^|(?<=[\s(]))(?P<e>@{_HOST})(?![\w-])", regex.IGNORECASE)
_LINK = regex.compile(r"(?:^|(?<=[\s(]))(?P<e>https?://\S+|[a-z][a-z0-9]*(?:\.[a-z0-9]+)+\S*)", regex.I | regex.M)
_TAG = regex.compile(
    r"(?:^|(?<=\s))(?P<e>[#＃](?!\ufe0f)[^\s\u00ad\u2060\u200a-\u200d\u20e2]*"
    r"[^\d\s\p{P}\u00ad\u2060\u200a-\u200d\u20e2]+[^\s\u00ad\u2060\u200a-\u200d\u20e2]*)"
)
_CASHTAG = regex.compile(r"(?:^|(?<=[\s(]))(?P<e>\$[A-Za-z][A-Za-z0-9]{0,4})(?=$|[\s.,;:!?)\"'\u2019])")
_TRAIL = regex.compile(r"[\p{P}]+$")


def count(text: str) -> int:
    """Grapheme clusters."""
    return len(_CLUSTER.findall(text))


def fits(text: str, limit: int) -> bool:
    """Whether the record is valid: at most `limit` graphemes and 3,000 bytes."""
    return count(text) <= limit and len(text.encode()) <= 3000


def _link(text: str, start: int, end: int) -> int | None:
    found = text[start:end]
    if not found.lower().startswith("http") and not any(
        s == 0 for s, _ in urls(regex.match(r"[^/?#:]*", found.lower())[0].rstrip(".,;!?"), bare=True)
    ):
        return None
    if found[-1] in ".,;:!?":
        found = found[:-1]
    if found.endswith(")") and "(" not in found:
        found = found[:-1]
    return start + len(found)


def entities(text: str) -> list[Entity]:
    """Mentions, links, tags and cashtags, in order, the earlier kind first where two overlap."""
    made: list[Entity] = []

    def add(kind: str, start: int, end: int) -> None:
        if end > start + 1 and all(end <= e.start or e.end <= start for e in made):
            made.append(Entity(kind, start, end, text[start:end]))

    for match in _MENTION.finditer(text):
        add("mention", *match.span("e"))
    for match in _LINK.finditer(text):
        stop = _link(text, *match.span("e"))
        if stop is not None:
            add("link", match.start("e"), stop)
    for match in _TAG.finditer(text):
        tag = _TRAIL.sub("", match["e"])
        if 1 < len(tag) <= 65:
            add("hashtag", match.start("e"), match.start("e") + len(tag))
    for match in _CASHTAG.finditer(text):
        add("cashtag", *match.span("e"))
    return sorted(made, key=lambda e: e.start)


def payload(text: str, lang: str, pictures: Sequence[Picture], pinned: Mapping[str, str]) -> dict[str, Any]:
    """What is signed for a record: text, languages, facets with byte offsets, pictures' alt texts and sizes."""
    facets = []
    for found in entities(text):
        feature: dict[str, Any]
        if found.kind == "link":
            uri = found.text if "://" in found.text else f"https://{found.text}"
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": uri}
        elif found.kind == "mention":
            if found.text not in pinned:
                continue
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": pinned[found.text]}
        else:
            tag = found.text[1:] if found.kind == "hashtag" else found.text.upper()
            feature = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
        start = len(text[: found.start].encode())
        index = {"byteStart": start, "byteEnd": start + len(found.text.encode())}
        facets.append({"index": index, "features": [feature]})
    images = [{"alt": p.alt, "width": p.width, "height": p.height} for p in pictures]
    return {"text": text, "langs": [lang], "facets": facets, "images": images}
