"""After sending: what stands on the network is compared with what was signed off, some times over a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from g20desk.desk import numbers
from g20desk.desk.material import material
from g20desk.errors import Refused
from g20desk.ledger import pieces, views
from g20desk.network import NotNow, Part, Receipt, Rejected, Unknown
from g20desk.office.message import Message, Post
from g20desk.office.passing import may_publish
from g20desk.publishing import compare

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

# Seconds after a post went out.
LOOKS = (60, 900, 7_200, 86_400)
LONGEST_MS = 90_000_000
LOOKED = "looked/"


def due(desk: Desk) -> Iterable[tuple[str, str]]:
    """Message ids and keys of the posts that are to be looked at now."""
    now, looked = desk.clock.now_ms(), desk.store.metas(LOOKED)
    for row in views.posts_since(desk.store, now - LONGEST_MS, now):
        if row.state in ("sent", "altered") and row.at is not None and _mine(desk, row.account):
            passed = sum(row.at + seconds * 1000 <= now for seconds in LOOKS)
            if passed > int(looked.get(_name(row.id, row.key), 0)):
                yield row.id, row.key


def look(desk: Desk, id: str, key: str) -> str:
    """Read one post back and write down what changed since the last look: `as-signed`, what differs, or an empty
    string where the network could not be asked."""
    found = desk.messages.submitted(id)
    message: Message = found.message
    post = message.posts[key]
    now = desk.clock.now_ms()
    desk.store.set_meta(_name(message.draft, key), str(sum(post.sent_at + s * 1000 <= now for s in LOOKS)))
    try:
        told = _differences(desk, message, post)
    except Refused:
        return ""  # something of it was dropped from the record: there is nothing to compare with
    if told is None:
        return ""
    names, texts = told
    word = ",".join(names) or compare.AS_SIGNED
    shown = texts if "text" in names and desk.office.fold >= 3 else []
    if word != post.standing or shown != [pieces.text(desk.store, ref) for ref in post.shown]:
        why = "; ".join(compare.SAYS[name] for name in names)
        refs = [pieces.refer(text.encode()) for text in (why, *shown)]
        values = {"post": key, "standing": word, "why": refs[0]}
        kept = {ref["piece"]: text.encode() for ref, text in zip(refs, (why, *shown), strict=True)}
        try:
            desk.act(
                "post.read_back",
                {**values, "shown": refs[1:]} if desk.office.fold >= 3 else values,
                found.stream,
                pieces=kept,
            )
        except Refused:
            return ""  # taken down meanwhile
    return word


def _differences(desk: Desk, message: Message, post: Post) -> tuple[list[str], list[str]] | None:
    """Names of what differs in any part, and the text of each part as the network shows it; None where the network could not be
    asked."""
    client = desk.accounts.client(desk.office.accounts[post.account])
    made = material(desk, message, post.key)
    found: list[str] = []
    texts: list[str] = []
    for number, receipt in enumerate(post.receipts):
        texts.append(str(made.payloads[number].get("text", "")))
        if not receipt["id"]:
            continue
        quote = made.quote if number == 0 else None
        part = Part("", "", made.payloads[number], made.pictures[number], quote=quote)
        try:
            standing = client.read(Receipt(receipt["id"], receipt["url"], receipt["cid"]))
        except (Rejected, NotNow, Unknown):
            return None
        if number == 0:
            numbers.keep(desk, message, post, standing)
        texts[-1] = str(standing.get("text", "")) if standing is not None else ""
        found += [name for name in compare.differences(standing, part) if name not in found]
    return found, texts


def _mine(desk: Desk, account: str) -> bool:
    return may_publish(desk.office.author(desk.device), desk.office.accounts[account])


def _name(id: str, key: str) -> str:
    return f"{LOOKED}{id[:32]}/{key}"
