"""What the acts of a pack come to by the office's own rules: the office at each place, and the message."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from g20desk.ledger import body
from g20desk.ledger.event import Event
from g20desk.office import acts, fold
from g20desk.office.fold import Author, Verdict
from g20desk.office.message import Message, Post
from g20desk.office.posts import message_state
from g20desk.office.stages import voices
from g20desk.office.state import Office

# Who is in the office, what they may do, who keeps the order: no pack is without these, and none shows but their headers.
PEOPLE = ("office", "member", "device", "role", "proposal", "guardians", "order")
# What verdicts on a message go by besides, and what only stops one. Where that is not enough, a pack holds all acts of the office.
NEEDED = (*PEOPLE, "account", "rulebook", "piece", "route", "silence", "deputy", "template")
STOPS = ("hold", "embargo", "mourning")
# What no verdict on a message goes by.
HARMLESS = ("epoch", "roster", "slot", "recurring", "handle", "word", "address")
DECIDED = "signoff.decided"


def noun(kind: str) -> str:
    """What an act is on: the first word of its kind."""
    return kind.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Proved:
    """An act whose bytes hold, with the parts of its body as they are shown."""

    event: Event
    parts: body.Parts


@dataclass(slots=True)
class Folded:
    """The office after each of its acts, the message as it stands, and the verdict on each act by its event's id."""

    message: Message = field(default_factory=Message)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    of_message: list[Verdict] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _offices: list[Office] = field(default_factory=list)

    def office(self, before: int) -> Office:
        """The office as it stood just before a place."""
        number = bisect.bisect_left(self._places, before)
        return self._offices[number - 1] if number else Office()

    @property
    def now(self) -> Office:
        """The office after all of its acts that are shown."""
        return self._offices[-1] if self._offices else Office()


def fold_again(proved: Iterable[Proved], stream: str) -> Folded:
    """The acts of the office's stream and of a message's, in the order of their places."""
    made = Folded()
    of_message: list[Proved] = []
    for one in proved:
        if stream in (one.event.header.stream, one.event.id):
            of_message.append(one)
            continue
        state, verdict = fold.step(made.now, one.event, made.now if made.now.id else None, "office", one.parts)
        made.verdicts[one.event.id] = verdict
        made._places.append(one.event.place or 0)
        made._offices.append(state)
    state = acts.START["message"]
    for one in of_message:
        state, verdict = fold.step(state, one.event, made.office(one.event.place or 0), "message", one.parts)
        made.verdicts[one.event.id] = verdict
        made.of_message.append(verdict)
    made.message = state
    return made


def claims(folded: Folded, maker: str) -> dict[str, Any]:
    """What it comes to, in the words of the office: the content that stands, how the message stands, who wrote it, who did
    what, which decisions carry it, what was posted; and whose device `maker` is."""
    message, office = folded.message, folded.now
    carrying = {one.event for one in voices(message).values()}
    acts_of = folded.of_message
    return {
        "office": office.name,
        "message": message.draft,
        "kind": message.content.get("c.kind", ""),
        "digest": message.digest,
        "state": message_state(message, held=False),
        "authors": sorted(office.people[one].name for one in message.authors if one in office.people),
        "by": {v.event.id: _who(v.by) for v in acts_of},
        "maker": _who(office.author(maker)),
        "decisions": {v.event.id: v.event.id in carrying for v in acts_of if v.event.header.kind == DECIDED},
        "posts": [_post(office, post) for post in message.posts.values()],
    }


def _who(by: Author) -> list[str]:
    return [by.name, by.role, by.government]


def _post(office: Office, post: Post) -> dict[str, Any]:
    account = office.accounts.get(post.account)
    return {
        "account": account.name if account else "", "network": account.network if account else "",
        "identity": account.identity if account else "", "lang": post.lang, "state": post.state,
        "urls": [one["url"] for one in post.receipts],
    }  # fmt: skip


def standing(folded: Folded, parts: Mapping[str, body.Parts]) -> body.Parts:
    """The parts of the submission that stands; none where there is none."""
    return parts.get(folded.message.submission, {})
