"""What a route is: stages in order, and of what messages it is taken by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EXPLICIT, SILENCE = "explicit", "silence"
ALL = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a route. `who`: role:R, person:ID, experts:TOPIC, governments:all|troika|CC,CC; `need`: how many of them
    approve, ALL for each; `within_ms`: how long they have; `mode`: explicit or silence."""

    name: str
    who: str
    need: int
    within_ms: int
    mode: str


@dataclass(frozen=True, slots=True)
class Route:
    """A version of a route; its id is that of the act that adopted it. `kinds`, `topics`, `accounts` (by id): of what
    messages it is taken by itself; empty: of any, and with all three empty only where it is named."""

    id: str
    name: str
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    accounts: tuple[str, ...]
    stages: tuple[Stage, ...]
    by: str = ""
    at: int = 0

    def closeness(self, content: Mapping[str, Any]) -> int:
        """How closely it is made for a content: 0 where it is not taken by itself, else by how many of kind, topic and
        account."""
        said = (
            (self.kinds, {content.get("c.kind", "")}),
            (self.topics, {content.get("c.topic", "")}),
            (self.accounts, {account for account, *_ in content.get("c.to", ())}),
        )
        met = [bool(found & set(wanted)) for wanted, found in said if wanted]
        return len(met) if all(met) else 0
