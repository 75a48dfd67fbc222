"""What was settled, checked again: with the rulebook in force, or with one that is only proposed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.desk import polls, wordings
from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.drafts import Revision
from g20desk.office.form import LINE
from g20desk.office.message import Message
from g20desk.office.redaction import not_here

if TYPE_CHECKING:
    from g20desk.desk.checking import Checking
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded
    from g20desk.rulebook.whole import Whole


def said(desk: Desk, content: dict[str, Any], check: Checking | None = None) -> list[dict[str, Any]]:
    """What the checker says of a content: of its posts, each finding with its account, network, language and part, or of a line's
    texts; then of the whole. Raises Refused for a post that is none, or a text that is not on this desk."""
    from g20desk.publishing import send

    checking, made = check or desk.check, []
    if not content:
        return []  # a relay that nobody has taken on says nothing yet
    for name, value in content.items():
        if not name.startswith("c.post."):
            continue
        account = desk.office.accounts[value["account"]]
        for number, part in enumerate(value["parts"], 1):
            payload, alts = send.payload(data_of(desk, part["payload"]), len(part["pictures"]))
            answer = checking.text(
                payload["text"], account.reads_as, value["lang"], content["c.kind"], [{"alt": alt} for alt in alts],
                account.limits.get("characters"), part=number,
            )  # fmt: skip
            where = {"account": account.name, "network": account.reads_as, "lang": value["lang"], "part": number}
            answers = (payload.get("poll") or {}).get("answers", [])
            asked = polls.checked(checking, answers, account.reads_as, value["lang"], content["c.kind"])
            made += [{**finding, **where} for finding in (*answer["findings"], *asked)]
    whole = _whole(desk, content)
    made += wordings.checked(checking, whole, content.get("c.supersedes", "")) if whole.kind == LINE else []
    return made + checking.whole(whole)


def _whole(desk: Desk, content: dict[str, Any]) -> Whole:
    """A content as it was written. Raises Refused for a text that is not on this desk."""
    texts: dict[tuple[str, str], list[str]] = {}
    alts: list[dict[str, str]] = []
    for name, value in content.items():
        _, what, *rest = name.split(".")
        if what == "text":
            texts[rest[0], rest[1] if rest[1:] else ""] = [_words(desk, ref) for ref in value]
        elif what == "picture":
            alts.append({lang: desk.messages.words(ref) for lang, ref in value["alt"].items()})
    accounts = [desk.office.accounts[id] for id, *_ in content["c.to"]]
    from g20desk.rulebook.whole import Whole

    return Whole(content["c.kind"], texts, alts, [(a.reads_as, a.langs) for a in accounts])


def _words(desk: Desk, ref: Mapping[str, Any]) -> str:
    return data_of(desk, ref).decode("utf-8", "replace")


def data_of(desk: Desk, ref: Mapping[str, Any]) -> bytes:
    """A piece. Raises Refused where it is not on this desk."""
    data = pieces.get(desk.store, ref)
    if data is None:
        raise not_here(desk.office, ref)
    return data


def unattested(desk: Desk, message: Message) -> list[dict[str, Any]]:
    """Findings of this desk's checker that the submission does not attest, or its report does not tell in that language.
    Raises Refused where something of it is not on this desk."""
    attested = [(f.get("rule"), f.get("level")) for f in message.findings]
    report = [_kind(f) for f in desk.messages.report(message.report)]
    return [f for f in said(desk, message.content) if (f["rule"], f["level"]) not in attested or _kind(f) not in report]


def differences(
    desk: Desk, content: dict[str, Any], pin: Mapping[str, Any], report: Any, anew: bool = False
) -> list[dict[str, Any]]:
    """What this desk's checker says of a content and its report does not: where that was made with another rulebook, or
    `anew`."""
    if pin == desk.rulebook.pin() and not anew:
        return []
    known = [_kind(f) for f in desk.messages.report(report)]
    try:
        return [f for f in said(desk, content) if _kind(f) not in known]
    except Refused:
        return []  # something of it is not on this desk, which is said where it matters


def left_out(desk: Desk, found: Folded) -> list[dict[str, Any]]:
    """Who wrote the text that stands and is not among the authors that its submission shows, as findings. A submitter chooses which
    revisions to show; only those who read drafts can tell."""
    revisions, seen = found.draft.revisions, set[str]()
    wait = [one.id for one in revisions.values() if one.digest == found.message.digest]
    while wait:
        here = wait.pop()
        if here not in seen:
            seen.add(here)
            wait += [one for one in revisions[here].base if one in revisions]
    missing = {revisions[one].by for one in seen} - found.message.authors if not found.message.withdrawn else set()
    return [
        {"rule": "AUTHOR", "level": "block", "start": 0, "end": 0, "text": "", "suggestion": None,
         "message": f"{desk.office.people[one].name} wrote on this text, and the submission does not show it."}
        for one in sorted(missing)
    ]  # fmt: skip


def _all(findings: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(one, sort_keys=True) for one in findings)


def _kind(found: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two findings the same to a reader of differences; places may move with the rulebook."""
    return found["rule"], found["level"], found.get("lang")


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker said, the piece that holds it, and the rulebook that it was said with."""

    ref: Mapping[str, Any]
    findings: list[dict[str, Any]]
    rulebook: Mapping[str, Any]


def report_now(desk: Desk, revision: Revision, anew: bool = False) -> tuple[Report, dict[str, bytes]]:
    """What the checker says of a revision, and new pieces; what it said then where the same rulebook is in force, unless
    it is to be checked `anew`: another program, or another desk's, may have said it."""
    report = Report(revision.findings, desk.messages.report(revision.findings), revision.rulebook)
    pin = desk.rulebook.pin()
    if report.rulebook == pin and not anew:
        return report, {}
    settled = [f for f in report.findings if f["rule"].startswith("STRUCT-")]
    findings = [*settled, *said(desk, revision.content)]
    if report.rulebook == pin and _all(findings) == _all(report.findings):
        return report, {}
    data = json.dumps(findings, ensure_ascii=False).encode()
    ref = pieces.refer(data)
    return Report(ref, findings, pin), {ref["piece"]: data}
