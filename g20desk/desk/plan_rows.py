"""What an entry of a plan shows: of the message, line or relay that it is of, as far as this person may read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.errors import Refused
from g20desk.ledger import views
from g20desk.office.message import Message, Relay
from g20desk.office.plan import Entry
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

OVER = ("sent", "partly-sent", "sending", "unknown", "carried", "drifted", "withdrawn", "declined", "dropped")


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a person sees it. `at`: when it is scheduled where that stands, else when it is planned; 0: no time.
    `scheduled`: the time of its message alone; `accounts`: ids; `line`: the line that it carries."""

    entry: Entry
    at: int
    title: str
    state: str
    accounts: tuple[str, ...]
    langs: tuple[str, ...]
    topic: str
    scheduled: int | None = None
    line: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing of it is still to be moved."""
        return self.state in OVER


class Rows:
    """Entries of plans on a desk, looked up as they stand now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def lines(self) -> dict[str, dict[str, Any]]:
        """All lines by id, as `line list` has them."""
        return {row["id"]: row for row in self._desk.lines.rows()}

    def relay(self, id: str) -> tuple[Message, Relay] | None:
        """A relay; None where this desk knows none of that id."""
        try:
            _, state, relay = self._desk.relays.get(id)
        except Refused:
            return None
        return state, relay

    def of(self, entry: Entry) -> Shown:
        """One entry."""
        make: dict[str, Callable[[Entry], Shown]] = {
            "message": self._message, "line": self._line, "relay": self._relay,
        }  # fmt: skip
        return make.get(entry.kind, self._alone)(entry)

    def _said(self, entry: Entry, title: str, state: str, **more: Any) -> Shown:
        own = self._desk.messages.words(entry.title)
        found = {"accounts": entry.accounts, "langs": entry.langs, "topic": entry.topic}
        chosen = {name: value or more.get(name, ()) for name, value in found.items()}
        planned = more.get("scheduled")
        return Shown(
            entry, planned or entry.at, own or title, state, tuple(chosen["accounts"]), tuple(chosen["langs"]),
            str(chosen["topic"] or ""), planned, more.get("line", ""),
        )  # fmt: skip

    def _alone(self, entry: Entry) -> Shown:
        return self._said(entry, "", "planned")

    def _message(self, entry: Entry) -> Shown:
        store = self._desk.store
        draft = views.get(store, "draft", entry.of) if self._desk.messages.staff else None
        row = views.get(store, "message", entry.of)
        if row is None or (draft is not None and draft.state == "draft"):
            # What those who read no drafts see of one: that there is one.
            value: dict[str, Any] = draft.value if draft is not None else {"langs": (), "topic": "", "title": ""}
            return self._said(entry, value["title"], "draft", langs=value["langs"], topic=value["topic"])
        return self._said(
            entry, row.value["title"], row.state, langs=row.value["langs"], topic=row.value["topic"],
            accounts=row.value["accounts"], scheduled=row.value["planned"],
        )  # fmt: skip

    def _line(self, entry: Entry) -> Shown:
        found = self.lines.get(entry.of)
        if found is None:
            return self._said(entry, "", "draft", line=entry.of)
        return self._said(
            entry, found["text"], found["state"], topic=found["topic"], langs=tuple(found["texts"]), line=entry.of
        )

    def _relay(self, entry: Entry) -> Shown:
        found = self.relay(entry.of)
        row = views.get(self._desk.store, "message", entry.of)
        if found is None or row is None:
            return self._said(entry, "", "planned")
        state, relay = found
        return self._said(
            entry, row.value["title"], self._desk.relays.show(entry.of)["state"], accounts=(relay.account,),
            topic=row.value["topic"], langs=tuple(relay.words), scheduled=state.planned_at, line=relay.line,
        )  # fmt: skip


def rows(desk: Desk, shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Entries as `plan show` has them."""
    office, groups = desk.office, dict[str, list[str]]()
    for one in shown:
        if one.entry.group:
            groups.setdefault(one.entry.group, []).append(one.entry.id)
    return [_row(office, one, groups.get(one.entry.group, [])) for one in shown]


def _row(office: Office, one: Shown, group: Sequence[str]) -> dict[str, Any]:
    entry = one.entry
    return {
        "entry": entry.id, "at": iso(one.at) if one.at else None, "minutes": entry.minutes, "title": one.title,
        "of": entry.kind or None, entry.kind or "message": entry.of or None, "state": one.state,
        "planned_at": iso(entry.at) if entry.at else None,
        "scheduled_at": iso(one.scheduled) if one.scheduled else None,
        "accounts": [office.accounts[id].name for id in one.accounts if id in office.accounts],
        "langs": list(one.langs), "topic": one.topic, "line": one.line or None,
        "embargo": iso(entry.not_before) if entry.not_before else None, "group": entry.group or None,
        "linked": [id for id in group if id != entry.id], "by": office.people[entry.by].name, "changes": entry.changes,
    }  # fmt: skip
