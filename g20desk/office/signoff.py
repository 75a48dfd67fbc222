"""Decisions: they bind to a content digest; no author signs off their own text, and a voice counts once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.deputies import stands_in_for
from g20desk.office.fold import Author, Then, act
from g20desk.office.form import LANG, MOST_PARTS, NAME
from g20desk.office.message import Decision, Late, Message, Seat
from g20desk.office.redaction import check_whole
from g20desk.office.route import SILENCE
from g20desk.office.stages import DECIDERS, STOPS, advance, changed, heard, own_voice, seat_of, seats
from g20desk.office.state import need

ANSWERS = ("approve", "object", "request-changes", "no-objection", "comment")


@act("signoff.decided")
class Decided:
    """A person's answer on exactly the content with this digest."""

    digest: str
    answer: str
    why: pieces.Ref | None

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        if self.answer not in ANSWERS:
            raise Refused("unknown-answer", f"There is no answer “{self.answer}”.")
        if state.submission and state.withdrawn:
            raise Refused("not-submitted", "This message was withdrawn.", "Decide once it is submitted again.")
        if not state.submission:
            raise Refused("not-submitted", "This message is not submitted.")
        if self.answer == "comment":
            need(by, "head", "officer", "liaison", "presidency", "expert", "analyst")
        else:
            if by.role not in DECIDERS:
                raise Refused("no-right", "You have no voice on this message.", "The route says who has.")
            if by.person in state.authors:
                raise Refused("author", "Who wrote or submitted a text does not sign it off.", "Ask a colleague.")
            if self.digest != state.digest:
                raise Refused("stale-digest", "The text changed since you saw it.", "Read the change, then decide.")
            if self.answer == "approve":
                check_whole(then.office, state.content)
            if self.answer == "no-objection":
                raise Refused("not-silence", "“No objection” belongs to a silence procedure.", "Approve or object.")
        made = Decision(
            then.event.id, by.person, by.name, by.government, self.answer, self.digest, then.event.header.at, self.why
        )
        return replace(state, decisions=(*state.decisions, made))


@act("signoff.decided", since=2)
class DecidedOnRoute:
    """A person's answer on exactly the content with this digest, in the stage of its route that is open. `amendment`: the
    text that they propose instead, {"lang", "network", "parts"}, with an objection or a request for changes.

    An objection or a request for changes stops an explicit stage until that voice decides again, and breaks a silence. One
    that is stamped after the end of its stage is late: what was agreed stands, and the message is held."""

    digest: str
    answer: str
    why: pieces.Ref | None
    amendment: dict[str, Any] | None

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        if self.answer not in ANSWERS or self.answer == "comment":
            raise Refused("unknown-answer", f"There is no answer “{self.answer}”.")
        check_open(state, by, self.digest)
        if self.amendment is not None and (self.answer not in STOPS or not _is_amendment(self.amendment)):
            raise Refused("malformed", "A text is proposed with an objection or a request for changes.")
        if self.answer in ("approve", "no-objection"):
            check_whole(then.office, state.content)
        if state.route is None:
            return self._without_route(state, by, then)
        seat = seat_of(then.office, state.stages[-1], by.person, then.at)
        if seat is None:
            state = advance(state, then)  # somebody who was waited for may have left
            seat = seat_of(then.office, state.stages[-1], by.person, then.at)
        if seat is None:
            return self._elsewhere(state, by, then)
        return self._in_stage(state, by, then, seat, len(state.stages) - 1)

    def _without_route(self, state: Message, by: Author, then: Then) -> Message:
        voice = own_voice(then.office, by, then.at)
        if not voice:
            raise Refused("no-right", "You have no voice on this message.", "The head, officers and liaisons have.")
        if self.answer == "no-objection":
            raise not_silence()
        government = by.government if by.role in DECIDERS else voice
        return replace(state, decisions=(*state.decisions, self._made(state, by, then, voice, government, 0)))

    def _in_stage(self, state: Message, by: Author, then: Then, seat: Seat, number: int) -> Message:
        last = state.stages[number]
        if last.done:
            return self._late(state, by, then, seat, number)
        if last.stage.mode != SILENCE:
            if self.answer == "no-objection":
                raise not_silence()
            made = self._made(state, by, then, seat.key, _government(then, seat, by), number)
            return advance(heard(replace(state, decisions=(*state.decisions, made)), seat, then.event.id), then)
        if last.broken and self.answer not in STOPS:
            raise Refused("frozen", "The silence was broken: the text stands still until the head reopens it.")
        if not last.broken and last.due is not None and then.at > last.due:  # once broken, nothing will be adopted
            if self.answer in STOPS:
                return heard(self._late(state, by, then, seat, number), seat, then.event.id)
            raise Refused("silence-over", "The silence is over; it is about to be closed.")
        made = self._made(state, by, then, seat.key, _government(then, seat, by), number)
        state = heard(replace(state, decisions=(*state.decisions, made)), seat, then.event.id)
        return changed(state, broken=last.broken or made.event) if self.answer in STOPS else state

    def _elsewhere(self, state: Message, by: Author, then: Then) -> Message:
        """Somebody who has no voice in the stage that is open: late in one before it, or too early for one after it."""
        for number in reversed(range(len(state.stages) - 1)):
            seat = seat_of(then.office, state.stages[number], by.person, then.at)
            if seat is not None:
                return self._late(state, by, then, seat, number)
        for stage in state.route.stages[len(state.stages) :] if state.route else ():
            asked = seats(then.office, stage.who, state.authors)
            mine = stands_in_for(then.office, by.person, then.at)
            if any(by.person in one.people or (mine and one.key == mine) for one in asked):
                raise Refused("stage-not-open", f"Your stage, “{stage.name}”, is not open yet.",
                              "Decide once the stage before it is complete.")  # fmt: skip
        raise Refused("no-right", "You have no voice on this message.", "Its route says who has.")

    def _late(self, state: Message, by: Author, then: Then, seat: Seat, number: int) -> Message:
        if self.answer not in STOPS:
            raise Refused("stage-over", f"The stage “{state.stages[number].stage.name}” is over.")
        made = self._made(state, by, then, seat.key, _government(then, seat, by), number)
        return replace(state, decisions=(*state.decisions, made), late={**state.late, made.event: Late(made)})

    def _made(self, state: Message, by: Author, then: Then, voice: str, government: str, number: int) -> Decision:
        return Decision(
            then.event.id, by.person, by.name, government, self.answer, self.digest, then.event.header.at, self.why,
            voice, state.route.id if state.route else "", number, self.amendment,
        )  # fmt: skip


def check_open(state: Message, by: Author, digest: str) -> None:
    """Refuse a decision on what is not before people, on another text, or by an author."""
    if not state.submission or state.withdrawn:
        was = "This message was withdrawn." if state.submission else "This message is not submitted."
        raise Refused("not-submitted", was, "Decide once it is submitted.")
    if by.person in state.authors:
        raise Refused("author", "Who wrote or submitted a text does not sign it off.", "Ask a colleague.")
    if digest != state.digest:
        raise Refused("stale-digest", "The text changed since you saw it.", "Read the change, then decide.")


def not_silence() -> Refused:
    """Nobody is silent where each is asked."""
    return Refused("not-silence", "“No objection” belongs to a silence procedure.", "Approve or object.")


def _government(then: Then, seat: Seat, by: Author) -> str:
    """The government that a seat speaks for: a deputy speaks for their liaison's."""
    return by.government if by.person in seat.people else then.office.people[seat.people[0]].government


def _is_amendment(value: dict[str, Any]) -> bool:
    if set(value) != {"lang", "network", "parts"} or not isinstance(value["parts"], list):
        return False
    lang, network = value["lang"], value["network"]
    named = (
        isinstance(lang, str) and isinstance(network, str) and LANG.match(lang) and (not network or NAME.match(network))
    )
    return bool(named) and 0 < len(value["parts"]) <= MOST_PARTS and all(map(pieces.is_ref, value["parts"]))
