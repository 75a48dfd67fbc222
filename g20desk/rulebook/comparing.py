"""Two rulebooks beside each other, rule by rule; and one rule in the texts of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from g20desk.rulebook import schema
from g20desk.rulebook.editing import RULES, home, row
from g20desk.rulebook.rule import Rule


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that two rulebooks say differently; None where one of them does not have it."""

    id: str
    before: Rule | None
    after: Rule | None

    @property
    def keys(self) -> tuple[str, ...]:
        """What differs, by the keys of a rule file, in their order there."""
        one, other = (row(rule) if rule else {} for rule in (self.before, self.after))
        return tuple(key for key in one or other if one.get(key) != other.get(key))


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of facts or agreed language that differs; empty where one of the two does not have it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, by id and by name."""

    rules: tuple[Change, ...]
    files: tuple[FileChange, ...]


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> Compared:
    """What the second set of files says otherwise than the first. Raises BadRule for what can't be read."""
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    rules = [name for name in names if name.startswith(RULES)]
    one, other = (_rules(files, rules) for files in (before, after))
    found = (Change(id, one.get(id), other.get(id)) for id in sorted({*one, *other}))
    facts = tuple(FileChange(n, before.get(n, ""), after.get(n, "")) for n in names if n not in rules)
    return Compared(tuple(change for change in found if change.keys), facts)


def _rules(files: Mapping[str, str], names: Iterable[str]) -> dict[str, Rule]:
    return {rule.id: rule for name in names if name in files for rule in schema.read(name, files[name])}


def one(files: Mapping[str, str], id: str) -> Rule | None:
    """A rule in files, its examples not tried. Raises BadRule where its file can't be read."""
    name = home(files, id)
    return next((rule for rule in schema.read(name, files[name]) if rule.id == id), None) if name in files else None


def same(one: Rule | None, other: Rule | None) -> bool:
    """Whether two rules say the same, wherever they stand."""
    return (one is None) == (other is None) and (one is None or other is None or row(one) == row(other))
