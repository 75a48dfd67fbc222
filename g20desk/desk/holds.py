"""Holds: placing, proposing to lift, lifting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk.reasons import reason
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces, views
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Concerned:
    """A message that is planned: its topic and the names of the accounts on which it is still to go out."""

    topic: str
    accounts: tuple[str, ...]


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

    def planned(self) -> list[Concerned]:
        """What a hold that is placed now could stop."""
        office, made = self._desk.office, []
        for row in views.newest(self._desk.store, "message", ("scheduled", "partly-sent", "held")):
            posts = row.value["posts"].values()
            names = [office.accounts[account].name for account, state, *_ in posts if state in ("planned", "claimed")]
            if names and row.value["planned"] is not None:
                made.append(Concerned(row.value.get("topic", ""), tuple(names)))
        return made

    def stopped(self) -> list[dict[str, Any]]:
        """Messages that a hold stopped which was lifted since, the earliest first: {"message", "title", "planned",
        "accounts", "past"}. Nothing goes out by itself; `resume` is a person's choice."""
        desk, office, now = self._desk, self._desk.office, self._desk.clock.now_ms()
        made = []
        for row in views.newest(desk.store, "message", ("scheduled", "missed", "partly-sent")):
            planned, value = row.value["planned"], row.value
            names = [
                office.accounts[account].name
                for account, state, *_ in value["posts"].values()
                if state in ("planned", "missed") and planned is not None
                and _released(office, account, value, planned)
            ]  # fmt: skip
            if names:
                made.append({"message": row.id, "title": value["title"], "planned": planned,
                             "accounts": sorted(set(names)), "past": planned < now})  # fmt: skip
        return sorted(made, key=lambda one: one["planned"])

    def resume(self, message: str, when_ms: int | None = None) -> int:
        """Schedule one of them again, for its own time or another; the time. Raises Refused, Usage."""
        found = {one["message"]: one for one in self.stopped()}.get(self._desk.messages.find(message))
        if found is None:
            raise Refused("not-stopped", "No lifted hold stopped this message.", "See: g20desk hold stopped")
        if when_ms is None and found["past"]:
            raise Usage("past-time", f"Its time, {iso(found['planned'])}, is past.", "Say another: --at TIME, --at now")
        when = found["planned"] if when_ms is None else when_ms
        together = self._desk.messages.submitted(found["message"]).message.together
        self._desk.messages.schedule(found["message"], when, together=together)
        return int(when)

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


def _released(office: Office, account: str, value: dict[str, Any], planned: int) -> bool:
    """Whether a post is kept back by a lifted hold alone, which was there before the post was missed."""
    found = office.held(account, value.get("topic", ""), value.get("cleared", ()))
    return found is not None and found.lifted and found.at <= planned + office.accounts[account].grace_ms
