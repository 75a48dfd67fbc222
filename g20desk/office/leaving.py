"""Drift that the office leaves as it is: a decision with a reason, as worthy as a letter."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Left, Message
from g20desk.office.state import need


def stands_so(state: Message) -> str:
    """What tells one way in which a relay stands from another: what was taken on, and as what its posts were read back."""
    adopted = state.relay.adopted if state.relay is not None else ""
    posts = sorted(state.posts.items())
    return "/".join(
        [adopted, *(f"{key}={post.standing}{''.join(ref['piece'] for ref in post.shown)}" for key, post in posts)]
    )


@act("relay.left", since=3)
class RelayLeft:
    """The office leaves as it is what an account made of a line. It holds for what is out now: another text, or one that the
    network shows otherwise later, asks for somebody again."""

    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, "head", "officer")
        if state.relay is None:
            raise Refused("unknown-relay", "This is no relay.")
        if not any(post.receipts for post in state.posts.values()):
            raise Refused("not-out", "Nothing of this relay is out.", "There is nothing to be left as it is.")
        left = Left(then.event.id, by.name, self.why, stands_so(state))
        return replace(state, relay=replace(state.relay, left=left))
