"""What stands where: signs, capitals, brackets, claims and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.needs import DIGIT, WIDE
from g20desk.rulebook.reading import Reading, within
from g20desk.rulebook.rule import Rule

_CAPS = re.compile(r"(?<![\w#@/.-])[A-ZА-ЯЁÀ-ÖØ-Þ]{2,40}(?![\w-])")
_CAPITALS = re.compile("[A-ZА-ЯЁÀ-ÖØ-Þ][A-ZА-ЯЁÀ-ÖØ-Þ]")
_BRACKET = re.compile(r"[„“”«»()\[\]（）\"]")
_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]", "（": "）"}
_LISTED = re.compile(r"(?:^|[\s(])\w{1,3}\Z|[:;=8]-?\Z")
_ACRONYM = re.compile(r"(?<![\w#@/.-])[A-Z][A-Z0-9]{2,5}(?![\w-])")
_EXPLAINED = re.compile(r"[(（]([A-Z][A-Z0-9]{1,9})[)）]")
_PERCENT = re.compile(r"\d[\d.,]{0,20}\s?(?:%|per cent\b|percent\b)")


@lru_cache(512)
def words(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words of a rule; `*` is the rest of a word."""
    one = "|".join(re.escape(w).replace(r"\*", r"\w{0,14}").replace(r"\ ", r"\s{1,3}") for w in listed)
    if re.search(r"[\u3400-\u9fff]", one):
        return re.compile(f"(?:{one})")
    return re.compile(rf"(?<!\w)(?:{one})(?!\w)", re.IGNORECASE)


@test("emoji", WIDE)
def emoji(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Any emoji; with not_this, those."""
    listed = "".join(rule.not_this)
    return (Hit(s, e) for s, e in reading.emoji if not listed or reading.text[s] in listed)


@test("flags", WIDE)
def flags(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A flag of a State."""
    return (Hit(s, e) for s, e in reading.emoji if "\U0001f1e6" <= reading.text[s] <= "\U0001f1ff" and e - s == 2)


@test("emoji-row", WIDE)
def emoji_row(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Two or more emoji next to each other."""
    row: list[tuple[int, int]] = []
    for span in [*reading.emoji, (len(reading.text) + 9, 0)]:
        if row and (span[0] > len(reading.text) or reading.text[row[-1][1] : span[0]].strip()):
            if len(row) > 1:
                yield Hit(row[0][0], row[-1][1])
            row = []
        row.append(span)


@test("emoji-bullet", WIDE)
def emoji_bullet(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A line that begins with an emoji."""
    for s, e in reading.emoji:
        before = reading.text[max(0, s - 12) : s]
        if not before.rpartition("\n")[2].strip() and (s <= 12 or "\n" in before):
            yield Hit(s, e)


@test("shouting")
def shouting(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Words in capitals: those of the list, six letters or more, or two and more in a row; no abbreviations."""
    if not _CAPITALS.search(reading.text):
        return
    start = end = count = 0
    loud = False
    for match in [*_CAPS.finditer(reading.text), None]:
        if match is not None and (match[0] in facts.acronyms or _bracketed(reading.text, match.start(), match.end())):
            continue
        if match is None or reading.text[end : match.start()].strip(" ,-"):
            if loud or count > 2:
                yield Hit(start, end)
            start, count, loud = (match.start() if match else 0), 0, False
        if match is not None:
            word = match[0]
            end, count = match.end(), count + (len(word) > 3)
            loud = loud or word in rule.not_this or len(word) >= 6


def _bracketed(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in ("(", "（") and text[end : end + 1] in (")", "）")


@test("acronym")
def acronym(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Three or more capitals that are not known and not explained in brackets, at their first use."""
    if not _CAPITALS.search(reading.text):
        return
    seen: set[str] = set(_EXPLAINED.findall(reading.text))
    for match in _ACRONYM.finditer(reading.text):
        word, (start, end) = match[0], match.span()
        if word in seen or word in facts.acronyms or word.rstrip("0123456789") in facts.acronyms:
            continue
        seen.add(word)
        explained = reading.text[end : end + 2] == " (" or reading.text[end : end + 1] == "（"
        neighbour = _CAPS.match(reading.text, end + 1) or re.search(
            r"[A-Z]{2} \Z", reading.text[max(0, start - 3) : start]
        )
        if not explained and not neighbour and re.search("[A-Z]{3}", word):
            yield Hit(start, end)


@test("unbalanced", *"“”«»()[]（）„", '"')
def unbalanced(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A bracket or quotation mark without its other half."""
    open_: list[tuple[str, int]] = []
    straight: list[int] = []
    for match in _BRACKET.finditer(reading.text):
        sign, at = match[0], match.start()
        if within(reading.links, at):
            continue
        if sign == '"':
            if not reading.text[max(0, at - 1) : at].isdigit():  # after a digit: inches, seconds
                straight.append(at)
        elif open_ and open_[-1][0] == "„" and sign in "“”":
            open_.pop()
        elif sign in _PAIRS or sign == "„":
            open_.append((sign, at))
        elif open_ and _PAIRS.get(open_[-1][0]) == sign:
            open_.pop()
        elif not (sign == ")" and _LISTED.search(reading.text, max(0, at - 5), at)):
            yield Hit(at, at + 1)
    yield from (Hit(at, at + 1) for sign, at in open_ if not (sign in "“«" and _next_paragraph(reading.text, at)))
    if len(straight) % 2:
        yield Hit(straight[-1], straight[-1] + 1)


def _next_paragraph(text: str, at: int) -> bool:
    """Whether a quotation goes on in the next paragraph, where its mark stands again."""
    end = text.find("\n", at)
    return end >= 0 and text[end:].lstrip()[:1] == text[at]


@test("no-source", "%", "per cent", "percent", also=(DIGIT,))
def no_source(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A percentage in a text without a word that names a source, and without a link."""
    found = _PERCENT.search(reading.text)
    if found and not reading.links and not words(rule.not_this).search(reading.text):
        yield Hit(*found.span())


@test("lacks")
def lacks(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """None of the words stands in the text; a `|` begins a second list, of which one is needed too."""
    lists: list[tuple[str, ...]] = [()]
    for word in rule.not_this:
        if word == "|":
            lists.append(())
        else:
            lists[-1] = (*lists[-1], word)
    if reading.text.strip() and not all(words(listed).search(reading.text) for listed in lists):
        yield Hit(0, len(reading.text))


@test("retold-claim")
def retold_claim(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A claim is retold with no word of warning before it or in its sentence; the list: claims, `|`, warnings."""
    bar = rule.not_this.index("|")
    claims, warnings = words(rule.not_this[:bar]), words(rule.not_this[bar + 1 :])
    warned = warnings.search(reading.text)
    for start, end in reading.sentences:
        found = claims.search(reading.text, start, end)
        if found:
            if warned is None or warned.end() > end:
                yield Hit(*found.span())
            return
