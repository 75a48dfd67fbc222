"""A rulebook: rules and facts, and which rules a text of a language and kind meets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.index import Index, Runs
from g20desk.rulebook.reading import Reading
from g20desk.rulebook.rule import Rule

Entities = Callable[[str], Sequence[Any]]


class Rulebook:
    """Loaded and not changed any more."""

    def __init__(self, rules: tuple[Rule, ...], facts: Facts) -> None:
        self.rules, self.facts = rules, facts
        self.runs = Runs(rules, facts)
        self.reading = lru_cache(32)(self._read)
        self._plans: dict[tuple[str, str, tuple[str, ...], str, bool], Index] = {}

    def _read(self, text: str, lang: str, kind: str) -> Reading:
        """A text as the rules read it, kept for a while: what stands between languages is asked for again and again."""
        return Reading(text, lang, kind, self.facts.agreed)

    def plan(self, lang: str, kind: str, scopes: tuple[str, ...], today: str = "", first: bool = True) -> Index:
        """The rules that are on for texts of this language and kind, in these scopes, still valid on a day
        (`2026-11-25`); without what only the `first` part of a thread must say, for another."""
        lang = lang.partition("-")[0].lower()
        key = (lang, kind, scopes, today, first)
        if key not in self._plans:
            if len(self._plans) > 500:
                self._plans.clear()
            rules = (
                rule
                for rule in self.rules
                if rule.on
                and rule.scope in scopes
                and (not rule.langs or lang in rule.langs)
                and (not rule.kinds or kind in rule.kinds)
                and (first or rule.where != "first")
                and (not rule.valid_until or not today or today <= rule.valid_until)
            )
            self._plans[key] = Index(tuple(rules), self.facts)
        return self._plans[key]
