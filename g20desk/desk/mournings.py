"""Days of mourning: declaring, ending, and which of them a message meets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import days
from g20desk.desk.reasons import reason
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces
from g20desk.office.message import Message
from g20desk.office.quiet import Mourning, mourned

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

OPEN = ("planned", "claimed", "missed", "refused")


class Mournings:
    """`desk.mournings`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def declare(
        self,
        first: str,
        why: str,
        government: str = "",
        last: str = "",
        zones: Sequence[str] = (),
        official: bool = False,
    ) -> str:
        """Declare a day of mourning, or all days to `last`, of a government or (none named) of all; its id. The day is
        the whole day in all its zones. `official`: the office's own accounts keep it too. Raises Usage, Refused."""
        code = government.upper()
        begins = days.day(first)
        ends = days.day(last) if last else begins
        if ends < begins:
            raise Usage("bad-date", f"{ends} is before {begins}.", "Name the first day, then the last.")
        named = tuple(zones) or days.zones_of(code)
        since, until = days.span(begins, ends, named)
        ref, data = reason(why)
        values = {
            "why": ref, "government": code, "official": official or not code, "first": str(begins), "last": str(ends),
            "zones": list(named), "since": since, "until": until,
        }  # fmt: skip
        return self._desk.act("mourning.declared", values, pieces=data)

    def end(self, mourning: str, why: str) -> str:
        """Take one out of the register; its id. An empty `mourning`: the only one. Raises Usage, Refused."""
        found = [one for one in self.in_force() if one.id.startswith(mourning)]
        if len(found) != 1:
            raise Refused("unknown-id", "Name one day of mourning.", "See: g20desk mourning list")
        ref, data = reason(why)
        self._desk.act("mourning.ended", {"mourning": found[0].id, "why": ref}, pieces=data)
        return found[0].id

    def in_force(self) -> list[Mourning]:
        """Those that are neither ended nor over, the next first."""
        now = self._desk.clock.now_ms()
        open_ones = (one for one in self._desk.office.mournings.values() if not one.ended and one.until > now)
        return sorted(open_ones, key=lambda one: one.since)

    def between(self, since: int, until: int) -> list[Mourning]:
        """Those that are kept at any moment from one to before another, over or not; the earliest first."""
        found = (one for one in self._desk.office.mournings.values() if not one.ended)
        return sorted((one for one in found if one.since < until and since < one.until), key=lambda one: one.since)

    def met(self, message: Message, at: int) -> list[Mourning]:
        """The days of mourning that a message meets on any of its accounts at a time."""
        office, found = self._desk.office, dict[str, Mourning]()
        for post in message.posts.values():
            if post.state in OPEN:
                account = office.accounts[post.account]
                found |= {day.id: day for day in mourned(office, message.content, account, at)}
        return list(found.values())

    def rows(self) -> list[dict[str, Any]]:
        """Days of mourning that are to come or are now."""
        return [self.row(one) for one in self.in_force()]

    def row(self, one: Mourning) -> dict[str, Any]:
        """A day of mourning as it is listed."""
        return {
            "mourning": one.id, "by": self._desk.office.people[one.by].name, "at": iso(one.at),
            "government": one.government, "official": one.official, "first": one.first, "last": one.last,
            "zones": list(one.zones), "since": iso(one.since), "until": iso(one.until),
            "why": pieces.text(self._desk.store, one.why),
        }  # fmt: skip
