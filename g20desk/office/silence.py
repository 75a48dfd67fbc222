"""The silence procedure: how it ends, what becomes of it when it is broken, and of an objection that comes too late.

A silence is complete only by a closing act, which shows that its author had seen all that was said. Its deadline goes by the
keeper's stamps.
"""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Message, Opened
from g20desk.office.route import SILENCE
from g20desk.office.routes import LONGEST, least_silence
from g20desk.office.stages import STOPS, advance, changed, opened, still
from g20desk.office.state import need

CLOCK_MS = 120_000
CLOSERS = ("head", "officer", "publisher")
LIFTERS = ("head", "officer", "liaison", "presidency")


def _open_stage(state: Message, digest: str) -> Opened:
    """The stage that is open, of the content with this digest. Raises Refused."""
    if not state.submission or state.withdrawn:
        raise Refused("not-submitted", "This message is not submitted.")
    if digest != state.digest:
        raise Refused("stale-digest", "The text is another one now.", "Look at it again.")
    if not state.stages or state.stages[-1].done:
        raise Refused("no-stage", "No stage of this message is open.")
    return state.stages[-1]


@act("signoff.closed", since=2)
class Closed:
    """Says that a silence is over and nobody broke it. `heard`: the newest act of each voice since the text went round;
    `unheard`: the voices of which there is none. Its author had to see everything, and to have the right time."""

    digest: str
    heard: dict[str, str]
    unheard: list[str]

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, *CLOSERS)
        last = _open_stage(state, self.digest)
        if last.stage.mode != SILENCE:
            raise Refused("not-silence", "The stage that is open is no silence.")
        if last.broken:
            raise Refused("frozen", "The silence was broken: the head reopens it.")
        if last.due is None or then.at <= last.due:
            raise Refused("silence-runs", "The silence is not over yet.")
        if then.event.stamp is not None and abs(then.event.stamp - then.event.header.at) > CLOCK_MS:
            raise Refused("wrong-clock", "The clock of who closes a silence is within two minutes of the record's.",
                          "Run: g20desk doctor")  # fmt: skip
        if self.heard != last.heard or self.unheard != unheard(last):
            raise Refused("other-acts", "Something was said that this closing does not name.", "Read it: g20desk sync")
        if not any(still(then.office, last.stage, seat) for seat in last.seats):
            raise Refused("nobody-there", f"In the stage “{last.stage.name}” there is nobody left who could object.")
        return advance(changed(state, done=then.event.id), then)


def unheard(stage: Opened) -> list[str]:
    """The voices of a stage of which there is no act since it opened."""
    return sorted(seat.key for seat in stage.seats if seat.key not in stage.heard)


@act("signoff.reopened", since=2)
class Reopened:
    """After a silence was broken the head lays the same text before all again, for as long as the route says or until a time
    in milliseconds. What broke it is set aside; it stays in the record."""

    digest: str
    until: int | None
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, "head")
        last, number = _open_stage(state, self.digest), len(state.stages) - 1
        if not last.broken:
            raise Refused("not-broken", "No silence of this message was broken.")
        route = state.route.id if state.route else ""
        aside = {
            one.event for one in state.decisions
            if (one.digest, one.route, one.stage) == (state.digest, route, number) and one.answer in STOPS
        }  # fmt: skip
        state = replace(state, stages=state.stages[:-1], set_aside=state.set_aside | aside)
        state = opened(state, last.stage, then)
        if self.until is None:
            return state
        if not 0 < self.until - then.at <= LONGEST or self.until - then.at < least_silence(then.office):
            raise Refused("short-silence", "That time is too near, past, or too far.", "Name another one.")
        return state if then.event.stamp is None else changed(state, due=self.until)


@act("signoff.extended", since=2)
class Extended:
    """The head gives the stage that is open more time, until a time in milliseconds; a silence only before it is over."""

    digest: str
    until: int
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, "head")
        last = _open_stage(state, self.digest)
        if last.broken:
            raise Refused("frozen", "The silence was broken: reopen it.")
        if last.due is None:
            raise Refused("no-due", "The stage has no deadline yet: its opening is not in the office's record.")
        if last.stage.mode == SILENCE and then.at > last.due:
            raise Refused("silence-over", "The silence is over.")
        if not last.due < self.until <= then.at + LONGEST or self.until <= then.at:
            raise Refused("not-longer", "An extension ends later than what it extends.", "Name a later time.")
        return changed(state, due=self.until)


@act("signoff.objection_lifted", since=2)
class ObjectionLifted:
    """A late objection holds the message until two people lift it: the first proposes, a second person's lifts. Nothing is
    released by it."""

    objection: str
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, *LIFTERS)
        found = state.late.get(self.objection)
        if found is None or found.lifted:
            raise Refused("unknown-id", "There is no such objection in force.")
        if found.lift_proposed_by == by.person:
            raise Refused("second-person", "A second person has to lift this objection.", "Ask a colleague.")
        made = replace(found, lifted=bool(found.lift_proposed_by), lift_proposed_by=by.person)
        return replace(state, late={**state.late, self.objection: made})
