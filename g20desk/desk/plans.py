"""Plans of a day on a desk: opening one, putting entries into it, linking them. Moving them stands in `plan_moves`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from g20desk.desk import days, plan_rows
from g20desk.desk.acting import Proposal
from g20desk.desk.reasons import reason
from g20desk.desk.times import moment, on_clock
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces, views
from g20desk.office.plan import MOST_AT_ONCE, Entry, Plan
from g20desk.office.planning import TIME

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.plan_moves import Step


class Plans:
    """`desk.plans`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def new(self, name: str, day: str, zone: str) -> str:
        """Open a plan for a day; its id. Raises Usage, Refused."""
        if not name.strip():
            raise Usage("no-name", "A plan has a name.", 'For example: "Leaders\' summit, day 1"')
        days.zone(zone)
        return self._desk.act("plan.opened", {"name": name.strip(), "day": str(days.day(day)), "zone": zone})

    def get(self, named: str) -> Plan:
        """A plan by its name or the beginning of its id. Raises Refused."""
        store = self._desk.store
        by_name = [row.id for row in views.newest(store, "plan", ("open",)) if row.value["name"] == named]
        by_id = views.beginning(store, "plan", named) if len(named) >= 6 and named.isalnum() else []
        found = set(by_id) if len(by_id) == 1 else set(by_name)
        if len(found) != 1:
            raise Refused("unknown-id", f"There is no one plan “{named}”.", "See: g20desk plan list")
        return self.folded(found.pop())

    def folded(self, id: str) -> Plan:
        """A plan by its whole id."""
        plan: Plan = self._desk.ledger.folds.stream("plan", id)[0]
        return plan

    def all(self) -> list[Plan]:
        """All plans, closed ones too, the newest first."""
        return [self.folded(row.id) for row in views.newest(self._desk.store, "plan")]

    def rows(self) -> list[dict[str, Any]]:
        """All plans: [{"plan", "name", "day", "zone", "state", "entries"}]."""
        found = views.newest(self._desk.store, "plan")
        return [
            {"plan": row.id, "name": row.value["name"], "day": row.value["day"], "zone": row.value["zone"],
             "state": row.state, "entries": row.value["entries"], "by": self._desk.office.people[row.value["by"]].name}
            for row in sorted(found, key=lambda one: one.value["day"], reverse=True)
        ]  # fmt: skip

    def show(self, named: str) -> dict[str, Any]:
        """A plan, its entries in the order of their times, and what clashes: {"plan", "name", "day", "zone", "state",
        "entries", "clashes"}."""
        from g20desk.desk import plan_clashes

        plan = self.get(named)
        shown = self.shown(plan)
        return {
            "plan": plan.id, "name": plan.name, "day": plan.day, "zone": plan.zone,
            "state": "closed" if plan.closed else "open",
            "entries": plan_rows.rows(self._desk, shown),
            "clashes": plan_clashes.clashes(self._desk, plan, shown),
        }  # fmt: skip

    def shown(self, plan: Plan) -> list[plan_rows.Shown]:
        """Its entries as this person sees them, by their time; those without one last."""
        rows = plan_rows.Rows(self._desk)
        return sorted(map(rows.of, plan.standing), key=lambda one: (not one.at, one.at, one.entry.id))

    def when(self, plan: Plan, text: str) -> int:
        """A time as it is written for a plan, in milliseconds: 09:00 is that day's, in the plan's zone. Raises Usage."""
        if TIME.match(text):
            at = on_clock(date.fromisoformat(plan.day), text, plan.zone)
            return moment_not_past(at, text, self._desk.clock.now_ms())
        return moment(text, self._desk.clock.now_ms())[0]

    def put(self, named: str, fields: Mapping[str, Any], entry: str = "", title: str | None = None) -> str:
        """Put an entry into a plan or, with the beginning of an `entry`'s id, change what it says; its id. `fields`: as an
        entry has them, `accounts` by name. Raises Refused, Usage."""
        plan, desk = self.get(named), self._desk
        said, kept = self.said(fields, title)
        if not said:
            raise Usage("nothing", "Nothing is said of the entry.", "Add for example: --at 09:00")
        if entry:
            id = self.entry(plan, entry).id
            desk.act("plan.changed", {"entries": {id: said}}, plan.id, pieces=kept)
            return id
        if not said.get("what") and said.get("title") is None:
            raise Usage("no-title", "An entry is of a message, a line or a relay, or has a title.", "Add: --title TEXT")
        id = secrets.token_hex(16)
        desk.act("plan.added", {"entries": {id: said}}, plan.id, pieces=kept)
        return id

    def said(self, fields: Mapping[str, Any], title: str | None) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Fields as an act has them, and the pieces that they name. Raises Refused."""
        made = dict(fields)
        if "accounts" in made:
            made["accounts"] = [self._desk.accounts.get(name).id for name in dict.fromkeys(made["accounts"])]
        if title is None:
            return made, {}
        ref = pieces.refer(title.strip().encode()) if title.strip() else None
        return {**made, "title": ref}, {ref["piece"]: title.strip().encode()} if ref else {}

    def what(self, message: str = "", line: str = "", relay: str = "") -> str:
        """What an entry is of, by the beginning of one id. Raises Refused, Usage."""
        desk = self._desk
        named = [one for one in (message, line, relay) if one]
        if len(named) > 1:
            raise Usage("two-things", "An entry is of one thing.", "Name a message, a line or a relay.")
        if relay:
            return f"relay:{desk.relays.get(relay)[0]}"
        if line:
            return f"line:{desk.lines.get(line).id}"
        return f"message:{desk.messages.find(message)}" if message else ""

    def entry(self, plan: Plan, prefix: str) -> Entry:
        """An entry by the beginning of its id. Raises Refused."""
        found = [one for one in plan.standing if len(prefix) >= 6 and one.id.startswith(prefix)]
        if len(found) != 1:
            raise Refused("unknown-id", f"There is no one entry “{prefix}” in this plan.", "See: g20desk plan show")
        return found[0]

    def drop(self, named: str, entries: Sequence[str], why: str = "") -> list[str]:
        """Take entries out of the plan; their ids. Their messages stay as they are."""
        plan = self.get(named)
        ids = [self.entry(plan, one).id for one in dict.fromkeys(entries)]
        ref, kept = reason(why) if why.strip() else (None, {})
        self._desk.act("plan.dropped", {"entries": ids, "why": ref}, plan.id, pieces=kept)
        return ids

    def link(self, named: str, entries: Sequence[str], together: bool = True) -> list[str]:
        """Let entries move together, with what each is linked with already; or no more (`together` False). The ids of all that
        are linked, or that were let go."""
        plan = self.get(named)
        chosen = [self.entry(plan, one) for one in dict.fromkeys(entries)]
        groups = {one.group for one in chosen if one.group}
        if not together:
            chosen = [one for one in chosen if one.group]
            group = ""
        else:
            chosen += [one for one in plan.standing if one.group in groups and one not in chosen]
            group = next(iter(sorted(groups)), "") or secrets.token_hex(16)
        changed = {one.id: {"group": group} for one in chosen if one.group != group}
        if len(chosen) < (2 if together else 1):
            raise Usage("nothing", "There is nothing to link.", "Name two entries or more.")
        for part in _parts(changed):
            self._desk.act("plan.changed", {"entries": part}, plan.id)
        return [one.id for one in chosen]

    def moving(self, named: str, entry: str, to: int) -> list[Step]:
        """What would move with an entry, and what can't; nothing is signed."""
        from g20desk.desk import plan_moves

        plan = self.get(named)
        return plan_moves.steps(self._desk, plan, self.entry(plan, entry).id, to)

    def move(self, named: str, entry: str, to: int, leave: bool = False, despite: str = "") -> list[Step]:
        """Move an entry and all that is linked with it, all or none; see `plan_moves.move`."""
        from g20desk.desk import plan_moves

        plan = self.get(named)
        return plan_moves.move(self._desk, plan, self.entry(plan, entry).id, to, leave, despite)

    def close(self, named: str, why: str = "") -> str:
        """Close a plan; its id."""
        plan = self.get(named)
        ref, kept = reason(why) if why.strip() else (None, {})
        self._desk.act("plan.closed", {"why": ref}, plan.id, pieces=kept)
        return plan.id

    def add_all(self, plan: Plan, entries: Mapping[str, Mapping[str, Any]], kept: dict[str, bytes]) -> None:
        """Put many entries into a plan, under ids of their own; what is there stays."""
        self._desk.act_all(
            *(Proposal("plan.added", {"entries": part}, plan.id, pieces=dict(kept)) for part in _parts(entries))
        )


def moment_not_past(at: int, said: str, now: int) -> int:
    """The time itself. Raises Usage where it is past."""
    if at < now:
        raise Usage("past-time", f"{said} is past.", "Choose a later time.")
    return at


def _parts(entries: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Entries in acts of the size that the rules take."""
    ids = list(entries)
    return [{id: entries[id] for id in ids[n : n + MOST_AT_ONCE]} for n in range(0, len(ids), MOST_AT_ONCE)]
