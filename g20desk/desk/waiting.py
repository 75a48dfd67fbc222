"""Why a post is not sent now: one answer for the publisher, which obeys it, and for whoever looks at the message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk.clock import iso
from g20desk.desk import evidence, indexing, linking, pauses, uploads
from g20desk.desk.account_client import SIGN_IN
from g20desk.ledger import views
from g20desk.office import passing
from g20desk.office.message import Message, Post
from g20desk.office.passing import may_publish
from g20desk.office.posts import OBJECTED, WAS_HELD
from g20desk.office.quiet import stopped
from g20desk.office.redaction import GONE, gone_from
from g20desk.office.stages import late_stop, standing

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

OPEN = ("planned", "claimed")
AWAITED_MS = 30_000


def why(desk: Desk, message: Message, post: Post) -> str:
    """What keeps a planned post from going out now; empty where nothing does."""
    now = desk.clock.now_ms()
    if gone := desk.relays.stopped(message):
        return gone
    if message.withdrawn or standing(message) != "approved":
        return "Not signed off."
    if message.planned_at is None:
        return "Not scheduled."
    if now < message.planned_at:
        return f"Due at {iso(message.planned_at)}. {quiet(desk, message, post, message.planned_at)}".strip()
    found = desk.clocks.wrong() or evidence.stops(desk.store) or _stops(desk, message, post, now)
    if found:
        return found
    if message.together:
        for other in message.posts.values():
            trouble = _stops(desk, message, other, now) if other.state in OPEN else ""
            if trouble:
                name = desk.office.accounts[other.account].name
                return f"It goes out together with {name} or not yet. {name}: {trouble}"
    if now < post.again_at:
        return f"{post.why} Tried again at {iso(post.again_at)}.".strip()
    return (
        uploads.hindered(desk.store, message, post, now)
        or _copy(desk, message, post)
        or _too_close(desk, message, post, now)
    )


def ahead(desk: Desk, message: Message, post: Post) -> str:
    """What speaks against doing beforehand what its sending needs: whatever would stop it if it were due now, so that
    nothing of it reaches a network that is not signed off, under embargo or on hold."""
    if message.withdrawn or standing(message) != "approved" or message.planned_at is None:
        return "Not signed off, or not scheduled."
    now = desk.clock.now_ms()
    if gone := desk.relays.stopped(message):
        return gone
    return desk.clocks.wrong() or _stops(desk, message, post, now) or uploads.hindered(desk.store, message, post, now)


def others_awaited(desk: Desk, message: Message, post: Post) -> bool:
    """Whether other posts of the message, which nothing keeps back, are still having their pictures uploaded: those of one
    message start together. For a while only: no network holds up another."""
    now = desk.clock.now_ms()
    if message.planned_at is None or now > message.planned_at + AWAITED_MS or post.receipts:
        return False
    return any(
        other.key != post.key
        and other.state == "planned"
        and may_publish(desk.office.author(desk.device), desk.office.accounts[other.account])
        and not _stops(desk, message, other, now)
        and not uploads.hindered(desk.store, message, other, now)
        and not uploads.complete(desk, message, other)
        for other in message.posts.values()
    )


def says(desk: Desk, message: Message, post: Post) -> str:
    """Why a post that is not out is not out, as every screen says it."""
    if post.state == "sending":
        at = iso(post.attempt["at"]) if post.attempt else "an unknown time"
        return post.why or f"Handed to the network at {at}; no outcome written down yet."
    if post.state not in OPEN:
        return post.why
    if reason := why(desk, message, post):
        return reason
    if post.state == "claimed":
        return f"A publisher has it until {iso(post.lease_until)}: process {post.claimed_by.partition('-')[0]}."
    return f"Due since {iso(message.planned_at or 0)}; the next publisher takes it. {post.why}".strip()


def _stops(desk: Desk, message: Message, post: Post, now: int) -> str:
    """What would keep it from going out now by itself."""
    return (
        (GONE if gone_from(desk.office, message.content) else "")
        or held(desk, message, post)
        or handed_over(desk, message, post)
        or quiet(desk, message, post, now)
        or linking.hindered(desk, message, post)
        or broken(desk, post)
    )


def quiet(desk: Desk, message: Message, post: Post, at: int) -> str:
    """The embargo or the day of mourning that stops a post at a time, in words."""
    office = desk.office
    refusal = stopped(office, message.content, office.accounts[post.account], at, message.despite)
    return refusal.message if refusal is not None else ""


def held(desk: Desk, message: Message, post: Post) -> str:
    """The hold that stops a post, in words."""
    hold = desk.office.held(post.account, str(message.content.get("c.topic", "")), message.cleared)
    if hold is None and (objection := late_stop(message)):
        return WAS_HELD if message.late[objection].lifted else OBJECTED
    if hold is None:
        return ""
    return WAS_HELD if hold.lifted else f"On hold since {iso(hold.at)}; lifting it takes two people."


def kept_back(desk: Desk, message: Message, post: Post) -> str:
    """What keeps a post back until it is scheduled anew: a hold, or the Presidency's passing; in words."""
    lapsed = desk.office.passing.lapsed(post.account, message.cleared)
    return held(desk, message, post) or (handed_over(desk, message, post) if lapsed else "")


def handed_over(desk: Desk, message: Message, post: Post) -> str:
    """What of the Presidency's passing stops a post, in words."""
    refusal = passing.stopped(desk.office, post.account, message.cleared)
    return refusal.message if refusal is not None else ""


def broken(desk: Desk, post: Post) -> str:
    """What is known to be wrong with the account of a post."""
    account = desk.office.accounts[post.account]
    if account.removed:
        return "This account was removed."
    state, reason = desk.accounts.trouble(account)
    if state == SIGN_IN:
        return f"{reason}; it goes on after a new sign-in."
    pause = pauses.of(desk.store, account, desk.clock.now_ms())
    return f"{pause.why}; nothing is sent on this account until {iso(pause.until)}." if pause else ""


def _copy(desk: Desk, message: Message, post: Post) -> str:
    """A post of equal text whose outcome nobody knows stops its copies."""
    for other in views.posts_like(desk.store, post.account, indexing.mark(desk.store, message, post)):
        if (other.id, other.key) != (message.draft, post.key) and other.state in ("unknown", "sending"):
            return f"Message {other.id[:12]} has the same text on this account, and its outcome is not known."
    return ""


def _too_close(desk: Desk, message: Message, post: Post, now: int) -> str:
    """Two posts on an account keep its distance, unless they are of one message."""
    distance = desk.office.accounts[post.account].distance_ms
    for other in views.posts_near(desk.store, post.account, now - distance, now) if distance else ():
        if other.id != message.draft and other.state in ("sent", "altered") and other.at is not None:
            return f"Another post went out at {iso(other.at)}; this account keeps {distance // 1000} s between two."
    return ""
