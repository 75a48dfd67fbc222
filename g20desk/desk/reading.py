"""What a reader knows already: the submission they last read or decided on, and versions that were written apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import polls, seen, showing, wordings
from g20desk.ledger import body, pieces

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded


def before(desk: Desk, found: Folded) -> dict[str, Any] | None:
    """The submission that this person read or decided on last, other than the one that stands: its texts, pictures, poll, what a
    line has besides, number and time, and the answer where there was one. None where all of it is new to them."""
    submitted: dict[str, Any] = {}
    known: list[tuple[int, str, str]] = []
    for verdict in found.verdicts:
        kind, act = verdict.event.header.kind, verdict.act
        if kind == "message.submitted" and verdict.counts:
            submitted[body.content_digest(body.decode(verdict.event.body))] = act
        elif kind == "signoff.decided" and act is not None and verdict.by.person == desk.person.id:
            known.append((verdict.event.header.at, act.digest, act.answer))
    known += [(at, digest, "") for digest, at in seen.digests(desk, found.id)]
    for at, digest, answer in sorted(known, reverse=True):
        act = submitted.get(digest)
        if act is not None and digest != found.message.digest:
            return {
                "texts": showing.texts(desk, act.content),
                "pictures": showing.pictures(desk, act.content),
                "poll": polls.shown(desk, act.content),
                "line": wordings.shown(desk, act.content),
                "revision": len(act.headers),
                "at": iso(at),
                "answer": answer,
            }
    return None


def revision(found: Folded) -> int:
    """The number of the revision that is submitted, which those who read no drafts can count too."""
    counted = [v.act for v in found.verdicts if v.counts and v.event.header.kind == "message.submitted"]
    return len(counted[-1].headers) if counted else 0


def versions(found: Folded) -> list[dict[str, Any]]:
    """The newest revision of each line of work, with its author and time: one, unless some were written apart."""
    by = {v.event.id: v for v in found.draft_verdicts}
    return [
        {"revision": head, "person": by[head].by.name, "at": iso(by[head].event.header.at)}
        for head in found.draft.heads
    ]


def said(desk: Desk, why: Any) -> str:
    """The words of a reason, where it is one."""
    return desk.messages.words(why) if pieces.is_ref(why) else ""
