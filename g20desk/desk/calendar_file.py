"""Deadlines as calendar entries (iCalendar, RFC 5545): that a sign-off is due, of what kind of message, and when.

An entry keeps its name while its stage lasts: a later deadline changes it, and one that is over withdraws it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from g20desk.desk.letters import ANY_KIND, MESSAGE_KINDS

PRODUCT = "-//g20desk//sign-off//EN"
REMIND = timedelta(hours=1)
CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """A deadline. `key`: tells it from others, and is opaque; `sequence`: how often it was changed; `changed`: when it was
    last; `over`: it is withdrawn. Times in milliseconds."""

    key: str
    message_kind: str
    due: int
    sequence: int
    changed: int
    over: bool = False


def written(entries: Iterable[Entry]) -> bytes:
    """The entries as one file."""
    from icalendar import Alarm, Calendar, Event

    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    for one in entries:
        kind = MESSAGE_KINDS.get(one.message_kind, ANY_KIND)[0].partition(" ")[2]
        title, due = f"Sign-off due: {kind}", _time(one.due)
        made = Event()
        made.add("uid", f"{one.key}@g20desk.invalid")
        made.add("sequence", one.sequence)
        made.add("dtstamp", _time(one.changed))
        made.add("last-modified", _time(one.changed))
        made.add("dtstart", due)
        made.add("dtend", due)
        made.add("summary", title)
        made.add("transp", "TRANSPARENT")
        made.add("class", "PRIVATE")
        made.add("status", CANCELLED if one.over else "CONFIRMED")
        if not one.over:
            bell = Alarm()
            bell.add("action", "DISPLAY")
            bell.add("description", title)
            bell.add("trigger", -REMIND)
            made.add_component(bell)
        whole.add_component(made)
    return bytes(whole.to_ical())


def _time(ms: int) -> datetime:
    return datetime.fromtimestamp(ms // 1000, UTC)
