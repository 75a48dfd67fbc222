"""The demonstration's yearly handover, half worked off: for pictures, and for whoever wants to see the list."""

from __future__ import annotations

from g20desk.desk.desk import Desk
from g20desk.office.presidency import holder, of_presidency

TO, COMMUNICATOR = "US", "Presidency US"
WHY = "The year is over."


def hand_over(desk: Desk) -> None:
    """From the head's desk: the Presidency passes; the old communicator gives up, the office makes one sign-in anew, the rest is open."""
    office = desk.office
    before = holder(office)
    old = next(one for one in office.people.values() if (one.role, one.government) == ("presidency", before))
    mine = [one.name for one in of_presidency(office, before)]
    desk.people.admit_here(COMMUNICATOR, "presidency", TO)
    desk.presidency.hand_over(TO, why=WHY)
    for name in mine:
        _as(desk, old.name).custody.release(name)
    own = next(one for one in desk.office.accounts.values() if one.owner == "official" and not one.removed)
    _as(desk, next(one.name for one in office.people.values() if one.role == "officer")).accounts.sign_in(own.name, "")
    desk.presidency.note("hub", "The machine stays where it is.")


def _as(desk: Desk, person: str) -> Desk:
    return Desk.open(desk.folder, person, desk.clock)
