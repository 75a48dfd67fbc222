"""Deadlines as calendar entries (iCalendar, RFC 5545): that a sign-off is due, of what kind of message, or that agreed wording is
to be carried, and when.

An entry keeps its name while its stage lasts: a later deadline changes it, and one that is over withdraws it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from g20desk.desk.letters import ANY_KIND, MESSAGE_KINDS
from g20desk.errors import Usage
from g20desk.office.form import RELAY

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

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


def export(desk: Desk, path: Path) -> dict[str, int]:
    """Write the deadlines of what this person is asked for into a file for a calendar: {"deadlines", "withdrawn"}. Those
    that were in an earlier file and are no more before they came are in it as withdrawn. Raises Usage where the file
    can't be written."""
    from g20desk.desk import asked

    now, name = desk.clock.now_ms(), f"calendar/{desk.person.id}"
    standing = {one.matter: one for one in desk.asked.deadlines()}
    before = {one.matter: one for one in map(asked.restored, json.loads(desk.store.meta(name) or "[]"))}
    gone = [one for matter, one in before.items() if matter not in standing and one.due > now]
    entries = [*(asked.entry(one) for one in standing.values()), *(asked.entry(one, over=True) for one in gone)]
    try:
        path.write_bytes(written(entries))
    except OSError as error:
        raise Usage("export-failed", f"{path} can't be written: {error.strerror}.",
                    "Name a file in a folder that you may write.") from error  # fmt: skip
    desk.store.set_meta(name, json.dumps([asked.plain(one) for one in (*standing.values(), *gone)]))
    return {"deadlines": len(standing), "withdrawn": len(gone)}


def written(entries: Iterable[Entry]) -> bytes:
    """The entries as one file."""
    from icalendar import Alarm, Calendar, Event

    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    for one in entries:
        title, due = _title(one.message_kind), utc(one.due)
        made = Event()
        made.add("uid", f"{one.key}@g20desk.invalid")
        made.add("sequence", one.sequence)
        made.add("dtstamp", utc(one.changed))
        made.add("last-modified", utc(one.changed))
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


def _title(kind: str) -> str:
    if kind == RELAY:
        return "Agreed wording to carry"
    return f"Sign-off due: {MESSAGE_KINDS.get(kind, ANY_KIND)[0].partition(' ')[2]}"


def utc(ms: int) -> datetime:
    """A moment to the second, as calendars take it."""
    return datetime.fromtimestamp(ms // 1000, UTC)
