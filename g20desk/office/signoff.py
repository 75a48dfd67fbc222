"""Sign-off: decisions bind to a content digest; no author signs off their own text."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Decision, Message
from g20desk.office.redaction import check_whole
from g20desk.office.state import need

ANSWERS = ("approve", "object", "request-changes", "no-objection", "comment")
DECIDERS = ("head", "officer", "liaison")


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


def voices(state: Message) -> dict[str, Decision]:
    """Each person's latest decision on the content as it is now."""
    found: dict[str, Decision] = {}
    for decision in state.decisions:
        if decision.digest == state.digest and decision.answer != "comment" and decision.person not in state.authors:
            found[decision.person] = decision
    return found


def standing(state: Message) -> str:
    """open, objected or approved, for an office without a route: one approval, nobody objecting."""
    answers = {d.answer for d in voices(state).values()}
    if answers & {"object", "request-changes"}:
        return "objected"
    return "approved" if "approve" in answers else "open"
