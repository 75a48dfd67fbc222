"""How X counts and links: twitter-text 3.1, configuration v3 (config/v3.json, js/src/parseTweet.js)."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from itertools import accumulate
from typing import Any, cast

from connectors import twitter_text as tt
from connectors.polls import poll_of
from connectors.x.emoji import EMOJI
from connectors.x.letters import DIGITS, LETTERS
from g20desk.limits import FilmLimits, Limits, PollLimits
from g20desk.network import Entity, Extras, Picture

# docs.x.com, media best practices: an account without Premium; its 8 GB are more than any desk keeps.
FILM = FilmLimits(
    8_000_000_000, 1_200_000, 2_304_000, 60, 15_000_000, gif_pixels=1_382_400, gif_frames=350, least_ms=500
)
LIMITS = Limits(280, None, 4, 5_000_000, 25_000_000, 1000, FILM, PollLimits(4, 25, 5, 10_080, False))
CANNOT = {
    "warning": "X has no content warnings: there the post stands open.",
    "unlisted": "X knows no unlisted posts: there it is public.",
    "private": "X knows no posts for followers only.",
    "language": "X finds the language out by itself.",
    "film-alt": "X keeps no description with a video: say in the text what it shows.",
}
# config/v3.json: these weigh 1, all else 2; a link weighs 23, an emoji 2.
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_LINK, _HEAVY = 23, 2
_HEAVY_SIGNS = re.compile(f"[^{''.join(f'{chr(a)}-{chr(b)}' for a, b in _LIGHT)}]")
# One of these stands in every emoji.
EMOJI_SIGNS = re.compile("[\xa9\xae\u203c-\u2bff\u3030\u303d\u3297\u3299\ue50a\ufe0f\U0001f004-\U0001faff]")
_INVALID = re.compile(f"[{tt.INVALID}]")
# js/src/regexp/punct.js: without the double quote and the grave accent.
_PUNCT = r"!'#%&()*+,\\\-./:;<=>?@\[\]\^_{|}~$"
# The Latin range in JavaScript where case is ignored: the small letters of its great ones, and iota for the combining one.
_LATIN = tt.LATIN + r"\u0260\u0269\u0275\u0280\u0283\u0288\u028a\u028c\u0292\u2c65\u2c66\u03b9\u1fbe"
_SPECIAL = r"_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7"
# What `\s` is in JavaScript.
_JS_SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


@functools.lru_cache(1)
def _grammar() -> tt.Grammar:
    top = tt.top_level(r"[\-0-9a-z]")
    chars = rf"[a-z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_LATIN}]"
    ending = rf"(?:[+\-a-z\u0400-\u04ff0-9=_#/{_LATIN}]|{tt.balanced(chars)})"
    query = r"[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
    return tt.grammar(
        schemes="https?",
        domain=tt.domain(_PUNCT + tt.SPACES + tt.INVALID + tt.DIRECTIONS, top),
        path=tt.path(chars, ending, f"@{chars}+"),
        query=query,
        short=rf"https?://t\.co/([a-z0-9]+)(?:\?{query})?",
        ascii_domain=rf"(?:[\-a-z0-9{_LATIN}]+\.)+{top}",
        valid=tt.valid_for_x,
    )


def _class(hexadecimal: str) -> str:
    ends = (part.split("-") for part in hexadecimal.split())
    return "".join("-".join(re.escape(chr(int(e, 16))) for e in pair) for pair in ends)


@functools.lru_cache(1)
def _emoji() -> re.Pattern[str]:
    return re.compile(EMOJI)


@functools.lru_cache(1)
def _hashtag() -> re.Pattern[str]:
    """js/src/regexp/validHashtag.js: the sign not after a letter, digit or `&`; at least one letter."""
    letter = _class(LETTERS)
    word = f"[{letter}{_class(DIGITS)}{_SPECIAL}]"
    before = f"(?:^|[\ufe0e\ufe0f]|(?!{word}|&)[\\s\\S])"
    return re.compile(f"{before}(?P<e>[#＃](?!\ufe0f|\u20e3){word}*[{letter}]{word}*)")


_HASHTAG_END = re.compile(r"[#＃]|://")
# js/src/regexp/validMentionOrList.js, endMentionMatch.js
_MENTION = re.compile(
    r"(?:^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.\-])[rR][tT]:?)"
    r"(?P<e>[@＠][a-zA-Z0-9_]{1,20}(?:/[a-zA-Z][a-zA-Z0-9_\-]{0,24})?)"
)
_MENTION_END = re.compile(rf"[@＠]|[{tt.LATIN}]|://")
# js/src/regexp/validCashtag.js
_CASHTAG = re.compile(
    rf"(?:^|[{tt.SPACES}])(?P<e>\$[a-zA-Z]{{1,6}}(?:[._][a-zA-Z]{{1,2}})?)(?=\Z|[{_JS_SPACE}{_PUNCT}])"
)


def _ends(pattern: re.Pattern[str], text: str, not_before: re.Pattern[str] | None) -> Iterable[tuple[int, int]]:
    return (m.span("e") for m in pattern.finditer(text) if not (not_before and not_before.match(text, m.end())))


@functools.lru_cache(64)
def _links(text: str) -> Sequence[tt.Link]:
    """Links of the text, kept for a while: they are counted and they are shown. twitter-text looks at UTF-16 units: half an emoji may stand before a domain, half in it."""
    halves = tt.units(text)
    found = tt.links(halves, _grammar())
    if len(halves) == len(text) or not found:
        return found
    place = list(accumulate((2 if c > "\uffff" else 1 for c in text), initial=0))
    made = []
    for k in found:
        start, end, stop = (bisect_left(place, at) for at in (k.start, k.end, k.start + k.length))
        made.append(tt.Link(start, end, stop - start))
    return made


def _weight(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_HEAVY_SIGNS.findall(text))


@functools.lru_cache(4096)
def count(text: str) -> int:
    """The weighted length of the NFC form (js/src/parseTweet.js)."""
    text = unicodedata.normalize("NFC", text)
    # An emoji inside a link is not met; a link wins where both begin.
    fixed = {m.start(): (m.end(), _HEAVY) for m in _emoji().finditer(text)} if EMOJI_SIGNS.search(text) else {}
    fixed.update((k.start, (k.start + k.length, _LINK)) for k in _links(text))
    length, at = 0, 0
    for start in sorted(fixed):
        if start >= at:
            end, weight = fixed[start]
            length, at = length + _weight(text[at:start]) + weight, end
    return length + _weight(text[at:])


def fits(text: str, limit: int) -> bool:
    """Whether X takes the text: not empty, no U+FFFE, U+FEFF, U+FFFF, not over the limit (parseTweet's `valid`)."""
    return bool(text) and not _INVALID.search(text) and count(text) <= limit


def entities(text: str) -> list[Entity]:
    """js/src/extractEntitiesWithIndices.js: links with or without a scheme, mentions and lists, hashtags, cashtags."""
    spans = [("link", k.start, k.end) for k in _links(text)]
    if "@" in text or "＠" in text:
        spans += [("mention", s, e) for s, e in _ends(_MENTION, text, _MENTION_END)]
    if "#" in text or "＃" in text:
        spans += [("hashtag", s, e) for s, e in _ends(_hashtag(), text, _HASHTAG_END)]
    if "$" in text:
        spans += [("cashtag", s, e) for s, e in _ends(_CASHTAG, text, None)]
    return [Entity(kind, s, e, text[s:e]) for kind, s, e in tt.without_overlap(spans)]


def payload(text: str, lang: str, pictures: Sequence[Picture], extras: Extras) -> dict[str, Any]:
    """What is signed for a post on X."""
    made = {"text": text, "media": [{"alt": p.alt} for p in pictures]}
    return made if extras.poll is None else {**made, "poll": poll_of(extras.poll)}


def quoting(software: str, pictures: int, poll: bool) -> str:
    """X takes pictures, a poll or a quote with a post, not two of them (`media` and `poll` of POST /2/tweets)."""
    if poll:
        return "X takes no quote beside a poll: its address stands at the end of the text."
    return "X takes no quote beside pictures: its address stands at the end of the text." if pictures else ""


@functools.lru_cache(1)
def prices() -> Mapping[str, Any]:
    """What X asks for a request, and when its price page was read."""
    found = tomllib.loads(resources.files("resources").joinpath("prices.toml").read_text(encoding="utf-8"))
    return cast(Mapping[str, Any], found["x"])


def price(text: str) -> int:
    """What a post costs, in thousandths of a US dollar: one with a link costs more."""
    linked = any(e.kind == "link" for e in entities(text))
    return int(prices()["post_with_link" if linked else "post"])


def id_of(url: str, identity: str) -> str:
    """The number of a post by its address; empty where it is no address of a post."""
    found = re.search(r"/status(?:es)?/([0-9]{1,20})(?![0-9])", url)
    return str(found[1]) if found else ""
