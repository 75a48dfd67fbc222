"""Recurring messages. They make drafts, never posts; and for each day one draft, over all desks: the act that says so
stands in the office's stream, counts once, and a draft for that day counts only if it names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.mourning import DAY_MS, ZONE
from g20desk.office.planning import MOST_AHEAD_DAYS, TIME, Made, Occasion, Recurring, days_fit, falls
from g20desk.office.state import STAFF, Office, need


@act("recurring.set")
class RecurringSet:
    """From now on a draft is made of a message's newest text for each of these days, so many days ahead. `every`: week
    or month; `days`: of the week from 1, Monday, or of the month, -1 for its last; `time`: local, in `zone`."""

    message: str
    every: str
    days: list[int]
    time: str
    zone: str
    ahead_days: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        good = HEX.match(self.message) and TIME.match(self.time) and ZONE.match(self.zone)
        if not good or not days_fit(self.every, self.days) or not 0 < self.ahead_days <= MOST_AHEAD_DAYS:
            raise Refused("malformed", f"It comes back on days, at a time, made 1 to {MOST_AHEAD_DAYS} days ahead.")
        made = Recurring(
            then.event.id, by.person, self.message, self.every, tuple(sorted(self.days)), self.time, self.zone,
            self.ahead_days,
        )  # fmt: skip
        return replace(state, recurrings={**state.recurrings, made.id: made})


@act("recurring.ended")
class RecurringEnded:
    """No more drafts are made of it; those that were stay."""

    recurring: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        found = _going_on(state, self.recurring)
        return replace(state, recurrings={**state.recurrings, found.id: replace(found, ended=True)})


@act("recurring.made")
class RecurringMade:
    """This desk makes the draft for a day, which is meant to go out at `when`; the draft names this act. No other desk
    makes one for that day."""

    recurring: str
    day: str
    when: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, *STAFF)
        found = _going_on(state, self.recurring)
        if self.day in found.made:
            raise Refused("made-already", "The draft for that day is made.")
        ahead = _days_from(self.day, then.at)
        if ahead is None or not falls(found.every, found.days, date.fromisoformat(self.day)):
            raise Refused("malformed", "It does not fall on that day.")
        # A local day may be another one than that of UTC.
        if not -1 <= ahead <= found.ahead_days + 1 or abs(self.when - then.at - ahead * DAY_MS) > 3 * DAY_MS:
            raise Refused("not-due", "The draft for that day is not made now.")
        made = {**found.made, self.day: Made(then.event.id, then.event.header.device, self.when)}
        return replace(state, recurrings={**state.recurrings, found.id: replace(found, made=made)})


def _going_on(state: Office, id: str) -> Recurring:
    found = state.recurrings.get(id)
    if found is None or found.ended:
        raise Refused("unknown-id", "There is no such recurring message.", "See: g20desk recurring list")
    return found


def _days_from(text: str, at: int) -> int | None:
    """How many days from a moment's date, by UTC, to a day; None for no date."""
    try:
        on = date.fromisoformat(text)
    except ValueError:
        return None
    return (on - date(1970, 1, 1)).days - at // DAY_MS if str(on) == text else None


def occasion(office: Office, made: str, device: str) -> Occasion:
    """What the draft is for that names this act. Raises Refused where the act does not count, or is another desk's."""
    for one in office.recurrings.values():
        for day, how in one.made.items():
            if how.event == made and how.device == device:
                return Occasion(one.id, day, how.when)
    raise Refused("made-already", "The draft for that day is made by another desk.")
