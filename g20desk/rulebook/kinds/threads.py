"""What holds between the parts of a thread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.structures import words
from g20desk.rulebook.reading import Reading
from g20desk.rulebook.rule import Rule

_NUMBERED = re.compile(r"(?<![\d/.])(\d{1,2})\s?/\s?(\d{1,2})(?![\d/.]?\d)")
_TEASE = re.compile(r"(?i)\A(?=[\s\S]{0,200}\Z)(?:[\s\S]{0,20}\b(?:thread|fil|hilo|тред)\b[\s\S]{0,80}|[\s\S]{0,180}(?:🧵|👇|⬇️?|[:：…])\s{0,2})(?:\(?\d{1,2}/\d{1,2}\)?)?\s{0,2}\Z")
_WHOLE = re.compile(r"(?:[.!?。！？؟…\"”»)\]）』」]|[#@]\w{1,100}|\d{1,2}/\d{1,2}|https?://\S{1,2000}|[\U0001f000-\U0001faff\ufe0f])\s{0,4}\Z")


def _number(text: str) -> re.Match[str] | None:
    """`2/3` at the end or the beginning of a part."""
    found = list(_NUMBERED.finditer(text, max(0, len(text) - 200)))
    ends = [m for m in found if not text[m.end() :].strip(" )]\n") or not text[: m.start()].strip(" ([\n")]
    if ends:
        return ends[-1]
    first = _NUMBERED.search(text[:12])
    return first if first and not text[: first.start()].strip(" ([\n") else None


@test("unnumbered")
def unnumbered(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """`least` parts or more, and one does not say which it is."""
    if len(parts) >= rule.least:
        for n, part in enumerate(parts):
            if _number(part.text) is None:
                yield Hit(0, len(part.text), f"{part.text.rstrip()} {n + 1}/{len(parts)}", n)


@test("misnumbered")
def misnumbered(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A part says another place or another count than it has."""
    for n, part in enumerate(parts):
        found = _number(part.text)
        if found and len(parts) > 1 and (int(found[1]), int(found[2])) != (n + 1, len(parts)):
            yield Hit(*found.span(), f"{n + 1}/{len(parts)}", n)


@test("tease")
def tease(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The first part only announces the others."""
    if len(parts) > 1 and _TEASE.match(parts[0].text):
        yield Hit(0, len(parts[0].text), None, 0)


@test("cut-sentence")
def cut_sentence(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A part but the last ends in the middle of a sentence."""
    for n, part in enumerate(parts[:-1]):
        text = part.text.rstrip()
        if text and not _WHOLE.search(text, max(0, len(text) - 300)):
            start = max(text.rfind(" "), text.rfind("\n")) + 1
            yield Hit(start, len(text), None, n)


@test("claim-alone")
def claim_alone(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A part retells a claim and does not correct it; the list: claims, `|`, corrections."""
    bar = rule.not_this.index("|")
    claims, answers = words(rule.not_this[:bar]), words(rule.not_this[bar + 1 :])
    for n, part in enumerate(parts):
        found = claims.search(part.text)
        if found and not answers.search(part.text):
            yield Hit(*found.span(), None, n)


@test("same-part")
def same_part(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The same part twice."""
    seen: set[str] = set()
    for n, part in enumerate(parts):
        plain = _NUMBERED.sub("", part.low).strip()
        if plain and plain in seen:
            yield Hit(0, len(part.text), None, n)
        seen.add(plain)


@test("many-tags-in-all")
def many_tags_in_all(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """More hashtags in the whole thread than `most`."""
    found = [(n, span) for n, part in enumerate(parts) for span in part.tags]
    if len(parts) > 1 and len(found) > rule.most:
        n, (start, end) = found[rule.most]
        yield Hit(start, end, None, n)
