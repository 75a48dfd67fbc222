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
    word = told or compare.AS_SIGNED
    if word != post.standing:
        why = "; ".join(compare.SAYS[name] for name in told.split(",") if name)
        ref = pieces.refer(why.encode())
        try:
            values = {"post": key, "standing": word, "why": ref}
            desk.act("post.read_back", values, found.stream, pieces={ref["piece"]: why.encode()})
        except Refused:
            return ""  # taken down meanwhile
    return word


def _differences(desk: Desk, message: Message, post: Post) -> str | None:
    """Names of what differs in any part, joined by commas; None where the network could not be asked."""
    client = desk.accounts.client(desk.office.accounts[post.account])
    made = material(desk, message, post.key)
    found: list[str] = []
    for number, receipt in enumerate(post.receipts):
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
        found += [name for name in compare.differences(standing, part) if name not in found]
    return ",".join(found)


def _mine(desk: Desk, account: str) -> bool:
    return may_publish(desk.office.author(desk.device), desk.office.accounts[account])


def _name(id: str, key: str) -> str:
    return f"{LOOKED}{id[:32]}/{key}"
