"""Text in, findings out. Pure: the rulebook, and what a network counts and links, are passed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from g20desk.rulebook import engine
from g20desk.rulebook.book import Entities, Rulebook
from g20desk.rulebook.joined import Joined, original
from g20desk.rulebook.kinds import TESTS, Hit
from g20desk.rulebook.kinds.counterparts import Pair
from g20desk.rulebook.reading import Reading, Span
from g20desk.rulebook.rule import Finding, Rule

FIRM = ("LENGTH-", "ALT-01", "ALT-02", "STRUCT-")
_TEXT = ("post", "hashtag", "link")


def firm(rule: str) -> bool:
    """Whether nobody may override a rule's blocking finding: a network would not take the text, or people are left
    out of a picture."""
    return rule.startswith(FIRM)


def findings(
    text: str, lang: str, kind: str, book: Rulebook, network: str = "", networks: Mapping[str, Entities] | None = None,
    today: str = "", first: bool = True, standing: Sequence[Span] = (),
) -> list[Finding]:  # fmt: skip
    """What the rules say about a text, in order of place; `first`: no later part of a thread; `standing`: where words stand that the
    office agreed on."""
    reading = Reading(text, lang, kind, book.facts.agreed, network, networks, standing)
    made = []
    for rule, items in book.plan(lang, kind, _TEXT, today, first).due(book.runs.of(reading.low)):
        for hit in engine.hits(rule, items, reading, book.facts):
            made.append(_finding(rule, text, hit))
    return _ordered(made)


def _finding(rule: Rule, text: str, hit: Hit, **where: Any) -> Finding:
    message = f"{rule.message} ({hit.note})" if hit.note else rule.message
    return Finding(rule.id, rule.level, hit.start, hit.end, text[hit.start : hit.end], message, hit.fix, None, where)


def _ordered(made: list[Finding]) -> list[Finding]:
    """In order of place; what one rule says twice of a place is said once."""
    once = {(f.start, f.end, f.rule): f for f in reversed(made)}
    inner = sorted(once.values(), key=lambda f: (f.rule, f.start, -f.end))
    kept: list[Finding] = []
    last: dict[str, int] = {}
    for found in inner:
        reach = last.get(found.rule, -1)
        if found.end > reach or found.start == found.end:
            kept.append(found)
            last[found.rule] = max(reach, found.end)
    return sorted(kept, key=lambda f: (f.start, f.end, f.rule))


def length(text: str, fits: bool, count: int, limit: int, network: str) -> list[Finding]:
    """The finding that a text does not fit its network, or is empty."""
    if not text.strip():
        return [Finding("LENGTH-02", "block", 0, len(text), text, f"There is no text for {network}.")]
    if fits:
        return []
    why = f"{network} takes {limit}; this is {count}." if count > limit else f"{network} does not take this text."
    return [Finding("LENGTH-01", "block", 0, len(text), text, why)]


def alt_texts(
    alts: Sequence[str | None], limit: int, book: Rulebook | None = None, lang: str = "en", kind: str = "news",
    post: str = "", today: str = "",
) -> list[Finding]:  # fmt: skip
    """Each picture needs an alt text that fits, and that describes it."""
    made = []
    for number, alt in enumerate(alts):
        words = alt or ""
        if not words.strip():
            made.append(Finding("ALT-01", "block", 0, 0, "", "A picture needs an alt text.", None, number))
            continue
        if len(words) > limit:
            why = f"This alt text is over {limit} characters."
            made.append(Finding("ALT-02", "block", 0, len(words), words, why, None, number))
        reading = Reading(words, lang, kind, book.facts.agreed if book else ())
        reading.memo["post"] = post
        if book is not None:
            due = book.plan(lang, kind, ("alt",), today).due(book.runs.of(reading.low))
            hits = [_finding(rule, words, h) for rule, n in due for h in engine.hits(rule, n, reading, book.facts)]
            made += [replace(found, attachment=number) for found in _ordered(hits)]
    return made


def thread(parts: Sequence[str], lang: str, kind: str, book: Rulebook, today: str = "") -> list[Finding]:
    """What holds between the parts of a thread; `part` counts from 1."""
    read = [Reading(part, lang, kind, book.facts.agreed) for part in parts]
    made = []
    for rule in book.plan(lang, kind, ("thread",), today).rules:
        for hit in TESTS[rule.test](read, rule, book.facts):
            made.append(_finding(rule, parts[hit.part], hit, part=hit.part + 1))
    return sorted(made, key=lambda f: (f.where["part"], f.start, f.end, f.rule))


def compare(
    texts: Mapping[str, Sequence[str]], kind: str, book: Rulebook, alts: Mapping[str, Sequence[str]] | None = None,
    today: str = "",
) -> dict[str, list[Finding]]:  # fmt: skip
    """What each language says otherwise than the original (see `original`): findings by language, each with its `part`
    and, under `against`, the original's language and the counterpart's place there. `texts` holds every language that is
    wanted, an empty list where none is yet."""
    first = original(texts)
    described = {lang: sum(bool(a.strip()) for a in (alts or {}).get(lang, ())) for lang in texts}
    return {
        lang: list(_pair((first, lang), (tuple(texts[first]), tuple(parts)), (described[first], described[lang]),
                         kind, book, today))
        for lang, parts in texts.items()
        if first and lang != first
    }  # fmt: skip


@lru_cache(128)
def _pair(
    langs: tuple[str, str], texts: tuple[tuple[str, ...], ...], described: tuple[int, int], kind: str, book: Rulebook,
    today: str,
) -> tuple[Finding, ...]:  # fmt: skip
    """What the second of two languages says otherwise. While one is written the others stay as they are."""
    there, here = Joined(texts[0]), Joined(texts[1])
    pair, found = Pair(book.reading(there.text, langs[0], kind), book.reading(here.text, langs[1], kind), described), []
    for rule in book.plan(langs[1], kind, ("pair",), today).rules:
        if here.text.strip() or rule.test == "parity-missing":
            for hit in TESTS[rule.test](pair, rule, book.facts):
                found += _placed(rule, hit, langs, there, here)
    return tuple(sorted(found, key=lambda f: (f.where["part"], f.start, f.end, f.rule)))


def _placed(rule: Rule, hit: Hit, langs: tuple[str, str], there: Joined, here: Joined) -> list[Finding]:
    """A hit as a finding of one part; one that goes over several parts as a finding in each."""
    first, lang = langs
    against: dict[str, Any] = {"lang": first}
    for part, start, end in there.places(*hit.there)[:1] if hit.there is not None else ():
        against |= {"part": part, "start": start, "end": end, "text": there.parts[part - 1][start:end]}
    if hit.start == hit.end:
        # What is missing is missing where the original has it, if there are as many parts.
        part = against.get("part", 1) if len(here.parts) == len(there.parts) else 1
        return [_finding(rule, "", hit._replace(start=0, end=0), lang=lang, part=part, against=against)]
    return [
        _finding(rule, here.parts[part - 1], hit._replace(start=start, end=end), lang=lang, part=part, against=against)
        for part, start, end in here.places(hit.start, hit.end)
    ]
