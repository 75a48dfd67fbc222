"""What this person can do now, with a message above all: tried in the fold, decided nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from g20desk.desk import rechecking
from g20desk.errors import Refused
from g20desk.ledger.event import Event
from g20desk.office.acts import act_of
from g20desk.office.fold import Then
from g20desk.office.message import Message
from g20desk.office.silence import unheard
from g20desk.office.stages import unlifted
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded


ROUND = {
    "reopen": "signoff.reopened", "extend": "signoff.extended", "lift": "signoff.objection_lifted",
    "review": "signoff.reviewed", "close": "signoff.closed", "release": "message.released",
}  # fmt: skip


UNKNOWN = "The rules in force know nothing of this."


def verbs(desk: Desk, found: Folded, is_draft: bool) -> dict[str, str]:
    """For each verb an empty string, or why not: tried in the fold, decided nowhere else."""
    by_route = desk.office.fold >= 2
    tried = {
        "approve": _tried(desk, found, "signoff.decided", answer="approve"),
        "object": _tried(desk, found, "signoff.decided", answer="object"),
        "request-changes": _tried(desk, found, "signoff.decided", answer="request-changes"),
        "comment": _tried(desk, found, "comment.made") if by_route else UNKNOWN,
        "no-objection": _tried(desk, found, "signoff.decided", answer="no-objection"),
        "amend": _tried(desk, found, "signoff.decided", answer="request-changes") if by_route else UNKNOWN,
        **{verb: _tried(desk, found, kind) for verb, kind in ROUND.items()},
        "withdraw": _tried(desk, found, "message.withdrawn"),
        "schedule": _tried(desk, found, "message.scheduled"),
    }
    blocking = ""
    if found.draft.heads:
        try:
            report = rechecking.report_now(desk, found.draft.revisions[found.draft.heads[-1]])[0]
            blocks = sum(f["level"] == "block" for f in report.findings)
            if blocks:
                blocking = f"{blocks} finding must be fixed" if blocks == 1 else f"{blocks} findings must be fixed"
        except Refused as refusal:
            blocking = refusal.message
    if len(found.draft.heads) > 1:
        blocking = "Two versions have to be merged"
    out = any(post.receipts for post in found.message.posts.values())
    staff = "" if desk.messages.staff else "Drafts are for the office's own staff"
    return {**tried, "correct": staff or ("" if out else "Nothing of that is out."), "submit": blocking if is_draft else "Submitted already", "revise": staff}  # fmt: skip


def sure(desk: Desk, kind: str, values: dict[str, Any], state: Any, last: Event) -> None:
    """Raise Refused where an act on this state of a stream, that ends with `last`, would not count if it were done now."""
    office = desk.office
    at = desk.clock.now_ms()
    now = replace(last, header=replace(last.header, at=at), place=None, stamp=at)
    then = Then(now, "", {}, office, desk.ledger.folds.reader(now))
    act_of(kind, office.fold)(**values).apply(state, office.author(desk.device), then)


def why_not(desk: Desk, kind: str, values: dict[str, Any], state: Any, last: Event) -> str:
    """The same in words; empty where it would count."""
    try:
        sure(desk, kind, values, state, last)
    except Refused as refusal:
        return refusal.message
    return ""


def in_office(desk: Desk, kind: str, values: dict[str, Any], office: Office | None = None) -> str:
    """Why an act on the office would not count now, or on another state of it; empty where it would."""
    last = desk.ledger.folds.office_verdicts()[-1].event
    return why_not(desk, kind, values, office or desk.office, last)


def _tried(desk: Desk, found: Folded, kind: str, answer: str = "") -> str:
    """Why an act would not count now; empty where it would."""
    message, by_route = found.message, desk.office.fold >= 2
    if kind in ROUND.values() and not by_route:
        return UNKNOWN
    last = message.stages[-1] if message.stages else None
    shapes: dict[str, dict[str, Any]] = {
        "signoff.decided": {
            "digest": message.digest,
            "answer": answer,
            "why": None,
            **({"amendment": None} if by_route else {}),
        },
        "signoff.reopened": {"digest": message.digest, "until": None, "why": {}},
        "signoff.extended": {
            "digest": message.digest,
            "until": max(last.due or 0, desk.clock.now_ms()) + 60_000 if last else 0,
            "why": {},
        },
        "signoff.objection_lifted": {"objection": unlifted(message), "why": {}},
        "signoff.closed": {
            "digest": message.digest,
            "heard": last.heard if last else {},
            "unheard": unheard(last) if last else [],
        },
        "message.released": {"digest": message.digest, **_template(desk, message), "why": {}},
        "signoff.reviewed": {
            "release": message.unreviewed[0].event if message.unreviewed else "",
            "finding": "in order",
            "why": {},
        },
        "comment.made": {"digest": message.digest, "about": None, "answers": "", "text": {}},
        "message.withdrawn": {"why": {}},
        "message.scheduled": {
            "when": _some_time(desk, message),
            "zone": "UTC",
            "together": False,
            "despite": [],
            "why": None,
        },
    }
    if not found.verdicts:
        return "Not submitted"
    return why_not(desk, kind, shapes[kind], message, found.verdicts[-1].event)


def _some_time(desk: Desk, message: Message) -> int:
    """A time that asks for the right alone: which ones are free is said when one is named. Far ahead; where it may go out
    within an emergency's time only, at its end, and of a relay while its line stands."""
    if message.relay is not None:
        line: Message = desk.ledger.folds.stream("message", message.relay.stream)[0]
        return int(line.content.get("c.until", 2**53)) - 1
    release = message.release
    return release.until if release and release.until and release.digest == message.digest else 2**53 - 1


def _template(desk: Desk, message: Message) -> dict[str, Any]:
    """The template that a message is made from and what stands in its slots; a name that is none where it is made from none."""
    from g20desk.desk import templates

    found = templates.made_from(desk, message)
    return {"template": found[0].id, "slots": found[1]} if found else {"template": "", "slots": {}}
