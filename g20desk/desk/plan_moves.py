"""Moving what is linked in a plan: what goes along, what can't and why, what each would meet; then all of it in one batch of
acts. The office moves its own posts; a government it asks for another time, and its post is its own to move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import possible
from g20desk.desk.acting import Proposal
from g20desk.desk.clashing import clashes
from g20desk.desk.plan_rows import Rows, Shown
from g20desk.desk.reasons import reason
from g20desk.errors import Refused
from g20desk.ledger.event import Event
from g20desk.office.message import Message
from g20desk.office.passing import may_publish
from g20desk.office.plan import Plan

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

QUIET = ("embargo", "mourning")


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a move. `why_not`: why it stays where it is, empty where it moves; `signs`: what is signed besides the
    plan, message.scheduled or relay.moved; `stream`: where; `meets`: the embargoes and days of mourning over its new time."""

    entry: str
    title: str
    was: int
    to: int
    why_not: str = ""
    note: str = ""
    signs: str = ""
    stream: str = ""
    together: bool = False
    meets: tuple[dict[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As `plan move` says it."""
        return {"entry": self.entry, "title": self.title, "was": iso(self.was), "to": iso(self.to),
                "moves": not self.why_not, "why_not": self.why_not, "note": self.note,
                "meets": [one["message"] for one in self.meets]}  # fmt: skip


def steps(desk: Desk, plan: Plan, entry: str, to: int) -> list[Step]:
    """The entry and what is linked with it, each as far on as it is; the entry itself first."""
    rows, chosen = Rows(desk), plan.entries[entry]
    own = rows.of(chosen)
    if not own.at:
        raise Refused("no-time", "This entry has no time yet.", "Give it one: g20desk plan set --at TIME")
    linked = [rows.of(one) for one in plan.standing if chosen.group and one.group == chosen.group and one.id != entry]
    return [_step(desk, plan, rows, one, one.at + to - own.at) for one in (own, *linked) if one.at]


def _step(desk: Desk, plan: Plan, rows: Rows, one: Shown, to: int) -> Step:
    last = desk.ledger.folds.stream("plan", plan.id)[1][-1].event
    why = possible.why_not(desk, "plan.changed", {"entries": {one.entry.id: {"at": to}}}, plan, last)
    if not why and one.over:
        why = f"It is {one.state}."
    if not why and to <= desk.clock.now_ms():
        why = f"{iso(to)} is past."
    made = Step(one.entry.id, one.title, one.at, to, why)
    if why:
        return made
    if one.entry.kind == "relay":
        return _of_relay(desk, rows, one, made)
    if one.entry.kind == "message" and one.scheduled is not None:
        found = desk.messages.submitted(one.entry.of)
        return _scheduled(desk, found.message, found.verdicts[-1].event, made)
    return made


def _scheduled(desk: Desk, message: Message, last: Event, made: Step) -> Step:
    values = {"when": made.to, "zone": "UTC", "together": message.together, "despite": [], "why": None}
    why = possible.why_not(desk, "message.scheduled", values, message, last)
    meets = tuple(one for one in clashes(desk, replace(message, planned_at=made.to)) if one["kind"] in QUIET)
    return replace(
        made, why_not=why, signs="message.scheduled", stream=message.stream, together=message.together, meets=meets
    )


def _of_relay(desk: Desk, rows: Rows, one: Shown, made: Step) -> Step:
    """Its own government moves its post; the office asks for another time."""
    found = rows.relay(one.entry.of)
    if found is None:
        return replace(made, why_not="This relay is not known here.")
    state, relay = found
    last = desk.ledger.folds.stream("message", one.entry.of)[1][-1].event
    account = desk.office.accounts[relay.account]
    if may_publish(desk.office.author(desk.device), account):
        return made if state.planned_at is None else _scheduled(desk, state, last, made)
    why = possible.why_not(desk, "relay.moved", {"until": made.to, "why": None}, state, last)
    note = f"{account.name} is asked for {iso(made.to)}."
    if state.planned_at is not None:
        note += f" Its post at {iso(state.planned_at)} is its own to move."
    return replace(made, why_not=why, note=note, signs="relay.moved", stream=one.entry.of)


def move(desk: Desk, plan: Plan, entry: str, to: int, leave: bool, despite: str) -> list[Step]:
    """Sign the move of an entry and of all that is linked with it. What can't move stops all of it, unless it is to be left
    where it is (`leave`). `despite`: why posts go out on a day of mourning that they meet. Raises Refused."""
    found = steps(desk, plan, entry, to)
    stays = [one for one in found if one.why_not]
    if found[0].why_not:
        raise Refused("cannot-move", found[0].why_not, "See: g20desk plan show")
    if stays and not leave:
        words = "; ".join(f"“{one.title[:60]}”: {one.why_not}" for one in stays)
        raise Refused("cannot-move", f"{len(stays)} linked with it can't move. {words}",
                      "Move the others and leave it where it is: --leave")  # fmt: skip
    goes = [one for one in found if not one.why_not]
    acts = [Proposal("plan.changed", {"entries": {one.entry: {"at": one.to} for one in goes}}, plan.id)]
    acts += [_act(desk, plan, one, despite) for one in goes if one.signs]
    desk.act_all(*acts)
    return found


def _act(desk: Desk, plan: Plan, one: Step, despite: str) -> Proposal:
    if one.signs == "relay.moved":
        return Proposal(one.signs, {"until": one.to, "why": None}, one.stream)
    met = [clash["with"] for clash in one.meets if clash["kind"] == "mourning"] if despite.strip() else []
    ref, kept = reason(despite) if met else (None, {})
    values = {"when": one.to, "zone": plan.zone, "together": one.together, "despite": sorted(set(met)), "why": ref}
    return Proposal(one.signs, values, one.stream, pieces=kept)
