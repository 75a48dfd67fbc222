"""What happens to a post that is out: read back from its network, taken down."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Message
from g20desk.office.posts import TABLE, post_of, with_post


@act("post.read_back")
class ReadBack:
    """What stands on the network, compared with what was signed off: `as-signed`, or what differs, by commas: gone,
    text, media, alt, language, visibility, warning, quote, poll."""

    post: str
    standing: str
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        found = post_of(state, self.post, by, then, "read back")
        if not set(self.standing.split(",")) <= STANDING:
            raise Refused("malformed", "A post is not read back so.")
        return with_post(state, replace(found, standing=self.standing), then)


@act("post.read_back", since=3)
class ReadBackInWords:
    """The same, with the texts of its parts as the network shows them (`shown`), where its text is another one."""

    post: str
    standing: str
    why: pieces.Ref
    shown: list[pieces.Ref]

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        after = ReadBack(self.post, self.standing, self.why).apply(state, by, then)
        found = after.posts[self.post]
        if len(self.shown) != ("text" in self.standing.split(",")) * len(found.receipts):
            raise Refused("malformed", "A post is not read back so.")
        return with_post(after, replace(found, shown=tuple(self.shown)), then)


STANDING = frozenset(
    {"as-signed", "gone", "text", "media", "alt", "language", "visibility", "warning", "quote", "poll"}
)
OUTCOMES = ("removed", "refused", "already-gone", "cannot-tell")


@act("post.removed")
class Removed:
    """A published post, or what is out of a thread that stopped, taken down; or what came of trying: removed, refused,
    already-gone, cannot-tell."""

    post: str
    outcome: str
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        stopped = self.post in state.posts and bool(state.posts[self.post].receipts)
        part = "part " if stopped and state.posts[self.post].state != "sent" else ""
        found = post_of(state, self.post, by, then, f"{part}taken down")
        if self.outcome not in OUTCOMES:
            raise Refused("malformed", "A removal does not end so.")
        gone = self.outcome in ("removed", "already-gone")
        says = {
            "removed": "Taken down by the office.",
            "already-gone": "It was gone already when the office wanted it down.",
            "refused": "The network refused to take it down.",
            "cannot-tell": "Whether it is down can't be told; look at the account.",
        }
        after = TABLE[f"{part}taken down" if gone else f"{part}not taken down"][1]
        return with_post(state, replace(found, state=after, why=says[self.outcome]), then)
