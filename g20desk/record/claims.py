"""What a pack says that its acts come to: worked out from them by its maker, and again by whoever verifies it, years later too.
So what stands here belongs to version 1 of packs as their bytes do: whatever changes in it is a new version."""

from __future__ import annotations

from typing import Any

from g20desk.ledger import canonical
from g20desk.office.fold import Author
from g20desk.office.message import Decision, Message, Opened, Post
from g20desk.office.posts import message_state
from g20desk.office.relays import LOCK
from g20desk.office.route import SILENCE
from g20desk.office.stages import STOPS, voices
from g20desk.office.state import Office
from g20desk.record.folding import DECIDED, Folded


def claims(folded: Folded, maker: str) -> dict[str, Any]:
    """The content that stands, how the message stands, who wrote it, who did what, by which route and stages, which
    decisions carry it, what was posted; of a relay the account and the line; and whose device `maker` is."""
    message, office = folded.message, folded.now
    relay = {"relay": _relay(folded, maker)} if message.relay else {}
    carrying = carried(message)
    said = {one.event: one for one in message.decisions}
    acts = folded.of_message
    return {
        "office": office.name,
        "message": message.draft,
        "kind": message.content.get("c.kind", ""),
        "digest": message.digest,
        "state": message_state(message, held=False),
        "authors": sorted(office.people[one].name for one in message.authors if one in office.people),
        "by": {v.event.id: _who(v.by, said.get(v.event.id)) for v in acts},
        "maker": _who(office.author(maker)),
        "route": {"id": message.route.id, "name": message.route.name} if message.route else None,
        "stages": [
            _stage(office, message, number) for number in range(len(message.route.stages) if message.route else 0)
        ],
        "decisions": {v.event.id: v.event.id in carrying for v in acts if v.event.header.kind == DECIDED},
        "late": sorted(
            e for e, one in message.late.items() if not one.lifted and one.decision.digest == message.digest
        ),
        "released": _released(message),
        "posts": [_post(office, post) for post in message.posts.values()],
        **relay,
    }


def _relay(folded: Folded, maker: str) -> dict[str, Any]:
    """What was asked of which account, the acts that answered it, and the line: the digest that was asked for, and what it came to
    just before it was taken on (where it was not, by now), with the phrases that it locked; and how it stands by now."""
    office, relay = folded.now, folded.message.relay
    assert relay is not None
    account = office.accounts.get(relay.account)
    line = claims(folded.the_line, maker)
    return {
        "account": account.name if account else "", "network": account.network if account else "",
        "identity": account.identity if account else "", "owner": account.owner if account else "", "until": relay.until,
        "adopted": relay.adopted, "declined": relay.declined, "withdrawn": relay.withdrawn, "digest": relay.digest,
        "locked": {name.removeprefix(LOCK): phrases for name, phrases in folded.the_line.message.content.items()
                   if name.startswith(LOCK) and name.removeprefix(LOCK) in relay.words},
        "line": {name: value for name, value in line.items() if name not in ("office", "maker", "posts")},
        "line_now": message_state(folded.line(canonical.MAX_INT), held=False),
    }  # fmt: skip


def carried(message: Message) -> set[str]:
    """The decisions that count on the content as it is now: the latest of each voice, stage by stage."""
    return {one.event for number in range(max(1, len(message.stages))) for one in voices(message, number).values()}


def _who(by: Author, said: Decision | None = None) -> list[str]:
    """Name, role, and the government: of a decision that for which it was given, by its liaison or a deputy."""
    return [by.name, by.role, said.government if said else by.government]


def _stage(office: Office, message: Message, number: int) -> dict[str, Any]:
    """A stage of the route. `said`: what each voice said last, `heard`: of which voices there is an act since it opened."""
    stage = message.route.stages[number] if message.route else None
    assert stage is not None
    opened = message.stages[number] if number < len(message.stages) else None
    kind, _, rest = stage.who.partition(":")
    person = kind == "person" and rest in office.people
    return {
        "name": stage.name, "who": f"person:{office.people[rest].name}" if person else stage.who, "need": stage.need,
        "mode": stage.mode, "within_ms": stage.within_ms, "state": _state(message, opened, number),
        "opened": opened.at if opened else None, "due": opened.due if opened else None, "done": opened.done if opened else "",
        "seats": [_seat(office, seat.key) for seat in opened.seats] if opened else [],
        "said": {_seat(office, key): one.answer for key, one in voices(message, number).items()} if opened else {},
        "heard": sorted(_seat(office, key) for key in opened.heard) if opened else [],
    }  # fmt: skip


def _seat(office: Office, key: str) -> str:
    """A voice as it is written: a government's letters, a person's name."""
    return office.people[key].name if key in office.people else key


def _state(message: Message, opened: Opened | None, number: int) -> str:
    if opened is None:
        return "waiting"
    if opened.stage.mode == SILENCE:
        return "adopted" if opened.done else "broken" if opened.broken else "running"
    if opened.done:
        return "approved"
    return "objected" if any(one.answer in STOPS for one in voices(message, number).values()) else "open"


def _released(message: Message) -> dict[str, Any] | None:
    """The emergency release of the content as it is now, once two people agreed to it."""
    one = message.release
    if one is None or not one.until or one.digest != message.digest:
        return None
    return {"roles": list(one.roles), "until": one.until, "reviewed": bool(one.reviewed)}


def _post(office: Office, post: Post) -> dict[str, Any]:
    account = office.accounts.get(post.account)
    return {
        "account": account.name if account else "", "network": account.network if account else "",
        "identity": account.identity if account else "", "lang": post.lang, "state": post.state,
        "urls": [one["url"] for one in post.receipts],
    }  # fmt: skip
