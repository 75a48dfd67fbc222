"""Accounts that can't be sent to for a while, as this desk learnt: out of credit, over a rate limit.

Local knowledge, not part of the record: another desk learns it by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from g20desk.ledger.store import Store
from g20desk.office.state import Account


@dataclass(frozen=True, slots=True)
class Pause:
    """Why nothing is sent, and until when in milliseconds."""

    why: str
    until: int


def put(store: Store, account: Account, pause: Pause, *, network: bool = False) -> None:
    """Pause an account, or with `network` all accounts of its network on this desk (they share an app's limits)."""
    store.set_meta(_name(account, network), json.dumps([pause.why, pause.until]))


def of(store: Store, account: Account, now_ms: int) -> Pause | None:
    """The pause in force for an account."""
    for network in (False, True):
        said = store.meta(_name(account, network))
        if said:
            why, until = json.loads(said)
            if now_ms < until:
                return Pause(why, until)
    return None


def clear(store: Store, account: str) -> None:
    """Somebody signed in: the account's own pause is over."""
    store.set_meta(f"pause/{account}", "")


def _name(account: Account, network: bool) -> str:
    return f"pause/{account.network}/{account.server}" if network else f"pause/{account.id}"
