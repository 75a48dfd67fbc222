"""A relay's posts: they go out only while the line that they carry stands."""

from __future__ import annotations

from g20desk.errors import Refused
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Message
from g20desk.office.posts import Sending
from g20desk.office.quiet import not_before
from g20desk.office.relays import agreed
from g20desk.office.schedule import Scheduled


def check_stands(state: Message, at: int, then: Then) -> None:
    """Refuse, at a time in milliseconds, to carry a line that is not agreed then, or not as it was when it was asked for, or is
    under its own embargo still."""
    relay = state.relay
    if relay is None:
        return
    line = then.read(relay.stream)
    if not agreed(line, then.at) or line.digest != relay.digest:
        raise Refused("not-agreed", "The line is not agreed any more: its post does not go out.", "Ask the office.")
    if (no := not_before(line.content, at)) is not None:
        raise no
    if not agreed(line, at):
        raise Refused("line-over", "The line does not stand any more then.", "Name an earlier time.")


@act("message.scheduled", since=3)
class ScheduledWhileItStands(Scheduled):
    """Says when an approved message goes out, in milliseconds since 1970 UTC. What is out stays out; what a network
    refused or what was missed is planned again, and a thread goes on where it stands. `together`: none of its posts
    goes out while one of its accounts is known to be broken. `despite`: the days of mourning that it goes out in spite
    of, and `why`. A relay has no time at which its line does not stand."""

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        after = Scheduled.apply(self, state, by, then)
        check_stands(state, max(self.when, then.at), then)
        return after


@act("post.sending", since=3)
class SendingWhatStands(Sending):
    """One attempt at one part (or a whole thread where a network takes it whole), with all that makes the bytes. A relay's
    counts only while the line stands."""

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        after = Sending.apply(self, state, by, then)
        check_stands(state, then.at, then)
        return after
