"""Days of mourning: declared for a government or for all, and ended early where need be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.quiet import Mourning
from g20desk.office.state import Office, need

GOVERNMENT = re.compile(r"[A-Z]{2,3}\Z")
ZONE = re.compile(r"[A-Za-z0-9_+-]{1,32}(?:/[A-Za-z0-9_+-]{1,32}){0,2}\Z")
DAY_MS = 86_400_000
LONGEST_DAYS = 60


def may_declare(by: Author, government: str, official: bool) -> None:
    """Refuse: the head and officers declare for anybody, a government's own people for its accounts."""
    own = by.role in ("liaison", "presidency") and bool(government) and by.government == government
    if not own or official:
        need(by, "head", "officer")


@act("mourning.declared")
class MourningDeclared:
    """From `first` to `last` (dates in `zones`; on the clock from `since` to before `until`) a government's accounts
    mourn, or everybody's where none is named: what is neither condolence nor statement waits for a person. `official`:
    the office's own accounts mourn too."""

    why: pieces.Ref
    government: str
    official: bool
    first: str
    last: str
    zones: list[str]
    since: int
    until: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        may_declare(by, self.government, self.official)
        if self.government and not GOVERNMENT.match(self.government):
            raise Refused("bad-government", "A government is given by its two letters.")
        if not self.government and not self.official:
            raise Refused("malformed", "A day of mourning of all is kept by the office too.")
        if not self._fits():
            raise Refused("malformed", "A day of mourning has dates, zones and its time on the clock.")
        if self.until <= then.at:
            raise Refused("past-time", "That day is over.", "Name a day that is to come.")
        made = Mourning(
            then.event.id, by.person, then.at, self.why, self.government, self.official, self.first, self.last,
            tuple(self.zones), self.since, self.until,
        )  # fmt: skip
        return replace(state, mournings={**state.mournings, made.id: made})

    def _fits(self) -> bool:
        """Dates, zones and clock belong together, as far as can be told without the tables of zones."""
        try:
            first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        except ValueError:
            return False
        if (str(first), str(last)) != (self.first, self.last) or not 0 <= (last - first).days < LONGEST_DAYS:
            return False
        begins, ends = ((day - date(1970, 1, 1)).days * DAY_MS for day in (first, last))
        near = abs(self.since - begins) <= DAY_MS and abs(self.until - ends - DAY_MS) <= DAY_MS
        return near and self.since < self.until and bool(self.zones) and all(map(ZONE.match, self.zones))


@act("mourning.ended")
class MourningEnded:
    """Takes a day of mourning out of the register, by someone who could have declared it."""

    mourning: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        found = state.mournings.get(self.mourning)
        if found is None or found.ended or found.until <= then.at:
            raise Refused("unknown-id", "There is no such day of mourning in force.")
        may_declare(by, found.government, found.official)
        return replace(state, mournings={**state.mournings, found.id: replace(found, ended=True)})
