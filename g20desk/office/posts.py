"""Posts: planned, claimed, sending, and how it ended. `post.sending` is the point of no return."""

from __future__ import annotations

from dataclasses import dataclass, replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Message, Post
from g20desk.office.signoff import standing


def _post(state: Message, key: str, by: Author, then: Then, *allowed: str) -> Post:
    found = state.posts.get(key)
    if found is None:
        raise Refused("unknown-id", "There is no such post.")
    if found.state not in allowed:
        raise Refused("wrong-state", f"This post is {found.state}.")
    account = then.office.accounts.get(found.account)
    if account is None:
        raise Refused("unknown-account", "There is no such account.")
    kind, _, government = account.owner.partition(":")
    right = by.role in ("officer", "head", "publisher") if kind == "official" else (
        by.role == "presidency" and by.government == government
    )  # fmt: skip
    if not right:
        raise Refused("no-right", "Only the account's own people publish on it.")
    return found


def _with(state: Message, post: Post) -> Message:
    return replace(state, posts={**state.posts, post.key: post})


@act("post.claimed")
@dataclass(frozen=True, slots=True)
class Claimed:
    """A process takes the post on, for a while; liveness only."""

    post: str
    process: str
    until: int

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        found = _post(state, self.post, by, then, "planned", "claimed")
        if state.planned_at is None:
            raise Refused("not-scheduled", "This message has no time.")
        return _with(state, replace(found, state="claimed", claimed_by=self.process, lease_until=self.until))


@act("post.sending")
@dataclass(frozen=True, slots=True)
class Sending:
    """One attempt at one part (or a whole thread where a network takes it whole), with all that makes the bytes."""

    post: str
    process: str
    first: int
    keys: list[str]
    created_at: str
    since: int

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        found = _post(state, self.post, by, then, "claimed")
        if found.claimed_by != self.process:
            raise Refused("other-claim", "Another process has this post.")
        if state.withdrawn or standing(state) != "approved":
            raise Refused("not-agreed", "This message is not signed off.")
        account = then.office.accounts[found.account]
        if account.removed:
            raise Refused("unknown-account", "This account was removed.")
        hold = then.office.held(account.id, str(state.content.get("c.topic", "")))
        if hold is not None:
            raise Refused("held", "A hold stops this post.")
        parts = len(state.content[f"c.post.{found.key}"]["parts"])
        if self.first != len(found.receipts) or not 0 < len(self.keys) <= parts - self.first:
            raise Refused("out-of-order", "Parts go out in order.")
        before = found.attempt
        if before is not None and before["first"] == self.first and before["keys"] != self.keys:
            raise Refused("other-key", "A further attempt takes over the keys of the first.")
        attempt = {
            "first": self.first, "keys": self.keys, "created_at": self.created_at, "since": self.since,
            "at": then.event.header.at,
        }  # fmt: skip
        return _with(state, replace(found, state="sending", attempt=attempt))


@act("post.sent")
@dataclass(frozen=True, slots=True)
class Sent:
    """Receipts for the parts of an attempt. `last`: the whole post is out."""

    post: str
    receipts: list[dict[str, str]]
    last: bool
    found: bool

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        was = _post(state, self.post, by, then, "sending", "unknown")
        if not self.receipts or any(set(r) != {"id", "url", "cid"} for r in self.receipts):
            raise Refused("malformed", "A receipt has id, url and cid.")
        made = replace(
            was, state="sent" if self.last else "claimed", receipts=(*was.receipts, *self.receipts),
            sent_at=then.event.header.at, why="", attempt=None,
        )  # fmt: skip
        return _with(state, made)


@act("post.ended")
@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt or a plan ended otherwise: refused, unknown, back to planned, or missed."""

    post: str
    state: str
    why: str
    again_at: int

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        allowed = {
            "refused": ("sending", "claimed"), "unknown": ("sending", "unknown"),
            "planned": ("sending", "claimed", "unknown"),
            "missed": ("planned", "claimed"),
        }  # fmt: skip
        if self.state not in allowed:
            raise Refused("malformed", "A post does not end so.")
        found = _post(state, self.post, by, then, *allowed[self.state])
        return _with(state, replace(found, state=self.state, why=self.why, again_at=self.again_at))


@act("post.settled")
@dataclass(frozen=True, slots=True)
class Settled:
    """A person's answer on an unknown outcome. Neither answer sends anything."""

    post: str
    sent: bool
    url: str
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        found = _post(state, self.post, by, then, "unknown")
        if self.sent:
            receipt = {"id": "", "url": self.url, "cid": ""}
            made = replace(
                found, state="sent", receipts=(*found.receipts, receipt), sent_at=then.event.header.at, why=""
            )
            return _with(state, replace(made, attempt=None))
        return _with(state, replace(found, state="missed", why="A person looked: it is not there.", attempt=None))


OUTCOMES = ("removed", "refused", "already-gone", "cannot-tell")


@act("post.removed")
@dataclass(frozen=True, slots=True)
class Removed:
    """A published post taken down, or what came of trying: removed, refused, already-gone, cannot-tell."""

    post: str
    outcome: str
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        found = _post(state, self.post, by, then, "sent")
        if self.outcome not in OUTCOMES:
            raise Refused("malformed", "A removal does not end so.")
        gone = self.outcome in ("removed", "already-gone")
        says = {
            "removed": "Taken down by the office.",
            "already-gone": "It was gone already when the office wanted it down.",
            "refused": "The network refused to take it down.",
            "cannot-tell": "Whether it is down can't be told; look at the account.",
        }
        return _with(state, replace(found, state="withdrawn" if gone else "sent", why=says[self.outcome]))


def message_state(state: Message, held: bool) -> str:
    """The one word for a message that CLI.md lists."""
    if not state.submission:
        return "draft"
    posts = [p.state for p in state.posts.values()]
    out = [p for p in posts if p == "sent"]
    for word in ("unknown", "sending"):
        if word in posts:
            return word
    if posts and len(out) == len(posts):
        return "sent"
    if posts and "withdrawn" in posts and any(p.sent_at for p in state.posts.values()):
        return "partly-sent" if out else "withdrawn"
    if out or any(p.receipts for p in state.posts.values()):
        return "partly-sent"
    if state.withdrawn:
        return "withdrawn"
    for word in ("refused", "missed"):
        if word in posts:
            return word
    stands = standing(state)
    if stands == "approved":
        if state.planned_at is not None:
            return "held" if held else "scheduled"
        return "approved"
    return "objected" if stands == "objected" else "submitted"
