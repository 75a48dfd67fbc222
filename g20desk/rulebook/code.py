"""The shared code: its principles, and the rules that make each of them checkable."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from g20desk.rulebook.rule import BadRule, Rule

FILE = "facts/code.toml"


@dataclass(frozen=True, slots=True)
class Principle:
    """One of the code: what it asks for, and the ids of its rules."""

    number: int
    title: str
    says: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """For whom it is, and its principles in order."""

    who: str
    principles: tuple[Principle, ...]


def read(text: str, rules: Iterable[Rule]) -> Code:
    """The code from its file. Raises BadRule."""
    serving: dict[int, list[str]] = {}
    for rule in rules:
        serving.setdefault(rule.principle, []).append(rule.id)
    try:
        data = tomllib.loads(text)
        made = tuple(
            Principle(
                int(one["number"]), str(one["title"]), str(one["says"]), tuple(sorted(serving.get(one["number"], ())))
            )
            for one in data["principle"]
        )
        return Code(str(data["who"]), made)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadRule(FILE, "", f"this is not the code as it is written: {error}") from None
