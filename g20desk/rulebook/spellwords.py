"""Words out of a text, for a dictionary to look at. Places are code points and never cut a letter from its marks.

What is no word of the text's own language is left out: links, mentions, hashtags, figures, abbreviations, code, names
in other scripts, agreed language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from g20desk.rulebook.reading import Reading, Span, merged

LONGEST = 60
# Languages that write no spaces between words; there are no dictionaries of this kind for them.
UNSPACED = ("zh", "ja", "th", "km", "lo", "my")
_SCRIPTS = {
    "ru": "Cyrillic", "uk": "Cyrillic", "be": "Cyrillic", "bg": "Cyrillic", "mk": "Cyrillic", "kk": "Cyrillic",
    "mn": "Cyrillic", "ar": "Arabic", "fa": "Arabic", "ur": "Arabic", "el": "Greek", "he": "Hebrew",
    "hi": "Devanagari", "mr": "Devanagari", "ne": "Devanagari", "bn": "Bengali", "ta": "Tamil", "hy": "Armenian",
    "ka": "Georgian", "ko": "Hangul",
}  # fmt: skip
_IN = r"[\p{L}\p{M}\p{N}_\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff]++"
# What is written without a space, an address or a file's name as one; then words at slashes and colons.
_RUN = regex.compile(rf"{_IN}(?:['’‘ʼ＇.@/\\:·\-‐‑]{_IN})*+")
_SPLIT = regex.compile(r"[/:·]")
JOINT = regex.compile(r"['’‘ʼ＇\-‐‑]")
_CODE = regex.compile(r"`[^`\n]{1,400}`|\{[^{}\n]{1,80}\}|<[^<>\n]{1,200}>|[^\s<>@]{1,80}@[^\s<>@]{1,80}\.\w{2,12}")
_SIGN = regex.compile(r"\X")
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\p{M}]{1,5}s?\Z")
_CAMEL = regex.compile(r"\p{Ll}\p{M}*+\p{Lu}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in the text; half open."""

    start: int
    end: int
    text: str


def base(lang: str) -> str:
    """The language without its country: `en` of `en-GB`."""
    return lang.replace("_", "-").partition("-")[0].lower()


def script(lang: str) -> str:
    """The script that a language is written in."""
    return _SCRIPTS.get(base(lang), "Latin")


def words(text: str, lang: str, agreed: Sequence[str] = ()) -> list[Word]:
    """The words that a dictionary of this language may be asked about, in order; none for a language that writes no
    spaces. `agreed`: phrases in which every word is right."""
    if base(lang) in UNSPACED:
        return []
    reading = Reading(text, lang, agreed=tuple(agreed))
    code = [match.span() for match in _CODE.finditer(text)]
    out = merged([*reading.links, *reading.mentions, *reading.tags, *reading.agreed, *code])
    foreign = _foreign(script(lang))
    made, at = [], 0
    for run in _RUN.finditer(text):
        while at < len(out) and out[at][1] <= run.start():
            at += 1
        for start, end in _free(run.span(), out, at):
            made += [word for word in _split(text, start, end) if _asked_about(word.text, foreign)]
    return made


@lru_cache(64)
def _foreign(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"[\p{{L}}--\p{{Script={name}}}]", regex.VERSION1)


def _free(span: Span, out: Sequence[Span], at: int) -> Iterator[Span]:
    """What is left of a run between the places that are not words."""
    start, end = span
    while at < len(out) and out[at][0] < end:
        if out[at][0] > start:
            yield start, out[at][0]
        start = max(start, out[at][1])
        at += 1
    if start < end:
        yield start, end


def _split(text: str, start: int, end: int) -> Iterator[Word]:
    at = start
    for cut in [*_SPLIT.finditer(text, start, end), None]:
        found = _trimmed(text, at, cut.start() if cut else end)
        if found is not None:
            yield found
        at = cut.end() if cut else end


def _trimmed(text: str, start: int, end: int) -> Word | None:
    """From the first letter or figure to the last, with all that belongs to them."""
    letters = [at for at in range(start, end) if text[at].isalnum()]
    if not letters:
        return None
    start, end = letters[0], _SIGN.match(text, letters[-1]).end()
    while start and _SIGN.match(text, start - 1).end() > start:
        start -= 1
    return Word(start, end, text[start:end])


def _asked_about(word: str, foreign: regex.Pattern[str]) -> bool:
    if len(word) > LONGEST or any(c in "_.@\\" or c.isnumeric() for c in word):
        return False
    if foreign.search(word) or sum(c.isalpha() for c in word) < 2:
        return False
    return not any(_ACRONYM.match(part) or _CAMEL.search(part) for part in JOINT.split(word))


def parts(word: Word) -> list[Word]:
    """What a word is made of, where hyphens or apostrophes join it; none where it is one."""
    made, at = [], word.start
    for joint in [*JOINT.finditer(word.text), None]:
        stop = word.start + joint.start() if joint else word.end
        if at < stop:
            made.append(Word(at, stop, word.text[at - word.start : stop - word.start]))
        at = word.start + joint.end() if joint else word.end
    return made if len(made) > 1 else []
