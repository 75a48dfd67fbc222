"""Embargoes: placing, proposing to lift, lifting; and the reason of the one that stops something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk.reasons import reason
from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.message import Message
from g20desk.office.quiet import Embargo, not_before

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


class Embargoes:
    """`desk.embargoes`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def place(self, until: int, why: str, topic: str = "", account: str = "") -> str:
        """Let nothing out before a moment, in milliseconds; the embargo's id. Raises Usage without a reason."""
        ref, data = reason(why)
        chosen = self._desk.accounts.get(account).id if account else ""
        values = {"why": ref, "topic": topic, "account": chosen, "until": until}
        return self._desk.act("embargo.placed", values, pieces=data)

    def lift(self, embargo: str, why: str) -> dict[str, Any]:
        """The first call proposes, a second person's lifts: {"embargo", "lifted"}. An empty `embargo`: the only one."""
        found = [one for one in self.in_force() if one.id.startswith(embargo)]
        if len(found) != 1:
            raise Refused("unknown-id", "Name one embargo in force.", "See: g20desk embargo list")
        ref, data = reason(why)
        self._desk.act("embargo.lifted", {"embargo": found[0].id, "why": ref}, pieces=data)
        return {"embargo": found[0].id, "lifted": self._desk.office.embargoes[found[0].id].lifted}

    def in_force(self) -> list[Embargo]:
        """Those that are neither lifted nor over, the first to end first."""
        now = self._desk.clock.now_ms()
        open_ones = (one for one in self._desk.office.embargoes.values() if not one.lifted and one.until > now)
        return sorted(open_ones, key=lambda one: one.until)

    def told(self, no: Refused, message: Message, at: int) -> Refused:
        """A refusal for an embargo with the reason that was given for it; any other as it is."""
        topic = str(message.content.get("c.topic", ""))
        found = (self._desk.office.embargo(post.account, topic, at) for post in message.posts.values())
        first = next(filter(None, found), None) if no.code == "embargoed" else None
        why = pieces.text(self._desk.store, first.why) if first and not not_before(message.content, at) else ""
        return Refused(no.code, f"{no.message} Why: {why}" if why else no.message, no.help)

    def between(self, since: int, until: int) -> list[Embargo]:
        """Those that hold at any moment from one to before another, over or not; the first to end first."""
        found = (one for one in self._desk.office.embargoes.values() if not one.lifted)
        return sorted((one for one in found if one.at < until and since < one.until), key=lambda one: one.until)

    def rows(self) -> list[dict[str, Any]]:
        """Embargoes in force."""
        return [self.row(one) for one in self.in_force()]

    def row(self, one: Embargo) -> dict[str, Any]:
        """An embargo as it is listed."""
        office = self._desk.office
        return {
            "embargo": one.id, "by": office.people[one.by].name, "at": iso(one.at), "until": iso(one.until),
            "topic": one.topic, "account": office.accounts[one.account].name if one.account else "",
            "why": pieces.text(self._desk.store, one.why), "lift_proposed": bool(one.lift_proposed_by),
        }  # fmt: skip
