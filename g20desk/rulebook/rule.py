"""A rule as its file says it, what excuses it, and a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = ("substitution", "phrase", "pattern", "metric", "structure", "registry", "parity", "locked")
LEVELS = ("block", "warn", "advise")
SCOPES = ("post", "alt", "hashtag", "link", "thread", "pair")
MESSAGES = ("news", "statement", "rebuttal", "condolence", "correction")
PLACES = ("anywhere", "start", "opening", "closing", "first")


class BadRule(ValueError):
    """A rule that is not loaded: the file, the rule and why."""

    def __init__(self, file: str, rule: str, why: str) -> None:
        super().__init__(f"{file}, rule {rule}: {why}" if rule else f"{file}: {why}")
        self.file, self.rule, self.why = file, rule, why


@dataclass(frozen=True, slots=True)
class Unless:
    """When a rule says nothing: between quotation marks, in agreed language, inside one of the phrases, where the
    words just before or just after match, where the sentence or the whole text does."""

    quoted: bool = False
    agreed: bool = True
    linked: bool = True
    phrases: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    sentence: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `langs` and `kinds` empty: all of them. `needs`: for each item sets of runs, of each of which one
    stands in every text that it can match (small letters); empty where nothing is known. A rule that is not `on` is kept and held to its examples, and says
    nothing."""

    id: str
    file: str
    kind: str
    level: str
    why: str
    scope: str = "post"
    kinds: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    not_this: tuple[str, ...] = ()
    say_this: tuple[str, ...] = ()
    fix: str | None = None
    test: str = ""
    most: int = 0
    least: int = 0
    where: str = "anywhere"
    case: str = "any"
    article: bool = False
    unless: Unless = field(default_factory=Unless)
    source: str = "office practice"
    principle: int = 0
    owner: str = ""
    valid_until: str = ""
    on: bool = True
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    needs: tuple[tuple[tuple[str, ...], ...], ...] = ()

    @property
    def family(self) -> str:
        """The word before the number."""
        return self.id.partition("-")[0]

    @property
    def message(self) -> str:
        """Why, and what to do where that is no plain replacement."""
        hint = "; ".join(self.say_this)
        return f"{self.why} Better: {hint}." if hint and self.kind != "substitution" and self.fix is None else self.why


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a text; code points, half open."""

    rule: str
    level: str
    start: int
    end: int
    text: str
    message: str
    suggestion: str | None = None
    attachment: int | None = None
    where: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """As `check --jsonl` prints it."""
        made: dict[str, object] = {
            "rule": self.rule, "level": self.level, "start": self.start, "end": self.end, "text": self.text,
            "message": self.message, "suggestion": self.suggestion, **self.where,
        }  # fmt: skip
        return made if self.attachment is None else {**made, "attachment": self.attachment}
