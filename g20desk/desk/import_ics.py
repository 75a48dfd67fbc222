"""A calendar (iCalendar, RFC 5545) as what it asks for: each of its events, and each time that one comes back, is an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from g20desk.desk.ics_clock import Asked, Clocks, minutes
from g20desk.desk.import_csv import Said
from g20desk.desk.import_match import Wanted
from g20desk.errors import Usage
from g20desk.office.tables import encoding, recurrence
from g20desk.office.tables.rows import marked
from g20desk.office.tables.table import MOST_ROWS, Fault

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

AHEAD_DAYS = 400
OWN = re.compile(r"([0-9a-f]{32})\.[0-9a-f]{16}@g20desk\.invalid\Z")
PRIVATE = "Private event"
_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")


def read(desk: Desk, data: bytes, said: Said, zone: str) -> tuple[dict[str, Any], list[Wanted], list[Fault]]:
    """What is read off a calendar for a person to see, what it asks for, and its faults. `zone`: whose clock times of no zone
    go by where nobody said so, the plan's. Raises Usage where it is none."""
    text = encoding.read(data, said.encoding)
    reader = Reader(desk.clock.now_ms(), Clocks(said, said.zone or zone))
    events = list(_events(text.text))
    wanted = reader.all(events)
    if len(wanted) > MOST_ROWS:
        raise Usage("too-many-rows", f"A file has at most {MOST_ROWS:,} events.", "Cut it in parts.")
    facts = {
        "encoding": text.encoding, "certain": text.certain, "samples": list(text.samples), "rows": len(events),
        "zones": reader.clocks.zones, "past": reader.past, "without_time": reader.clocks.skipped,
        "later_left_out": reader.cut,
    }  # fmt: skip
    return facts, wanted, reader.faults


class Reader:
    """Reads events. `past`: how many were over; `cut`: how many come back later than is taken in."""

    def __init__(self, now: int, clocks: Clocks) -> None:
        self.now, self.clocks = now, clocks
        self.faults: list[Fault] = []
        self.past = self.cut = 0

    def all(self, events: list[tuple[str, Any]]) -> list[Wanted]:
        """What all events ask for. Those of one name belong together: a later one may change one time of a series."""
        numbered = [
            (n, method, event, str(event.get("UID", "")).strip()) for n, (method, event) in enumerate(events, 1)
        ]
        made: dict[str, Wanted] = {}
        moved: dict[tuple[str, str], str] = {}  # a time of a series, and what it goes by
        for series in (True, False):
            for number, method, event, uid in sorted(numbered, key=lambda one: _sequence(one[2])):
                if (event.get("RECURRENCE-ID") is None) is not series:
                    continue
                try:
                    for one in self._of(number, method, event, uid, moved):
                        made[one.identity] = one
                except Asked as no:
                    title = " ".join(str(event.get("SUMMARY", "")).split())[:60]
                    self.faults.append(Fault(number, no.name, title, no.code, no.message, no.help, no.value))
        self.faults.sort(key=lambda one: one.row)
        self.past += sum(one.at < self.now and not one.cancelled for one in made.values())
        return [one for one in made.values() if one.at >= self.now or one.cancelled]

    def _of(
        self, number: int, method: str, event: Any, uid: str, moved: dict[tuple[str, str], str]
    ) -> Iterator[Wanted]:
        """What an event asks for: once, or each time that it comes back."""
        for name, problem in event.errors:
            if name in _TIMES:
                raise Asked(name, "bad-event", f"{name} can't be read: {problem}")
        if not uid:
            raise Asked(
                "UID", "no-uid", "This event has no name that tells it from others.", "Export the calendar again."
            )
        if event.get("DTSTART") is None:
            raise Asked("DTSTART", "no-start", "This event has no beginning.")
        gone = method == "CANCEL" or str(event.get("STATUS", "")).upper() == "CANCELLED"
        start, zone = self.clocks.local(event["DTSTART"], "DTSTART")
        lasts = minutes(event)
        if start is None:
            return
        if (back := event.get("RECURRENCE-ID")) is not None:
            local, own = self.clocks.local(back, "RECURRENCE-ID")
            if local is not None:
                stamp = str(self.clocks.moment(local, own))
                key = moved.get((uid, stamp), f"{local:%Y%m%d}")
                yield self._wanted(number, event, uid, key, self.clocks.moment(start, zone), lasts, gone)
        elif event.get("RRULE") or event.get("RDATE"):
            days = set[str]()
            for one, off in self._times(event, start, zone):
                # By its day, so that a series that goes by another hour is told as changed; by its time where a day has more.
                key = f"{one:%Y%m%d}" if f"{one:%Y%m%d}" not in days else f"{one:%Y%m%dT%H%M}"
                days.add(key)
                at = self.clocks.moment(one, zone)
                moved[uid, str(at)] = key
                yield self._wanted(number, event, uid, key, at, lasts, gone or off)
        else:
            yield self._wanted(number, event, uid, "", self.clocks.moment(start, zone), lasts, gone)

    def _times(self, event: Any, start: datetime, zone: str) -> list[tuple[datetime, bool]]:
        """The local times of a series from today on, each with whether it is one that falls out."""
        today = self.clocks.here(self.now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        without = {one for one in self.clocks.dates(event, "EXDATE", zone) if one >= today}
        try:
            found, cut = recurrence.dates(start, self._rule(event, zone), list(self.clocks.dates(event, "RDATE", zone)),
                                          without, today, max(today, start) + timedelta(days=AHEAD_DAYS))  # fmt: skip
        except recurrence.NoRule as no:
            raise Asked("RRULE", "bad-rule", f"When it comes back can't be read: {no}") from no
        self.cut += cut
        return sorted([*((one, False) for one in found), *((one, True) for one in without)])

    def _rule(self, event: Any, zone: str) -> str:
        """The rule with its end on the clock of its zone, as its dates are."""
        rules = event.get("RRULE")
        if rules is None:
            return ""
        if isinstance(rules, list):
            raise Asked("RRULE", "bad-rule", "This event comes back by two rules.", "Cut it into two events.")
        parts = {}
        for name, values in rules.items():
            listed = values if isinstance(values, list) else [values]
            parts[name] = [self.clocks.end(one, zone) if name == "UNTIL" else str(one) for one in listed]
        return recurrence.ruled(parts)

    def _wanted(self, number: int, event: Any, uid: str, key: str, at: int, lasts: int, gone: bool) -> Wanted:
        """All members read a plan: the words of what is private stay out of it."""
        secret = str(event.get("CLASS", "PUBLIC")).upper() in ("PRIVATE", "CONFIDENTIAL")
        own = OWN.match(uid)
        title = PRIVATE if secret else " ".join(str(event.get("SUMMARY", "")).split())[:200] or "Event"
        return Wanted(
            number, marked("ics", uid, key), marked([at, lasts]), marked([title]), title, minutes=lasts, at=at,
            cancelled=gone, own=own[1] if own else "",
        )  # fmt: skip


def _sequence(event: Any) -> int:
    found = event.get("SEQUENCE", 0)
    return found if isinstance(found, int) else 0


def _events(text: str) -> Iterator[tuple[str, Any]]:
    """Each event, and the method of the calendar that it is in. Raises Usage."""
    from icalendar import Calendar

    try:
        found: Any = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise Usage(
            "bad-calendar", f"This is no calendar: {str(error)[:200]}", "Export it again as iCalendar (.ics)."
        ) from error
    calendars = [one for one in found if one.name == "VCALENDAR"]
    if not calendars:
        raise Usage("bad-calendar", "There is no calendar in this file.", "Export it again as iCalendar (.ics).")
    for one in calendars:
        for event in one.walk("VEVENT"):
            yield str(one.get("METHOD", "")).upper(), event
