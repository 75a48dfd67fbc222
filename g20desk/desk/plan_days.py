"""What plans hold of some days, for the calendar; and linking what is picked there, whether it is in a plan yet or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from g20desk.desk import plan_clashes
from g20desk.desk.plan_rows import Rows, Shown
from g20desk.errors import Usage
from g20desk.ledger import pieces, views
from g20desk.office.plan import Entry, Plan

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a plan that falls into some days: its entries there, what clashes among them, and by group all its entries
    that move together."""

    plan: Plan
    shown: tuple[Shown, ...]
    clashes: tuple[dict[str, Any], ...]
    groups: dict[str, tuple[Entry, ...]]


def between(desk: Desk, since: int, until: int, messages: Collection[str] = ()) -> list[Part]:
    """What open plans hold from one moment to before another. `messages`: those whose entries are wanted whenever the plan meant
    them, as they are scheduled there."""
    made, rows = [], Rows(desk)
    for row in views.newest(desk.store, "plan", ("open",)):
        plan = desk.plans.folded(row.id)
        standing = plan.standing
        near = [one for one in standing if since - DAY_MS <= one.at < until + DAY_MS or one.of in messages]
        shown = tuple(one for one in map(rows.of, near) if since <= one.at < until)
        if shown:
            groups: dict[str, list[Entry]] = {}
            for one in standing:
                groups.setdefault(one.group, []).append(one)
            linked = {group: tuple(found) for group, found in groups.items() if group and len(found) > 1}
            made.append(Part(plan, shown, tuple(plan_clashes.clashes(desk, plan, shown)), linked))
    return made


def tie(desk: Desk, things: Sequence[tuple[str, str, str, int]], zone: str) -> tuple[str, int]:
    """Let things move together: (plan, entry, message, time) of each, the first two empty for a message that is in no plan yet:
    it is put into the plan of the other, else into the one of that day, which is opened where there is none. The plan's name, and
    how many move together then. Raises Refused, Usage."""
    plans = {plan for plan, _, _, _ in things if plan}
    if len(plans) > 1:
        raise Usage("two-plans", "These two stand in two plans.", "Take one of them out of its plan first.")
    id = next(iter(plans), "") or _of_day(desk, min(at for _, _, _, at in things), zone)
    entries = []
    for _, entry, message, at in things:
        entries.append(entry or desk.plans.put(id, {"what": f"message:{message}", "at": at}))
    linked = desk.plans.link(id, entries)
    return desk.plans.folded(id).name, len(linked)


def put(desk: Desk, plan: str, title: str, fields: dict[str, Any], zone: str) -> str:
    """Put something that has a title alone into a plan, or (none named) into the one of its day, which is opened where there is
    none; the plan's name. Raises Refused, Usage."""
    id = plan or _of_day(desk, int(fields["at"]), zone)
    desk.plans.put(id, {name: one for name, one in fields.items() if one}, title=title)
    return desk.plans.folded(id).name


def says(desk: Desk, plan: str, entry: str) -> dict[str, Any] | None:
    """What an entry with a title alone says, to be changed: {"plan", "entry", "title", "topic", "accounts" (names), "langs", "at",
    "not_before"}; None of one that stands there for a message, a line or a relay. Raises Refused."""
    found = desk.plans.entry(desk.plans.folded(plan), entry)
    if found.what:
        return None
    names = [desk.office.accounts[one].name for one in found.accounts if one in desk.office.accounts]
    title = pieces.text(desk.store, found.title) if found.title else ""
    return {
        "plan": plan, "entry": found.id, "title": title, "topic": found.topic, "accounts": names, "langs": list(found.langs),
        "at": found.at, "not_before": found.not_before,
    }  # fmt: skip


def _of_day(desk: Desk, at: int, zone: str) -> str:
    """The open plan of the day that a moment falls on, the newest; a new one where there is none."""
    from g20desk.desk import days

    for row in views.newest(desk.store, "plan", ("open",)):
        if str(days.date_at(at, row.value["zone"])) == row.value["day"]:
            return row.id
    day = str(days.date_at(at, zone)) if zone else str(datetime.fromtimestamp(at / 1000, UTC).date())
    return desk.plans.new(day, day, zone or "UTC")
