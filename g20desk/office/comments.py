"""Comments: on a text, on a passage of it, or to another comment. They decide nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Comment, Message
from g20desk.office.stages import heard, seat_of
from g20desk.office.state import need

MOST = 10_000


@act("comment.made", since=2)
class Made:
    """What somebody says on the content with this digest. `about`: the passage, {"part" (as "c.text.en"), "number" (of the
    thread's post, from 0), "start", "end"} in code points, or none; `answers`: the comment that it answers, or empty."""

    digest: str
    about: dict[str, Any] | None
    answers: str
    text: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, "head", "officer", "liaison", "presidency", "expert", "analyst")
        if not state.submission:
            raise Refused("not-submitted", "This message is not submitted.")
        if self.about is not None and not _is_passage(self.about):
            raise Refused("malformed", "A comment names a passage by part, number, start and end.")
        if self.answers and self.answers not in {one.event for one in state.comments}:
            raise Refused("unknown-id", "There is no such comment.")
        if len(state.comments) >= MOST:
            raise Refused("too-many", "There are too many comments on this message.")
        made = Comment(
            then.event.id, by.person, by.name, self.digest, self.about, self.answers, self.text, then.event.header.at
        )
        state = replace(state, comments=(*state.comments, made))
        if not state.stages or state.stages[-1].done or state.withdrawn or by.person in state.authors:
            return state  # what an author says is not heard as a government's, whose deputy they may be
        seat = seat_of(then.office, state.stages[-1], by.person, then.at)
        return heard(state, seat, then.event.id) if seat is not None else state


def _is_passage(value: dict[str, Any]) -> bool:
    return (
        set(value) == {"part", "number", "start", "end"}
        and isinstance(value["part"], str)
        and 0 < len(value["part"]) <= 200
        and all(type(value[name]) is int for name in ("number", "start", "end"))
        and value["number"] >= 0
        and 0 <= value["start"] < value["end"]
    )
