"""Who is asked to carry which line until when, what came of it, and whom that has to reach: read off the rows of views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from g20desk.desk.relay_rows import DRIFTED
from g20desk.ledger import line_views, views
from g20desk.ledger.line_views import Later
from g20desk.office.form import RELAY
from g20desk.office.reaching import Round, step
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

COMMUNICATOR = "presidency"
CHIEF = ("officer", "head")
# States of a row in which something may still be asked of somebody, or told.
STATES = ("submitted", "approved", "scheduled", "missed", "refused", "withdrawn")
OUT = ("sent", "partly-sent")
# What came of a relay so long ago is told nobody any more.
TELL_MS = 60 * 86_400_000
# Why a line can't be carried any more.
NOT_AGREED, OVER, SUPERSEDED = "not-agreed", "over", "superseded"
# The same in words, for who looks at it.
TAKEN_BACK = "The office took this back."
SAYS = {
    NOT_AGREED: "The line is not agreed any more: its post does not go out.",
    OVER: "The line is not agreed any more: its post does not go out.",
    SUPERSEDED: "Another line took the place of this one: its post does not go out.",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """A relay as its row says. `account` by name, `account_id`; `by`: who asked, a person; `state`: asked, adopted (it has no
    time yet), planned, out, drifted, declined or withdrawn, `since` when and by which `act`; `lost`: why its line can't be carried any more, or
    empty, since `lost_at`; `theirs`: the people who may adopt it. Times in milliseconds, 0 for none."""

    id: str
    line: str
    title: str
    account: str
    account_id: str
    government: str
    by: str
    at: int
    until: int
    state: str
    since: int
    act: str
    adopted: bool
    planned: int
    lost: str
    lost_at: int
    theirs: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether it still waits for a post to be planned."""
        return self.state in ("asked", "adopted") and not self.lost

    @property
    def waits(self) -> bool:
        """Whether it still waits for a post to go out."""
        return self.open or (self.state == "planned" and not self.lost)

    @property
    def told_lost(self) -> bool:
        """Whether somebody took it on, and nothing of it may go out any more."""
        if self.state == "withdrawn":
            return self.adopted
        if self.lost == OVER:
            return self.state == "planned"
        return bool(self.lost) and self.state in ("adopted", "planned")


def asks(desk: Desk) -> list[Ask]:
    """All relays of which somebody may have to hear, the newest first."""
    office, now, later = desk.office, desk.clock.now_ms(), desk.lines.superseded()
    rows = [*line_views.all_relays(desk.store, STATES), *line_views.all_relays(desk.store, OUT, now - TELL_MS)]
    lines = line_views.of(desk.store, [row.value["relay"]["line"] for row in rows])
    made = [_ask(office, row, lines.get(row.value["relay"]["line"]), later, now) for row in rows]
    return sorted(made, key=lambda one: (-one.at, one.id))


def _ask(office: Office, row: views.Row, line: views.Row | None, later: dict[str, Later], now: int) -> Ask:
    said = row.value["relay"]
    account = office.accounts[said["account"]]
    government = account.owner.partition(":")[2]
    lost, lost_at = lost_of(line, said, later, now)
    return Ask(
        row.id, said["line"], line.value["title"] if line else row.value["title"], account.name, account.id, government,
        said["by"], said["at"], said["until"], _state(office, row), said["since"] or said["at"],
        said["withdrawn"] or said["declined"] or said["adopted"] or row.id, bool(said["adopted"]),
        row.value["planned"] or 0, lost, lost_at,
        communicators(office, government),
    )  # fmt: skip


def communicators(office: Office, government: str) -> tuple[str, ...]:
    """The people who publish on a government's accounts."""
    return tuple(
        one.id for one in office.people.values()
        if one.role == COMMUNICATOR and one.government == government and not one.retired
    )  # fmt: skip


def _state(office: Office, row: views.Row) -> str:
    said = row.value["relay"]
    if said["withdrawn"]:
        return "withdrawn"
    if said["declined"]:
        return "declined"
    if row.state in OUT:
        return "drifted" if said["state"] == DRIFTED and not said["left"] else "out"
    if not said["adopted"] or office.passing.lapsed(said["account"], row.value["cleared"]):
        return "asked"
    return "planned" if row.value["planned"] is not None and row.state not in ("missed", "refused") else "adopted"


def lost_of(line: views.Row | None, said: dict[str, Any], later: dict[str, Later], now: int) -> tuple[str, int]:
    """Why the line of a relay can't be carried any more, one of SAYS, and since when; empty where it can."""
    if line is None or line.state != "approved" or line.value["digest"] != said["digest"]:
        return NOT_AGREED, line.updated if line else 0
    until = line.value.get("until") or 0
    if until and until <= now:
        return OVER, until
    other = later.get(line.id)
    return (SUPERSEDED, other.updated) if other is not None else ("", 0)


def rounds(desk: Desk) -> Iterator[Round]:
    """What is told of relays at this time."""
    now = desk.clock.now_ms()
    for one in desk.relays.asks():
        if (made := _round(desk.office, one, now)) is not None:
            yield made


def _round(office: Office, one: Ask, now: int) -> Round | None:
    asker = office.people.get(one.by)
    chief = (one.by,) if asker is not None and not asker.retired and asker.role in CHIEF else _chief(office)
    about = Round(one.id, one.act, RELAY, one.by, 0, (), one.at, one.until, chief=chief)

    def wrong(what: str, at: int, told: tuple[str, ...]) -> Round | None:
        fresh = now - at < TELL_MS
        return replace(about, wrong=what, broken=at, breaking=f"{one.act}/{one.lost}", told=told) if fresh else None

    if one.told_lost and one.state == "withdrawn":
        return wrong("lost", one.since, one.theirs)
    if one.told_lost:
        return wrong("lost", one.lost_at, (*one.theirs, *chief))
    if one.state in ("declined", "drifted"):
        return wrong(one.state, one.since, chief)
    if not one.open:
        return None
    # Who has taken it on is left alone until the time is near.
    early = one.state == "adopted" and step(one.at, one.until, now)[0] in ("asked", "half")
    return None if early else replace(about, waits=one.theirs, origin=one.id)


def _chief(office: Office) -> tuple[str, ...]:
    return tuple(one.id for one in office.people.values() if one.role in CHIEF and not one.retired)
