"""Recurring messages: setting them, and making the drafts that are due. Never a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from g20desk.clock import iso
from g20desk.desk import days
from g20desk.desk.acting import Proposal
from g20desk.desk.reasons import reason
from g20desk.errors import DeskError, Refused, Usage
from g20desk.ledger import views
from g20desk.office.planning import TIME, Recurring, dates
from g20desk.office.state import STAFF, Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

DAY_MS = 86_400_000
SHOWN = 3
AGAIN_MS = 600_000


class Day(NamedTuple):
    """A day on which a message comes back, and the moment that is meant."""

    recurring: Recurring
    day: str
    when: int


class Recurrings:
    """`desk.recurrings`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._later: dict[tuple[str, str], int] = {}

    def put(self, message: str, every: str, on: Sequence[int], time: str, zone: str, ahead_days: int = 3) -> str:
        """Let a message come back: a draft is made of its newest text so many days ahead of each day; the id."""
        if not TIME.match(time):
            raise Usage("bad-time", f"“{time}” is no time of a day.", "Write for example: 09:00")
        days.zone(zone)
        values = {
            "message": self._desk.messages.find(message), "every": every, "days": sorted(on), "time": time,
            "zone": zone, "ahead_days": ahead_days,
        }  # fmt: skip
        return self._desk.act("recurring.set", values)

    def end(self, recurring: str, why: str) -> str:
        """Make no more drafts of it; its id. An empty `recurring`: the only one."""
        found = [one for one in self.going_on() if one.id.startswith(recurring)]
        if len(found) != 1:
            raise Refused("unknown-id", "Name one recurring message.", "See: g20desk recurring list")
        ref, data = reason(why)
        self._desk.act("recurring.ended", {"recurring": found[0].id, "why": ref}, pieces=data)
        return found[0].id

    def going_on(self) -> list[Recurring]:
        """Those of which drafts are made."""
        return [one for one in self._desk.office.recurrings.values() if not one.ended]

    def rows(self) -> list[dict[str, Any]]:
        """Recurring messages, their next days and the drafts that were made; the title for those who read drafts."""
        now = self._desk.clock.now_ms()
        made = []
        for one in self.going_on():
            coming = [day for day in _days(one, now, now + 400 * DAY_MS, SHOWN)]
            made.append({
                "recurring": one.id, "message": one.message, "title": self._title(one.message), "every": one.every,
                "days": list(one.days), "time": one.time, "zone": one.zone, "ahead_days": one.ahead_days,
                "by": self._desk.office.people[one.by].name, "next": [iso(day.when) for day in coming],
                "made": sorted(one.made),
            })  # fmt: skip
        return made

    def on(self, since: int, until: int) -> list[tuple[Day, str]]:
        """The days from one moment to before another for which no draft is made yet, each with the message's title:
        what the calendar shows of them."""
        since = max(since, self._desk.clock.now_ms())
        found = (day for one in self.going_on() for day in _days(one, since, until))
        return sorted(
            ((day, self._title(day.recurring.message)) for day in found if day.day not in day.recurring.made),
            key=lambda one: one[0].when,
        )

    def due(self) -> list[Day]:
        """The drafts that are to be made now, by someone who may write drafts; one that could not be is tried again
        after ten minutes."""
        if self._desk.person.role not in STAFF:
            return []
        now = self._desk.clock.now_ms()
        coming = (day for one in self.going_on() for day in _days(one, now, now + one.ahead_days * DAY_MS))
        return [
            day
            for day in coming
            if day.day not in day.recurring.made and self._later.get((day.recurring.id, day.day), 0) <= now
        ]

    def make_due(self) -> tuple[list[str], list[str]]:
        """Make the drafts that are due: their ids, and what kept others from being made, in words."""
        made, kept = [], []
        for day in self.due():
            try:
                made.append(self._make(day))
            except DeskError as no:
                self._later[day.recurring.id, day.day] = self._desk.clock.now_ms() + AGAIN_MS
                if no.code != "made-already":  # else another process was faster
                    kept.append(f"No draft for {day.day} of message {day.recurring.message[:12]}: {no.message}")
        return made, kept

    def _make(self, day: Day) -> str:
        from g20desk.desk.settling import Settled

        desk = self._desk
        source = desk.messages.get(day.recurring.message)
        if len(source.draft.heads) != 1:
            raise Refused("two-heads", "Two versions were written apart.", "Merge them: g20desk message merge")
        settled = Settled(desk, replace(desk.messages.content(source.id), not_before=0), [])
        says = Proposal("recurring.made", {"recurring": day.recurring.id, "day": day.day, "when": day.when})

        def draft(office: Office, occasion: str) -> Proposal:
            values = {**settled.values, "base": [], "occasion": occasion}
            return Proposal("draft.revised", values, pieces=settled.pieces)

        return desk.act_all(says, draft)[1]

    def _title(self, message: str) -> str:
        row = views.get(self._desk.store, "draft", message) if self._desk.messages.staff else None
        row = row or views.get(self._desk.store, "message", message)
        return str(row.value["title"]) if row else ""


def _days(one: Recurring, since: int, until: int, most: int = 1000) -> Iterator[Day]:
    """When it comes back, after one moment and up to another; so many at most."""
    first, last = (days.date_at(ms, one.zone) for ms in (since, until))
    for on in dates(one.every, one.days, first, last + timedelta(days=1)):
        when = days.at(on, one.time, one.zone)
        if since < when <= until and most > 0:
            most -= 1
            yield Day(one, str(on), when)
