"""Drafts and messages: revisions, submission, withdrawal, schedule. Posts and sign-off are acts of the same stream."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import chain, event, keys, pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.members import STAFF, need


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a draft's content."""

    id: str
    by: str
    base: tuple[str, ...]
    digest: str
    content: dict[str, Any]
    findings: pieces.Ref
    originals: list[pieces.Ref]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its revisions and the newest of each line of work."""

    id: str = ""
    revisions: dict[str, Revision] = field(default_factory=dict)
    heads: tuple[str, ...] = ()


@act("draft.revised")
@dataclass(frozen=True, slots=True)
class Revised:
    """A revision. The first opens the draft, and its id is the message's id for ever. `findings`: the piece that
    holds what the checker said; `originals`: the pictures before they were fitted, in their order."""

    base: list[str]
    findings: pieces.Ref
    originals: list[pieces.Ref]
    content: dict[str, Any]

    def apply(self, state: Draft, by: Author, then: Then) -> Draft:
        need(by, *STAFF)
        if bool(state.id) != bool(then.event.header.stream) or bool(state.id) != bool(self.base):
            raise Refused("wrong-base", "A revision names the one it goes on from.")
        if len(set(self.base)) != len(self.base) or any(b not in state.revisions for b in self.base):
            raise Refused("unknown-base", "The revision that this goes on from is not known.")
        if len(self.originals) != sum(name.startswith("c.picture.") for name in self.content):
            raise Refused("malformed", "Each picture has its original.")
        made = Revision(
            then.event.id, by.person, tuple(self.base), then.digest, self.content, self.findings, self.originals
        )
        heads = (*(h for h in state.heads if h not in self.base), made.id)
        return Draft(state.id or made.id, {**state.revisions, made.id: made}, heads)


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
    """The message on one account in one language. `parts_out`: receipts so far."""

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


@dataclass(frozen=True, slots=True)
class Message:
    """A submitted message."""

    stream: str = ""
    draft: str = ""
    submission: str = ""
    digest: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    overrides: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    authors: frozenset[str] = frozenset()
    withdrawn: bool = False
    decisions: tuple[Decision, ...] = ()
    planned_at: int | None = None
    posts: dict[str, Post] = field(default_factory=dict)


@act("message.submitted")
@dataclass(frozen=True, slots=True)
class Submitted:
    """Carries the whole content into the members' ring, with the signed headers of the revisions behind it.
    `findings` is what its author attests, {"rule", "level", "firm"} (firm: nobody may override it); `report` the piece with all that the checker said."""

    draft: str
    route: str
    report: pieces.Ref
    findings: list[dict[str, Any]]
    overrides: list[dict[str, Any]]
    headers: list[list[str]]
    content: dict[str, Any]

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, *STAFF)
        if state.stream and self.draft != state.draft:
            raise Refused("wrong-stream", "This stream carries another message.")
        if state.submission and not state.withdrawn:
            raise Refused("submitted-already", "This message is submitted.", "Withdraw it first.")
        if any(p.state not in ("planned", "withdrawn") for p in state.posts.values()):
            raise Refused("sent-already", "Something of this message is out.", "Write a new message.")
        authors = {by.person}
        for number, pair in enumerate(self.headers):
            authors.add(_header_author(pair, then, self.draft if number == 0 else ""))
        if not self.headers:
            raise Refused("no-headers", "A submission shows who wrote it.")
        overridden = {o.get("rule") for o in self.overrides}
        if overridden:
            need(by, "head", "officer")
        blocking = [
            f
            for f in self.findings
            if f.get("level") == "block" and (f.get("firm") is not False or f.get("rule") not in overridden)
        ]
        if blocking:
            raise Refused(
                "blocking-finding", f"A finding must be fixed first: {blocking[0].get('rule')}.",
                "Fix it, or override it with a reason where its level allows.",
            )  # fmt: skip
        return replace(
            state, stream=state.stream or then.event.id, draft=self.draft, submission=then.event.id, withdrawn=False,
            digest=then.digest, content=self.content, findings=self.findings, overrides=self.overrides,
            report=self.report, planned_at=None,
            authors=frozenset(authors), posts=_posts(self.content),
        )  # fmt: skip


def _header_author(pair: list[str], then: Then, must_be: str) -> str:
    try:
        data, signature = pair[0].encode(), bytes.fromhex(pair[1])
        head = event.decode(data)
        keys.verify(head.device, "event", data, signature)
    except (ValueError, IndexError, AttributeError, chain.Broken) as error:
        raise Refused("bad-header", "A revision's signed header does not hold.") from error
    if must_be and event.event_id(data) != must_be:
        raise Refused("bad-header", "The first header is not that of the draft.")
    person = then.office.devices.get(head.device, "")
    if not person:
        raise Refused("bad-header", "A revision was signed by a device outside the office.")
    return str(person)


def _posts(content: dict[str, Any]) -> dict[str, Post]:
    made: dict[str, Post] = {}
    for name, value in content.items():
        if name.startswith("c.post."):
            if not isinstance(value, dict) or not isinstance(value.get("account"), str):
                raise Refused("malformed", "A post names its account.")
            key = name.removeprefix("c.post.")
            made[key] = Post(key, value["account"], str(value.get("lang", "")))
    return made


@act("message.withdrawn")
@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Takes a submission back, as long as nothing of it is out."""

    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, *STAFF)
        if not state.submission or state.withdrawn:
            raise Refused("not-submitted", "There is nothing to withdraw.")
        if any(p.state in ("claimed", "sending", "unknown") for p in state.posts.values()):
            raise Refused("sending", "A post of this message is under way.", "Wait for its outcome.")
        if any(p.receipts for p in state.posts.values()):
            raise Refused("sent-already", "Something of this message is out.", "Take the post down, or correct it.")
        posts = {k: replace(p, state="withdrawn") if p.state == "planned" else p for k, p in state.posts.items()}
        return replace(state, withdrawn=True, planned_at=None, posts=posts)


@act("message.scheduled")
@dataclass(frozen=True, slots=True)
class Scheduled:
    """Says when an approved message goes out, in milliseconds since 1970 UTC. What is out stays out; what a network
    refused or what was missed is planned again, and a thread goes on where it stands."""

    when: int
    zone: str

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        from g20desk.office.signoff import standing

        need(by, "head", "officer", "publisher")
        if not state.submission or state.withdrawn:
            raise Refused("not-submitted", "Only a submitted message can be scheduled.")
        stands = standing(state)
        if stands != "approved":
            raise Refused("not-agreed", "This message is not signed off.", "Wait for sign-off, then schedule it.")
        states = {p.state for p in state.posts.values()}
        if states & {"claimed", "sending", "unknown"}:
            raise Refused("sending", "A post of this message is under way, or its outcome is unknown.")
        if not states & {"planned", "missed", "refused"}:
            raise Refused("sent-already", "Every post of this message is out.", "Write a new message.")
        again = ("planned", "missed", "refused")
        posts = {
            k: replace(p, state="planned", why="", again_at=0) if p.state in again else p
            for k, p in state.posts.items()
        }
        return replace(state, planned_at=self.when, posts=posts)


@act("message.unscheduled")
@dataclass(frozen=True, slots=True)
class Unscheduled:
    """Takes the time away again."""

    reason: str

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, "head", "officer", "publisher")
        if state.planned_at is None:
            raise Refused("not-scheduled", "This message has no time.")
        if any(p.state != "planned" for p in state.posts.values()):
            raise Refused("sending", "A post of this message is out or under way.")
        return replace(state, planned_at=None)
