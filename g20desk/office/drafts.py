"""Drafts: revisions of a text, in the office's own ring."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.planning import Occasion
from g20desk.office.recurring import occasion
from g20desk.office.rulebooks import check_pin
from g20desk.office.state import STAFF, need


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a draft's content."""

    id: str
    by: str
    base: tuple[str, ...]
    digest: str
    content: dict[str, Any]
    findings: pieces.Ref
    originals: list[pieces.Ref]
    rulebook: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its revisions and the newest of each line of work. `occasion`: the day that it was made for, where it
    is one of a recurring message."""

    id: str = ""
    revisions: dict[str, Revision] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    occasion: Occasion | None = None


@act("draft.revised")
class Revised:
    """A revision. The first opens the draft, and its id is the message's id for ever. `findings`: the piece that
    holds what the checker said with `rulebook`, {"version", "digest"}; `originals`: the pictures before they were
    fitted, in their order. `occasion`: the recurring.made that it is made for, empty for none."""

    base: list[str]
    occasion: str
    rulebook: dict[str, Any]
    findings: pieces.Ref
    originals: list[pieces.Ref]
    content: dict[str, Any]

    def apply(self, state: Draft, by: Author, then: Then) -> Draft:
        need(by, *STAFF)
        if bool(state.id) != bool(then.event.header.stream) or bool(state.id) != bool(self.base):
            raise Refused("wrong-base", "A revision names the one it goes on from.")
        if len(set(self.base)) != len(self.base) or any(b not in state.revisions for b in self.base):
            raise Refused("unknown-base", "The revision that this goes on from is not known.")
        if len(self.originals) != sum(name.startswith("c.picture.") for name in self.content):
            raise Refused("malformed", "Each picture has its original.")
        check_pin(self.rulebook, then.office)
        made = Revision(
            then.event.id, by.person, tuple(self.base), then.digest, self.content, self.findings, self.originals,
            self.rulebook,
        )  # fmt: skip
        heads = (*(h for h in state.heads if h not in self.base), made.id)
        if self.occasion and state.id:
            raise Refused("malformed", "Only a draft's first revision is made for an occasion.")
        day = occasion(then.office, self.occasion, by.device) if self.occasion else state.occasion
        return Draft(state.id or made.id, {**state.revisions, made.id: made}, heads, day)
