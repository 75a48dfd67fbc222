"""What a planned message meets on its accounts: the same text once more, another post too near in time, an embargo, a day
of mourning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import indexing
from g20desk.ledger import views
from g20desk.office import quiet
from g20desk.office.message import Message, Post
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

DAY_MS = 86_400_000
AGAIN_DAYS = 7
NEAR_MS = 1_800_000
# A post in one of these states leaves its time free.
OVER = ("withdrawn", "refused", "missed")


def apart(account: Account) -> int:
    """How far apart two posts on an account are to be: as the office decided, else half an hour; in milliseconds."""
    return account.distance_ms or NEAR_MS


def clashes(desk: Desk, message: Message) -> list[dict[str, Any]]:
    """Each clash of a planned message: {"account", "with", "title", "kind", "at", "message"}; the kind is same-text,
    too-close, embargo or mourning."""
    made = []
    for post in message.posts.values():
        account = desk.office.accounts[post.account]
        made += _quiet(desk, message, post, account)
        at = message.planned_at or desk.clock.now_ms()
        same = set()
        for other in views.posts_like(desk.store, account.id, indexing.mark(desk.store, message, post)):
            near = other.at is not None and abs(other.at - at) < AGAIN_DAYS * DAY_MS
            if other.id != message.draft and (near or other.state == "unknown"):
                same.add(other.id)
                made.append(_clash(desk, account.name, other, "same-text", "has the same text"))
        distance = apart(account)
        for other in views.posts_near(desk.store, account.id, at - distance + 1, at + distance - 1):
            if other.id not in (message.draft, *same) and other.state not in OVER:
                made.append(
                    _clash(desk, account.name, other, "too-close", f"is less than {distance // 60_000} minutes away")
                )
    return made


def _clash(desk: Desk, account: str, other: views.PostRow, kind: str, says: str) -> dict[str, Any]:
    at = iso(other.at) if other.at is not None else None
    words = f"{account}: message {other.id[:12]} {says} ({other.state}{f', {at}' if at else ''})."
    row = views.get(desk.store, "message", other.id)
    title = row.value["title"] if row else ""
    return {"account": account, "with": other.id, "title": title, "kind": kind, "at": at, "message": words}


def _quiet(desk: Desk, message: Message, post: Post, account: Account) -> list[dict[str, Any]]:
    """The embargo and the days of mourning over a post that is still to go out."""
    if post.state not in ("planned", "claimed", "missed", "refused"):
        return []
    office, at = desk.office, message.planned_at or desk.clock.now_ms()
    told = quiet.embargoed(office, message.content, account.id, at)
    embargo = office.embargo(account.id, str(message.content.get("c.topic", "")), at)
    made = []
    if told is not None:
        made.append(("embargo", embargo.id if embargo else message.draft, f"{account.name}: {told.message}"))
    for day in quiet.mourned(office, message.content, account, at):
        of = f" of {day.government}" if day.government else ""
        goes = "it goes out all the same" if day.id in message.despite else "it waits for a person"
        made.append(("mourning", day.id, f"{account.name}: a day of mourning{of} until {iso(day.until)}; {goes}."))
    return [
        {"account": account.name, "with": which, "title": "", "kind": kind, "at": iso(at), "message": words}
        for kind, which, words in made
    ]
