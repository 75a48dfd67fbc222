"""Where links are, by twitter-text 3.1: what X does, and what Mastodon does with its own path and scheme rules.

Written from js/src/extractUrlsWithIndices.js, js/src/regexp/*.js, rb/lib/twitter-text/{regex,extractor}.rb (Twitter,
Inc., Apache License 2.0). Texts are matched in a lower-case form of the same length, so the patterns know small letters
only; that keeps Turkish and long-s letters from matching i and s as a case-blind pattern would.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from connectors.tlds import twitter


@dataclass(frozen=True, slots=True)
class Link:
    """A link's place, and the length twitter-text holds it to have. They differ where only the ASCII part of a domain
    links and a path follows: the characters between count once more."""

    start: int
    end: int
    length: int


SPACES = r"\x09-\x0d\x20\x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
DIRECTIONS = r"\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
INVALID = r"\ufffe\ufeff\uffff"
LATIN = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    r"\u0300-\u036f\u1e00-\u1eff"
)
BEFORE = rf"(?:[^A-Za-z0-9@＠$#＃{INVALID}]|^)"
_POINT = re.compile(r"\.[^\W\d_]")  # before the last part of a domain
_BAD_BEFORE_BARE = ("-", "_", ".", "/")
_LONGEST, _LONGEST_SLUG, _LONGEST_LABEL = 4096, 40, 63


def lower(text: str) -> str:
    """Small letters, in the same places, for letters whose great form is that one letter; none becomes ASCII."""
    if text.isascii():
        return text.lower()
    return "".join(map(_small, text))


@functools.lru_cache(4096)
def _small(letter: str) -> str:
    low = letter.lower()
    return low if low.upper() == letter and len(low) == 1 else letter


def units(text: str) -> str:
    """The text as JavaScript sees it: each half of a surrogate pair a character."""
    if not text or max(text) < "\U00010000":
        return text
    data = memoryview(text.encode("utf-16-le", "surrogatepass"))
    return "".join(chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))


def any_of(words: list[str]) -> str:
    """A pattern for any of the words, the longest first, as a tree of letters."""
    tree: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, object] = tree  # type: ignore[assignment]
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = {}

    def pattern(node: dict[str, object]) -> str:
        branches = [re.escape(c) + pattern(sub) for c, sub in node.items() if c]  # type: ignore[arg-type]
        if not branches:
            return ""
        inner = "|".join(branches)
        if "" in node:
            return f"(?:{inner})?"
        return f"(?:{inner})" if len(branches) > 1 else inner

    return pattern(tree)  # type: ignore[arg-type]


def top_level(punycode: str) -> str:
    """A top-level domain of the list with no ASCII letter or digit after it, or a punycode one."""
    return rf"(?:{any_of(twitter())}(?=[^0-9a-z@+\-]|\Z)|xn--{punycode}+)"


def domain(excluded: str, top: str) -> str:
    """Labels of anything but the `excluded` (a character class body), `_` in all but the last, then the `top`.

    The possessive `*+` and the look behind say what twitter-text says with backtracking. A name has at most 127 labels
    (RFC 1035); without that bound a row of thousands would be read again from each of its dots.
    """
    good, sub, last = f"[^{excluded}]", rf"(?:[^{excluded}]|[_\-])", rf"(?:[^{excluded}]|-)"
    return rf"(?:(?:{good}{sub}*+(?<![_\-])\.){{0,126}}{good}{last}*+(?<!-)\.{top})"


def path(chars: str, ending: str, whole: str) -> str:
    """The path after its first stroke: `chars` with balanced brackets, up to an `ending`; or `whole` up to a stroke."""
    return rf"(?:{chars}*(?:{balanced(chars)}{chars}*)*{ending}|{whole}/)*"


def balanced(chars: str) -> str:
    """Brackets around `chars`, one level nested."""
    return rf"\((?:{chars}+|{chars}*\({chars}+\){chars}*)\)"


@dataclass(frozen=True, slots=True)
class Grammar:
    """One network's form of a link. Patterns are over the lower-case text."""

    url: re.Pattern[str]
    short: re.Pattern[str]
    ascii_domain: re.Pattern[str] | None
    valid: Callable[[str, str, str, Grammar], bool]


def grammar(
    *,
    schemes: str,
    domain: str,
    path: str,
    query: str,
    short: str,
    ascii_domain: str | None,
    valid: Callable[[str, str, str, Grammar], bool],
) -> Grammar:
    """Put the pieces together (extractUrl.js, valid_url). `ascii_domain` None: no links without a scheme."""
    pattern = (
        rf"(?P<before>{BEFORE})(?P<url>(?P<scheme>(?:{schemes})://)?(?P<domain>{domain})(?::[0-9]+)?"
        rf"(?P<path>/{path})?(?P<query>\?{query})?)"
    )
    bare = None if ascii_domain is None else re.compile(ascii_domain)
    return Grammar(re.compile(pattern), re.compile(short), bare, valid)


def links(text: str, rules: Grammar) -> list[Link]:
    """The links, in order; half-open code point ranges."""
    found: list[Link] = []
    if not _POINT.search(text) or not (rules.ascii_domain or ":" in text):
        return found
    for match in rules.url.finditer(lower(text)):
        start, end = match.span("url")
        url, scheme, host = match["url"], match["scheme"], match["domain"]
        written = text[slice(*match.span("domain"))]
        if not rules.valid(url, scheme or "https://", written, rules):
            continue
        if scheme:
            if short := rules.short.match(url):
                if len(short[1]) > _LONGEST_SLUG:
                    continue
                end = start + short.end()
            found.append(Link(start, end, end - start))
        elif rules.ascii_domain and not match["before"].endswith(_BAD_BEFORE_BARE):
            inner, at = [], 0
            for part in rules.ascii_domain.finditer(host):
                # twitter-text looks for the same letters again, from the end of the part before.
                at = written.index(written[part.start() : part.end()], at)
                inner.append(Link(start + at, start + (at := at + len(part[0])), len(part[0])))
            if inner and match["path"]:
                inner[-1] = Link(inner[-1].start, end, len(url) - len(host) + inner[-1].length)
            found += inner
    return found


def label_length(label: str) -> int:
    """The length of a label in its punycode form."""
    if label.isascii():
        return len(label)
    whole = label.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return len(whole.encode("punycode")) + 4


def valid_for_x(url: str, scheme: str, host: str, rules: Grammar) -> bool:
    """extractUrlsWithIndices.isValidUrl with lib/idna.js: labels of 1 to 63 in punycode, not too long in all."""
    if host.startswith("xn--") and not (rules.ascii_domain and rules.ascii_domain.search(lower(host))):
        return False
    for label in host.split("."):
        parts = re.split(r"[\u3002\uff0e\uff61]", label)
        if not 1 <= sum(map(label_length, parts)) + len(parts) - 1 <= _LONGEST_LABEL:
            return False
    return len(scheme) + len(url) <= _LONGEST


def without_overlap(spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """removeOverlappingEntities: by start, the earlier one wins; of two at one place the first given."""
    kept: list[tuple[str, int, int]] = []
    for span in sorted(spans, key=lambda s: s[1]):
        if not kept or kept[-1][2] <= span[1]:
            kept.append(span)
    return kept
