"""Posts: planned, claimed, sending, and how it ended. `post.sending` is the point of no return."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office import passing
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Message, Post
from g20desk.office.quiet import stopped
from g20desk.office.redaction import check_whole
from g20desk.office.stages import check_agreed, late_stop, standing, unlifted

# What happens to a post: the states it may happen in, and the state after it. docs/publishing.md says it in words.
TABLE: dict[str, tuple[tuple[str, ...], str]] = {
    "claimed": (("planned", "claimed"), "claimed"),
    "sending": (("claimed",), "sending"),
    "part sent": (("sending", "unknown"), "claimed"),
    "sent": (("sending", "unknown"), "sent"),
    "refused": (("sending", "claimed"), "refused"),
    "put back": (("sending", "claimed", "unknown"), "planned"),
    "unknown": (("planned", "claimed", "sending", "unknown"), "unknown"),
    "missed": (("planned", "claimed"), "missed"),
    "settled as out": (("unknown",), "sent"),
    "settled in part": (("unknown",), "missed"),
    "settled as not out": (("unknown",), "missed"),
    "read back": (("sent",), "sent"),
    "taken down": (("sent",), "withdrawn"),
    "not taken down": (("sent",), "sent"),
    "part taken down": (("refused", "missed"), "withdrawn"),
    "part not taken down": (("refused", "missed"), "missed"),
}
# What the sender of an attempt says of it.
OUTCOME = ("sent", "refused", "put back", "unknown")
ENDINGS = {"refused": "refused", "unknown": "unknown", "planned": "put back", "missed": "missed"}


def post_of(state: Message, key: str, by: Author, then: Then, happens: str) -> Post:
    """The post, where this may happen to it now by this author. Raises Refused."""
    found = state.posts.get(key)
    if found is None:
        raise Refused("unknown-id", "There is no such post.")
    if found.state not in TABLE[happens][0]:
        raise Refused("wrong-state", f"This post is {found.state}.")
    account = then.office.accounts.get(found.account)
    if account is None:
        raise Refused("unknown-account", "There is no such account.")
    under = found.attempt["under"] if found.state == "sending" and found.attempt and happens in OUTCOME else None
    if under is None or not passing.writes_down(then.office, by, account.id, under):
        passing.check_publisher(then.office, by, account)
    return found


def parts_of(state: Message, post: Post) -> int:
    """How many parts a post has."""
    return len(state.content[f"c.post.{post.key}"]["parts"])


def with_post(state: Message, post: Post, then: Then) -> Message:
    """The message with this post, which stands as it does since this act where its standing is another one."""
    was = state.posts[post.key]
    if (was.state, was.standing, was.shown) != (post.state, post.standing, post.shown):
        post = replace(post, since=then.at)
    return replace(state, posts={**state.posts, post.key: post})


LONGEST_LEASE_MS = 600_000


@act("post.claimed")
class Claimed:
    """A process takes the post on until a time, at most for some minutes; liveness only."""

    post: str
    process: str
    until: int

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        found = post_of(state, self.post, by, then, "claimed")
        if state.planned_at is None:
            raise Refused("not-scheduled", "This message has no time.")
        until = min(self.until, then.at + LONGEST_LEASE_MS)
        return with_post(state, replace(found, state="claimed", claimed_by=self.process, lease_until=until), then)


@act("post.sending")
class Sending:
    """One attempt at one part (or a whole thread where a network takes it whole), with all that makes the bytes."""

    post: str
    process: str
    first: int
    keys: list[str]
    created_at: str
    since: int

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        found = post_of(state, self.post, by, then, "sending")
        if found.claimed_by != self.process:
            raise Refused("other-claim", "Another process has this post.")
        check_agreed(state, then.at)
        check_whole(then.office, state.content)
        account = then.office.accounts[found.account]
        if account.removed:
            raise Refused("unknown-account", "This account was removed.")
        hold = then.office.held(account.id, str(state.content.get("c.topic", "")), state.cleared)
        if hold is not None:
            raise Refused("held", "A hold stops this post." if not hold.lifted else WAS_HELD)
        if objection := late_stop(state):
            raise Refused("held", OBJECTED if not state.late[objection].lifted else WAS_HELD)
        over = passing.stopped(then.office, account.id, state.cleared)
        if stops := over or stopped(then.office, state.content, account, then.at, state.despite):
            raise stops
        if self.first != len(found.receipts) or not 0 < len(self.keys) <= parts_of(state, found) - self.first:
            raise Refused("out-of-order", "Parts go out in order.")
        before = found.attempt
        if before is not None and before["first"] == self.first and before["keys"] != self.keys:
            raise Refused("other-key", "A further attempt takes over the keys of the first.")
        attempt = {
            "first": self.first, "keys": self.keys, "created_at": self.created_at, "since": self.since,
            "at": then.event.header.at, "doubt": found.in_doubt, "under": len(then.office.passing.handovers),
        }  # fmt: skip
        return with_post(state, replace(found, state="sending", attempt=attempt), then)


OBJECTED = "An objection that came after the end of its stage stops this post; two people lift it."
WAS_HELD = "A hold stopped this post. It was lifted, and nothing goes out by itself: schedule the message again."


@act("post.sent")
class Sent:
    """Receipts for the parts of an attempt. `found`: by asking the network, not by its answer."""

    post: str
    receipts: list[dict[str, str]]
    found: bool

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        was = post_of(state, self.post, by, then, "sent")
        if was.attempt is None or len(self.receipts) != len(was.attempt["keys"]):
            raise Refused("malformed", "There is a receipt for each part of an attempt.")
        if any(set(r) != {"id", "url", "cid"} for r in self.receipts):
            raise Refused("malformed", "A receipt has id, url and cid.")
        receipts = (*was.receipts, *self.receipts)
        happens = "sent" if len(receipts) == parts_of(state, was) else "part sent"
        made = replace(
            was, state=TABLE[happens][1], receipts=receipts, sent_at=then.event.header.at, why="", attempt=None, tries=0,
        )  # fmt: skip
        return with_post(state, made, then)


@act("post.ended")
class Ended:
    """How an attempt or a plan ended otherwise: refused, unknown, back to planned, or missed. While a post is being
    sent only its sender says that it is not out; others may only say that its outcome is unknown. `sure`: whatever was
    tried before is definitely not out; without it, what was once unknown can't be called refused or missed."""

    post: str
    process: str
    state: str
    why: str
    again_at: int
    sure: bool

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        if self.state not in ENDINGS:
            raise Refused("malformed", "A post does not end so.")
        happens = ENDINGS[self.state]
        found = post_of(state, self.post, by, then, happens)
        if found.state == "sending" and self.state != "unknown" and self.process != found.claimed_by:
            raise Refused("other-claim", "Another process has this post.")
        doubt = self.state == "unknown" or (found.in_doubt and not self.sure)
        if doubt and self.state in ("refused", "missed"):
            raise Refused("in-doubt", "An earlier try may be out: ask the network or look at the account first.")
        if self.state == "unknown" and found.attempt is None:
            raise Refused("wrong-state", "Nothing of this post was tried.")
        attempt = {**found.attempt, "doubt": doubt} if found.attempt is not None else None
        tries = found.tries + (happens == "put back" and found.state == "sending")
        made = replace(
            found, state=TABLE[happens][1], why=self.why, again_at=self.again_at, tries=tries, attempt=attempt
        )
        return with_post(state, made, then)


@act("post.settled")
class Settled:
    """A person's answer on an unknown outcome: receipts where it is out, none where it is not. Neither answer sends
    anything; the rest of a thread waits until somebody schedules it."""

    post: str
    receipts: list[dict[str, str]]
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        found = post_of(state, self.post, by, then, "settled as out")
        if not self.receipts:
            why = "A person looked: it is not there."
            return with_post(state, replace(found, state=TABLE["settled as not out"][1], why=why, attempt=None), then)
        if found.attempt is None or len(self.receipts) != len(found.attempt["keys"]):
            raise Refused("malformed", "There is a receipt for each part of an attempt.")
        if any(set(r) != {"id", "url", "cid"} for r in self.receipts):
            raise Refused("malformed", "A receipt has id, url and cid.")
        receipts = (*found.receipts, *self.receipts)
        whole = len(receipts) == parts_of(state, found)
        made = replace(
            found, state=TABLE["settled as out" if whole else "settled in part"][1], receipts=receipts,
            sent_at=then.event.header.at, attempt=None, tries=0,
            why="" if whole else "A person looked: this part is there. The rest waits until somebody schedules it.",
        )  # fmt: skip
        return with_post(state, made, then)


def message_state(state: Message, held: bool) -> str:
    """The one word for a message that CLI.md lists."""
    if state.relay is not None and (state.relay.declined or not state.submission):
        return "withdrawn" if state.relay.declined or state.relay.withdrawn else "submitted"
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
        if unlifted(state):
            return "held"
        if state.planned_at is not None:
            return "held" if held else "scheduled"
        return "approved"
    return "objected" if stands == "objected" else "submitted"
