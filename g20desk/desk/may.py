"""What this person may do at all, whatever is picked: tried in the fold with an act of the kind, decided nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.desk import possible
from g20desk.errors import Refused
from g20desk.office.members import may_invite
from g20desk.office.mourning import may_declare
from g20desk.office.passing import PUBLISHERS, check_publisher, may_publish
from g20desk.office.plan import Plan
from g20desk.office.state import Account, need

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

EVER, PLANS_SINCE = 2**53 - 1, 3
NO_DRAFTS = "Drafts are for the office's own staff."
NO_PLACE = "You publish on no account."
ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "hold": ("hold.placed", {"why": {}, "topic": "", "account": ""}),
    "embargo": ("embargo.placed", {"why": {}, "topic": "", "account": "", "until": EVER}),
    "come-back": (
        "recurring.set",
        {"message": "0" * 64, "every": "week", "days": [1], "time": "09:00", "zone": "UTC", "ahead_days": 1},
    ),
    "slot": ("slot.set", {"name": "slot", "days": [1], "time": "09:00", "zone": "UTC", "accounts": []}),
}


def new(desk: Desk) -> str:
    """Why this person writes no drafts; empty where they do."""
    return "" if desk.messages.staff else NO_DRAFTS


def send(desk: Desk) -> str:
    """Why this person sends nothing; empty where they publish on some account."""
    return "" if desk.person.role in PUBLISHERS else NO_PLACE


def act(desk: Desk, verb: str) -> str:
    """The same of `hold`, `embargo`, `slot` or `come-back`."""
    return possible.in_office(desk, *ACTS[verb])


def mourn(desk: Desk) -> str:
    """The same of a day of mourning: for all, or for the government that they speak for."""
    government = desk.person.government
    return _refusal(lambda: may_declare(desk.office.author(desk.device), government, not government))


def invite(desk: Desk) -> str:
    """The same of asking for a person to be taken in."""
    by, office = desk.office.author(desk.device), desk.office
    if may_invite(office, by, by.role, by.government) or may_invite(office, by, "head", ""):
        return ""
    return _refusal(lambda: need(by, "head"))


def plan(desk: Desk) -> str:
    """The same of putting something into the plan of a day: the staff for all, others for accounts of their own."""
    by = desk.office.author(desk.device)
    own = [one.id for one in desk.office.accounts.values() if not one.removed and may_publish(by, one)]
    entry = {"at": 1, "accounts": own[:1] if not desk.messages.staff else []}
    last = desk.ledger.folds.office_verdicts()[-1].event
    if desk.office.fold < PLANS_SINCE:
        return possible.UNKNOWN
    return possible.why_not(desk, "plan.added", {"entries": {"0" * 32: entry}}, Plan("plan"), last)


def schedule(desk: Desk) -> str:
    """The same of a time for what is signed off: a government's communicator says it of their own relays."""
    by = desk.office.author(desk.device)
    return "" if by.role == "presidency" else _refusal(lambda: need(by, "head", "officer", "publisher"))


def publish(desk: Desk, account: Account) -> str:
    """Why this person does not publish on an account; empty where they do."""
    return _refusal(lambda: check_publisher(desk.office, desk.office.author(desk.device), account))


def publish_as(desk: Desk, name: str) -> str:
    """The same of an account by name, one that was removed too."""
    found = desk.office.account_named(name)
    return publish(desk, found or next(one for one in desk.office.accounts.values() if one.name == name))


def lift(desk: Desk, hold: str) -> str:
    """Why their word lifts no hold, or not this one; empty where it does, or asks for it."""
    return possible.in_office(desk, "hold.lifted", {"hold": hold, "why": {}})


def _refusal(check: Any) -> str:
    try:
        check()
    except Refused as refusal:
        return refusal.message
    return ""
