"""When an approved message goes out."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Message
from g20desk.office.passing import may_publish
from g20desk.office.quiet import embargoed
from g20desk.office.redaction import check_whole
from g20desk.office.stages import advance, check_agreed
from g20desk.office.state import Office, need


def need_scheduler(state: Message, by: Author, office: Office) -> None:
    """Refuse a time to those who do not publish it: a relay's is its own government's."""
    if state.relay is None:
        need(by, "head", "officer", "publisher")
    elif not may_publish(by, office.accounts[state.relay.account]):
        raise Refused("no-right", "Only the account's own people schedule on it.")


@act("message.scheduled")
class Scheduled:
    """Says when an approved message goes out, in milliseconds since 1970 UTC. What is out stays out; what a network
    refused or what was missed is planned again, and a thread goes on where it stands. `together`: none of its posts
    goes out while one of its accounts is known to be broken. `despite`: the days of mourning that it goes out in spite
    of, and `why`."""

    when: int
    zone: str
    together: bool
    despite: list[str]
    why: pieces.Ref | None

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need_scheduler(state, by, then.office)
        if not state.submission or state.withdrawn:
            raise Refused("not-submitted", "Only a submitted message can be scheduled.")
        if state.relay is not None and then.office.passing.lapsed(state.relay.account, state.cleared):
            raise Refused("handed-over", "The Presidency passed since this line was taken on.", "Adopt it anew.")
        state = advance(state, then)  # somebody who was waited for may have left
        check_agreed(state, max(self.when, then.at))
        check_whole(then.office, state.content)
        if any(p.under_way(then.at) for p in state.posts.values()):
            raise Refused("sending", "A post of this message is under way, or its outcome is unknown.")
        again = ("planned", "claimed", "missed", "refused")
        if not any(p.state in again for p in state.posts.values()):
            raise Refused("sent-already", "Every post of this message is out.", "Write a new message.")
        for post in state.posts.values():
            stops = embargoed(then.office, state.content, post.account, self.when) if post.state in again else None
            if stops is not None:
                raise stops
        if self.despite:
            if state.relay is None:  # a relay's own people say so themselves
                need(by, "head", "officer")
            if self.why is None or any(one not in then.office.mournings for one in self.despite):
                raise Refused("malformed", "Going out on a day of mourning names the day and a reason.")
        posts = {
            k: replace(p, state="planned", why="", again_at=0, tries=0, since=then.at) if p.state in again else p
            for k, p in state.posts.items()
        }
        lifted = {hold.id for hold in then.office.holds.values() if hold.lifted}
        late = {event for event, one in state.late.items() if one.lifted}
        cleared = frozenset(lifted | late | then.office.passing.ids)
        return replace(
            state, planned_at=self.when, together=self.together, cleared=cleared,
            despite=state.despite | frozenset(self.despite), posts=posts,
        )  # fmt: skip


@act("message.unscheduled")
class Unscheduled:
    """Takes the time away again."""

    reason: str

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need_scheduler(state, by, then.office)
        if state.planned_at is None:
            raise Refused("not-scheduled", "This message has no time.")
        posts = state.posts.values()
        if any(p.under_way(then.at) or p.receipts or p.state not in ("planned", "claimed") for p in posts):
            raise Refused("sending", "A post of this message is out or under way.")
        back = {k: replace(p, state="planned", claimed_by="") for k, p in state.posts.items()}
        return replace(state, planned_at=None, posts=back)
