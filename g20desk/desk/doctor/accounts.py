"""The official accounts: whether this desk can send for each, and, where the networks are asked, as whom."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from g20desk.clock import iso
from g20desk.desk.account_client import NO_CREDIT, other
from g20desk.desk.desk import Desk
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import OK, WARNING, WRONG, Fact, Saying, teller
from g20desk.network import NotNow, Rejected, Unknown
from g20desk.office.state import Account

SOON_MS = 14 * 86_400_000
_AGAIN = "Sign in again; in the window: Accounts, key S."
_SIGN_IN = "g20desk account sign-in “{name}”"
SAYINGS = {
    "accounts-ready": Saying(OK, "{n} ready"),
    "account-sign-in": Saying(WRONG, "needs signing in: {name} ({why})", _AGAIN, _SIGN_IN),
    "account-credit": Saying(WRONG, "out of credit at the network: {name}", "Ask the head to buy some."),
    "account-ending": Saying(WRONG, "the sign-in of {name} ends on {day}", _AGAIN, _SIGN_IN),
    "account-who": Saying(OK, "{name} is {handle}, as its network says"),
    "account-other": Saying(WRONG, "{why}", "Nothing is sent on it. Sign in as the right one.", _SIGN_IN),
    "account-refused": Saying(WRONG, "the network of {name} refuses: {why}", _AGAIN, _SIGN_IN),
    "account-silent": Saying(WARNING, "the network of {name} could not be asked: {why}", "Look again later."),
}  # fmt: skip
fact = teller(SAYINGS)


def accounts(see: See) -> Iterator[Fact]:
    """Each account's sign-in as it lies on this desk; with the networks asked, whose it is."""
    desk = see.opened()
    rows = desk.accounts.rows()
    yield fact("accounts-ready", n=sum(row.state == "ready" for row in rows))
    for row in rows:
        if row.state == NO_CREDIT:
            yield fact("account-credit", name=row.name)
        elif row.state != "ready":
            yield fact("account-sign-in", name=row.name, why=row.why)
    for account, ends in desk.accounts.ending(desk.clock.now_ms() + SOON_MS):
        yield fact("account-ending", name=account.name, day=iso(ends)[:10])
    if see.networks:
        yield from _asked(desk, [row.name for row in rows if row.state == "ready"])


def _asked(desk: Desk, names: list[str]) -> Iterator[Fact]:
    """What the networks say, asked all at once."""
    found = [account for account in (desk.accounts.get(name) for name in names) if account.network != "rehearsal"]
    if found:
        with ThreadPoolExecutor(len(found), "doctor") as pool:
            yield from pool.map(lambda account: _who(desk, account), found)


def _who(desk: Desk, account: Account) -> Fact:
    try:
        who = desk.accounts.client(account).who()
    except Rejected as error:
        return fact("account-refused", name=account.name, why=error.why)
    except (NotNow, Unknown) as error:
        return fact("account-silent", name=account.name, why=error.why)
    finally:
        desk.store.close()  # this thread's connection
    if who.id != account.identity:
        return fact("account-other", name=account.name, why=other(account, who))
    return fact("account-who", name=account.name, handle=who.handle)
