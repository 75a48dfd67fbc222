"""What a government's communicator has before them who is asked to carry a line: the line, who asks, by when, what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.desk import possible, wordings
from g20desk.desk.relay_rounds import communicators
from g20desk.ledger import pieces
from g20desk.office.content import Wording
from g20desk.office.message import Message, Relay
from g20desk.office.quiet import NOT_BEFORE
from g20desk.office.relays import LOCK, TEXT

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

# What can be done with a relay, each an act that is tried in the fold.
VERBS: dict[str, tuple[str, dict[str, Any]]] = {
    "decline": ("relay.declined", {"why": {}}),
    "withdraw": ("relay.withdrawn", {"why": {}}),
    "unschedule": ("message.unscheduled", {"reason": ""}),
}


@dataclass(frozen=True, slots=True)
class Brief:
    """A relay and the line that it carries. `texts` and `locks` of the line and `said` of the account per language, `said`
    empty before it is adopted; `until`: when the line is over; `due`: by when it is to go out; `by`: who asked, and with which
    `reason`; `why`: why it was declined or taken back; `lost`: why nothing of it goes out any more; `can`: for each verb an
    empty string, or why not; `theirs`: the names of those who may adopt it; `besides`: the line's hashtags, do and don't; `not_before`: the end of its
    embargo. Times in milliseconds, 0 for none."""

    id: str
    line: str
    topic: str
    texts: Mapping[str, tuple[str, ...]]
    locks: Mapping[str, tuple[str, ...]]
    until: int
    source: str
    account: str
    owner: str
    langs: tuple[str, ...]
    by: str
    at: int
    due: int
    reason: str
    state: str
    planned: int
    said: Mapping[str, tuple[str, ...]]
    why: str
    lost: str
    can: Mapping[str, str]
    theirs: tuple[str, ...]
    besides: Wording
    not_before: int


def brief(desk: Desk, id: str, state: Message, relay: Relay) -> Brief:
    """All of it."""
    office, words = desk.office, desk.messages.words
    line: Message = desk.ledger.folds.stream("message", relay.stream)[0]
    account = office.accounts[relay.account]
    verdicts = desk.ledger.folds.stream("message", id)[1]
    lost, last = desk.relays.stopped(state), verdicts[-1].event
    can = {verb: possible.why_not(desk, kind, values, state, last) for verb, (kind, values) in VERBS.items()}
    can["adopt"] = can["decline"] or lost
    land = account.owner.partition(":")[2]
    return Brief(
        id, relay.line, str(line.content.get("c.topic", "")),
        {name.removeprefix(TEXT): tuple(words(ref) for ref in refs)
         for name, refs in line.content.items() if name.startswith(TEXT)},
        {name.removeprefix(LOCK): tuple(said) for name, said in line.content.items() if name.startswith(LOCK)},
        int(line.content.get("c.until", 0)), str(line.content.get("c.source", "")), account.name, account.owner, account.langs,
        office.people[relay.by].name, relay.at, relay.until, pieces.text(desk.store, relay.reason) if relay.reason else "",
        desk.relays.show(id)["state"], state.planned_at or 0, {lang: tuple(said) for lang, said in relay.words.items()},
        words(relay.why), lost, can, tuple(office.people[one].name for one in communicators(office, land)),
        wordings.typed(desk, line.content) or Wording({}), int(line.content.get(NOT_BEFORE, 0)),
    )  # fmt: skip
