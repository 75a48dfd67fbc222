"""Pieces taken out of the record for good: the act says which, by whom and why; what folds decide on is never in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Office, Redaction, need

MOST = 4_096
GONE = "A part of this message was taken out of the record."


@act("piece.redacted")
class Redacted:
    """The head takes pieces out of the record everywhere. `dropped`: the pieces, and the digest that a hub knows each by,
    empty where that is not known; `message`: the message that they are of, empty for others."""

    dropped: dict[str, str]
    message: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        ids = (*self.dropped, *filter(None, (*self.dropped.values(), self.message)))
        if not 0 < len(self.dropped) <= MOST or not all(HEX.match(one) for one in ids):
            raise Refused("malformed", "A redaction names pieces.")
        if self.why["piece"] in self.dropped:
            raise Refused("malformed", "A redaction keeps its reason.")
        if any(version.files["piece"] in self.dropped for version in state.rulebooks):
            raise Refused(
                "rulebook-piece",
                "The files of a rulebook can't be taken out.",
                "Adopt a version without what is wrong.",
            )
        fresh = {one: digest for one, digest in self.dropped.items() if one not in state.redacted}
        if not fresh:
            raise Refused("redacted-already", "This was taken out of the record already.")
        made = Redaction(then.event.id, by.person, then.at, self.why, self.message, tuple(sorted(fresh)))
        return replace(state, redacted={**state.redacted, **fresh}, redactions=(*state.redactions, made))


def gone_from(office: Office, content: Mapping[str, Any]) -> bool:
    """Whether a piece of a content was taken out."""
    return bool(office.redacted) and any(
        ref["piece"] in office.redacted for value in content.values() for ref in pieces.refs(value)
    )


def check_whole(office: Office, content: Mapping[str, Any]) -> None:
    """Refuse to decide on, submit or send what nobody can be shown any more."""
    if gone_from(office, content):
        raise taken_out()


def taken_out() -> Refused:
    """What is to be decided on or sent can't be shown any more."""
    return Refused("taken-out", GONE, "Revise the message without it, and submit it again.")


def not_here(office: Office, ref: Mapping[str, Any]) -> Refused:
    """A piece that a desk does not hold: it was taken out, or has not come yet."""
    if ref["piece"] in office.redacted:
        return taken_out()
    return Refused("withheld", "Something of this message is not on this desk.", "Wait for it: g20desk sync")
