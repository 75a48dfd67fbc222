"""What was settled, checked again: with the rulebook in force, or with one that is only proposed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.drafts import Revision
from g20desk.office.message import Message

if TYPE_CHECKING:
    from g20desk.desk.checking import Checking
    from g20desk.desk.desk import Desk


def said(desk: Desk, content: dict[str, Any], check: Checking | None = None) -> list[dict[str, Any]]:
    """What the checker says of a content's posts, each finding with its account, network, language and part.
    Raises Refused for a post that is none."""
    from g20desk.publishing import send

    made: list[dict[str, Any]] = []
    for name, value in content.items():
        if not name.startswith("c.post."):
            continue
        account = desk.office.accounts[value["account"]]
        for number, part in enumerate(value["parts"], 1):
            payload, alts = send.payload(pieces.get(desk.store, part["payload"]) or b"", len(part["pictures"]))
            answer = (check or desk.check).text(
                payload["text"], account.reads_as, value["lang"], content["c.kind"], [{"alt": alt} for alt in alts],
                account.limits.get("characters"),
            )  # fmt: skip
            where = {"account": account.name, "network": account.reads_as, "lang": value["lang"], "part": number}
            made += [{**finding, **where} for finding in answer["findings"]]
    return made


def unattested(desk: Desk, message: Message) -> list[dict[str, Any]]:
    """Findings of this desk's checker that the submission does not attest. Raises Refused where something of it is not
    on this desk."""
    known = [(f.get("rule"), f.get("level")) for f in message.findings]
    return [f for f in said(desk, message.content) if (f["rule"], f["level"]) not in known]


def differences(desk: Desk, content: dict[str, Any], pin: Mapping[str, Any], report: Any) -> list[dict[str, Any]]:
    """What the rulebook in force says of a content and its report does not, where that was made with another one."""
    if pin == desk.rulebook.pin():
        return []
    known = [(f["rule"], f["level"]) for f in desk.messages.report(report)]
    try:
        return [f for f in said(desk, content) if (f["rule"], f["level"]) not in known]
    except Refused:
        return []  # something of it is not on this desk, which is said where it matters


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker said, the piece that holds it, and the rulebook that it was said with."""

    ref: Mapping[str, Any]
    findings: list[dict[str, Any]]
    rulebook: Mapping[str, Any]


def report_now(desk: Desk, revision: Revision) -> tuple[Report, dict[str, bytes]]:
    """What the checker said of a revision, and new pieces; checked again where another rulebook is in force by now."""
    report = Report(revision.findings, desk.messages.report(revision.findings), revision.rulebook)
    pin = desk.rulebook.pin()
    if report.rulebook == pin:
        return report, {}
    settled = [f for f in report.findings if f["rule"].startswith("STRUCT-")]
    findings = [*settled, *said(desk, revision.content)]
    data = json.dumps(findings, ensure_ascii=False).encode()
    ref = pieces.refer(data)
    return Report(ref, findings, pin), {ref["piece"]: data}
