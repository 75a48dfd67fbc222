"""A submitted message: its content, its decisions, its posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from g20desk.office.comments import Comment


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about a content digest."""

    event: str
    person: str
    name: str
    government: str
    answer: str
    digest: str
    at: int
    why: Any


@dataclass(frozen=True, slots=True)
class Post:
    """The message on one account in one language. `receipts`: of the parts that are out. `tries`: put back since then. `standing`: what
    the network showed when it was last read back. `since`: the stamp of the act after which it stands as it does."""

    key: str
    account: str
    lang: str
    state: str = "planned"
    attempt: dict[str, Any] | None = None
    claimed_by: str = ""
    lease_until: int = 0
    receipts: tuple[dict[str, str], ...] = ()
    sent_at: int = 0
    why: str = ""
    again_at: int = 0
    tries: int = 0
    standing: str = ""
    since: int = 0

    @property
    def in_doubt(self) -> bool:
        """Whether an earlier try at the next part may be out."""
        return self.attempt is not None and bool(self.attempt.get("doubt"))

    def under_way(self, at: int) -> bool:
        """Whether somebody is sending it, or nobody knows how that ended; a claim whose lease is over binds nobody."""
        return self.state in ("sending", "unknown") or (self.state == "claimed" and at <= self.lease_until)


@dataclass(frozen=True, slots=True)
class Message:
    """A submitted message. `cleared`: holds that were lifted before it was scheduled; any other stops it. `despite`:
    the days of mourning that it goes out in spite of."""

    stream: str = ""
    draft: str = ""
    submission: str = ""
    digest: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    overrides: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    rulebook: dict[str, Any] = field(default_factory=dict)
    authors: frozenset[str] = frozenset()
    withdrawn: bool = False
    decisions: tuple[Decision, ...] = ()
    comments: tuple[Comment, ...] = ()
    planned_at: int | None = None
    together: bool = False
    cleared: frozenset[str] = frozenset()
    despite: frozenset[str] = frozenset()
    posts: dict[str, Post] = field(default_factory=dict)
