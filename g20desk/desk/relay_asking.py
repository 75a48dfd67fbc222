"""Before accounts are asked to carry a line: which there are, in which languages, and who is asked already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from g20desk.desk import possible
from g20desk.desk.relay_rounds import communicators
from g20desk.errors import Refused
from g20desk.office.message import Message
from g20desk.office.relays import TEXT

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Candidate:
    """A government's account. `network` as it is read; `langs`: the languages that it carries, `lacks` those of them that the line
    has no text in; `asked`: how a relay of this line to it stands, empty for none; `people`: how many may take it on."""

    name: str
    network: str
    owner: str
    government: str
    langs: tuple[str, ...]
    lacks: tuple[str, ...]
    asked: str
    people: int

    @property
    def waits(self) -> bool:
        """Whether it is asked already and nothing is out yet."""
        return self.asked in ("asked", "adopted", "planned")


@dataclass(frozen=True, slots=True)
class Askable:
    """A line and whom it may be asked of: those of the Presidency first, then members by their letters. `why`: why nobody can be
    asked now, or this person asks nobody; `until`: when the line is over, in milliseconds, 0 for never."""

    line: str
    topic: str
    langs: tuple[str, ...]
    until: int
    why: str
    accounts: tuple[Candidate, ...]


def askable(desk: Desk, prefix: str) -> Askable:
    """All of it. Raises Refused for an unknown line."""
    found = desk.lines.get(prefix)
    langs = tuple(name.removeprefix(TEXT) for name in found.content if name.startswith(TEXT))
    asked = {one.account_id: one.state for one in reversed(desk.relays.asks()) if one.line == found.id}
    made = []
    for account in desk.office.accounts.values():
        kind, _, land = account.owner.partition(":")
        if kind != "official" and not account.removed:
            lacks = tuple(lang for lang in account.langs if lang not in langs)
            state, people = asked.get(account.id, ""), len(communicators(desk.office, land))
            made.append(Candidate(account.name, account.reads_as, kind, land, account.langs, lacks, state, people))
    made.sort(key=lambda one: (one.owner != "presidency", one.government, one.name.casefold()))
    topic, until = str(found.content.get("c.topic", "")), int(found.content.get("c.until", 0))
    return Askable(found.id, topic, langs, until, _why(desk, found.id), tuple(made))


def _why(desk: Desk, line: str) -> str:
    """Why this person can't ask for a line now, by the fold's own word on the right."""
    last = desk.ledger.folds.office_verdicts()[-1].event
    values = {"line": "", "digest": "", "account": "", "until": 0, "why": None}
    try:
        possible.sure(desk, "relay.asked", values, Message(), last)
    except Refused as refusal:
        if refusal.code == "no-right":
            return refusal.message
    try:
        desk.lines.agreed(line)
    except Refused as refusal:
        return refusal.message
    return ""
