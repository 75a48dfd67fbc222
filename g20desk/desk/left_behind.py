"""What of messages and relays the Presidency's passing touches: posts that it stopped, lines to be taken on anew, relays that are asked of
another account instead. Each of a given state of the office, so that a rehearsal says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk.acting import Proposal
from g20desk.desk.reasons import reason
from g20desk.ledger import views
from g20desk.office.message import Message, Relay
from g20desk.office.relays import agreed
from g20desk.office.state import Account, Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

ON_ITS_WAY = ("planned", "claimed")
# Messages and relays that have something to go out still.
UNSENT = ("submitted", "approved", "scheduled", "partly-sent", "missed", "held", "refused")


@dataclass(frozen=True, slots=True)
class Touched:
    """A relay of which nothing is out, on an account that passed or stayed. `to`: the account that is asked in the place of one that
    stayed, None where it goes on as it was asked."""

    id: str
    stream: str
    state: Message
    relay: Relay
    account: Account
    lapsed: bool
    to: Account | None = None


def stopped(desk: Desk, office: Office) -> list[dict[str, Any]]:
    """Posts that wait on accounts that passed since they were scheduled, the earliest first: {"message", "title", "account", "planned"}."""
    made = []
    for row in views.newest(desk.store, "message", UNSENT):
        value, accounts = row.value, set[str]()
        if value["planned"] is not None and not value["withdrawn"]:
            accounts = {account for account, state, *_ in value["posts"].values() if state in ON_ITS_WAY}
        made += [
            {"message": row.id, "title": value["title"], "account": office.accounts[one].name, "planned": iso(value["planned"])}
            for one in sorted(accounts) if office.passing.lapsed(one, value["cleared"])
        ]  # fmt: skip
    return sorted(made, key=lambda one: (one["planned"], one["message"]))


def touched(desk: Desk, office: Office) -> list[Touched]:
    """The relays of the last handover of which nothing is out."""
    last = office.passing.last
    return [] if last is None else list(_touched(desk, office, (*last.passed, *last.stayed)))


def _touched(desk: Desk, office: Office, accounts: tuple[str, ...]) -> Iterator[Touched]:
    for row in views.newest(desk.store, "message", UNSENT):
        asked = row.value["relay"]
        if not asked or asked["account"] not in accounts:
            continue
        state: Message = desk.ledger.folds.stream("message", row.stream)[0]
        relay = state.relay
        if relay is None or relay.declined or relay.withdrawn or any(post.receipts for post in state.posts.values()):
            continue
        lapsed = bool(relay.adopted) and office.passing.lapsed(relay.account, state.cleared)
        account = office.accounts[relay.account]
        yield Touched(row.id, row.stream, state, relay, account, lapsed, _instead(desk, office, relay, account))


def _instead(desk: Desk, office: Office, relay: Relay, account: Account) -> Account | None:
    """The new Presidency's account on the same network, for a line that was asked of one that stays and that nobody has taken on."""
    last, now = office.passing.last, desk.clock.now_ms()
    if last is None or account.id not in last.stayed or relay.adopted or (relay.until and relay.until <= now):
        return None
    line: Message = desk.ledger.folds.stream("message", relay.stream)[0]
    if not agreed(line, now) or line.digest != relay.digest:
        return None
    theirs = [
        one for one in office.accounts.values() if one.owner == f"presidency:{last.government}" and not one.removed
    ]
    return next((one for one in theirs if one.reads_as == account.reads_as), None)


def asked_anew(desk: Desk, office: Office) -> list[Proposal]:
    """The acts that ask another account for what an account that stays was asked for: taken back there, with the reason, asked here."""
    made = []
    for one in touched(desk, office):
        if one.to is not None and office.passing.last is not None:
            ref, kept = reason(
                f"The Presidency passed to {office.passing.last.government}, and its account is asked instead."
            )
            made.append(Proposal("relay.withdrawn", {"why": ref}, one.stream, pieces=kept))
            relay = one.relay
            values = {
                "line": relay.stream,
                "digest": relay.digest,
                "account": one.to.id,
                "until": relay.until,
                "why": ref,
            }
            made.append(Proposal("relay.asked", values, pieces=dict(kept)))
    return made


def rows(desk: Desk, office: Office) -> list[dict[str, Any]]:
    """`touched` as the command line says it: {"relay", "account", "government", "lapsed", "to"}. `lapsed`: whoever had the account before
    adopted it, and it is asked anew; `to`: the account that is asked instead."""
    return [
        {"relay": one.id, "account": one.account.name, "government": one.account.owner.partition(":")[2], "lapsed": one.lapsed,
         "to": one.to.name if one.to else None}
        for one in touched(desk, office)
    ]  # fmt: skip
