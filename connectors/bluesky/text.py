"""How Bluesky counts and links: graphemes and UTF-8 bytes; facets by the network's own rich-text detection.

Written from packages/api/src/rich-text/{util,detection,rich-text}.ts of bluesky-social/atproto (Bluesky Social PBC and
contributors, MIT or Apache 2.0); the two limits are those of lexicons/app/bsky/feed/post.json.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import regex

from connectors import graphemes
from connectors.tlds import bluesky
from g20desk.limits import FilmLimits, Limits
from g20desk.network import Entity, Extras, Picture

# lexicons/app/bsky/embed/video.json; three minutes as its apps take them. A GIF does not move there.
LIMITS = Limits(300, 3000, 4, 1_000_000, 16_000_000, 2000, FilmLimits(100_000_000, 180_000, 8_294_400, 60, 0, alt=1000))
CANNOT = {
    "warning": "Bluesky has no content warnings in words: there the post stands open.",
    "unlisted": "Bluesky knows no unlisted posts: there it is public.",
    "poll": "Bluesky has no polls: leave it out there, or ask in the text.",
    "private": "Bluesky knows no posts for followers only.",
}
_LONGEST_TAG = 64
# `\s`, `\d` and `\b` are JavaScript's: its white space, ASCII digits, ASCII words.
_SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_AFTER = rf"(?:^|[{_SPACE}(])"
_WORD = "[a-zA-Z0-9_]"
_EDGE = rf"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))"
_MENTION = regex.compile(rf"{_AFTER}@(?P<e>[a-zA-Z0-9.\-]+){_EDGE}")
_LINK = regex.compile(
    rf"{_AFTER}(?P<e>[hH][tT][tT][pP][sS]?://[^{_SPACE}]+"
    rf"|(?P<domain>[a-zA-Z][a-zA-Z0-9]*(?:\.[a-zA-Z0-9]+)+)[^{_SPACE}]*)"
)
_POINT = regex.compile(r"\.[a-zA-Z0-9]")
_UNSEEN = r"\xad\u2060\u200a-\u200d\u20e2"
_TAG = regex.compile(
    rf"(?:^|[{_SPACE}])(?P<e>[#＃](?:(?!\ufe0f)[^{_SPACE}{_UNSEEN}]*"
    rf"[^0-9{_SPACE}\p{{P}}{_UNSEEN}]+[^{_SPACE}{_UNSEEN}]*)?)"
)
_CASHTAG = regex.compile(rf"{_AFTER}(?P<e>\$[A-Za-z][A-Za-z0-9]{{0,4}})(?=[{_SPACE}.,;:!?)\"'\u2019]|\Z)")
_TRAIL = regex.compile(r"\p{P}+\Z")
_SCHEME = regex.compile(r"https?://", regex.IGNORECASE)


@functools.lru_cache(1)
def _tops() -> frozenset[str]:
    return bluesky()


def _is_domain(name: str) -> bool:
    """Ends in a top-level domain, in small letters (detection.ts, isValidDomain)."""
    _, dot, top = name.rpartition(".")
    return bool(dot) and top in _tops()


def count(text: str) -> int:
    """Extended grapheme clusters."""
    return graphemes.count(text)


def fits(text: str, limit: int) -> bool:
    """Whether the record is valid: at most `limit` graphemes and 3,000 bytes."""
    return count(text) <= limit and len(text.encode("utf-8", "surrogatepass")) <= (LIMITS.utf8_bytes or 0)


def _mentions(text: str) -> list[tuple[str, int, int]]:
    if "@" not in text:
        return []
    spans = (m for m in _MENTION.finditer(text) if _is_domain(m["e"]) or m["e"].endswith(".test"))
    return [("mention", m.start("e") - 1, m.end("e")) for m in spans]


def _links(text: str) -> list[tuple[str, int, int]]:
    """What begins with small `http` needs no known top-level domain; one mark and one stray bracket are cut off."""
    spans: list[tuple[str, int, int]] = []
    if "://" not in text and not _POINT.search(text):
        return spans
    for match in _LINK.finditer(text):
        found = match["e"]
        if not found.startswith("http") and not (match["domain"] and _is_domain(match["domain"])):
            continue
        if found[-1] in ".,;:!?":
            found = found[:-1]
        if found.endswith(")") and "(" not in found:
            found = found[:-1]
        spans.append(("link", match.start("e"), match.start("e") + len(found)))
    return spans


def _tags(text: str) -> list[tuple[str, int, int]]:
    """Trailing punctuation is cut off; too long a tag (UTF-16 units first, then graphemes) is none."""
    spans: list[tuple[str, int, int]] = []
    if "#" not in text and "＃" not in text:
        return spans
    for match in _TAG.finditer(text):
        tag = _TRAIL.sub("", match["e"][1:])
        long = len(tag.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST_TAG and count(tag) > _LONGEST_TAG
        if tag and not long:
            spans.append(("hashtag", match.start("e"), match.start("e") + 1 + len(tag)))
    return spans


def entities(text: str) -> list[Entity]:
    """Mentions by the form of the handle, links, tags and cashtags; of two that overlap the earlier one, as
    rich-text.ts shows them."""
    spans = _mentions(text) + _links(text) + _tags(text)
    if "$" in text:
        spans += [("cashtag", *m.span("e")) for m in _CASHTAG.finditer(text)]
    made: list[Entity] = []
    for kind, start, end in sorted(spans, key=lambda s: s[1]):
        if not made or made[-1].end <= start:
            made.append(Entity(kind, start, end, text[start:end]))
    return made


def payload(text: str, lang: str, pictures: Sequence[Picture], extras: Extras) -> dict[str, Any]:
    """What is signed for a record: text, languages, facets with byte offsets, pictures' alt texts and sizes, a
    link's card."""
    facets = []
    for found in entities(text):
        feature: dict[str, Any]
        if found.kind == "link":
            uri = found.text if _SCHEME.match(found.text) else f"https://{found.text}"
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": uri}
        elif found.kind == "mention":
            if found.text not in extras.pinned:
                continue
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": extras.pinned[found.text]}
        else:
            tag = found.text[1:] if found.kind == "hashtag" else found.text.upper()
            feature = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
        start = len(text[: found.start].encode())
        index = {"byteStart": start, "byteEnd": start + len(found.text.encode())}
        facets.append({"index": index, "features": [feature]})
    images = [{"alt": p.alt, "width": p.width, "height": p.height} for p in pictures]
    made = {"text": text, "langs": [lang], "facets": facets, "images": images}
    return made if extras.card is None else {**made, "card": dict(extras.card)}


def quoting(software: str, pictures: int, poll: bool) -> str:
    """A record quotes another, with pictures too (app.bsky.embed.recordWithMedia)."""
    return ""


def id_of(url: str, identity: str) -> str:
    """The address of the record behind a page; empty where it is no page of a post."""
    found = regex.search(r"/post/([2-7a-z]{13})(?![0-9a-z])", url)
    return f"at://{identity}/app.bsky.feed.post/{found[1]}" if found else ""
