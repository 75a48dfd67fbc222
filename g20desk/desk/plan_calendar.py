"""A plan as a calendar file (iCalendar, RFC 5545): its entries as events with names that stay, so that taking it in again later moves
what was moved and withdraws what was dropped. Without titles unless they are asked for: a file leaves the office."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk.calendar_file import CANCELLED, utc
from g20desk.desk.plan_rows import Rows, Shown
from g20desk.desk.whole_file import replacing
from g20desk.ledger import views
from g20desk.office.plan import Plan
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

PRODUCT = "-//g20desk//plan//EN"
MOVES = ("message.scheduled", "message.unscheduled")
TITLES = {"message": "Post", "line": "Agreed line", "relay": "Line to carry", "": "Planned"}


def export(desk: Desk, named: str, path: Path, titles: bool = False) -> dict[str, Any]:
    """Write the entries of a plan that have a time into a file for a calendar: {"plan", "events", "withdrawn"}. `titles`: with
    their titles, as far as this person reads them; else only what kind of thing it is, and where. Raises Refused, Usage."""
    plan = desk.plans.get(named)
    rows = Rows(desk)
    timed = [one for one in plan.entries.values() if one.at or one.what]
    shown = [one for one in map(rows.of, timed) if one.at]
    with replacing(path) as file:
        file.write(written(desk, plan, shown, titles))
    gone = sum(one.entry.dropped for one in shown)
    return {"plan": plan.id, "events": len(shown) - gone, "withdrawn": gone}


def written(desk: Desk, plan: Plan, shown: list[Shown], titles: bool) -> bytes:
    """The file's bytes."""
    from icalendar import Calendar

    office, made = desk.office, Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if titles:
        made.add("x-wr-calname", plan.name)
    for one in shown:
        made.add_component(_event(desk, office, plan, one, titles))
    return bytes(made.to_ical())


def _event(desk: Desk, office: Office, plan: Plan, one: Shown, titles: bool) -> Any:
    from icalendar import Event

    made, entry = Event(), one.entry
    accounts = ", ".join(office.accounts[id].name for id in one.accounts if id in office.accounts)
    plain = ": ".join(filter(None, (TITLES[entry.kind], accounts)))
    made.add("uid", f"{entry.id}.{plan.id[:16]}@g20desk.invalid")
    times, last = _moves(desk, one)
    made.add("sequence", entry.changes + times)
    made.add("dtstamp", utc(max(entry.changed, last)))
    made.add("last-modified", utc(max(entry.changed, last)))
    made.add("dtstart", utc(one.at))
    made.add("dtend", utc(one.at) + timedelta(minutes=entry.minutes))
    made.add("summary", (titles and one.title) or plain)
    says = [f"Accounts: {accounts}"] if accounts else []
    says += [f"Languages: {', '.join(one.langs)}"] if one.langs else []
    says += [f"Embargo until {iso(entry.not_before)}"] if entry.not_before else []
    if says:
        made.add("description", "\n".join(says))
    made.add("transp", "TRANSPARENT")
    made.add("class", "PRIVATE")
    made.add("status", CANCELLED if entry.dropped else "CONFIRMED" if one.scheduled else "TENTATIVE")
    return made


def _moves(desk: Desk, one: Shown) -> tuple[int, int]:
    """How often the message of an entry was given a time, or lost it, and when it last was: each moves the event."""
    row = views.get(desk.store, "message", one.entry.of) if one.entry.kind in ("message", "relay") else None
    if row is None:
        return 0, 0
    verdicts = desk.ledger.folds.stream("message", row.stream)[1]
    found = [v.event for v in verdicts if v.counts and v.event.header.kind in MOVES]
    return len(found), max((one.stamp or one.header.at for one in found), default=0)
