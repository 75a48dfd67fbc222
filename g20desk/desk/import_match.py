"""What a file brings that is new, what the office has already, and what stands otherwise than it did: on every desk, since an entry
of a plan keeps where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from g20desk.office.plan import Entry, Plan
from g20desk.office.tables.table import Fault

NEW, KNOWN, CHANGED, DROPPED, CANCELLED = "new", "known", "changed", "dropped", "cancelled"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row or an event asks for, in the desk's own terms. `number`: its row, or its place in the file; `accounts`: ids;
    times in milliseconds, 0 for none; `identity`, `when`, `what`: digests of who it is, of its time and accounts, of its
    words. `standing`: new, known, changed, dropped (somebody took it out of the plan) or cancelled; `entry`: where it is known."""

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
    mine = {one.identity for one in found}
    rest = {"when": {}, "what": {}}  # type: dict[str, dict[str, Entry]]
    for identity, entry in here.items():
        if identity not in mine:
            _, when, what = entry.source.split(":")
            rest["when"].setdefault(when, entry)
            rest["what"].setdefault(what, entry)
    made = []
    for one in found:
        if one.source in exact:
            of, entry = exact[one.source]
            standing = DROPPED if entry.dropped else KNOWN
            made.append(replace(one, standing=standing, plan=of.id, entry=entry.id))
            continue
        entry_here = here.get(one.identity) or rest["what"].get(one.what) or rest["when"].get(one.when)
        if entry_here is None:
            made.append(one if not one.cancelled else replace(one, standing=KNOWN))
            continue
        made.append(_other(one, entry_here, plan))
    return made


def _other(one: Wanted, entry: Entry, plan: Plan | None) -> Wanted:
    _, when, what = entry.source.split(":")
    changes = tuple(name for name, old, new in (("time", when, one.when), ("words", what, one.what)) if old != new)
    standing = DROPPED if entry.dropped else CANCELLED if one.cancelled else CHANGED
    return replace(one, standing=standing, plan=plan.id if plan else "", entry=entry.id, changes=changes)
