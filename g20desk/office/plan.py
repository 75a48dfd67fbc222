"""The plan of a day: who says what, where, in which languages and when; which entries move together, and what is under
embargo until when. A stream of its own that all members read: what an entry says of a draft is its id alone.

A change names the fields that it changes. Two people who change two fields of an entry apart both have their way; of one
field the later act stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.form import LANG
from g20desk.office.mourning import ZONE
from g20desk.office.passing import may_publish
from g20desk.office.state import STAFF, Office, need

ENTRY = re.compile(r"[0-9a-f]{32}\Z")
WHAT = re.compile(r"(?:message|line|relay):[0-9a-f]{64}\Z")
SOURCE = re.compile(r"[0-9a-f]{32}(?::[0-9a-f]{32}){0,3}\Z")
MOST_AT_ONCE, MOST = 500, 20_000
LONGEST_MINUTES = 14 * 24 * 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is to be said. `at`: when, in milliseconds since 1970 (0: no time yet), for so many `minutes` (0: a
    moment). `what`: message:ID, line:ID or relay:ID, or nothing where it has but a `title`. `not_before`: the end of its
    embargo (0: none). `group`: those of one group move together. `source`: where it was imported from, as digests. `set`:
    the act that brought it; `changes`: how often it was changed since; `changed`: when it was last."""

    id: str
    set: str
    by: str
    changed: int
    at: int = 0
    minutes: int = 0
    what: str = ""
    title: pieces.Ref | None = None
    accounts: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    topic: str = ""
    not_before: int = 0
    group: str = ""
    source: str = ""
    changes: int = 0
    dropped: bool = False

    @property
    def kind(self) -> str:
        """message, line, relay or nothing."""
        return self.what.partition(":")[0]

    @property
    def of(self) -> str:
        """The id of the message, line or relay that it is of."""
        return self.what.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: its name, its day (a date in its zone) and its entries, those that were dropped too."""

    id: str = ""
    name: str = ""
    day: str = ""
    zone: str = ""
    by: str = ""
    closed: bool = False
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that were not dropped, by their time; those without one last."""
        found = (one for one in self.entries.values() if not one.dropped)
        return tuple(sorted(found, key=lambda one: (not one.at, one.at, one.id)))


@act("plan.opened", since=3)
class PlanOpened:
    """Opens a plan: a name, a day as 2026-11-30, the zone that it is lived in."""

    name: str
    day: str
    zone: str

    def apply(self, state: Plan, by: Author, then: Then) -> Plan:
        need(by, *STAFF)
        if state.id or then.event.header.stream:
            raise Refused("wrong-stream", "A plan is a stream of its own.")
        good = 0 < len(self.name.strip()) <= 80 and _is_day(self.day) and ZONE.match(self.zone)
        if not good:
            raise Refused("malformed", "A plan has a name, a day and a time zone.")
        return Plan(then.event.id, self.name, self.day, self.zone, by.person)


@act("plan.added", since=3)
class PlanAdded:
    """Puts entries into the plan, each under an id of its own. One that is there already stays as it is, dropped or not: what
    is imported twice, on whichever desk, adds nothing."""

    entries: dict[str, Any]

    def apply(self, state: Plan, by: Author, then: Then) -> Plan:
        _open(state, self.entries)
        made = dict(state.entries)
        for id, fields in self.entries.items():
            _check(id, fields)
            entry = _with(Entry(id, then.event.id, by.person, then.at), fields)
            _may(by, then.office, entry)
            made.setdefault(id, entry)
        if len(made) > MOST:
            raise Refused("too-many", f"A plan has at most {MOST} entries.", "Open another one: g20desk plan new")
        return replace(state, entries=made)


@act("plan.changed", since=3)
class PlanChanged:
    """Changes entries: for each the fields that get another value. All of them or none."""

    entries: dict[str, Any]

    def apply(self, state: Plan, by: Author, then: Then) -> Plan:
        _open(state, self.entries)
        made = dict(state.entries)
        for id, fields in self.entries.items():
            _check(id, fields)
            old = _standing(state, id)
            new = replace(_with(old, fields), changes=old.changes + 1, changed=then.at)
            _may(by, then.office, old)
            _may(by, then.office, new)
            made[id] = new
        return replace(state, entries=made)


@act("plan.dropped", since=3)
class PlanDropped:
    """Takes entries out of the plan; nothing is done to the messages that they are of."""

    entries: list[str]
    why: pieces.Ref | None

    def apply(self, state: Plan, by: Author, then: Then) -> Plan:
        _open(state, self.entries)
        made = dict(state.entries)
        for id in self.entries:
            old = _standing(state, id)
            _may(by, then.office, old)
            made[id] = replace(old, dropped=True, changes=old.changes + 1, changed=then.at)
        return replace(state, entries=made)


@act("plan.closed", since=3)
class PlanClosed:
    """Closes a plan: it stays as it is."""

    why: pieces.Ref | None

    def apply(self, state: Plan, by: Author, then: Then) -> Plan:
        need(by, *STAFF)
        if not state.id or state.closed:
            raise Refused("closed", "There is no such plan, or it is closed.", "See: g20desk plan list")
        return replace(state, closed=True)


def _open(state: Plan, entries: Any) -> None:
    if not state.id or state.closed:
        raise Refused("closed", "There is no such plan, or it is closed.", "Open another one: g20desk plan new")
    if not 0 < len(entries) <= MOST_AT_ONCE or len(set(entries)) != len(entries):
        raise Refused("malformed", f"An act on a plan names 1 to {MOST_AT_ONCE} entries, each once.")


def _standing(state: Plan, id: str) -> Entry:
    found = state.entries.get(id)
    if found is None or found.dropped:
        raise Refused("unknown-entry", "This entry is not in the plan, or not any more.", "See: g20desk plan show")
    return found


def _may(by: Author, office: Office, entry: Entry) -> None:
    """Refuse: the staff plans everything, a government's communicator what is for that government's own accounts."""
    if any(account not in office.accounts for account in entry.accounts):
        raise Refused("unknown-account", "There is no such account.")
    if by.role in STAFF:
        return
    own = by.role == "presidency" and all(may_publish(by, office.accounts[one]) for one in entry.accounts)
    if not own or not entry.accounts:
        raise Refused("no-right", "The office's staff plans for all; a government's communicator for its own accounts.")


def _with(entry: Entry, fields: Mapping[str, Any]) -> Entry:
    values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in fields.items()}
    return replace(entry, **values)


def _check(id: str, fields: Any) -> None:
    """Raise Refused for a field that an entry has not, or of another form."""
    good = ENTRY.match(id) and isinstance(fields, dict) and all(
        name in _FORMS and _FORMS[name](value) for name, value in fields.items()
    )  # fmt: skip
    if not good or not fields:
        raise Refused("malformed", "An entry of a plan is not of the form that entries have.")


def _words(value: Any, fits: Any) -> bool:
    return isinstance(value, list) and len(value) <= 50 and all(isinstance(one, str) and fits(one) for one in value)


def _time(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**53


def _is_day(text: str) -> bool:
    try:
        return str(date.fromisoformat(text)) == text
    except ValueError:
        return False


_FORMS: dict[str, Any] = {
    "at": _time,
    "not_before": _time,
    "minutes": lambda value: type(value) is int and 0 <= value <= LONGEST_MINUTES,
    "what": lambda value: isinstance(value, str) and bool(not value or WHAT.match(value)),
    "title": lambda value: value is None or pieces.is_ref(value),
    "accounts": lambda value: _words(value, HEX.match),
    "langs": lambda value: _words(value, LANG.match),
    "topic": lambda value: isinstance(value, str) and len(value) <= 200,
    "group": lambda value: isinstance(value, str) and bool(not value or ENTRY.match(value)),
    "source": lambda value: isinstance(value, str) and bool(not value or SOURCE.match(value)),
}
