"""Text in, findings out. Pure: what a network counts is passed in."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from g20desk.rulebook.rule import Finding, Rule
from g20desk.rulebook.rules import RULES

FIRM = ("LENGTH-", "ALT-", "STRUCT-")


def firm(rule: str) -> bool:
    """Whether nobody may override a rule's blocking finding: a network would not take the text, or people are left
    out of a picture."""
    return rule.startswith(FIRM)


@functools.lru_cache(256)
def _compiled(pattern: str) -> Any:
    import regex

    return regex.compile(pattern)


def findings(text: str, lang: str, kind: str, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """What the rules say about a text, in order of place."""
    made = []
    for rule in rules:
        if (rule.langs and lang not in rule.langs) or (rule.kinds and kind not in rule.kinds):
            continue
        for match in _compiled(rule.pattern).finditer(text):
            start, end = match.span()
            found = Finding(rule.id, rule.level, start, end, match[0], rule.message, rule.suggestion)
            made.append(found)
    return sorted(made, key=lambda f: (f.start, f.end, f.rule))


def length(text: str, fits: bool, count: int, limit: int, network: str) -> list[Finding]:
    """The finding that a text does not fit its network, or is empty."""
    if not text.strip():
        return [Finding("LENGTH-02", "block", 0, len(text), text, f"There is no text for {network}.")]
    if fits:
        return []
    why = f"{network} takes {limit}; this is {count}." if count > limit else f"{network} does not take this text."
    return [Finding("LENGTH-01", "block", 0, len(text), text, why)]


def alt_texts(alts: Sequence[str | None], limit: int) -> list[Finding]:
    """Each picture needs an alt text that fits."""
    made = []
    for number, alt in enumerate(alts):
        if not (alt or "").strip():
            made.append(Finding("ALT-01", "block", 0, 0, "", "A picture needs an alt text.", None, number))
        elif len(alt or "") > limit:
            why = f"This alt text is over {limit} characters."
            made.append(Finding("ALT-02", "block", 0, len(alt or ""), alt or "", why, None, number))
    return made
