"""A rulebook that differs little from one that holds: only what differs is held to its examples anew."""

from __future__ import annotations

from collections.abc import Mapping

from g20desk.rulebook import facts as facts_
from g20desk.rulebook import schema
from g20desk.rulebook.book import Entities, Rulebook
from g20desk.rulebook.examples import hold
from g20desk.rulebook.rule import BadRule, Rule

RULES = "rulebooks/"


def unheld(files: Mapping[str, str], base: Rulebook, base_files: Mapping[str, str]) -> Rulebook:
    """The rules and facts of files, examples not tried. Those of files that did not change are taken as they are.
    Raises BadRule."""
    made: list[Rule] = []
    seen: dict[str, str] = {}
    for file in sorted(name for name in files if name.startswith(RULES)):
        same = files[file] == base_files.get(file)
        for rule in [r for r in base.rules if r.file == file] if same else schema.read(file, files[file]):
            if rule.id in seen:
                raise BadRule(file, rule.id, f"the id is taken in {seen[rule.id]}")
            seen[rule.id] = file
            made.append(rule)
    facts, base_facts = ({n: t for n, t in of.items() if not n.startswith(RULES)} for of in (files, base_files))
    return Rulebook(tuple(made), base.facts if facts == base_facts else facts_.read(facts))


def amended(
    files: Mapping[str, str], base: Rulebook, base_files: Mapping[str, str], networks: Mapping[str, Entities]
) -> Rulebook:
    """The rulebook of files, given one that holds and its files. Raises BadRule."""
    book = unheld(files, base, base_files)
    known = set(base.rules) if book.facts is base.facts else set()
    for rule in book.rules:
        if rule not in known:
            hold(rule, book, networks)
    return book


def apart(one: Rulebook, other: Rulebook) -> tuple[Rulebook, Rulebook]:
    """Both without the rules that say the same in both: what one says of a text and the other does not, they say."""
    if one.facts != other.facts:
        return one, other
    shared = set(one.rules) & set(other.rules)

    def own(book: Rulebook) -> Rulebook:
        return Rulebook(tuple(rule for rule in book.rules if rule not in shared), book.facts)

    return own(one), own(other)
