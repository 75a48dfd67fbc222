"""What the screen of messages shows: a page of the list, one message, its posts that a person decides on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from g20desk.clock import from_iso
from g20desk.desk.alarm import LEAVABLE
from ui import kinds
from ui.alarms.words import LOOKS
from ui.messages.doubt import Doubt
from ui.rows import Row
from ui.texts import State, reason, span, state, t, when


@dataclass(frozen=True, slots=True)
class Page:
    """The list as far as it was gone through, how many there are in all, when the last was updated, and how many are
    of that moment."""

    rows: list[Row]
    total: int
    last: int = 0
    same: int = 0

    def then(self, found: list[Any], total: int, now: int) -> Page:
        """With these after it."""
        if not found:
            return replace(self, total=total)
        last = found[-1].updated_ms
        same = sum(row.updated_ms == last for row in found) + (self.same if last == self.last else 0)
        return Page([*self.rows, *(row_of(row, now) for row in found)], total, last, same)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A post that a person has to decide on: how it stands, why, and whether somebody left it as it is."""

    post: dict[str, Any]
    look: State
    why: str
    left: bool


@dataclass(frozen=True, slots=True)
class Comes:
    """When a message comes back: each week or month, on which days, at a local time, and how many days ahead its draft
    is made."""

    every: str
    days: list[int]
    time: str
    zone: str
    ahead: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One message, ready for the screen; the reasons why not stand beside each act."""

    data: dict[str, Any]
    now: int
    can: dict[str, str]
    doubt: Doubt | None = None
    alarms: tuple[Any, ...] = ()
    stuck: tuple[Stuck, ...] = ()

    @property
    def bound(self) -> int:
        """Before when it does not go out, in milliseconds; 0 for at any time."""
        return moment(self.data.get("not_before"))

    def leavable(self) -> list[str]:
        """The alarms that may be left as they are, and are not yet."""
        return [alarm.id for alarm in self.alarms if alarm.kind in LEAVABLE and not alarm.left]


def stuck(posts: list[dict[str, Any]], alarms: tuple[Any, ...]) -> tuple[Stuck, ...]:
    """The posts of a message that a person has to decide on."""
    told = {alarm.post: alarm for alarm in alarms if alarm.kind != "unknown"}
    made = []
    for post in posts:
        alarm = told.get(post["id"])
        altered = post["state"] == "sent" and post["standing"] not in (None, "as-signed")
        if alarm is not None or altered or post["state"] in ("refused", "missed") or post.get("released"):
            look = LOOKS.get(alarm.kind if alarm else "altered" if altered else "") or state(post["state"])
            made.append(Stuck(post, look, reason(post["why"] or ""), alarm is not None and bool(alarm.left)))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class When:
    """What a person decided: a moment (None: now), whose clock it was told by, all together, and why on a day of
    mourning."""

    moment: int | None
    zone: str
    together: bool
    despite: str


def moment(text: Any) -> int:
    """Milliseconds of a time that the desk gave as text or number; 0 for none."""
    if not text:
        return 0
    return int(text) if isinstance(text, int | float) else from_iso(str(text))


def row_of(row: Any, now: int) -> Row:
    """The list's row of a message."""
    look = kinds.look(row.kind, row.state)
    langs = ", ".join(code.upper() for code in row.langs)
    right = when(row.planned_ms, now) if row.planned_ms else t("{span} ago", span=span(now - row.updated_ms))
    return Row(
        row.id,
        row.title,
        f"{t(row.kind.capitalize())} · {langs}",
        look.icon,
        look.tone,
        third=t(look.word),
        third_right=right,
        spoken=t(look.word),
        fresh=bool(row.news),
    )
