"""What the stages of a message's sign-off look like to its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk.routes import who_words
from g20desk.office.fold import Verdict
from g20desk.office.message import Decision, Message, Opened
from g20desk.office.stages import absent, frozen, seat_of, seen, standing, still, voices

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded

DECIDED = "signoff.decided"
CHANGED = "The text changed since, or a later decision took its place."


def shown(desk: Desk, found: Folded) -> dict[str, Any]:
    """`signoff` of `message show`: the route, and each stage with what was decided in it. A stage that is not open yet is
    `waiting`; an explicit one then `open`, `objected` or `approved`; a silence `running`, `over` (to be closed), `broken` or
    `adopted`."""
    message = found.message
    if not message.submission:
        return {"route": "", "stages": []}
    said = decisions(desk, found)
    if message.route is None:
        only = {"name": "One approval", "state": standing(message), "due": None, "decisions": said}
        return {"route": "", "stages": [only]}
    made = []
    for number, stage in enumerate(message.route.stages):
        opened = message.stages[number] if number < len(message.stages) else None
        state = seen(message, number, desk.clock.now_ms()) if opened else "waiting"
        due = opened.due if opened else None
        last = number == len(message.stages) - 1
        made.append({
            "name": stage.name, "state": state, "due": iso(due) if due is not None else None,
            "decisions": [one for one in said if one["stage"] == number],
            "mode": stage.mode, "who": who_words(stage.who, desk.office), "need": stage.need,
            "within_ms": stage.within_ms, "opened": iso(opened.at) if opened and opened.at is not None else None,
            "voices": _voices(desk, message, opened, number) if opened else [],
            "absent": list(absent(desk.office, stage.who)) if not opened or not opened.done else [],
            "overdue": state == "open" and due is not None and due < desk.clock.now_ms(),
            "mine": last and not message.withdrawn and mine(desk, opened),
        })  # fmt: skip
    return {"route": message.route.name, "stages": made, "frozen": frozen(message), "version": message.route.id,
            "late": [event for event, one in message.late.items()
                     if not one.lifted and one.decision.digest == message.digest]}  # fmt: skip


def mine(desk: Desk, opened: Opened | None) -> str:
    """The voice that this person has in an open stage now; empty for none."""
    if opened is None or opened.done:
        return ""
    seat = seat_of(desk.office, opened, desk.person.id, desk.clock.now_ms())
    return seat.key if seat else ""


def _voices(desk: Desk, message: Message, opened: Opened, number: int) -> list[dict[str, Any]]:
    """Each voice of a stage: whose it is, what it said last, and whether anybody is left who may speak for it."""
    office, said = desk.office, voices(message, number)
    return [
        {"voice": seat.key if len(seat.key) == 2 else "", "people": [office.people[one].name for one in seat.people],
         "said": said[seat.key].answer if seat.key in said else "", "heard": seat.key in opened.heard,
         "there": bool(still(office, opened.stage, seat))}
        for seat in opened.seats
    ]  # fmt: skip


def decisions(desk: Desk, found: Folded) -> list[dict[str, Any]]:
    """What people said, with whether it counts now and why not."""
    message, made, known = found.message, [], {one.event: one for one in found.message.decisions}
    counted = {one.event for number in range(max(1, len(message.stages))) for one in voices(message, number).values()}
    counted |= {one.broken for one in message.stages if one.broken}
    for verdict in found.verdicts:
        kind, act = verdict.event.header.kind, verdict.act
        comment = kind == "comment.made" or (kind == DECIDED and getattr(act, "answer", "") == "comment")
        if act is None or (kind != DECIDED and not comment):
            continue
        said = known.get(verdict.event.id)
        counts, why = _counts(message, verdict, said, verdict.event.id in counted)
        if comment and verdict.counts:
            counts, why = False, "A comment decides nothing."
        made.append({
            "person": verdict.by.name, "government": said.government if said else verdict.by.government,
            "decision": "comment" if comment else act.answer, "at": iso(verdict.event.header.at), "counts": counts,
            "why": why, "tentative": verdict.event.place is None, "event": verdict.event.id,
            "stage": said.stage if said else max(0, len(message.stages) - 1),
            "amendment": amendment(desk, said) if said else None,
        })  # fmt: skip
    return made


def _counts(message: Message, verdict: Verdict, said: Decision | None, stands: bool) -> tuple[bool, str]:
    if not verdict.counts or said is None:
        return False, verdict.why
    late = message.late.get(said.event)
    if late is not None and said.digest == message.digest:
        return (
            (False, "Two people lifted it.")
            if late.lifted
            else (True, "It came after the end of its stage: the message is held.")
        )
    if said.event in message.set_aside:
        return False, "The head reopened the silence."
    return (True, "") if stands else (False, CHANGED)


def amendment(desk: Desk, said: Decision) -> dict[str, Any] | None:
    """The text that somebody proposed instead: {"lang", "network", "parts"}."""
    if said.amendment is None:
        return None
    return {**said.amendment, "parts": [desk.messages.words(ref) for ref in said.amendment["parts"]]}
