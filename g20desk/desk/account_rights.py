"""What this person may do with the office's accounts: tried in the fold, decided nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk.desk import may, possible
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

NOBODYS = "ZZ"  # no government has these two letters


def owners(desk: Desk) -> dict[str, str]:
    """For each kind of owner that a new account may have an empty string, or why this person adds none: for the government
    that they speak for, where they speak for one."""
    government = desk.person.government or NOBODYS
    unlike = "+".join(a.name + a.identity for a in desk.office.accounts.values()) + "+"  # no account is called so
    made = {}
    for kind in ("official", "presidency", "member"):
        made[kind] = possible.in_office(desk, "account.added", {
            "name": unlike, "network": "rehearsal", "like": "x", "owner": kind if kind == "official" else f"{kind}:{government}",
            "server": "", "handle": "", "identity": unlike, "langs": ["en"], "grace_ms": 0, "limits": {}, "software": "",
        })  # fmt: skip
    return made


def verbs(desk: Desk, account: Account) -> dict[str, str]:
    """For each thing that is done to an account an empty string, or why this person does not do it. A sign-in is of use only to
    those who publish there."""
    return {
        "sign-in": may.publish(desk, account),
        "grace": possible.in_office(desk, "account.grace_set", {"account": account.id, "grace_ms": account.grace_ms}),
        "remove-account": possible.in_office(desk, "account.removed", {"account": account.id}),
    }
