"""What a file brings that is new, what the office has already, and what stands otherwise than it did: on every desk, since an entry
of a plan keeps where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from g20desk.office.plan import Entry, Plan
from g20desk.office.tables.table import Fault

NEW, KNOWN, CHANGED, DROPPED, CANCELLED = "new", "known", "changed", "dropped", "cancelled"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row or an event asks for, in the desk's own terms. `number`: its row, or its place in the file; `accounts`: ids;
    times in milliseconds, 0 for none; `identity`, `when`, `what`: digests of who it is, of its time and accounts, of its
    words. `alike`: it has no name of its own and is known by what it says; `own`: the entry of ours that it
    was made from. `standing`: new, known, changed, dropped (somebody took it out of the plan) or cancelled; `entry`: where it is known."""

    number: int
    identity: str
    when: str
    what: str
    title: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    kind: str = "news"
    accounts: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    topic: str = ""
    line: str = ""
    group: str = ""
    note: str = ""
    minutes: int = 0
    at: int = 0
    embargo: int = 0
    cancelled: bool = False
    alike: bool = False
    own: str = ""
    standing: str = NEW
    plan: str = ""
    entry: str = ""
    changes: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """As an entry keeps it."""
        return f"{self.identity}:{self.when}:{self.what}"

    @property
    def label(self) -> str:
        """What a list calls it."""
        return self.title or next((text.strip().split("\n")[0] for text in self.texts.values()), "")


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it would be imported. `facts`: what was read off it (its encoding, …) for a person to see; `plan`: where it
    goes, None where one is to be opened, of this `name`, `day` and `zone`."""

    file: str
    form: str
    facts: dict[str, Any]
    wanted: tuple[Wanted, ...]
    faults: tuple[Fault, ...]
    plan: Plan | None
    name: str
    day: str
    zone: str

    def of(self, *standings: str) -> list[Wanted]:
        """Those that stand so."""
        return [one for one in self.wanted if one.standing in standings]


def chosen(plans: Sequence[Plan], wanted: Sequence[Wanted], name: str) -> Plan | None:
    """The plan that a file goes to where nobody named one: the one that has most of it, else one of the file's name."""
    sources = {one.source for one in wanted} | {one.identity for one in wanted}
    best = max(plans, key=lambda plan: _count(plan, sources), default=None)
    if best is not None and _count(best, sources):
        return best
    return next((plan for plan in plans if plan.name == name and not plan.closed), None)


def _count(plan: Plan, sources: set[str]) -> int:
    return sum(one.source in sources for one in plan.entries.values() if one.source)


def matched(plans: Sequence[Plan], plan: Plan | None, wanted: Iterable[Wanted]) -> list[Wanted]:
    """Each with how it stands: exactly so in any plan it is known; under the same name in this one, or with the same words or
    the same time where it has no name of its own, it is changed."""
    found = list(wanted)
    exact = {one.source: (of, one) for of in plans for one in of.entries.values() if one.source}
    here = {one.source.partition(":")[0]: one for one in (plan.entries.values() if plan else ()) if one.source}
    rest = _rest(here, {one.identity for one in found})
    return [_stands(one, exact, here, rest, plan) for one in found]


def _rest(here: Mapping[str, Entry], named: set[str]) -> dict[str, Entry]:
    """The entries that nothing in the file has the name of, by their words and by their time."""
    made: dict[str, Entry] = {}
    for identity, entry in here.items():
        if identity not in named:
            _, when, what = entry.source.split(":")
            made.setdefault(f"what {what}", entry)
            made.setdefault(f"when {when}", entry)
    return made


def _stands(
    one: Wanted,
    exact: Mapping[str, tuple[Plan, Entry]],
    here: Mapping[str, Entry],
    rest: dict[str, Entry],
    plan: Plan | None,
) -> Wanted:
    if one.own and plan is not None and (mine := plan.entries.get(one.own)) is not None:
        same = (mine.at, mine.minutes) == (one.at, one.minutes) and mine.dropped == one.cancelled
        standing = KNOWN if same else DROPPED if mine.dropped else CANCELLED if one.cancelled else CHANGED
        return replace(
            one, standing=standing, plan=plan.id, entry=mine.id, changes=("time",) if standing == CHANGED else ()
        )
    if one.source in exact and not one.cancelled:
        of, entry = exact[one.source]
        return replace(one, standing=DROPPED if entry.dropped else KNOWN, plan=of.id, entry=entry.id)
    found = here.get(one.identity)
    if found is None and one.alike:
        found = rest.get(f"what {one.what}") or rest.get(f"when {one.when}")
        for key in [key for key, entry in rest.items() if entry is found]:
            del rest[key]  # one row was this one
    if found is None:
        return replace(one, standing=KNOWN) if one.cancelled else one
    return _other(one, found, plan)


def _other(one: Wanted, entry: Entry, plan: Plan | None) -> Wanted:
    _, when, what = entry.source.split(":")
    changes = tuple(name for name, old, new in (("time", when, one.when), ("words", what, one.what)) if old != new)
    standing = DROPPED if entry.dropped else CANCELLED if one.cancelled else CHANGED
    return replace(one, standing=standing, plan=plan.id if plan else "", entry=entry.id, changes=changes)
