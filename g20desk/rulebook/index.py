"""Which items of which rules a text can meet at all, known from the letters that it holds.

Every phrase and nearly every pattern needs one of some runs of letters. Each run is filed under its rarest three letters;
a text is cut into its own threes once, and only what they have in common is looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from g20desk.rulebook.rule import Rule

Item = tuple[int, int]


class Index:
    """Of the rules of a plan."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._always: list[Item] = []
        asked: dict[str, list[Item]] = {}
        for place, rule in enumerate(rules):
            for number, needs in enumerate(rule.needs or ((),)):
                for run in needs:
                    asked.setdefault(run, []).append((place, number))
                if not needs:
                    self._always.append((place, number))
        counted = Counter(three for run in asked for three in _threes(run))
        self._short = [(run, items) for run, items in asked.items() if len(run) < 3]
        self._filed: dict[str, list[tuple[str, list[Item]]]] = {}
        for run, items in asked.items():
            if len(run) >= 3:
                self._filed.setdefault(min(_threes(run), key=counted.__getitem__), []).append((run, items))
        self._keys = frozenset(self._filed)

    def due(self, probe: str) -> Iterator[tuple[Rule, list[int]]]:
        """The rules, each with the numbers of its items, that a text in small letters can meet."""
        found = set(self._always)
        for key in self._keys & _threes(probe):
            for run, items in self._filed[key]:
                if run in probe:
                    found.update(items)
        for run, items in self._short:
            if run in probe:
                found.update(items)
        due: dict[int, list[int]] = {}
        for place, number in sorted(found):
            due.setdefault(place, []).append(number)
        return ((self.rules[place], numbers) for place, numbers in due.items())


def _threes(text: str) -> set[str]:
    return {text[n : n + 3] for n in range(len(text) - 2)}
