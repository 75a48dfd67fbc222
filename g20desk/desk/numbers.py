"""How far a sent post went: likes, reposts, answers, quotes, views, as its network told last. Kept on this desk, not in the
record. They come with reading back, by the same request; a person may ask at any time, and where a network charges for
that only once they have seen the price."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from g20desk.asking import reading_price
from g20desk.clock import iso
from g20desk.desk.costs import dollars
from g20desk.errors import Refused, Unreachable
from g20desk.ledger.store import Store
from g20desk.network import NotNow, Receipt, Rejected, Unknown
from g20desk.office.message import Message, Post
from g20desk.office.passing import may_publish

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

KINDS = ("likes", "reposts", "replies", "quotes", "views")
NUMBERS = "numbers/"


def keep(desk: Desk, message: Message, post: Post, standing: Mapping[str, Any] | None) -> None:
    """Note what a network told of a post's first part, where it told anything. The next part of a thread is no answer of
    a reader's."""
    told = (standing or {}).get("numbers") or {}
    found = {kind: told[kind] for kind in KINDS if type(told.get(kind)) is int and told[kind] >= 0}
    if not found:
        return
    if "replies" in found and len(post.receipts) > 1:
        found["replies"] = max(0, found["replies"] - 1)
    desk.store.set_meta(_name(message, post), json.dumps([desk.clock.now_ms(), found]))


def of(store: Store, message: Message, post: Post) -> dict[str, Any] | None:
    """The numbers of a post, and when they were read: {"likes", ..., "at"}; None where none were read on this desk."""
    kept = store.meta(_name(message, post))
    at, found = json.loads(kept) if kept else (0, {})
    return {**found, "at": iso(at)} if found else None


def price(network: str) -> dict[str, str] | None:
    """What reading the numbers of a post costs: {"amount", "as_of"} in US dollars; None where it is free."""
    asked, as_of = reading_price(network)
    return {"amount": dollars(asked), "as_of": as_of} if asked else None


def ask(desk: Desk, post: str, *, pay: bool) -> dict[str, Any]:
    """Ask the network now; what `of` tells. Raises Refused where the post is not out, where this person does not publish
    there, where it costs and `pay` is not said; Unreachable where the network does not answer."""
    _, message, found = desk.publish.find(post)
    account = desk.office.accounts[found.account]
    if found.state != "sent" or not found.receipts[0]["id"]:
        raise Refused("not-out", "Nothing of that is out.", "Wait until it is.")
    if not may_publish(desk.office.author(desk.device), account):
        raise Refused("no-right", "Only the account's own people publish on it.")
    costs = price(account.reads_as)
    if costs is not None and not pay:
        says = f"Reading it costs {costs['amount']} US$, by the prices of {costs['as_of']}."
        raise Refused("costs", says, "Say that it may: --pay")
    try:
        one = found.receipts[0]
        standing = desk.accounts.client(account).read(Receipt(one["id"], one["url"], one["cid"]))
    except (Rejected, NotNow, Unknown) as no:
        raise Unreachable("not-read", f"{account.name} could not be read: {no.why}", "Try again later.") from None
    keep(desk, message, found, standing)
    told = of(desk.store, message, found)
    if standing is None or told is None:
        raise Refused("no-numbers", f"{account.name} tells no numbers of this post.", "Look at it there.")
    desk.announce(frozenset({("message", message.draft)}))
    return told


def _name(message: Message, post: Post) -> str:
    return f"{NUMBERS}{message.draft[:32]}/{post.key}"
