"""Which items of which rules a text can meet at all, known from the letters that it holds.

Every phrase and nearly every pattern needs some runs of letters, one of each of some sets. All runs of a rulebook are looked
for at once, in one pass over the text (the automaton of Aho and Corasick); what it holds says what is asked of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from operator import itemgetter
from typing import Any

import ahocorasick

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import KNOWN
from g20desk.rulebook.needs import Needs, asked, probe
from g20desk.rulebook.rule import Rule

_RUN = itemgetter(1)


def _needs(rule: Rule, facts: Facts) -> Iterable[Needs]:
    """What each item of a rule needs; a test may need something of a register."""
    items = rule.needs or ((),)
    if rule.test not in KNOWN:
        return items
    runs = tuple(map(asked, KNOWN[rule.test](facts)))
    return ((*needs, runs) for needs in items)


class Runs:
    """The runs that any of some rules need."""

    def __init__(self, rules: Iterable[Rule], facts: Facts) -> None:
        self._rules, self._facts = rules, facts

    @cached_property
    def _automaton(self) -> Any:
        made = ahocorasick.Automaton()
        made.add_word("\0", "\0")  # without any word it can't be asked
        for runs in (runs for rule in self._rules for needs in _needs(rule, self._facts) for runs in needs):
            for run in runs:
                made.add_word(run, run)
        made.make_automaton()
        return made

    def of(self, low: str) -> set[str]:
        """Those that a text in small letters holds."""
        return set(map(_RUN, self._automaton.iter(probe(low))))


class Index:
    """Of the rules of a plan."""

    def __init__(self, rules: tuple[Rule, ...], facts: Facts) -> None:
        self.rules = rules
        self._always: dict[int, set[int]] = {}
        self._filed: dict[str, list[tuple[int, int, list[frozenset[str]]]]] = {}
        for place, rule in enumerate(rules):
            for number, needs in enumerate(_needs(rule, facts)):
                if not needs:
                    self._always.setdefault(place, set()).add(number)
                    continue
                also = [frozenset(runs) for runs in needs[1:]]
                for run in needs[0]:
                    self._filed.setdefault(run, []).append((place, number, also))

    def due(self, found: set[str]) -> list[tuple[Rule, Collection[int]]]:
        """The rules, each with the numbers of its items, that a text with these runs can meet."""
        due = {place: set(numbers) for place, numbers in self._always.items()}
        for run in found & self._filed.keys():
            for place, number, also in self._filed[run]:
                if not (also and any(map(found.isdisjoint, also))):
                    due.setdefault(place, set()).add(number)
        return [(self.rules[place], sorted(numbers) if len(numbers) > 1 else numbers) for place, numbers in due.items()]
