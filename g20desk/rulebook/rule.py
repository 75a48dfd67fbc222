"""A rule and a finding."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what to look for, what to say instead, why. `langs` and `kinds` empty: all of them."""

    id: str
    level: str
    pattern: str
    message: str
    suggestion: str | None = None
    langs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    bad: str = ""
    good: str = ""


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

    def as_json(self) -> dict[str, object]:
        """As `check --jsonl` prints it."""
        made: dict[str, object] = {
            "rule": self.rule, "level": self.level, "start": self.start, "end": self.end, "text": self.text,
            "message": self.message, "suggestion": self.suggestion,
        }  # fmt: skip
        return made if self.attachment is None else {**made, "attachment": self.attachment}
