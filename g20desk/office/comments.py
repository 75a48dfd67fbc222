"""Comments on a submitted text: on a passage of it or on all of it, and answers to them. They decide nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.form import LANG, NAME
from g20desk.office.message import Comment, Message
from g20desk.office.stages import heard, seat_of
from g20desk.office.state import need

MOST = 10_000
SAY = ("head", "officer", "liaison", "presidency", "expert", "analyst")
_TEXT = re.compile(r"c\.text\.([^.]+)(?:\.([^.]+))?\Z")


@act("comment.made", since=2)
class Made:
    """A comment on the content with this digest, which may be an earlier one by now. `about`: a passage of a text, its post
    counted from 0; null: all of it, or where the comment that this answers stands."""

    digest: str
    about: dict[str, Any] | None
    answers: str
    text: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, *SAY)
        if not state.submission:
            raise Refused("not-submitted", "This message is not submitted.")
        if not HEX.match(self.digest):
            raise Refused("malformed", "A comment names the content that it is on.")
        if self.about is not None and not _passage(self.about):
            raise Refused("malformed", "A passage is a stretch of one text.")
        if self.answers and (self.about is not None or all(one.event != self.answers for one in state.comments)):
            raise Refused("unknown-comment", "This answers no comment on this message.", "See: g20desk message show")
        if len(state.comments) >= MOST:
            raise Refused("too-many", "There are too many comments on this message.")
        made = Comment(
            then.event.id, by.person, by.name, by.government, self.digest, self.about, self.answers, self.text,
            then.event.header.at,
        )  # fmt: skip
        state = replace(state, comments=(*state.comments, made))
        if not state.stages or state.stages[-1].done or state.withdrawn or by.person in state.authors:
            return state  # what an author says is not heard as a government's, whose deputy they may be
        # The closing of a silence lists the newest that each voice was heard to say.
        seat = seat_of(then.office, state.stages[-1], by.person, then.at)
        return heard(state, seat, then.event.id) if seat is not None else state


def _passage(about: dict[str, Any]) -> bool:
    part = about.get("part")
    named = _TEXT.match(part) if isinstance(part, str) else None
    return (
        set(about) == {"part", "number", "start", "end"}
        and named is not None
        and bool(LANG.match(named[1]) and (named[2] is None or NAME.match(named[2])))
        and all(type(about[name]) is int for name in ("number", "start", "end"))
        and about["number"] >= 0
        and 0 <= about["start"] < about["end"]
    )
