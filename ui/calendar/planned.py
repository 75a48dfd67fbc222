"""What plans of days put on a page of the calendar: their entries, which of them move together, embargoes that they keep, and
what clashes over accounts and members. Asked of the desk on the worker; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from g20desk.clock import from_iso
from ui.calendar.plan import QUIET, Band, ends, short
from ui.texts import comma, t
from ui.zones import DAY

MARK = "entry:"
KEPT = ("draft", "submitted", "objected", "approved", "scheduled", "sending", "sent", "partly-sent", "unknown", "refused", "missed",
        "withdrawn", "held")  # fmt: skip
SAYS = {
    "superseded": "It carries a line that another took the place of.",
    "line-over": "The line that it carries does not stand any more by then.",
    "not-agreed": "The line that it carries is not agreed yet.",
    "embargo": "It says before {until} what is under embargo until then.",
    "mourning": "A day of mourning on {account}, until {until}.",
    "other-version": "Two versions of one line.",
    "other-words": "The same topic in other words or figures.",
    "too-close": "Too near to each other on {account}.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that the calendar shows by itself, since no message of it stands there; shaped as a message of a list.
    `message`: the draft that it is of; `relay`: what it is of otherwise."""

    id: str
    title: str
    planned_ms: int
    state: str
    langs: tuple[str, ...]
    accounts: tuple[str, ...]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a chip stands in a plan: the plan, its name, the entry, and how many move with it."""

    plan: str
    name: str
    entry: str
    linked: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What clashes in a plan: what it is, in words; the chips concerned, with their titles; and one way out: a chip and the time that
    it is moved to, or 0 to look at it."""

    at: int
    words: str
    chips: tuple[str, ...]
    titles: tuple[str, ...]
    way: str
    chip: str
    to: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """All of it. `spots`: of each chip that stands in a plan; `linked`: the chips on this page that move with one."""

    entries: tuple[Entry, ...] = ()
    spots: Mapping[str, Spot] = field(default_factory=dict)
    linked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clashes: tuple[Contradiction, ...] = ()
    bands: tuple[Band, ...] = ()


NONE = Planned()


def gather(desk: Any, start: int, end: int, rows: list[Any]) -> Planned:
    """For the days from `start` to before `end`; `rows`: the messages that the page shows."""
    from g20desk.desk.plan_days import between

    timed = {row.id for row in rows if row.planned_ms}
    entries, spots, clashes, bands = [], dict[str, Spot](), [], []
    chips: dict[str, str] = {}
    names = {a.id: a.name for a in desk.office.accounts.values()}
    groups = []
    for part in between(desk, start, end, timed):
        for one in part.shown:
            entry = one.entry
            shown = entry.of if entry.of in timed else f"{MARK}{part.plan.id}:{entry.id}"
            chips[entry.id] = shown
            spots.setdefault(
                shown, Spot(part.plan.id, part.plan.name, entry.id, len(part.groups.get(entry.group, (0,))) - 1)
            )
            if shown not in timed:
                state = one.state if entry.kind == "message" and one.state in KEPT else "in-plan"
                accounts = tuple(names[id] for id in one.accounts if id in names)
                draft = entry.of if entry.kind == "message" else ""
                entries.append(
                    Entry(shown, one.title or t("A draft of the office"), one.at, state, one.langs, accounts, draft)
                )
        titles = {one.entry.id: one.title for one in part.shown}
        clashes += [_said(one, chips, titles) for one in part.clashes if not _shown_anyway(one, chips, timed)]
        bands += _embargoes(part, start, end, desk.clock.now_ms())
        groups += [tuple(chips[e.id] for e in found if e.id in chips) for found in part.groups.values()]
    linked = {chip: tuple(other for other in group if other != chip) for group in groups for chip in group}
    return Planned(tuple(entries), spots, linked, tuple(clashes), tuple(bands))


def _shown_anyway(clash: dict[str, Any], chips: Mapping[str, str], timed: set[str]) -> bool:
    """Whether the calendar shows it of the messages themselves: two too near, a quiet time over one."""
    messages = all(chips.get(id, "") in timed for id in clash["entries"])
    return messages and (clash["kind"] == "too-close" or (clash["kind"] in QUIET and bool(clash["account"])))


def _said(clash: dict[str, Any], chips: Mapping[str, str], titles: Mapping[str, str]) -> Contradiction:
    way = clash["way"]
    until = from_iso(clash["until"]) if clash["until"] else 0
    words = t(SAYS[clash["kind"]], account=clash["account"], until=short(until) if until else "")
    concerned = [*(chips.get(id, "") for id in clash["entries"]), *clash["with"]]
    to = from_iso(way["to"]) if way["to"] else 0
    chip = chips.get(way["entry"] or "", way["message_id"] or "")
    verb = t("Move it to {time}", time=short(to)) if to else t("Look at it")
    said = tuple(filter(None, (titles.get(id, "") for id in clash["entries"])))
    return Contradiction(from_iso(clash["at"]), words, tuple(filter(None, concerned)), said, verb, chip, to)


def _embargoes(part: Any, start: int, end: int, now: int) -> list[Band]:
    """The embargoes that entries keep, one band for each end, on its day."""
    made: dict[int, list[Any]] = {}
    for one in part.shown:
        if start < one.entry.not_before <= end:
            made.setdefault(one.entry.not_before, []).append(one)
    return [
        Band(
            f"{part.plan.id} {until}", "embargo", max(start, (until - 1) // DAY * DAY), until,
            t("Embargo until {time}", time=ends(until - 1, until)),
            comma().join(dict.fromkeys(one.topic or one.title for one in found)), part.plan.name, t("as the plan says"), over=until <= now,
            whole=False, lifts=False,
        )
        for until, found in made.items()
    ]  # fmt: skip
