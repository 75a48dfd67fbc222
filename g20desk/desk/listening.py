"""Reading what an account posts, as anybody may: a sign-in is used only where the network shows nothing without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from g20desk import network
from g20desk.desk.account_client import Keeping, server_of
from g20desk.desk.clocks import host_of
from g20desk.network import Listening, Posted, Rejected, Setting

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.office.state import Account

# Networks that ask for a sign-in, and money, for each post that is read; there the desk's own account of that network signs in.
PAID = ("x",)


@dataclass(frozen=True, slots=True)
class Said:
    """A post, or a thread as one: its first post's id and page, and all ids."""

    id: str
    url: str
    at_ms: int
    text: str
    lang: str
    ids: tuple[str, ...]


def recent(desk: Desk, account: Account, since_ms: int, limit: int) -> tuple[list[Said], int]:
    """What an account posted since a time, its threads whole, the newest first; and how many posts were read. Raises Rejected,
    NotNow, Unknown."""
    lender = _lender(desk, account)
    kept = Keeping(desk, lender.id if lender is not None else account.id)
    secret = kept.read() if lender is not None else ""
    if account.network in PAID and not secret:
        raise Rejected(f"reading there needs a sign-in to {account.network.capitalize()}, and this desk holds none")

    def save(new: str) -> None:
        kept.write(new, secret)

    setting = Setting(
        server_of(desk, account), account.handle, account.identity, secret, save, str(desk.folder), account.like, account.name,
        account.software, kept.read, kept.lock, lambda headers, took: desk.clocks.heard(host_of(account), headers, took),
    )  # fmt: skip
    client = cast("Listening", network.client(account.network, setting, desk.clock))
    found = client.recent(since_ms, limit)
    return threads(found), len(found)


def _lender(desk: Desk, account: Account) -> Account | None:
    """The account whose sign-in reads: none on Bluesky and in practice, where nobody needs one; the account itself, where this
    desk holds its secret; where reading needs one whoever it is, another account of that network."""
    if account.network not in ("mastodon", *PAID):
        return None
    others = [
        one
        for one in desk.office.accounts.values()
        if account.network in PAID
        and one.network == account.network
        and not one.removed
        and one.server == account.server
    ]
    return next((one for one in (account, *others) if Keeping(desk, one.id).read()), None)


def threads(posts: Sequence[Posted]) -> list[Said]:
    """Posts of one account, those that go on below one of its own with that one; the newest first."""
    top: dict[str, str] = {}
    made: dict[str, list[Posted]] = {}
    for one in reversed(posts):
        top[one.id] = top.get(one.parent, one.id)
        made.setdefault(top[one.id], []).append(one)
    listed = [
        Said(parts[0].id, parts[0].url, parts[0].at_ms, "\n\n".join(one.text for one in parts), parts[0].lang,
             tuple(one.id for one in parts))
        for parts in made.values()
    ]  # fmt: skip
    return sorted(listed, key=lambda one: -one.at_ms)
