"""What the administrator decided for this computer: whether it holds, and what of this desk it does not let work."""

from __future__ import annotations

from collections.abc import Iterator

from g20desk import policy
from g20desk.desk import policies
from g20desk.desk.acting import ADDRESS
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, WRONG, Fact, Saying, teller

_SHOW = "g20desk policy show"
SAYINGS = {
    "policy-none": Saying(OK, "none: nothing is preset, locked or limited"),
    "policy-holds": Saying(OK, "{n} set, {locked} of them locked, by {files}"),
    "policy-closes": Saying(
        WRONG, "{why}; nothing leaves this computer while that stands", "{whom} What was done waits here.", _SHOW),
    "policy-fault": Saying(WARNING, "{why}; the rest of it counts", "{whom}", _SHOW),
    "policy-hub": Saying(
        WRONG, "set by your administrator: this computer does not go to {url}, which is the hub of this desk's office", "{whom}", _SHOW),
    "policy-account": Saying(NOTE, "set by your administrator: {name} is not reached from here; its posts wait for another desk"),
}  # fmt: skip
fact = teller(SAYINGS)


def decided(see: See) -> Iterator[Fact]:
    """How the policy stands, each of its faults, and what it keeps this desk from."""
    found, whom = policy.now(), policy.whom()
    for fault in found.faults:
        yield fact("policy-closes" if fault.guards else "policy-fault", why=fault.sentence(), whom=whom)
    if not found.files:
        yield fact("policy-none")
    elif not found.faults:
        files = ", ".join(map(str, found.files))
        yield fact("policy-holds", n=len(found.values), locked=len(found.locks), files=files)
    if see.desk is None or found.closed:
        return
    hub = see.desk.store.meta(ADDRESS)
    if hub and not policies.hub_allowed(hub):
        yield fact("policy-hub", url=hub, whom=whom)
    for account in sorted(see.desk.office.accounts.values(), key=lambda one: one.name):
        if not account.removed and policy.why_not(account.network, account.server):
            yield fact("policy-account", name=account.name)
