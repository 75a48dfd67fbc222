"""What government accounts posted of themselves that is like an agreed line, or says something else: listed for a person, who
judges it. Nobody is accused by it, and nothing follows from it by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.form import LANG, LINE
from g20desk.office.message import Message
from g20desk.office.state import STAFF, need

ALIKE = ("near", "contradicts", "paraphrase", "translated")
ANSWERS = ("carries", "differs", "unrelated", "left")
MOST, LONGEST = 10_000, 1_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of it: `carries` the line, `differs` from it, `unrelated`, or `left` as it is."""

    event: str
    person: str
    at: int
    answer: str
    why: Any


@dataclass(frozen=True, slots=True)
class Heard:
    """A post as it was read: on which account, under which id and address, when it was posted (milliseconds), the digest of its
    text, and how it looked beside the line with the content `against`. `judgement`: the newest."""

    event: str
    by: str
    listed: int
    account: str
    remote: str
    url: str
    at: int
    digest: str
    lang: str
    verdict: str
    against: str
    text: Any
    why: Any
    judgement: Judgement | None = None


@act("likeness.listed", since=3)
class Listed:
    """A post of a government's account that may have to do with this line. `remote`, `url`: its id and address on the network;
    `at`: when it was posted, in milliseconds, as the network says; `digest`: of its `text`; `verdict`: near, contradicts, paraphrase or
    translated, as a program saw it; `against`: the line's content digest; `why`: the differences in words, a line each."""

    account: str
    remote: str
    url: str
    at: int
    digest: str
    lang: str
    verdict: str
    against: str
    text: pieces.Ref
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, *STAFF)
        self._check(state)
        account = then.office.accounts.get(self.account)
        if account is None or account.removed:
            raise Refused("unknown-account", "There is no such account.")
        if account.owner == "official":
            raise Refused("own-account", "What the office posts itself is in its record.")
        if self.against != state.digest:
            raise Refused("stale-digest", "The line says something else by now.", "Listen again.")
        if any(
            (one.account, one.remote, one.digest) == (self.account, self.remote, self.digest) for one in state.heard
        ):
            raise Refused("listed-already", "This post is listed.")
        if len(state.heard) >= MOST:
            raise Refused("too-many", "There are too many posts on this line's list.")
        made = Heard(
            then.event.id, by.person, then.at, self.account, self.remote, self.url, self.at, self.digest, self.lang, self.verdict,
            self.against, self.text, self.why,
        )  # fmt: skip
        return replace(state, heard=(*state.heard, made))

    def _check(self, state: Message) -> None:
        if state.content.get("c.kind") != LINE:
            raise Refused("wrong-stream", "This is no line.")
        well = (
            self.verdict in ALIKE
            and all(HEX.match(one) for one in (self.digest, self.against))
            and bool(LANG.match(self.lang))
            and self.at > 0
            and 0 < len(self.remote) <= LONGEST
            and len(self.url) <= LONGEST
            and (not self.url or self.url.startswith(("https://", "http://")))
        )
        if not well:
            raise Refused("malformed", "A post that is listed has an id, an address, a time and a verdict.")


@act("likeness.judged", since=3)
class Judged:
    """A person's judgement of a post that was listed; a later one takes its place. `answer`: carries, differs, unrelated or left."""

    listed: str
    answer: str
    why: pieces.Ref | None

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, *STAFF)
        if all(one.event != self.listed for one in state.heard):
            raise Refused("unknown-id", "There is no such post on this line's list.", "See: g20desk line heard")
        if self.answer not in ANSWERS:
            raise Refused("malformed", "A judgement is: carries, differs, unrelated or left.")
        made = Judgement(then.event.id, by.person, then.at, self.answer, self.why)
        return replace(
            state,
            heard=tuple(replace(one, judgement=made) if one.event == self.listed else one for one in state.heard),
        )
