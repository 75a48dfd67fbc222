"""Publishing slots: times of the week that the schedule field offers. They bind nobody."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.office.fold import Author, Then, act
from g20desk.office.mourning import ZONE
from g20desk.office.planning import TIME, WEEK, Slot, days_fit
from g20desk.office.state import Office, need


@act("slot.set")
class SlotSet:
    """Sets a slot: days of the week (1 is Monday), a local time, a zone, accounts (none: all). One of the same name is
    replaced."""

    name: str
    days: list[int]
    time: str
    zone: str
    accounts: list[str]

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        if any(account not in state.accounts for account in self.accounts):
            raise Refused("unknown-account", "There is no such account.")
        good = days_fit(WEEK, self.days) and TIME.match(self.time) and ZONE.match(self.zone)
        if not good or not 0 < len(self.name.strip()) <= 80:
            raise Refused("malformed", "A slot has a name, days of the week, a time and a zone.")
        made = Slot(self.name, tuple(sorted(self.days)), self.time, self.zone, tuple(self.accounts))
        return replace(state, slots={**state.slots, self.name: made})


@act("slot.dropped")
class SlotDropped:
    """Offers a slot no more."""

    name: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        if self.name not in state.slots:
            raise Refused("unknown-id", f"There is no slot “{self.name}”.", "See: g20desk slot list")
        return replace(state, slots={name: slot for name, slot in state.slots.items() if name != self.name})
