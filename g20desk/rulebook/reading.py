"""A text as the rules read it: sentences, quotations, links, tags, mentions, signs. Each is found once, when asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import ahocorasick

Span = tuple[int, int]

# All that can end one comes first: so the engine leaps from sign to sign.
_END = re.compile(
    r"[.!?…。！？؟\n](?:(?<=[.!?…])[.!?…]{0,2}[\"”’»)\]]{0,3}(?=\s)|(?<=[。！？])[。！？]{0,2}[”」』）]{0,2}|(?<=[؟\n]))"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|p|pp|para|paras|art|Art|M|Mme|Sr|Sra|approx|cf|г|гг|ст|п|тыс|млн"
    r"|млрд|им|долл|руб)|\b[A-Z])\Z"
)
_MARK = re.compile(r"[“”«»„「」『』\"]")
_CLOSES = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』"}
_LINK = re.compile(
    r"(?i)(?:https?://|www\.)[^\s<>\"“”«»，。、；：！？（）]++|(?<![A-Za-zÀ-ɏЀ-ӿ0-9_@./-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}/[^\s<>\"“”«»，。、；：！？（）]++"
)
_TAIL = re.compile(r"[.,;:!?…'’)\]]{1,40}\Z")
_TAG = re.compile(r"(?<![\w&/#＃])[#＃][\w\u200c]++")
# Arabic and Chinese are written against a handle and are no part of it.
_H = r"[^\W\u0600-\u06ff\u3400-\u9fff]"
_MENTION = re.compile(
    rf"(?<![A-Za-zÀ-ɏЀ-ӿ0-9_/.+@-])@[A-Za-z0-9_](?:(?:{_H}|[.-]){{0,80}}{_H})?(?:@{_H}(?:{_H}|[.-]){{0,80}}{_H})?"
)
_HAN = re.compile("[\u3005-\u30ff\u3400-\u9fff]")
# Regional letters pair; a keycap is a digit with a sign; the rest are pictures with their modifiers.
_SIGN = (
    "[\u231a\u231b\u23e9-\u23fa\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614-\u2660\u2663-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{1,2}}|[0-9#*]\ufe0f?\u20e3"
    f"|{_SIGN}[\ufe0f\U0001f3fb-\U0001f3ff]{{0,2}}(?:\u200d{_SIGN}[\ufe0f\U0001f3fb-\U0001f3ff]{{0,2}}){{0,6}}"
)
WORD = re.compile(r"[^\W_]++(?:['’\-][^\W_]++)*+")


def lowered(text: str) -> str:
    """Small letters, each at its own place, with one apostrophe, one hyphen and one space."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.translate({0x2019: "'", 0x2018: "'", 0x2010: "-", 0x2011: "-", 0xA0: " ", 0x202F: " "})


@lru_cache(8)
def _phrases(agreed: tuple[str, ...]) -> Any:
    """All phrases looked for in one pass."""
    made = ahocorasick.Automaton()
    for phrase in (*agreed, "\0"):
        made.add_word(phrase, len(phrase))
    made.make_automaton()
    return made


class Reading:
    """One text in one language and kind of message. `agreed`: phrases of agreed language; `standing`: where else it is agreed."""

    def __init__(
        self, text: str, lang: str = "en", kind: str = "news", agreed: tuple[str, ...] = (), network: str = "",
        networks: Mapping[str, Callable[[str], Sequence[Any]]] | None = None, standing: Sequence[Span] = (),
    ) -> None:  # fmt: skip
        self.text, self.lang, self.kind = text, lang.partition("-")[0].lower(), kind
        self.low = lowered(text)
        self.network, self.networks = network, networks or {}
        self.lead = len(text) - len(text.lstrip())
        self.memo: dict[Any, Any] = {}
        self._agreed, self._standing = agreed, standing

    @cached_property
    def spaced(self) -> str:
        """The text with a mark for each Chinese sign: what is written between them in Latin letters stands free."""
        return _HAN.sub("·", self.text) if self.lang == "zh" else self.text

    @cached_property
    def sentences(self) -> list[Span]:
        """Each sentence with its mark; an abbreviation does not end one."""
        made, start = [], 0
        for match in _END.finditer(self.text):
            if match[0] == "." and _ABBREVIATED.search(self.text, max(0, match.start() - 8), match.start()):
                continue
            if self.text[start : match.end()].strip():
                made.append(self._trim(start, match.end()))
            start = match.end()
        if self.text[start:].strip():
            made.append(self._trim(start, len(self.text)))
        return made

    def _trim(self, start: int, end: int) -> Span:
        inner = self.text[start:end]
        return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())

    def sentence(self, at: int) -> Span:
        """The sentence that holds a place."""
        number = bisect_right(self.sentences, (at, len(self.text) + 1)) - 1
        return self.sentences[number] if number >= 0 else (0, 0)

    @cached_property
    def words(self) -> list[Span]:
        """Each word."""
        return [m.span() for m in WORD.finditer(self.low)]

    @cached_property
    def tokens(self) -> list[str]:
        """Each word, small; `words` says where they stand."""
        return WORD.findall(self.low)

    @cached_property
    def quoted(self) -> list[Span]:
        """What stands between quotation marks, the outermost, in order; an open one quotes nothing."""
        made: list[Span] = []
        open_: list[tuple[str, int]] = []
        for match in _MARK.finditer(self.text):
            sign, at = match[0], match.start()
            if open_ and sign in (_CLOSES.get(open_[-1][0]) or open_[-1][0]):
                _, start = open_.pop()
                while made and made[-1][0] > start:
                    made.pop()
                made.append((start, at + 1))
            elif sign in _CLOSES or sign == '"':
                open_.append((sign, at))
        return made

    @cached_property
    def agreed(self) -> list[Span]:
        """Where agreed language stands, in order: phrases, and what else is known to be agreed."""
        phrases = ((end + 1 - size, end + 1) for end, size in _phrases(self._agreed).iter(self.low))
        return merged([*phrases, *self._standing])

    @cached_property
    def links(self) -> list[Span]:
        """What a reader would take for an address with its path."""
        if "/" not in self.text and "www." not in self.low:
            return []
        made = []
        for match in _LINK.finditer(self.text):
            found = match[0]
            cut = _TAIL.search(found, max(0, len(found) - 40))
            tail = cut[0] if cut else ""
            if tail.startswith(")") and "(" in found:
                tail = tail[1:]
            made.append((match.start(), match.end() - len(tail)))
        return made

    @cached_property
    def tags(self) -> list[Span]:
        """Hashtags as written."""
        if "#" not in self.text and "＃" not in self.text:
            return []
        return [m.span() for m in _TAG.finditer(self.text) if not within(self.links, m.start())]

    @cached_property
    def mentions(self) -> list[Span]:
        """Handles as written."""
        if "@" not in self.text:
            return []
        return [m.span() for m in _MENTION.finditer(self.text) if not within(self.links, m.start())]

    @cached_property
    def emoji(self) -> list[Span]:
        """Signs, a family or flag as one."""
        if self.text.isascii():
            return []
        return [m.span() for m in _EMOJI.finditer(self.text) if self.text[m.end() : m.end() + 1] != "\ufe0e"]

    @cached_property
    def places(self) -> list[Span]:
        """Links and mentions: not prose."""
        return merged([*self.links, *self.mentions])

    def part(self, where: str) -> Span:
        """Where a rule looks: the whole, the first or the last of several sentences."""
        if where == "opening":
            return self.sentences[0] if self.sentences else (0, 0)
        if where == "closing":
            # A link at the end is where to look, not the last word.
            told = [span for span in self.sentences if not within(self.links, span[0])]
            return told[-1] if len(told) > 1 else (0, 0)
        return 0, len(self.text)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def within(spans: Sequence[Span], at: int) -> bool:
    """Whether a place lies in one of the ordered spans."""
    number = bisect_right(spans, (at, 1 << 60)) - 1
    return number >= 0 and spans[number][0] <= at < spans[number][1]


def covered(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the ordered spans holds all of a range."""
    number = bisect_right(spans, (start, 1 << 60)) - 1
    return number >= 0 and spans[number][0] <= start and end <= spans[number][1]
