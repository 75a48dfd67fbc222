"""One attempt: the intent with its keys, the request, and the word for how it ended.

What the network answered decides (NETWORKS 4 by way of the connector's three failures); what cannot be known is never
guessed. Everything an attempt needs is in the order before its request begins, and a later attempt at the same part
takes over its keys and time.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from g20desk.clock import Clock, iso
from g20desk.errors import Refused
from g20desk.network import Client, NotNow, Part, Picture, Receipt, Rejected, Unknown
from g20desk.office.message import Post
from g20desk.publishing import points

Act = Callable[[str, dict[str, Any]], None]
LEASE_MS = 120_000
REPEAT_MS = 5_000
ON_ITS_WAY_MS = 300_000
CREDIT_MS = 3_600_000
WAITS = (5, 15, 45, 120, 300)
FOR_EVER = -1
IN_DOUBT = "an earlier try may be out. Look at the account, then say what you see."
_TID = "234567abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Material:
    """What is signed of a post: for each part its payload, its pictures, and the picture of its link's card; and what
    the first part replies to, root and parent, where it replies to anything; and what it quotes. `handed`: the ids under which the network
    has the pictures already."""

    payloads: Sequence[dict[str, Any]]
    pictures: Sequence[tuple[Picture, ...]]
    cards: Sequence[Picture | None] = ()
    reply: tuple[Receipt, Receipt] | None = None
    handed: Sequence[tuple[str, ...]] = ()
    quote: Receipt | None = None

    def above(self, post: Post) -> tuple[Receipt | None, Receipt | None]:
        """Root and parent of the next part: of what is out, or of what the post replies to."""
        made = [Receipt(r["id"], r["url"], r["cid"]) for r in post.receipts]
        root, parent = self.reply or (None, None)
        return (root or made[0], made[-1]) if made else (root, parent)

    def parts(self, post: Post) -> list[Part]:
        """The parts of the attempt that stands in the post, complete."""
        if post.attempt is None:
            raise ValueError("a post without an attempt")
        first, keys = post.attempt["first"], post.attempt["keys"]
        cards, handed = self.cards or [None] * len(self.payloads), self.handed or [()] * len(self.payloads)
        at = post.attempt["created_at"]
        return [
            Part(key, at, self.payloads[n], self.pictures[n], cards[n], handed[n], self.quote if n == 0 else None)
            for n, key in enumerate(keys, first)
        ]


def payload(data: bytes, pictures: int) -> tuple[dict[str, Any], list[str]]:
    """A signed payload and its alt texts. Raises Refused for one that no connector made."""
    try:
        payload = json.loads(data)
        alts = [str(one["alt"]) for one in payload.get("images", payload.get("media", []))]
        if isinstance(payload["text"], str) and len(alts) == pictures:
            return payload, alts
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused("malformed", "What is signed of this post is no post.") from error
    raise Refused("malformed", "What is signed of this post is no post.")


def replied(signed: Mapping[str, Mapping[str, str]] | None) -> tuple[Receipt, Receipt] | None:
    """What a post replies to, as it was signed: root and parent."""
    if signed is None:
        return None
    root, parent = (
        Receipt(signed[name]["id"], signed[name]["url"], signed[name]["cid"]) for name in ("root", "parent")
    )
    return root, parent


def quoted(signed: Mapping[str, Any] | None) -> Receipt | None:
    """What a post quotes, as it was signed; none where its address stands in the text instead."""
    if signed is None or signed["how"] != "quote":
        return None
    return Receipt(signed["of"]["id"], signed["of"]["url"], signed["of"]["cid"])


def record_key(now_ms: int, number: int) -> str:
    """A TID (AT Protocol's record key): microseconds and 10 random bits in 13 characters that sort by time."""
    value = ((now_ms * 1000 + number) << 10) | secrets.randbelow(1024)
    return "".join(_TID[(value >> shift) & 31] for shift in range(60, -1, -5))


def intent(post: Post, total: int, whole: bool, clock: Clock) -> dict[str, Any]:
    """The fields of post.sending for what is next of this post; those of an earlier attempt at it, where there is one."""
    first = len(post.receipts)
    if post.attempt is not None and post.attempt["first"] == first:
        return {name: post.attempt[name] for name in ("first", "keys", "created_at", "since")}
    now = clock.now_ms()
    keys = [record_key(now, first + n) for n in range(total - first if whole else 1)]
    return {"first": first, "keys": keys, "created_at": iso(now), "since": now}


@dataclass(frozen=True, slots=True)
class Stop:
    """What an attempt says of the whole account, or with `network` of all accounts of its network: no more before
    `until`, in milliseconds."""

    why: str
    until: int
    network: bool = False


def stop_of(failure: Rejected | NotNow, now_ms: int) -> Stop | None:
    """What a definite no says of the whole account; None where it concerns this post alone."""
    if isinstance(failure, NotNow):
        return None if failure.at_ms is None else Stop(failure.why, failure.at_ms, failure.network)
    return Stop(failure.why, now_ms + CREDIT_MS) if failure.account and failure.why.startswith("402") else None


def wait_ms(tries: int, jitter: float) -> int:
    """How long after so many tries the next one waits."""
    return round(WAITS[min(tries, len(WAITS) - 1)] * 1000 * jitter)


def attempt(
    client: Client, post: Post, material: Material, act: Act, clock: Clock, jitter: Callable[[], float]
) -> tuple[str, Rejected | NotNow | None]:
    """Send what the order says is being sent. The state after it: sent, claimed (more parts), refused, unknown,
    planned (definitely not out, may be tried again); and the definite no, where there was one."""
    root, parent = material.above(post)
    try:
        receipts = client.send(material.parts(post), root, parent)
    except Rejected as no:
        if no.account:
            return ended(act, post, "planned", no.why), no
        if post.in_doubt:
            return ended(act, post, "unknown", f"{no.why}; {IN_DOUBT}"), no
        return ended(act, post, "refused", no.why), no
    except NotNow as later:
        again = later.at_ms if later.at_ms is not None else clock.now_ms() + wait_ms(post.tries, jitter())
        return ended(act, post, "planned", later.why, again), later
    except Unknown as dark:
        return ended(act, post, "unknown", dark.why), None
    points.reach(points.ANSWERED)
    return _sent(act, post, receipts, len(material.payloads), found=False), None


def ask(client: Client, post: Post, material: Material, act: Act, clock: Clock, may_send: bool) -> str:
    """Ask the network about an attempt of unknown outcome. `planned` where it is safe to send the same bytes again:
    the network keeps our key for ever and does not have it, or keeps it long enough for a repeat to be one. Where it
    is not to be sent now (`may_send`), a request that may still be on its way keeps it unknown."""
    tried, now = post.attempt, clock.now_ms()
    if tried is None:
        raise ValueError("a post without an attempt")
    if post.state == "sending":
        ended(act, post, "unknown", "The publisher that was sending it has ended.")
        post = replace(post, state="unknown", why="")
    _, parent = material.above(post)
    try:
        receipts = client.find(material.parts(post), parent, tried["since"])
    except (Unknown, NotNow, Rejected) as dark:
        return _unknown(act, post, f"The network could not be asked: {dark.why}")
    if receipts is not None:
        if any(receipt.cid == "" and not receipt.url for receipt in receipts):
            return _unknown(act, post, "The network had it, and it was taken down since.")
        return _sent(act, post, receipts, len(material.payloads), found=True)
    keeps = getattr(client, "key_seconds", None)
    if keeps == FOR_EVER and may_send:
        return ended(act, post, "planned", "The network does not have it; it is sent again under the same key.")
    if keeps == FOR_EVER and now - tried["at"] > ON_ITS_WAY_MS:
        return ended(act, post, "planned", "The network does not have it.", sure=True)
    if may_send and keeps is not None and REPEAT_MS <= now - tried["since"] < keeps * 1000:
        return ended(act, post, "planned", "Asked without an answer; repeated under the same key.")
    if keeps == FOR_EVER:
        return _unknown(act, post, "The network does not show it yet; it is asked again.")
    return _unknown(act, post, "The network does not show it. Look at the account, then say what you see.")


def ended(act: Act, post: Post, state: str, why: str, again_at: int = 0, *, sure: bool = False) -> str:
    """Write down how an attempt ended otherwise than sent; the state after it. `sure`: no earlier try is out."""
    values = {
        "post": post.key, "process": post.claimed_by, "state": state, "why": why, "again_at": again_at, "sure": sure,
    }  # fmt: skip
    act("post.ended", values)
    points.reach(points.WRITTEN)
    return state


def _unknown(act: Act, post: Post, why: str) -> str:
    return "unknown" if post.state == "unknown" and post.why == why else ended(act, post, "unknown", why)


def _sent(act: Act, post: Post, receipts: list[Receipt], total: int, *, found: bool) -> str:
    last = len(post.receipts) + len(receipts) == total
    values = [{"id": r.id, "url": r.url, "cid": r.cid} for r in receipts]
    act("post.sent", {"post": post.key, "receipts": values, "found": found})
    points.reach(points.WRITTEN)
    return "sent" if last else "claimed"
