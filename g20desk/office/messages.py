"""Submission of a draft as a message, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import chain, event, keys, pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.message import Message, Post
from g20desk.office.redaction import check_whole
from g20desk.office.routes import taken
from g20desk.office.rulebooks import check_pin
from g20desk.office.stages import begin, frozen
from g20desk.office.state import STAFF, need


@act("message.submitted")
class Submitted:
    """Carries the whole content into the members' ring, with the signed headers of the revisions behind it.
    `findings` is what its author attests, {"rule", "level", "firm"} (firm: nobody may override it); `report` the piece
    with all that the checker said; `rulebook`, {"version", "digest"}, what it checked with."""

    draft: str
    route: str
    rulebook: dict[str, Any]
    report: pieces.Ref
    findings: list[dict[str, Any]]
    overrides: list[dict[str, Any]]
    headers: list[list[str]]
    content: dict[str, Any]

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        return submitted(self, state, by, then)


@act("message.submitted", since=2)
class SubmittedByRoute:
    """The same, by a route: `route` is the id of its version, empty where none is made for this message. It lays the text
    before the people of the first stage."""

    draft: str
    route: str
    rulebook: dict[str, Any]
    report: pieces.Ref
    findings: list[dict[str, Any]]
    overrides: list[dict[str, Any]]
    headers: list[list[str]]
    content: dict[str, Any]

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        return begin(submitted(self, state, by, then), taken(then.office, self.content, self.route), then)


def submitted(it: Any, state: Message, by: Author, then: Then) -> Message:
    """The message once a submission stands. Raises Refused."""
    need(by, *STAFF)
    if state.stream and it.draft != state.draft:
        raise Refused("wrong-stream", "This stream carries another message.")
    if state.submission and not state.withdrawn:
        raise Refused("submitted-already", "This message is submitted.", "Withdraw it first.")
    if any(p.state != "withdrawn" or p.receipts for p in state.posts.values()):
        raise Refused("sent-already", "Something of this message is out.", "Write a new message.")
    check_pin(it.rulebook, then.office)
    check_whole(then.office, it.content)
    authors = {by.person}
    for number, pair in enumerate(it.headers):
        authors.add(_header_author(pair, then, it.draft if number == 0 else ""))
    if not it.headers:
        raise Refused("no-headers", "A submission shows who wrote it.")
    if any(not isinstance(one.get("rule"), str) for one in (*it.findings, *it.overrides)):
        raise Refused("malformed", "A finding and an override name their rule.")
    overridden = {o.get("rule") for o in it.overrides}
    if overridden:
        need(by, "head", "officer")
    blocking = [
        f
        for f in it.findings
        if f.get("level") == "block" and (f.get("firm") is not False or f.get("rule") not in overridden)
    ]
    if blocking:
        raise Refused(
            "blocking-finding", f"A finding must be fixed first: {blocking[0].get('rule')}.",
            "Fix it, or override it with a reason where its level allows.",
        )  # fmt: skip
    return replace(
        state, stream=state.stream or then.event.id, draft=it.draft, submission=then.event.id, withdrawn=False,
        digest=then.digest, content=it.content, findings=it.findings, overrides=it.overrides,
        report=it.report, rulebook=it.rulebook, planned_at=None, despite=frozenset(),
        authors=frozenset(authors), posts=_posts(it.content),
    )  # fmt: skip


def _header_author(pair: list[str], then: Then, must_be: str) -> str:
    try:
        data, signature = pair[0].encode(), bytes.fromhex(pair[1])
        head = event.decode(data)
        keys.verify(head.device, "event", data, signature)
    except (ValueError, IndexError, AttributeError, chain.Broken) as error:
        raise Refused("bad-header", "A revision's signed header does not hold.") from error
    if must_be and event.event_id(data) != must_be:
        raise Refused("bad-header", "The first header is not that of the draft.")
    person = then.office.devices.get(head.device, "")
    if not person:
        raise Refused("bad-header", "A revision was signed by a device outside the office.")
    return str(person)


def _posts(content: dict[str, Any]) -> dict[str, Post]:
    made: dict[str, Post] = {}
    for name, value in content.items():
        if name.startswith("c.post."):
            if not isinstance(value, dict) or not isinstance(value.get("account"), str):
                raise Refused("malformed", "A post names its account.")
            key = name.removeprefix("c.post.")
            made[key] = Post(key, value["account"], str(value.get("lang", "")))
    return made


@act("message.withdrawn")
class Withdrawn:
    """Takes a submission back, as long as nothing of it is out."""

    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, *STAFF)
        if not state.submission or state.withdrawn:
            raise Refused("not-submitted", "There is nothing to withdraw.")
        if frozen(state) and by.role != "head":
            raise Refused("frozen", "The silence was broken: the text stands still until the head reopens it.",
                          "Ask the head: g20desk message reopen")  # fmt: skip
        if any(p.under_way(then.at) or p.in_doubt for p in state.posts.values()):
            raise Refused("sending", "A post of this message is under way.", "Wait for its outcome.")
        if any(p.receipts for p in state.posts.values()):
            raise Refused("sent-already", "Something of this message is out.", "Take the post down, or correct it.")
        posts = {k: replace(p, state="withdrawn", since=then.at) for k, p in state.posts.items()}
        return replace(state, withdrawn=True, planned_at=None, posts=posts)
