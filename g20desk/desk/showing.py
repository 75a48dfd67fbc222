"""What a message looks like to its reader: `message show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import (
    comments,
    costs,
    indexing,
    linking,
    numbers,
    own_acts,
    payloads,
    polls,
    possible,
    rechecking,
    redacting,
    stages,
    templates,
    waiting,
    wordings,
)  # fmt: skip
from g20desk.desk.listing import OPEN
from g20desk.ledger import pieces
from g20desk.office.form import RELAY
from g20desk.office.message import Message, Post
from g20desk.office.posts import WAS_HELD, message_state
from g20desk.office.quiet import NOT_BEFORE
from g20desk.office.stages import late_stop
from g20desk.publishing import compare

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded

# What `show` calls the messages that go with this one.
BY = {"corrects": "corrected_by", "replies": "replied_by", "quotes": "quoted_by"}


def show(desk: Desk, found: Folded, anew: bool = False) -> dict[str, Any]:
    """Everything about a message. `anew`: see `Messages.show`."""
    from g20desk.desk import reading

    office, message, content = desk.office, found.message, found.content
    newest = found.draft.revisions[found.draft.heads[-1]] if found.draft.heads else None
    topic = str(content.get("c.topic", ""))
    held = bool(late_stop(message)) or any(
        office.held(p.account, topic, message.cleared)
        or (p.state in waiting.OPEN and office.passing.lapsed(p.account, message.cleared))
        for p in message.posts.values()
    )
    fresh = message.withdrawn and newest is not None and _order(found, newest.id) > _order(found, message.submission)
    state = "draft" if fresh else message_state(message, held)
    digest, report, pin = message.digest, message.report, message.rulebook
    if newest is not None and content is newest.content:
        digest, report, pin = newest.digest, newest.findings, newest.rulebook
    linked = {how: linking.linked_by(desk, found.id, how) for how in linking.HOW}
    return {
        "id": found.id,
        "state": state,
        "digest": digest,
        "kind": content.get("c.kind", RELAY),
        "heads": len(found.draft.heads) or 1,
        "signoff": stages.shown(desk, found),
        "release": templates.shown(desk, message),
        "template": made[0].name if (made := templates.made_from(desk, message)) else "",
        "posted": payloads.differing(desk, content) if message.submission and anew else [],
        "posts": [_post(desk, found.id, p, message) for p in message.posts.values()],
        "threads": comments.threads(desk, found),
        "history": _history(desk, found, [*linking.in_history(linked), *redacting.in_history(desk, found.id)]),
        "taken_out": redacting.rows(desk, found.id),
        "title": indexing.title(desk.store, content),
        "topic": topic,
        "note": desk.messages.words(content.get("c.note")),
        "texts": texts(desk, content),
        "pictures": pictures(desk, content),
        "cards": cards(desk, content),
        "poll": polls.shown(desk, content),
        "line": wordings.shown(desk, content),
        "cost": costs.of(desk, content),
        "to": [to[1] for to in content.get("c.to", ())],
        "findings": desk.messages.report(report),
        "rulebook": pin,
        "rulebook_now": desk.rulebook.pin(),
        "differences": _differences(desk, found, content, pin, report, anew) if state in OPEN else [],
        "revision": len(found.draft.revisions) or reading.revision(found),
        "submitted_revision": reading.revision(found),
        "before": reading.before(desk, found),
        "versions": reading.versions(found),
        "overrides": [{"rule": o.get("rule"), "why": reading.said(desk, o.get("why"))} for o in message.overrides],
        "revisions": list(found.draft.revisions),
        "planned_ms": message.planned_at,
        "not_before": iso(content[NOT_BEFORE]) if NOT_BEFORE in content else None,
        "together": message.together,
        "despite": sorted(message.despite),
        "occasion": _occasion(desk, found),
        **{how: linking.shown(desk, content, how) for how in linking.HOW},
        **{name: [{k: v for k, v in one.items() if k != "place"} for one in linked[how]] for how, name in BY.items()},
        "apart": own_acts.of_message(desk, found.draft_verdicts + found.verdicts),
        "can": possible.verbs(desk, found, fresh or not message.submission),
    }


def _differences(
    desk: Desk, found: Folded, content: dict[str, Any], pin: dict[str, Any], report: Any, anew: bool
) -> list[dict[str, Any]]:
    """What this desk finds that its reader was not told."""
    missed = rechecking.left_out(desk, found) if found.message.submission else []
    return [*missed, *rechecking.differences(desk, content, pin, report, anew)]


def _occasion(desk: Desk, found: Folded) -> dict[str, Any] | None:
    """The day that a recurring message's draft was made for, and the time that is meant."""
    one = found.draft.occasion
    zone = desk.office.recurrings[one.recurring].zone if one else ""
    return {"recurring": one.recurring, "day": one.day, "at": iso(one.when), "zone": zone} if one else None


def _order(found: Folded, event: str) -> int:
    for verdict in found.draft_verdicts + found.verdicts:
        if verdict.event.id == event:
            return verdict.event.place or 0
    return 0


def _post(desk: Desk, message_id: str, post: Post, message: Message) -> dict[str, Any]:
    account = desk.office.accounts[post.account]
    state, why = post.state, waiting.says(desk, message, post)
    if state in waiting.OPEN and message.planned_at is not None and (held := waiting.kept_back(desk, message, post)):
        state, why = "held", held
    elif state == "sent" and compare.altered(post.standing):
        why = compare.sentence(post.standing)
    out = len(post.receipts)
    parts = len(message.content[f"c.post.{post.key}"]["parts"])
    if 0 < out < parts:
        why = f"{out} of {parts} parts are out. {why}".strip()
    made: dict[str, Any] = {
        "id": f"{message_id[:16]}.{post.key}",
        "account": account.name,
        "network": account.reads_as,
        "lang": post.lang,
        "state": state,
        "url": post.receipts[0]["url"] if post.receipts else None,
        "remote_ids": [r["id"] for r in post.receipts],
        "sent_at": iso(post.sent_at) if post.sent_at else None,
        "why": why,
        "standing": post.standing or None,
        "numbers": numbers.of(desk.store, message, post),
        "reading_costs": numbers.price(account.reads_as),
    }
    if state == "held":
        made["released"] = why == WAS_HELD
    if account.network == "rehearsal":
        made["rehearsal"] = True
    return made


def _history(desk: Desk, found: Folded, besides: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made = [*besides]
    for verdict in found.draft_verdicts + found.verdicts:
        reason = getattr(verdict.act, "why", None) or getattr(verdict.act, "text", None)
        said = desk.messages.words(reason) if pieces.is_ref(reason) else ""
        made.append({
            "at": iso(verdict.event.header.at), "person": verdict.by.name, "kind": verdict.event.header.kind,
            "counts": verdict.counts, "why": verdict.why, "said": said, "event": verdict.event.id,
            "post": getattr(verdict.act, "post", ""), "outcome": getattr(verdict.act, "state", "") or getattr(verdict.act, "finding", ""),
            "told": reason if isinstance(reason, str) else "", "tentative": verdict.event.place is None,
            "place": verdict.event.place or 2**62,
        })  # fmt: skip
    made.sort(key=lambda one: one.pop("place"))
    return made


def texts(desk: Desk, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The texts of a content, post by post."""
    made = []
    for name, refs in content.items():
        if name.startswith("c.text."):
            _, _, lang, *network = name.split(".")
            parts = [desk.messages.words(ref) for ref in refs]
            own = name.removeprefix("c.text.")
            made.append({
                "lang": lang, "network": network[0] if network else "", "parts": parts,
                "warning": desk.messages.words(content.get(f"c.warning.{own}")),
                "visibility": content.get(f"c.visibility.{own}", "public"),
            })  # fmt: skip
    return made


def pictures(desk: Desk, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The pictures of a content, with their alt texts."""
    made = []
    for name, about in content.items():
        if name.startswith("c.picture."):
            alt = {lang: desk.messages.words(ref) for lang, ref in about["alt"].items()}
            piece = about["file"]["piece"]
            made.append({"part": about["part"], "alt": alt, "width": about["width"], "height": about["height"],
                         "piece": piece, "mime": about["mime"], "ms": about.get("ms", 0),
                         "size": about["file"]["size"]})  # fmt: skip
    return made


def cards(desk: Desk, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The links' cards of a content: what stands in them, and the picture's piece."""
    words = desk.messages.words
    return [
        {"url": about["url"], "title": words(about["title"]), "description": words(about["description"]),
         "piece": about["picture"]["file"]["piece"] if about["picture"] else ""}
        for name, about in content.items()
        if name.startswith("c.card.")
    ]  # fmt: skip
