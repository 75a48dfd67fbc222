"""Publishing slots: setting them, and which come next free for a message."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import clashing, days
from g20desk.errors import Refused, Usage
from g20desk.ledger import views
from g20desk.office import quiet
from g20desk.office.message import Message
from g20desk.office.planning import TIME, WEEK, Slot, dates
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

AHEAD_DAYS = 60
OPEN = ("planned", "missed", "refused")


class Slots:
    """`desk.slots`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def put(self, name: str, on: Sequence[int], time: str, zone: str, accounts: Collection[str] = ()) -> None:
        """Set a slot: days of the week (1 is Monday), a local time, a zone, accounts (none: all)."""
        if not TIME.match(time):
            raise Usage("bad-time", f"“{time}” is no time of a day.", "Write for example: 09:00")
        days.zone(zone)
        chosen = [self._desk.accounts.get(account).id for account in accounts]
        self._desk.act("slot.set", {"name": name, "days": sorted(on), "time": time, "zone": zone, "accounts": chosen})

    def drop(self, name: str) -> None:
        """Offer a slot no more."""
        self._desk.act("slot.dropped", {"name": name})

    def rows(self) -> list[dict[str, Any]]:
        """All slots, and when each comes next."""
        office, now = self._desk.office, self._desk.clock.now_ms()
        made = []
        for slot in office.slots.values():
            coming = next(times(slot, now, now + AHEAD_DAYS * clashing.DAY_MS), None)
            made.append({
                "slot": slot.name, "days": list(slot.days), "time": slot.time, "zone": slot.zone,
                "accounts": [office.accounts[account].name for account in slot.accounts],
                "next": iso(coming) if coming is not None else None,
            })  # fmt: skip
        return sorted(made, key=lambda one: str(one["next"]))

    def on(self, since: int, until: int) -> list[tuple[int, Slot]]:
        """Every slot between two moments, in order: what the calendar draws."""
        return sorted(
            ((at, slot) for slot in self._desk.office.slots.values() for at in times(slot, since, until)),
            key=lambda one: (one[0], one[1].name),
        )

    def free(self, message: str, count: int = 3) -> list[tuple[int, Slot]]:
        """The next slots at which a message may go out on all its accounts: no other post too near, no embargo, no day
        of mourning that it does not suit. Raises Refused for an unknown id."""
        found = self._desk.messages.submitted(message).message
        chosen = [self._desk.office.accounts[p.account] for p in found.posts.values() if p.state in OPEN]
        now, made = self._desk.clock.now_ms(), list[tuple[int, Slot]]()
        for at, slot in self.on(now + 1, now + AHEAD_DAYS * clashing.DAY_MS):
            suits = not slot.accounts or {account.id for account in chosen} <= set(slot.accounts)
            if len(made) < count and suits and at not in (t for t, _ in made) and self._free(found, chosen, at):
                made.append((at, slot))
        return made

    def next(self, message: str) -> tuple[int, str]:
        """The next free slot's moment and zone. Raises Refused where there is none."""
        found = self.free(message, 1)
        if not found:
            raise Refused("no-slot", "No slot is free for this message.", "Name a time, or: g20desk slot add")
        return found[0][0], found[0][1].zone

    def _free(self, message: Message, accounts: list[Account], at: int) -> bool:
        office, store = self._desk.office, self._desk.store
        for account in accounts:
            apart = clashing.apart(account)
            near = views.posts_near(store, account.id, at - apart + 1, at + apart - 1)
            if any(post.id != message.draft and post.state not in clashing.OVER for post in near):
                return False
            if quiet.stopped(office, message.content, account, at, message.despite) is not None:
                return False
        return True


def times(slot: Slot, since: int, until: int) -> Iterator[int]:
    """When a slot comes from one moment to before another."""
    first, last = (days.date_at(ms, slot.zone) for ms in (since, until))
    for on in dates(WEEK, slot.days, first, last + timedelta(days=1)):
        at = days.at(on, slot.time, slot.zone)
        if since <= at < until:
            yield at
