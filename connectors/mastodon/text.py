"""How Mastodon counts and links.

The facts are those of app/validators/status_length_validator.rb, app/lib/extractor.rb, app/models/concerns/tag/naming.rb,
app/models/account.rb and config/initializers/twitter_regex.rb (Mastodon 4; read, not copied), on top of twitter-text 3.1
for Ruby. `[[:word:]]` and `[[:alpha:]]` are Ruby's: Alphabetic, marks, decimal digits, connectors; Alphabetic.
"""

from __future__ import annotations

import functools
import re
import stringprep
from collections.abc import Sequence
from encodings.idna import ToASCII
from typing import Any

import regex

from connectors import graphemes
from connectors import twitter_text as tt
from connectors.mastodon.software import has_quotes
from connectors.polls import poll_of
from g20desk.limits import FilmLimits, Limits, PollLimits
from g20desk.network import Entity, Extras, Picture

# app/models/media_attachment.rb, concerns/attachmentable.rb; a server tells its own bytes, pixels and rate.
FILM = FilmLimits(103_809_024, 0, 8_294_400, 120, 16_777_216, gif_pixels=921_600, frames=36_000)
LIMITS = Limits(500, None, 4, 16_000_000, 8_300_000, 1500, FILM, PollLimits(4, 50, 5, 43_200, True))
CANNOT: dict[str, str] = {}
_LINK = 23
_LONGEST_DOMAIN = 253
_LONGEST_URL = 4096

_ALPHA = r"\p{Alphabetic}"
_WORD = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}"
_JOIN = r"_\u00b7\u30fb\u200c"
_HASHTAG = regex.compile(
    r"(?:^|(?<=\p{White_Space}))(?P<e>[#＃](?:"
    rf"[{_WORD}][{_WORD}{_JOIN}]*[{_ALPHA}{_JOIN}][{_WORD}{_JOIN}]*[{_WORD}]"
    rf"|[{_WORD}]*{_ALPHA}[{_WORD}]*))"
)
_SCHEME_TAIL = regex.compile(r"(?s).[^\n]*(?P<tail>https?)\Z")
_MENTION = regex.compile(
    rf"(?<![=/{_WORD}])(?P<e>@(?P<name>[a-zA-Z0-9_]+(?:[.\-]+[a-zA-Z0-9_]+)*)"
    rf"(?:@(?P<server>[{_WORD}]+(?:[.\-]+[{_WORD}]+)*))?)"
)
_MENTION_END = regex.compile(rf"[@＠]|[{tt.LATIN}]|://")

# Every code point an IRI may hold (RFC 3987 ucschar and iprivate), for queries.
_UNICODE = r"\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\uffef" + "".join(
    rf"\U{plane:04x}{'1000' if plane == 14 else '0000'}-\U{plane:04x}fffd" for plane in range(1, 17)
)
_WHITE = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_NOT_IN_DOMAIN = tt.DIRECTIONS + r"!\"#$%&'()*+,\-./:;<=>?@\[\]\^_`{|}~" + r"\x00-\x20\x7f" + tt.INVALID + tt.SPACES
_QUERY = rf"[a-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@\^{_UNICODE}]*[a-z0-9_&=#/\-{_UNICODE}]"


def _valid(url: str, scheme: str, host: str, rules: tt.Grammar) -> bool:
    """is_valid_domain of extractor.rb: libidn turns the domain to ASCII (RFC 3490, Unicode 3.2) and it is not too
    long."""
    if any(stringprep.in_table_a1(c) for c in host):
        return False
    try:
        encoded = ".".join(ToASCII(label).decode() for label in regex.split(r"[.\u3002\uff0e\uff61]", host))
    except UnicodeError:
        return False
    return len(url) + max(0, len(encoded) - len(host)) <= _LONGEST_URL


@functools.lru_cache(1)
def _domain() -> str:
    return tt.domain(_NOT_IN_DOMAIN, tt.top_level("[0-9a-z]"))


@functools.lru_cache(1)
def _grammar() -> tt.Grammar:
    chars = rf"[^{_WHITE}<>()?]"
    ending = rf"(?:[^{_WHITE}()?!*\"'「」<>;:=,.$%\[\]~&|@]|{tt.balanced(chars)})"
    return tt.grammar(
        schemes="https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini",
        domain=_domain(),
        path=tt.path(chars, ending, f"{chars}+"),
        query=_QUERY,
        short=r"https?://t\.co/([a-z0-9]+)",
        ascii_domain=None,
        valid=_valid,
    )


@functools.lru_cache(1)
def _extra() -> Any:
    """`xmpp:` with an optional authority, user, resource and query; `magnet:` with a query."""
    free = r"a-z\p{Cyrillic}0-9\p{Pd}._~"
    node = rf"(?:[{free}!$()*+,;=]|%[0-9a-f]{{2}})"
    resource = rf"(?:[{free}!$&'()*+,;=]|%[0-9a-f]{{2}})"
    host = _domain()
    return regex.compile(
        rf"{tt.BEFORE}(?P<e>xmpp:(?://{node}+@{host}/)?(?:{node}+@)?{host}(?:/{resource}+)?(?:\?{_QUERY})?"
        rf"|magnet:\?{_QUERY})"
    )


@functools.lru_cache(64)
def _links(text: str) -> tuple[tuple[str, int, int], ...]:
    """Kept for a while: links are counted and they are shown."""
    return tuple(("link", k.start, k.end) for k in tt.links(text, _grammar()))


def _mentions(text: str) -> list[tuple[str, int, int]]:
    if "@" not in text:
        return []
    return [
        ("mention", *m.span("e"))
        for m in _MENTION.finditer(text)
        if not _MENTION_END.match(text, m.end()) and len(m["server"] or "") <= _LONGEST_DOMAIN
    ]


def _hashtags(text: str) -> list[tuple[str, int, int]]:
    """A scheme that a hashtag runs into is not part of it."""
    spans: list[tuple[str, int, int]] = []
    if "#" not in text and "＃" not in text:
        return spans
    for match in _HASHTAG.finditer(text):
        start, end = match.span("e")
        if text.startswith("://", end) and (tail := _SCHEME_TAIL.match(text[start + 1 : end])):
            end -= len(tail["tail"])
        spans.append(("hashtag", start, end))
    return spans


def _extras(text: str) -> list[tuple[str, int, int]]:
    low = tt.lower(text)
    if "xmpp:" not in low and "magnet:" not in low:
        return []
    return [("link", *m.span("e")) for m in _extra().finditer(low)]


def entities(text: str) -> list[Entity]:
    """Links with a scheme, hashtags, mentions, `xmpp:` and `magnet:`; the earlier one wins."""
    spans = [*_links(text), *_hashtags(text), *_mentions(text), *_extras(text)]
    return [Entity(kind, s, e, text[s:e]) for kind, s, e in tt.without_overlap(spans)]


@functools.lru_cache(4096)
def count(text: str) -> int:
    """Grapheme clusters, a link taken as 23 and `@name@server` as `@name`; nothing for a blank text."""
    if not text.strip():
        return 0
    out, at = [], 0
    for kind, start, end in tt.without_overlap([*_links(text), *_mentions(text)]):
        out.append(text[at:start])
        out.append("x" * _LINK if kind == "link" else "@" + text[start:end].split("@")[1])
        at = end
    return graphemes.count("".join([*out, text[at:]]))


def fits(text: str, limit: int) -> bool:
    """Whether the server takes the text: not blank, not over its limit."""
    return bool(text.strip()) and count(text) <= limit


def payload(text: str, lang: str, pictures: Sequence[Picture], extras: Extras) -> dict[str, Any]:
    """What is signed for a post on Mastodon. `allowed_mentions`: the accounts that it may mention and no other."""
    made: dict[str, Any] = {"text": text, "language": lang, "visibility": extras.visibility}
    if extras.warning:
        made["spoiler_text"] = extras.warning
    if extras.poll is not None:
        made["poll"] = poll_of(extras.poll)
    allowed = sorted(set(extras.pinned.values()))
    return {**made, "media": [{"alt": p.alt} for p in pictures], "allowed_mentions": allowed}


def quoting(software: str, pictures: int, poll: bool) -> str:
    """Mastodon quotes from 4.5 on (`quoted_status_id`); an older server would leave the quote out without a word."""
    if poll:
        return "Mastodon shows no quote beside a poll: its address stands at the end of the text."
    known = has_quotes(software) or software.startswith("rehearsal")
    return "" if known else "This server shows no quotes: the address stands at the end of the text."


def id_of(url: str, identity: str) -> str:
    """The server's number of a post by its address; empty where it is no address of a post."""
    found = re.search(r"/(?:@[^/]{1,100}|statuses|deck/@[^/]{1,100})/([0-9]{1,20})(?![0-9])", url)
    return str(found[1]) if found else ""
