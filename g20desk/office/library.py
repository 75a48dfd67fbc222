"""The library of agreed wording: what an entry is, and how texts are cut into sentences and words to look it up by. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from g20desk.office.agreed import Unit

LINE, PHRASE, MEMORY = "line", "agreed", "memory"
# An entry as short as this says too little to be marked wherever it stands.
SHORT = 2
_ARTICLES = ("وال", "بال", "كال", "فال", "ال")
# A full stop behind these ends no sentence.
_SHORTENED = frozenset("mr mrs ms dr st no art para vs etc cf al fig vol pp ca jan feb aug sept oct nov dec".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Entry:
    """Agreed wording in one language. `kind`: `line` (with its id, its locked phrases in this language and the end of its
    validity in milliseconds, 0: none), `agreed` (language of a declaration) or `memory` (of a text that was agreed, for
    translating). `of`: the line, set or message that it is of; `whole`: it is all that its source says there."""

    text: str
    lang: str
    kind: str
    of: str
    source: str = ""
    topic: str = ""
    locked: tuple[str, ...] = ()
    until: int = 0
    whole: bool = True

    def stands(self, now: int) -> bool:
        """Whether it is not over yet, at a time in milliseconds."""
        return not self.until or now < self.until


@cache
def _patterns() -> tuple[Any, Any, Any]:
    import regex

    unspaced = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
    return (
        regex.compile(rf"{unspaced}\p{{M}}*|(?:(?!{unspaced})[\p{{L}}\p{{M}}\p{{N}}])+(?:['’.,-](?:(?!{unspaced})[\p{{L}}\p{{N}}])[\p{{L}}\p{{M}}\p{{N}}]*)*"),
        regex.compile(r"[。！？]+[”’」』）]*|[.!?…\u061f\u06d4]+[\"”’»)]*(?=\s|$)|\n+"),
        regex.compile(unspaced),
    )  # fmt: skip


def base(lang: str) -> str:
    """The language without its region."""
    return lang.partition("-")[0]


def unspaced(sign: str) -> bool:
    """Whether a sign is of a script that puts no spaces between words."""
    return bool(_patterns()[2].match(sign))


def plain(text: str) -> str:
    """A text as wording is compared letter for letter: composed, one space for each run of white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def key(word: str) -> str:
    """A word as it is looked up: compatibility forms, case folded, without Arabic vowel marks and article."""
    if word.isascii():
        return word.lower()
    found = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е")
    if "\u0600" <= found[:1] <= "\u06ff":
        found = "".join(sign for sign in found if not ("\u064b" <= sign <= "\u065f" or sign in "\u0670\u0640"))
        start = next((one for one in _ARTICLES if found.startswith(one) and len(found) - len(one) >= 3), "")
        found = found.removeprefix(start)
    return found


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text as they are looked up, with their places; a sign of an unspaced script is a word of its own."""
    for one in _patterns()[0].finditer(text):
        if made := key(one[0]):
            yield made, one.start(), one.end()


def ends(text: str) -> list[int]:
    """Where sentences end, behind their last sign; a line is the end of one."""
    return [one.end() for one in _patterns()[1].finditer(text) if not _shortened(text, one.start(), one[0])]


def sentences(text: str) -> list[tuple[int, int]]:
    """The places of a text's sentences, without the white space around them."""
    made, start = [], 0
    for end in [*ends(text), len(text)]:
        part = text[start:end]
        if inner := part.strip():
            first = start + len(part) - len(part.lstrip())
            made.append((first, first + len(inner)))
        start = end
    return made


def _shortened(text: str, at: int, stop: str) -> bool:
    if not stop.startswith(".") or len(stop.rstrip('"”’»)')) > 1:
        return False
    last = text[:at].rpartition(" ")[2].rpartition("\n")[2].lstrip("(“\"'")
    return last.casefold() in _SHORTENED or (len(last) == 1 and last.isalpha() and last.isupper()) or "." in last


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text)]


def of_text(text: str, lang: str, kind: str, of: str, locked: Iterable[str] = (), **more: Any) -> Iterator[Entry]:
    """A text as entries: all of it where that is one paragraph, each of its sentences, each phrase that it locks."""
    locks, parts = tuple(locked), split(text)
    if len(parts) > 1 and "\n" not in text.strip():
        yield Entry(text.strip(), lang, kind, of, locked=locks, **more)
    for part in parts:
        yield Entry(part, lang, kind, of, locked=locks, whole=len(parts) == 1, **more)
    for phrase in locks:
        if phrase not in parts:
            yield Entry(phrase, lang, kind, of, locked=locks, whole=False, **more)


def of_unit(unit: Unit, of: str, kind: str = PHRASE) -> Iterator[Entry]:
    """A unit of agreed language as entries, in each of its languages."""
    for lang, text in unit.texts.items():
        yield from of_text(text, lang, kind, of, source=unit.source, topic=unit.topic)


def aligned(texts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What says the same in several languages: the whole texts, and their sentences where languages have as many of them."""
    if len(texts) < 2:
        return
    yield {lang: text.strip() for lang, text in texts.items()}
    groups: dict[int, dict[str, list[str]]] = {}
    for lang, text in texts.items():
        parts = split(text)
        groups.setdefault(len(parts), {})[lang] = parts
    for count, group in groups.items():
        if count > 1 and len(group) > 1:
            for number in range(count):
                yield {lang: parts[number] for lang, parts in group.items()}


def new_in(units: Iterable[Unit], known: set[tuple[str, str]]) -> list[Unit]:
    """The units that say something in some language which is not known yet, each wording once. `known`: languages and plain
    texts."""
    made, have = [], set(known)
    for one in units:
        said = {(lang, plain(text)) for lang, text in one.texts.items()}
        if not said <= have:
            made.append(one)
            have |= said
    return made
