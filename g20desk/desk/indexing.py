"""The views' rows of drafts and messages, made from their folds in the transaction that appends."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

from g20desk.desk import relay_rows
from g20desk.ledger import pieces, views
from g20desk.ledger.store import Store
from g20desk.office.drafts import Draft
from g20desk.office.form import LINE, RELAY
from g20desk.office.message import Message, Post
from g20desk.office.plan import Plan
from g20desk.office.posts import message_state
from g20desk.office.stages import frozen, silence_due, spoken, standing, unlifted, waits
from g20desk.publishing import compare

WORDING = ("until", "supersedes")  # and of a line besides
ABOUT = ("title", "kind", "langs", "topic", *WORDING, "wording", *views.LINKS)  # what a row says of a content
_LINK = re.compile(r"\bhttps?://\S+")
_SPACES = re.compile(r"[\s\u200b-\u200f\ufeff\"'`´‘’‚‛“”„‟«»‹›「」『』]")


def draft_row(store: Store, draft: Draft, updated: int) -> None:
    """The row that the office's staff reads while a text is a draft."""
    newest = draft.revisions[draft.heads[-1]]
    value = {**_about(store, newest.content), "line": _own_line(draft.id, newest.content), "digest": newest.digest, "heads": len(draft.heads), "by": newest.by,
             "meant": draft.occasion.when if draft.occasion else None}  # fmt: skip
    message = views.get(store, "message", draft.id)
    state = _draft_state(message, updated)
    views.put(store, views.Row("draft", draft.id, draft.id, updated, None, value, state), words(store, newest.content))


def message_row(
    store: Store, message: Message, updated: int, *, arrived: bool = False, line: Mapping[str, Any] | None = None
) -> None:
    """The row that all members read once a text is submitted. The first stream to carry a draft keeps it. `arrived`:
    texts may have come from elsewhere, so that words have to be looked at though the content is the same. `line`: of a
    relay, the content that it was asked to carry."""
    old = views.get(store, "message", message.draft)
    if old is not None and old.stream != message.stream:
        return
    said, same = spoken(message), not arrived and old is not None and old.value["digest"] == message.digest
    relay = relay_rows.value(store, message, line or {})
    value = {
        **(_kept(old.value) if same and old else _about(store, message.content)),
        **(
            {}
            if relay is None
            else {"title": title(store, {**(line or {}), **message.content}), "topic": (line or {}).get("c.topic", "")}
        ),
        "digest": message.digest,
        "state": message_state(message, False),
        "planned": message.planned_at,
        "withdrawn": message.withdrawn,
        "authors": sorted(message.authors),
        "voices": sorted(said),
        "asked": _asked(message),
        "broken": _broken(message),
        "stage": message.stages[-1].stage.name if waits(message) else "",
        "silence_due": silence_due(message),
        "due": message.stages[-1].due if waits(message) else None,
        "relay": relay,
        "line": relay["line"] if relay is not None else _own_line(message.draft, message.content),
        "agreed": _agreed(store, message),
        "late": bool(unlifted(message)),
        "unreviewed": bool(message.unreviewed),
        "words": Counter([d.person for d in message.decisions] + [c.person for c in message.comments]),
        "decided": {d.person: [d.answer, d.at] for d in message.decisions if d.answer != "comment"},
        "said": [[d.government, d.answer] for d in message.decisions if d.government and said.get(d.voice) is d],
        "accounts": sorted({p.account for p in message.posts.values()}),
        "cleared": sorted(message.cleared),
        "films": any(name.startswith("c.picture.") and "ms" in about for name, about in message.content.items()),
        **(
            {"heard": [len(message.heard), sum(one.judgement is None for one in message.heard)]}
            if message.heard
            else {}
        ),
        "posts": {k: [p.account, p.state, _since(p), _why(p)] for k, p in message.posts.items()},
    }
    row = views.Row("message", message.draft, message.stream, updated, due(message), value, value["state"])
    views.put(store, row, None if same else words(store, message.content))
    views.put_posts(store, message.draft, [_post_row(store, message, post) for post in message.posts.values()])
    # The staff's row stands for a message only once that is withdrawn.
    moved = arrived or old is None or message.withdrawn or old.value["withdrawn"]
    draft = views.get(store, "draft", message.draft) if moved else None
    if draft is not None:
        views.set_state(store, "draft", message.draft, _draft_state(row, draft.updated))


def _own_line(id: str, content: Mapping[str, Any]) -> str | None:
    """A line stands in the list of lines under its own id."""
    return id if content.get("c.kind") == LINE else None


def _agreed(store: Store, message: Message) -> int | None:
    """Since which stamp a line is agreed; None where it is not, or is no line."""
    if message.content.get("c.kind") != LINE or standing(message) != "approved":
        return None
    done = store.get(message.stages[-1].done) if message.stages and message.stages[-1].done else None
    if done is not None:
        return done.stamp or done.header.at
    approvals = [one.at for one in message.decisions if one.answer == "approve" and one.digest == message.digest]
    return min(approvals, default=0)


def _kept(value: dict[str, Any]) -> dict[str, Any]:
    return {name: value[name] for name in ABOUT if name in value}


def plan_row(store: Store, plan: Plan, updated: int) -> None:
    """The row of a plan."""
    value = {"name": plan.name, "day": plan.day, "zone": plan.zone, "by": plan.by, "entries": len(plan.standing)}
    state = "closed" if plan.closed else "open"
    views.put(store, views.Row("plan", plan.id, plan.id, updated, None, value, state), plan.name)


def _asked(message: Message) -> list[list[str]] | None:
    """The voices of the stage that is open, with who may speak for them: nobody's once its silence was broken; None where no
    stage is open."""
    if not waits(message):
        return None
    return [] if frozen(message) else [[seat.key, *seat.people] for seat in message.stages[-1].seats]


def _broken(message: Message) -> list[Any] | None:
    """Who broke the silence that keeps the text as it is, and when."""
    event = message.stages[-1].broken if frozen(message) else ""
    return next(([one.government or one.name, one.at] for one in message.decisions if one.event == event), None)


def _draft_state(message: views.Row | None, revised: int) -> str:
    """`draft` where the staff's row stands for the message: not submitted yet, or withdrawn and revised since."""
    fresh = message is None or (message.value["withdrawn"] and revised > message.updated)
    return "draft" if fresh else ""


def _post_row(store: Store, message: Message, post: Post) -> views.PostRow:
    at = post.sent_at or (message.planned_at if post.state != "withdrawn" else None)
    state = "altered" if post.state == "sent" and compare.altered(post.standing) else post.state
    return views.PostRow(message.draft, post.key, post.account, mark(store, message, post), at, state)


def _since(post: Post) -> int:
    """Since when a post stands as it does; of one whose outcome is unknown, since the first try."""
    return int(post.attempt["since"]) if post.state == "unknown" and post.attempt else post.since


def _why(post: Post) -> str:
    return compare.sentence(post.standing) if post.state == "sent" and compare.altered(post.standing) else post.why


def mark(store: Store, message: Message, post: Post) -> str:
    """Tells posts of equal text, but for case, quotation marks, apostrophes and spaces."""
    text = "\0".join(_said(pieces.get(store, p["payload"])) for p in message.content[f"c.post.{post.key}"]["parts"])
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def _said(payload: bytes | None) -> str:
    """The text of a payload; of one that no connector made, all of it."""
    try:
        return str(json.loads(payload or b"{}")["text"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return (payload or b"").decode("utf-8", "replace")


def due(message: Message) -> int | None:
    """When the publisher has to look: the planned time, or at once for what is under way or unknown."""
    states = {p.state for p in message.posts.values()}
    if states & {"claimed", "sending", "unknown"}:
        return 0
    return message.planned_at if "planned" in states and not message.withdrawn else None


def _about(store: Store, content: dict[str, Any]) -> dict[str, Any]:
    langs = list(dict.fromkeys(name.split(".")[2] for name in content if name.startswith("c.text.")))
    links = {how: (content.get(f"c.{how}") or {}).get("message") for how in views.LINKS}
    kind = content.get("c.kind", RELAY)
    of_line = {name: content.get(f"c.{name}") for name in WORDING} if kind == LINE else {}
    if kind == LINE:
        of_line["wording"] = relay_rows.wording(store, content)
    return {"title": title(store, content), "kind": kind, "langs": langs, "topic": content.get("c.topic", ""), **of_line,
            **links}  # fmt: skip


def title(store: Store, content: dict[str, Any]) -> str:
    """The first line of the English text, or of the first there is, without links; at most 80 characters."""
    for name, refs in sorted(content.items(), key=lambda item: item[0] != "c.text.en"):
        if name.startswith("c.text.") and refs:
            text = _LINK.sub("", pieces.text(store, refs[0])).strip()
            if text:
                line = " ".join(text.splitlines()[0].split())
                return line if len(line) <= 80 else line[:79].rstrip() + "…"
    return ""


def words(store: Store, content: dict[str, Any]) -> str:
    """Everything that a search looks at: texts, alt texts, answers of polls, and a line's advice and hashtags, in all languages."""
    found: list[str] = []
    for name, value in content.items():
        if name.startswith("c.tags"):
            found += [f"#{tag}" for tag in value]
        said = name.startswith(("c.text.", "c.do.", "c.dont."))
        refs = value if said else list(value["alt"].values()) if ".picture." in name else []
        if name == "c.poll":
            refs = [ref for said in value["answers"].values() for ref in said]
        found += [pieces.text(store, ref) for ref in refs]
    return "\n".join(dict.fromkeys(found))
