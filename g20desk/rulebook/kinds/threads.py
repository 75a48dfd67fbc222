"""What holds between the parts of a thread: each can be seen, quoted and shared alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.kinds.structures import words
from g20desk.rulebook.reading import Reading
from g20desk.rulebook.rule import Rule

_OF = r"(\d{1,2})\s?(?:/|／|⁄|\sof\s|\ssur\s|\sde\s|\sиз\s|\sمن\s)\s?(\d{1,2})"
_FIRST = re.compile(rf"\s{{0,3}}[(\[（]?{_OF}(?![\d/.]?\d)[)\]）]?[:.)-]?(?=\s|\Z)")
_LAST = re.compile(rf"(?<![\d/.])[(\[（]?{_OF}[)\]）]?\.?\s{{0,3}}\Z")
_SIGNS = "🧵👇⬇↓➡→"
_ANNOUNCES = re.compile(
    r"(?i)\A\W{0,6}(?:(?:a|our|this|new|short|long|quick)\s){0,2}thread(?:\s?[:.…!-]|\s(?:on|about)\b|\s?\Z)"
    r"|\A\W{0,6}(?:un |notre )?(?:fil|thread)(?:\s?[:.…-]|\s(?:sur|à propos)\b|\s?\Z)|\A\W{0,6}(?:un )?hilo(?:\s?[:.…-]|\ssobre\b|\s?\Z)"
    r"|\A\W{0,6}(?:тред|ветка)(?:\s?[:.…—-]|\s(?:о|об|про)\b|\s?\Z)|\A\W{0,6}(?:سلسلة(?: تغريدات| منشورات)?)(?:\s?[:.…]|\s(?:عن|حول)\b|\s?\Z)"
    r"|\A\W{0,6}(?:系列帖|讨论串|长帖|帖子串|连推)|\b(?:let['’]s (?:unpack|dive|take a look|explain)|here['’]s (?:why|what|how|the)|read on|stay with us|details below|more below|see below"
    r"|keep reading|follow along|on vous explique|voici pourquoi|suivez le fil|la suite ci-dessous|les explications ci-dessous|te explicamos|les explicamos|abrimos hilo"
    r"|siga leyendo|рассказываем|объясняем|читайте дальше|подробности ниже)\b|التفاصيل أدناه|تابعوا السلسلة|إليكم التفاصيل|详见下文|请看下文|往下看|详情如下|一起来看"
)
_WHOLE = re.compile(
    r"(?:[.!?。！？؟…\"”»)\]）』」’]|[#@][\w.@-]{1,100}|https?://\S{1,2000}|[\U0001f000-\U0001faff\u2190-\u2bff\ufe0f])\s{0,4}\Z"
)
_LISTED = re.compile(r"\s{0,4}(?:[-–—•·*]|\d{1,2}[.)、])\s")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def _number(text: str) -> re.Match[str] | None:
    """`2/3` at the end or the beginning of a part."""
    plain = text.translate(_DIGITS)
    return _LAST.search(plain, max(0, len(plain) - 30)) or _FIRST.match(plain)


def _prose(text: str) -> tuple[int, int]:
    """A part without its number."""
    found = _number(text)
    if found is None:
        return 0, len(text)
    return (0, found.start()) if found.end() >= len(text.rstrip()) else (found.end(), len(text))


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
            yield Hit(found.start(1), found.end(2), f"{n + 1}/{len(parts)}", n)


@test("tease")
def tease(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The first part only announces the others: each of its sentences does."""
    if len(parts) < 2:
        return
    part = parts[0]
    first, last = _prose(part.text)
    told = [(max(s, first), min(e, last)) for s, e in part.sentences if s < last and e > first]
    if told and all(_teases(part.text[s:e].strip()) for s, e in told):
        yield Hit(0, len(part.text), None, 0)


def _teases(sentence: str) -> bool:
    bare = sentence.rstrip(" \ufe0f")
    if not re.search(r"[^\W\d_]", bare):
        return True
    if bare.endswith((":", "：", "…", "...")) or _ANNOUNCES.search(bare):
        return True
    if bare[0] == "🧵" and bare[-1] not in ".。!?":
        return True
    return bare[-1] in _SIGNS and bare.rstrip(_SIGNS + " \ufe0f")[-1:] not in ".。!?"


@test("cut-sentence")
def cut_sentence(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A part but the last ends in the middle of a sentence; an item of a list needs no full stop."""
    for n, part in enumerate(parts[:-1]):
        first, last = _prose(part.text)
        text = part.text[first:last].rstrip()
        if not text or _WHOLE.search(text, max(0, len(text) - 300)) or _LISTED.match(text.rpartition("\n")[2]):
            continue
        if n == 0 and text[-1] in ":：":
            # That is a tease, and has its own rule.
            continue
        start = first + max(text.rfind(" "), text.rfind("\n")) + 1
        yield Hit(start, first + len(text), None, n)


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
        plain = " ".join(part.low[slice(*_prose(part.text))].split())
        if plain and plain in seen:
            yield Hit(0, len(part.text), None, n)
        seen.add(plain)


@test("many-tags-in-all")
def many_tags_in_all(parts: Sequence[Reading], rule: Rule, facts: Facts) -> Iterator[Hit]:
    """More hashtags in the whole thread than `most`, the same ones counted once."""
    found: dict[str, tuple[int, int, int]] = {}
    for n, part in enumerate(parts):
        for s, e in part.tags:
            found.setdefault(part.low[s:e], (n, s, e))
    if len(parts) > 1 and len(found) > rule.most:
        n, s, e = list(found.values())[rule.most]
        yield Hit(s, e, None, n)
