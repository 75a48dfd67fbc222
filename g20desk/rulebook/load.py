"""Rule files to a rulebook. Each rule is held to its own examples; a compiled form spares the next start that work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from hashlib import blake2b
from typing import Any

from g20desk.rulebook import facts as facts_
from g20desk.rulebook import schema
from g20desk.rulebook.book import Entities, Rulebook
from g20desk.rulebook.examples import hold
from g20desk.rulebook.rule import BadRule, Rule, Unless

FORMAT = 3
_USUAL = {f.name: f.default for f in fields(Rule)} | {"unless": {}}
_USUAL_UNLESS = {f.name: f.default for f in fields(Unless)}


def fingerprint(files: Mapping[str, bytes]) -> str:
    """What the compiled form was made of: all files by name, and the form itself."""
    hashed = blake2b(f"{FORMAT}".encode(), digest_size=16)
    for name in sorted(files):
        hashed.update(f"\0{name}\0{len(files[name])}\0".encode() + files[name])
    return hashed.hexdigest()


def load(
    rules: Mapping[str, str], facts: Mapping[str, str], networks: Mapping[str, Entities] | None = None
) -> Rulebook:
    """Rules and facts from the texts of their files. Raises BadRule for the first that is not right."""
    made: list[Rule] = []
    seen: dict[str, str] = {}
    for file in sorted(rules):
        for rule in schema.read(file, rules[file]):
            if rule.id in seen:
                raise BadRule(file, rule.id, f"the id is taken in {seen[rule.id]}")
            seen[rule.id] = file
            made.append(rule)
    known = facts_.read(facts)
    book = Rulebook(tuple(made), known)
    for rule in made:
        hold(rule, book, networks or {})
    return book


def dump(book: Rulebook, mark: str) -> dict[str, Any]:
    """The compiled form, with the fingerprint of what it was made of."""
    return {"fingerprint": mark, "facts": book.facts.dump(), "rules": [_short(asdict(r)) for r in book.rules]}


def _short(row: dict[str, Any]) -> dict[str, Any]:
    row["unless"] = {k: v for k, v in row["unless"].items() if v != _USUAL_UNLESS[k]}
    return {k: v for k, v in row.items() if k not in _USUAL or v != _USUAL[k]}


def restore(data: Mapping[str, Any]) -> Rulebook:
    """From what `dump` made."""
    return Rulebook(tuple(_rules(data["rules"])), facts_.Facts.restore(data["facts"]))


def _rules(rows: Sequence[Mapping[str, Any]]) -> Iterator[Rule]:
    for row in rows:
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        values["needs"] = tuple(tuple(map(tuple, item)) for item in row.get("needs", ()))
        unless: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.get("unless", {}).items()}
        yield Rule(**{**values, "unless": Unless(**unless)})
