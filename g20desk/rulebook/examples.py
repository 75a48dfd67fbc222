"""A rule and its own examples: the bad one must be found, the good one not, and a fix must help."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from g20desk.rulebook import checker
from g20desk.rulebook.book import Entities, Rulebook
from g20desk.rulebook.rule import BadRule, Finding, Rule

SPLIT = " ||| "
_PAIR = re.compile(r"\A(en|fr|es|ar|zh|ru): ?")


def found_in(example: str, rule: Rule, book: Rulebook, networks: Mapping[str, Entities] | None = None) -> list[Finding]:
    """What a rule says of an example, read as its scope asks: an alt text, parts of a thread, two languages."""
    lang, kind = (rule.langs or ("en",))[0], (rule.kinds or ("news",))[0]
    only = Rulebook((replace(rule, on=True),), book.facts)
    if rule.scope == "alt":
        return [f for f in checker.alt_texts([example], 10_000, only, lang, kind) if f.rule == rule.id]
    if rule.scope == "thread":
        return checker.thread(example.split(SPLIT), lang, kind, only)
    if rule.scope == "pair":
        return _pair(example, rule, only)
    network = "x" if rule.test.endswith("-here") else ""
    return checker.findings(example, lang, kind, only, network, networks)


def _pair(example: str, rule: Rule, only: Rulebook) -> list[Finding]:
    texts, alts = {}, {}
    for part in example.split(SPLIT):
        head = _PAIR.match(part)
        if head is None:
            raise BadRule(rule.file, rule.id, "an example for two languages begins each part with its language: en: …")
        text, _, alt = part[head.end() :].partition(" [alt] ")
        texts[head[1]], alts[head[1]] = [text] if text else [], [alt]
    return [f for found in checker.compare(texts, (rule.kinds or ("news",))[0], only, alts).values() for f in found]


def judged(
    example: str, bad: bool, rule: Rule, book: Rulebook, networks: Mapping[str, Entities]
) -> tuple[list[Finding], str]:
    """What a rule says of one of its examples, and what is wrong with that; an empty string where it behaves."""
    try:
        found = found_in(example, rule, book, networks)
    except BadRule as problem:
        return [], problem.why
    if not bad:
        return found, f"the good example still triggers the rule at “{found[0].text}”: {example}" if found else ""
    if not found:
        return found, f"the bad example is not found: {example}"
    for one in found if rule.scope in ("post", "hashtag", "link") else ():
        if one.suggestion is not None and _stands(one, example, rule, book, networks):
            return found, f"the fix “{one.suggestion}” leaves the finding as it is: {example}"
    return found, ""


def hold(rule: Rule, book: Rulebook, networks: Mapping[str, Entities]) -> None:
    """Raises BadRule where the examples misbehave."""
    if not networks and rule.test.endswith(("-here", "-elsewhere", "-dot")):
        return
    for examples, bad in ((rule.bad, True), (rule.good, False)):
        for example in examples:
            if why := judged(example, bad, rule, book, networks)[1]:
                raise BadRule(rule.file, rule.id, why)


def _stands(found: Finding, text: str, rule: Rule, book: Rulebook, networks: Mapping[str, Entities]) -> bool:
    fixed = text[: found.start] + str(found.suggestion) + text[found.end :]
    end = found.start + len(str(found.suggestion))
    return any(f.start < end and found.start < f.end for f in found_in(fixed, rule, book, networks))
