"""A submitted message: its content, its stages and decisions, its posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from g20desk.ledger import pieces
from g20desk.office.route import Route, Stage


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about a content digest. `seat`: the voice that it is, a government's or the person's own (empty:
    the person's own); `route` and `stage`: where it was said, the id of the route's version and the number of the stage,
    from 0; `amendment`: the text that they propose, {"lang", "network", "parts"}."""

    event: str
    person: str
    name: str
    government: str
    answer: str
    digest: str
    at: int
    why: Any
    seat: str = ""
    route: str = ""
    stage: int = 0
    amendment: Any = None

    @property
    def voice(self) -> str:
        """Whose voice it is: counted once."""
        return self.seat or self.person


@dataclass(frozen=True, slots=True)
class Seat:
    """One voice of a stage: a government's, by its letters, or a person's own, by their id. `people`: who may speak for it,
    as it stood when the stage opened."""

    key: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A stage that opened: by which act, at which stamp and until when, in milliseconds (both None while that act has no
    stamp). `heard`: the newest act of each voice since; `broken`: the decision that broke its silence; `done`: the act with
    which it was complete."""

    stage: Stage
    event: str
    at: int | None
    due: int | None
    seats: tuple[Seat, ...]
    heard: dict[str, str] = field(default_factory=dict)
    broken: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """An objection that came once its stage was over: it holds the message until two people lift it."""

    decision: Decision
    lift_proposed_by: str = ""
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """An emergency release of a content digest: by which template, filled how; who proposed it, in which role, and until when a
    second person may join. `authors`: who wrote what was released; `until`: until when it may go out, 0 before the second;
    `event`: the second's act; `reviewed`: the review's act."""

    template: str
    digest: str
    slots: dict[str, dict[str, str]]
    proposed: str
    by: tuple[str, ...]
    roles: tuple[str, ...]
    join_until: int
    authors: frozenset[str] = frozenset()
    until: int = 0
    event: str = ""
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said. `digest`: of the content that they had in front; `about`: the passage of it, {"part", "number",
    "start", "end"} in code points from `start` to before `end`, None for all of it; `answers`: the comment that this answers,
    or empty."""

    event: str
    person: str
    name: str
    government: str
    digest: str
    about: dict[str, Any] | None
    answers: str
    text: Any
    at: int


@dataclass(frozen=True, slots=True)
class Left:
    """That the office leaves drift as it is: the act, who, why, and `of` what (see `leaving.stands_so`)."""

    event: str
    by: str
    why: Any
    of: str


@dataclass(frozen=True, slots=True)
class Relay:
    """A request that a government's account carries a line: the line (its message's id, its stream, its content digest), the
    account, who asked, when, until when (0: at any time) and with which `reason`. `adopted`, `declined`, `withdrawn`: the acts that said so; `since`:
    when the last of them did; `words`: what it says then, per language; `why`: why it was declined, or taken back; `left`: that its drift is left as it is."""

    line: str
    stream: str
    digest: str
    account: str
    by: str
    at: int
    until: int
    reason: Any = None
    adopted: str = ""
    declined: str = ""
    withdrawn: str = ""
    since: int = 0
    words: dict[str, Any] = field(default_factory=dict)
    why: Any = None
    left: Left | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """The message on one account in one language. `receipts`: of the parts that are out. `tries`: put back since then. `standing`: what
    the network showed when it was last read back, `shown`: its texts then, where they were others. `since`: the stamp of the act after which it stands as it does."""

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
    shown: tuple[pieces.Ref, ...] = ()

    @property
    def in_doubt(self) -> bool:
        """Whether an earlier try at the next part may be out."""
        return self.attempt is not None and bool(self.attempt.get("doubt"))

    def under_way(self, at: int) -> bool:
        """Whether somebody is sending it, or nobody knows how that ended; a claim whose lease is over binds nobody."""
        return self.state in ("sending", "unknown") or (self.state == "claimed" and at <= self.lease_until)


@dataclass(frozen=True, slots=True)
class Message:
    """A submitted message. `cleared`: holds that were lifted, and handovers of the Presidency, before it was scheduled; any other
    stops it. `despite`:
    the days of mourning that it goes out in spite of. `route`: the version that it goes by, None where none was made for it;
    `stages`: those that opened, in order; `set_aside`: decisions that a head's reopening left behind; `late`: objections
    after the end of their stage, by their act; `release`: where it went out in an emergency; `earlier`: releases before that, whose
    review is open; `relay`: where it is the request to carry a line; `heard`: where it is a line, posts that may have to do with
    it (`overheard.Heard`)."""

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
    planned_at: int | None = None
    together: bool = False
    cleared: frozenset[str] = frozenset()
    despite: frozenset[str] = frozenset()
    posts: dict[str, Post] = field(default_factory=dict)
    route: Route | None = None
    stages: tuple[Opened, ...] = ()
    set_aside: frozenset[str] = frozenset()
    late: dict[str, Late] = field(default_factory=dict)
    release: Release | None = None
    earlier: tuple[Release, ...] = ()
    comments: tuple[Comment, ...] = ()
    relay: Relay | None = None
    heard: tuple[Any, ...] = ()

    @property
    def unreviewed(self) -> tuple[Release, ...]:
        """The emergency releases that nobody has reviewed yet, the oldest first."""
        return tuple(one for one in (*self.earlier, self.release) if one is not None and one.event and not one.reviewed)
