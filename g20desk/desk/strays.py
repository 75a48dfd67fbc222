"""Posts that stand on an account and that no act of the office sent: somebody with its password, or with what it was given to. Read on
request; what is found is told as an alarm until it is taken down, or a person leaves it as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.asking import reading_price
from g20desk.clock import iso
from g20desk.desk import costs, listening
from g20desk.desk.alarms import STRAYS
from g20desk.errors import Refused, Unreachable
from g20desk.ledger import views
from g20desk.network import NotNow, Rejected, Unknown
from g20desk.office.passing import may_publish

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.listening import Said
    from g20desk.office.message import Message
    from g20desk.office.state import Account

DAY_MS = 86_400_000
BACK_MS, KEPT_MS = 7 * DAY_MS, 30 * DAY_MS
MOST, MOST_PAID = 100, 20
# An attempt of which nobody knows whether it is out: what is found may be it.
OPEN = ("sending", "unknown", "claimed")


@dataclass(frozen=True, slots=True)
class Stray:
    """One post: its id and page, and when it was posted, in milliseconds as its network says."""

    id: str
    url: str
    at: int


def look(desk: Desk, names: Sequence[str] = (), since_ms: int | None = None) -> dict[str, Any]:
    """Read the accounts that this person publishes on, those named or all but where each post that is read costs: {"accounts":
    [{"account", "network", "posts", "more", "strays", "cost", "why"}], "strays": [{"account", "url", "posted_at", "lang", "text",
    "perhaps"}]}; `perhaps`: it may be a post of ours whose outcome is not known. Raises Refused, and Unreachable where none could be
    read."""
    now, told, found = desk.clock.now_ms(), [], []
    since = now - BACK_MS if since_ms is None else since_ms
    for account in _accounts(desk, names):
        most = MOST_PAID if account.network in listening.PAID else MOST
        price, _ = reading_price(account.network)
        one: dict[str, Any] = {
            "account": account.name,
            "network": account.reads_as,
            "posts": 0,
            "more": False,
            "strays": 0,
            "cost": None,
            "why": "",
        }
        told.append(one)
        open_ = any(post.account == account.id for post in views.posts_in(desk.store, OPEN))
        try:
            said, many = listening.recent(desk, account, since, most)
        except (Rejected, NotNow, Unknown) as no:
            one["why"] = no.why
            continue
        known = out(desk, account.id, since)
        strays = [post for post in said if not known & set(post.ids)]
        one |= {
            "posts": many,
            "more": many >= most,
            "strays": len(strays),
            "cost": costs.dollars(many * price) if price else None,
        }
        _keep(
            desk,
            account,
            [] if open_ else strays,
            min((post.at_ms for post in said), default=now) if many >= most else since,
        )
        found += [_row(account, post, open_) for post in strays]
    if told and all(one["why"] for one in told):
        raise Unreachable("not-read", f"{told[0]['account']} could not be read: {told[0]['why']}.", "Try again later.")
    return {"accounts": told, "strays": found}


def out(desk: Desk, account: str, since: int) -> set[str]:
    """The ids of the posts of an account that went out through the office since a time, and in the day before."""
    rows = {row.id for row in views.posts_since(desk.store, since - DAY_MS, 2**62) if row.account == account}
    made = set()
    for id in rows:
        message: Message = desk.messages.submitted(id).message
        made |= {one["id"] for post in message.posts.values() for one in post.receipts}
    return made


def standing(desk: Desk, account: Account) -> Iterator[Stray]:
    """Those of an account that were there when it was last read, of the last thirty days, the newest first."""
    oldest = desk.clock.now_ms() - KEPT_MS
    kept = json.loads(desk.store.meta(_name(account)) or "[]")
    return (Stray(*one) for one in kept if one[2] >= oldest)


def _accounts(desk: Desk, names: Sequence[str]) -> list[Account]:
    me = desk.office.author(desk.device)
    if names:
        found = [desk.accounts.get(name) for name in dict.fromkeys(names)]
        if other := next((one for one in found if not may_publish(me, one)), None):
            raise Refused("no-right", f"{other.name} is not yours to publish on.", "Name accounts that you publish on.")
        return found
    mine = (one for one in desk.office.accounts.values() if not one.removed and may_publish(me, one))
    return [one for one in mine if one.network not in listening.PAID]


def _keep(desk: Desk, account: Account, strays: Sequence[Said], since: int) -> None:
    """What was found takes the place of all that was read again; older ones stay."""
    older = [[one.id, one.url, one.at] for one in standing(desk, account) if one.at < since]
    was, now = desk.store.meta(_name(account)), json.dumps([*([one.id, one.url, one.at_ms] for one in strays), *older])
    if (was or "[]") != now:
        desk.store.set_meta(_name(account), now)
        desk.announce(frozenset({("account", account.id)}))


def _row(account: Account, said: Said, perhaps: bool) -> dict[str, Any]:
    return {
        "account": account.name, "url": said.url, "posted_at": iso(said.at_ms), "lang": said.lang, "text": said.text, "perhaps": perhaps,
    }  # fmt: skip


def _name(account: Account) -> str:
    return f"{STRAYS}{account.id[:32]}"
