"""Which language and script a text is in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from g20desk.rulebook import scripts
from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.needs import WIDE
from g20desk.rulebook.reading import Reading, within
from g20desk.rulebook.rule import Rule

_OF = {"ar": re.compile("[\u0620-\u064a]"), "ru": re.compile("[А-Яа-яЁё]"), "zh": re.compile("[\u3400-\u9fff]"),
       "en": re.compile("[A-Za-z]"), "fr": re.compile("[A-Za-zÀ-ÿ]"), "es": re.compile("[A-Za-zÀ-ÿ]")}  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"(?<![\w#@/.])[^\W\d_]{1,30}(?![\w@])")
_LATIN_RUN = re.compile(r"(?<![\w@#/.-])[A-Za-z]{1,30}(?:[ ,'’-]{1,3}[A-Za-z]{1,30}){2,40}")
_TOKEN = re.compile(r"[^\W_]{2,80}")
_EASTERN, _WESTERN = re.compile("[٠-٩]"), re.compile("[0-9]")


@test("wrong-script")
def wrong_script(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Letters, but none of the language's own script."""
    own = _OF.get(reading.lang)
    if own is None or own.search(reading.text):
        return
    for match in _LETTER.finditer(reading.text):
        if not within(reading.places, match.start()) and not within(reading.tags, match.start()):
            yield Hit(0, len(reading.text))
            return


@test("foreign-words")
def foreign_words(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """`least` different words of another language, outside quotations, links and names."""
    listed, found = set(rule.not_this), []
    for match in _WORDS.finditer(reading.text):
        at = match.start()
        if match[0] in listed and not within(reading.quoted, at) and not within(reading.places, at):
            found.append(match)
    if len({m[0] for m in found}) >= rule.least:
        yield Hit(found[0].start(), found[-1].end())


@test("latin-rest")
def latin_rest(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Three or more Latin words in a row, one of them no name, in a text of another script."""
    if wrong_script_of(reading):
        return
    for match in _LATIN_RUN.finditer(reading.text):
        at = match.start()
        if (
            set(match[0].split()) & set(rule.not_this)
            and not within(reading.places, at)
            and not within(reading.quoted, at)
        ):
            yield Hit(*match.span())


def wrong_script_of(reading: Reading) -> bool:
    """Whether the text has no letter of its language's script at all."""
    own = _OF.get(reading.lang)
    return own is not None and not own.search(reading.text)


@test("two-sets-of-digits", WIDE)
def two_sets_of_digits(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Western and Eastern Arabic digits in one text, outside links, tags and handles."""
    places: list[list[int]] = []
    for digits in (_WESTERN, _EASTERN):
        free = (m.start() for m in digits.finditer(reading.text))
        places.append([at for at in free if not _tied(reading, at)])
    if all(places):
        fewer = min(places, key=len)
        end = start = fewer[0]
        while end < len(reading.text) and reading.text[end].isdecimal():
            end += 1
        table = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "٠١٢٣٤٥٦٧٨٩0123456789")
        yield Hit(start, end, reading.text[start:end].translate(table))


def _tied(reading: Reading, at: int) -> bool:
    if within(reading.places, at) or within(reading.tags, at):
        return True
    before = reading.text[max(0, at - 12) : at].rstrip("0123456789")
    return bool(before) and ((before[-1].isascii() and before[-1].isalpha()) or before.endswith("-"))


@test("alt-script")
def alt_script(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """An alt text without a letter of the post's script."""
    own = _OF.get(reading.lang)
    if own is not None and not own.search(reading.text) and _LETTER.search(reading.text):
        yield Hit(0, len(reading.text))


@test("mixed-script", WIDE)
def mixed_script(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A word with letters of two scripts, or wholly of letters that only look like the language's."""
    if reading.text.isascii():
        return
    for match in _TOKEN.finditer(reading.text):
        word = match[0]
        if word.isascii():
            continue
        fix = scripts.unmixed(word, reading.lang)
        if fix is not None:
            yield Hit(*match.span(), fix or None)


_FANCY = re.compile(
    r"[\U0001D400-\U0001D7FF\uFF21-\uFF3A\uFF41-\uFF5A\uFF10-\uFF19\u24B6-\u24E9\U0001F130-\U0001F149]{1,200}"
)


@test("fancy-letters", WIDE)
def fancy_letters(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Letters of mathematics, circled or full-width ones, in place of plain ones."""
    if not reading.text.isascii():
        for match in _FANCY.finditer(reading.text):
            yield Hit(*match.span(), unicodedata.normalize("NFKC", match[0]))
