"""What this person can do with a message now: tried in the fold, decided nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.desk import rechecking
from g20desk.errors import Refused
from g20desk.office.acts import act_of
from g20desk.office.fold import Then, Verdict

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded


def verbs(desk: Desk, found: Folded, is_draft: bool) -> dict[str, str]:
    """For each verb an empty string, or why not: tried in the fold, decided nowhere else."""
    tried = {
        "approve": _tried(desk, found, "signoff.decided", answer="approve"),
        "object": _tried(desk, found, "signoff.decided", answer="object"),
        "request-changes": _tried(desk, found, "signoff.decided", answer="request-changes"),
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


def sure(desk: Desk, found: Folded, kind: str, values: dict[str, Any]) -> None:
    """Raise Refused where such an act would not count: before something is done that can't be taken back."""
    office, last = desk.office, found.verdicts[-1].event
    act_of(kind, office.fold)(**values).apply(found.message, office.author(desk.device), Then(last, "", {}, office))


def _tried(desk: Desk, found: Folded, kind: str, answer: str = "") -> str:
    """Why an act would not count now; empty where it would."""
    shapes: dict[str, dict[str, Any]] = {
        "signoff.decided": {"digest": found.message.digest, "answer": answer, "why": None},
        "message.withdrawn": {"why": {}},
        # Far enough ahead that it asks for the right alone: which times are free is said when one is named.
        "message.scheduled": {"when": 2**53 - 1, "zone": "UTC", "together": False, "despite": [], "why": None},
    }
    office = desk.office
    last: Verdict | None = found.verdicts[-1] if found.verdicts else None
    if last is None:
        return "Not submitted"
    try:
        act_of(kind, office.fold)(**shapes[kind]).apply(
            found.message, office.author(desk.device), Then(last.event, "", {}, office)
        )
    except Refused as refusal:
        return refusal.message
    return ""
