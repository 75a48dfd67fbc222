"""What a message looks like to its reader: `message show`, and rows for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import costs, indexing, possible, rechecking, waiting
from g20desk.ledger import pieces, views
from g20desk.office.message import Message, Post
from g20desk.office.posts import message_state
from g20desk.office.signoff import DECIDERS, standing, voices
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded


OPEN = (
    "draft", "submitted", "objected", "approved", "scheduled", "sending", "unknown", "refused", "missed", "partly-sent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message in a list. `planned_ms`: None without a time. `waiting_for_me`: this person's decision is open. `said`:
    what each government answered on the text as it stands."""

    id: str
    title: str
    state: str
    kind: str
    updated_ms: int
    planned_ms: int | None
    langs: tuple[str, ...]
    accounts: tuple[str, ...]
    waiting_for_me: bool
    why: str
    said: tuple[tuple[str, str], ...] = ()


def rows(
    desk: Desk, state: str | None, search: str, limit: int = -1, before: int | None = None, open_only: bool = False
) -> list[MessageRow]:
    """Messages as rows, the newest first; drafts only for staff. `open_only`: those that somebody has work with."""
    store, office, staff = desk.store, desk.office, desk.messages.staff
    states = ("scheduled",) if state == "held" else (state,) if state else OPEN if open_only else ()

    def listed(kind: str, states: tuple[str, ...]) -> list[views.Row]:
        if search.strip():
            return views.search(store, kind, search, states, limit)
        return list(views.newest(store, kind, states, limit, before))

    drafts = listed("draft", ("draft",)) if staff and (not states or "draft" in states) else []
    found = listed("message", states) if states != ("draft",) else []
    withdrawn = [row.id for row in found if row.value["withdrawn"]] if staff else []
    newer = {id for id in withdrawn if (draft := views.get(store, "draft", id)) is not None and draft.state == "draft"}
    made = [_row(desk, office, row) for row in (*drafts, *(row for row in found if row.id not in newer))]
    chosen = sorted((row for row in made if state in (None, row.state)), key=lambda row: -row.updated_ms)
    return chosen if limit < 0 else chosen[:limit]


def count(desk: Desk, search: str = "") -> int:
    """How many rows a search has, or how many messages there are."""
    store, found = desk.store, views.count(desk.store, "message", search)
    if not desk.messages.staff:
        return found
    return found + views.count(store, "draft", search, ("draft",)) - views.replaced(store, search)


def recent(desk: Desk, since: int, limit: int) -> tuple[list[MessageRow], int]:
    """The newest messages that went on since a time, drafts and withdrawn ones aside; and how many there are."""
    office, states = desk.office, (*OPEN[1:], "sent")
    found = views.newest(desk.store, "message", states, limit, since=since)
    return [_row(desk, office, row) for row in found], views.count(desk.store, "message", "", states, since)


def planned(desk: Desk, since: int, until: int) -> list[MessageRow]:
    """Messages that are planned for a time from `since` to before `until`, the earliest first."""
    office = desk.office
    return [_row(desk, office, row) for row in views.planned(desk.store, "message", since, until)]


def _row(desk: Desk, office: Office, row: views.Row) -> MessageRow:
    value, word, planned, ids = row.value, row.state, row.value.get("planned"), row.value.get("accounts", [])
    if word == "scheduled" and any(office.held(a, value.get("topic", ""), value.get("cleared", ())) for a in ids):
        word = "held"
    me = desk.person
    mine = word in ("submitted", "objected") and me.role in DECIDERS and me.id not in value.get("authors", ())
    waiting = mine and me.id not in value.get("voices", ())
    return MessageRow(
        row.id, value["title"], word, value["kind"], row.updated, planned, tuple(value["langs"]),
        tuple(office.accounts[a].name for a in ids), waiting, _why(value),
        tuple((land, answer) for land, answer in value.get("said", ())),
    )  # fmt: skip


def _why(value: dict[str, Any]) -> str:
    states = [state for _, state in value.get("posts", {}).values()]
    return ", ".join(f"{states.count(s)} {s}" for s in dict.fromkeys(states)) if states else ""


def show(desk: Desk, found: Folded) -> dict[str, Any]:
    """Everything about a message."""
    from g20desk.desk import reading

    office, message, content = desk.office, found.message, found.content
    newest = found.draft.revisions[found.draft.heads[-1]] if found.draft.heads else None
    topic = str(content.get("c.topic", ""))
    held = any(office.held(p.account, topic, message.cleared) for p in message.posts.values())
    fresh = message.withdrawn and newest is not None and _order(found, newest.id) > _order(found, message.submission)
    state = "draft" if fresh else message_state(message, held)
    digest, report, pin = message.digest, message.report, message.rulebook
    if newest is not None and content is newest.content:
        digest, report, pin = newest.digest, newest.findings, newest.rulebook
    stage = {"name": "One approval", "state": standing(message), "due": None, "decisions": _decisions(found)}
    return {
        "id": found.id,
        "state": state,
        "digest": digest,
        "kind": content["c.kind"],
        "heads": len(found.draft.heads) or 1,
        "signoff": {"route": "", "stages": [stage] if message.submission else []},
        "posts": [_post(desk, found.id, p, message) for p in message.posts.values()],
        "history": _history(desk, found),
        "title": indexing.title(desk.store, content),
        "topic": topic,
        "note": desk.messages.words(content.get("c.note")),
        "texts": texts(desk, content),
        "pictures": pictures(desk, content),
        "cards": cards(desk, content),
        "cost": costs.of(desk, content),
        "to": [to[1] for to in content["c.to"]],
        "findings": desk.messages.report(report),
        "rulebook": pin,
        "rulebook_now": desk.rulebook.pin(),
        "differences": rechecking.differences(desk, content, pin, report) if state in OPEN else [],
        "revision": len(found.draft.revisions) or reading.revision(found),
        "submitted_revision": reading.revision(found),
        "before": reading.before(desk, found),
        "versions": reading.versions(desk, found),
        "overrides": [{"rule": o.get("rule"), "why": reading.said(desk, o.get("why"))} for o in message.overrides],
        "revisions": list(found.draft.revisions),
        "planned_ms": message.planned_at,
        "can": possible.verbs(desk, found, fresh or not message.submission),
    }


def _order(found: Folded, event: str) -> int:
    for verdict in found.draft_verdicts + found.verdicts:
        if verdict.event.id == event:
            return verdict.event.place or 0
    return 0


def _post(desk: Desk, message_id: str, post: Post, message: Message) -> dict[str, Any]:
    account = desk.office.accounts[post.account]
    state, why = post.state, post.why
    if state in waiting.OPEN:
        held = waiting.held(desk, message, post) if message.planned_at is not None else ""
        if held:
            state, why = "held", held
        else:
            due = f"Due since {iso(message.planned_at or 0)}; the next publisher takes it. {why}".strip()
            taken = f"A publisher has it until {iso(post.lease_until)}."
            why = waiting.why(desk, message, post) or (taken if state == "claimed" else due)
    elif state == "sending" and not why and post.attempt:
        why = f"Handed to the network at {iso(post.attempt['at'])}; no outcome written down yet."
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
    }
    if account.network == "rehearsal":
        made["rehearsal"] = True
    return made


def _decisions(found: Folded) -> list[dict[str, Any]]:
    counted = {d.event for d in voices(found.message).values()}
    made = []
    for verdict in found.verdicts:
        if verdict.event.header.kind == "signoff.decided" and verdict.act is not None:
            counts = verdict.event.id in counted
            why = verdict.why or "The text changed since, or a later decision took its place."
            if verdict.act.answer == "comment" and verdict.counts:
                why = "A comment decides nothing."
            made.append({
                "person": verdict.by.name, "government": verdict.by.government, "decision": verdict.act.answer,
                "at": iso(verdict.event.header.at), "counts": counts, "why": "" if counts else why,
            })  # fmt: skip
    return made


def _history(desk: Desk, found: Folded) -> list[dict[str, Any]]:
    made = []
    for verdict in sorted(found.draft_verdicts + found.verdicts, key=lambda v: v.event.place or 2**62):
        reason = getattr(verdict.act, "why", None)
        said = desk.messages.words(reason) if pieces.is_ref(reason) else ""
        made.append({
            "at": iso(verdict.event.header.at), "person": verdict.by.name, "kind": verdict.event.header.kind,
            "counts": verdict.counts, "why": verdict.why, "said": said, "event": verdict.event.id,
            "post": getattr(verdict.act, "post", ""), "outcome": getattr(verdict.act, "state", ""),
            "told": reason if isinstance(reason, str) else "",
        })  # fmt: skip
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
                         "piece": piece, "mime": about["mime"]})  # fmt: skip
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
