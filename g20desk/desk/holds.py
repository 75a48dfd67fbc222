"""Holds: placing, proposing to lift, lifting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.desk.reasons import reason
from g20desk.errors import Refused
from g20desk.ledger import pieces

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


class Holds:
    """`desk.holds`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def place(self, why: str, topic: str = "", account: str = "") -> str:
        """Stop sending; the hold's id. Raises Usage without a reason."""
        ref, data = reason(why)
        chosen = self._desk.accounts.get(account).id if account else ""
        return self._desk.act("hold.placed", {"why": ref, "topic": topic, "account": chosen}, pieces=data)

    def lift(self, hold: str, why: str) -> dict[str, Any]:
        """The first call proposes, a second person's lifts: {"hold", "lifted"}. An empty `hold`: the only one."""
        open_holds = [h for h in self._desk.office.holds.values() if not h.lifted and h.id.startswith(hold)]
        if len(open_holds) != 1:
            raise Refused("unknown-id", "Name one hold in force.", "See: g20desk hold list")
        ref, data = reason(why)
        found = open_holds[0].id
        self._desk.act("hold.lifted", {"hold": found, "why": ref}, pieces=data)
        return {"hold": found, "lifted": self._desk.office.holds[found].lifted}

    def rows(self) -> list[dict[str, Any]]:
        """Holds in force."""
        office = self._desk.office
        made = []
        for h in office.holds.values():
            if not h.lifted:
                made.append({
                    "hold": h.id, "by": office.people[h.by].name, "at": h.at, "topic": h.topic,
                    "account": office.accounts[h.account].name if h.account else "",
                    "why": pieces.text(self._desk.store, h.why), "lift_proposed": bool(h.lift_proposed_by),
                })  # fmt: skip
        return made
