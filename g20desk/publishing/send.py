"""One post: claim it, put the intent in the order, send, and write down how it ended."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from g20desk.clock import Clock, iso
from g20desk.network import Client, NotNow, Part, Picture, Receipt, Rejected, Unknown
from g20desk.office.messages import Post

Act = Callable[[str, dict[str, Any]], None]
LEASE_MS = 120_000
_TID = "234567abcdefghijklmnopqrstuvwxyz"


def record_key(now_ms: int, number: int) -> str:
    """A TID: 53 bits of microseconds and 10 random bits in 13 characters that sort by time (AT Protocol's record key)."""
    value = ((now_ms * 1000 + number) << 10) | secrets.randbelow(1024)
    return "".join(_TID[(value >> shift) & 31] for shift in range(60, -1, -5))


def parts_of(post: Post, payloads: list[dict[str, Any]], pictures: list[tuple[Picture, ...]]) -> list[Part]:
    """The parts of the attempt that stands in the post, complete."""
    assert post.attempt is not None
    first = post.attempt["first"]
    return [
        Part(key, post.attempt["created_at"], payloads[first + n], pictures[first + n])
        for n, key in enumerate(post.attempt["keys"])
    ]


def intent(post: Post, total: int, whole: bool, clock: Clock) -> dict[str, Any]:
    """The fields of post.sending for what is next of this post."""
    now = clock.now_ms()
    first = len(post.receipts)
    many = total - first if whole else 1
    return {"first": first, "keys": [record_key(now, first + n) for n in range(many)], "created_at": iso(now)}


def attempt(client: Client, post: Post, parts: list[Part], total: int, act: Act) -> str:
    """Send the parts of the attempt in the order. The new state: sent, claimed (more parts), refused, unknown, planned."""
    root, parent = _thread(post)
    try:
        receipts = client.send(parts, root, parent)
    except Rejected as no:
        act("post.ended", {"post": post.key, "state": "refused", "why": no.why})
        return "refused"
    except NotNow as later:
        act("post.ended", {"post": post.key, "state": "planned", "why": later.why})
        return "planned"
    except Unknown as dark:
        act("post.ended", {"post": post.key, "state": "unknown", "why": dark.why})
        return "unknown"
    return _sent(post, receipts, total, act, found=False)


def ask(client: Client, post: Post, parts: list[Part], total: int, act: Act) -> str:
    """Ask the network about an attempt of unknown outcome; nothing is sent by it."""
    assert post.attempt is not None
    _, parent = _thread(post)
    try:
        receipts = client.find(parts, parent, post.attempt["at"])
    except (Unknown, NotNow, Rejected) as dark:
        if post.state != "unknown":
            act("post.ended", {"post": post.key, "state": "unknown", "why": dark.why})
        return "unknown"
    if receipts is None:
        if post.state != "unknown":
            why = "The network does not show it; a person has to look."
            act("post.ended", {"post": post.key, "state": "unknown", "why": why})
        return "unknown"
    return _sent(post, receipts, total, act, found=True)


def _thread(post: Post) -> tuple[Receipt | None, Receipt | None]:
    made = [Receipt(r["id"], r["url"], r["cid"]) for r in post.receipts]
    return (made[0], made[-1]) if made else (None, None)


def _sent(post: Post, receipts: list[Receipt], total: int, act: Act, *, found: bool) -> str:
    last = len(post.receipts) + len(receipts) == total
    values = [{"id": r.id, "url": r.url, "cid": r.cid} for r in receipts]
    act("post.sent", {"post": post.key, "receipts": values, "last": last, "found": found})
    return "sent" if last else "claimed"
