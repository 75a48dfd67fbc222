"""Today's rows of lines that are to be carried: what a communicator is asked, what an officer has to know of what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from g20desk.office.form import RELAY
from ui.rows import Row
from ui.texts import isolated, land, span, t
from ui.widgets.time_strip import HOUR

if TYPE_CHECKING:
    from ui.today.presenter import Gathered

CARRY = "carry/"
SOON = 2 * HOUR
Maker = Callable[[], Row]
WRONG = ("lost", "declined", "drifted")


def rows(told: Gathered, now: int) -> dict[str, Maker]:
    """By the relay that each is of, the most urgent first: what went wrong and nobody left as it is, then by the time that is
    left. Rows are made when they are shown."""
    of, news = {one.id: one for one in told.asks}, {row.id for row in told.rows if row.news}
    made: dict[str, Maker] = {}
    for alarm in told.alarms:
        if alarm.code == RELAY and alarm.kind in WRONG and alarm.message in of:
            made.setdefault(alarm.message, lambda one=of[alarm.message], alarm=alarm: _wrong(one, alarm, now))  # type: ignore[misc]
    late = {alarm.message for alarm in told.alarms if alarm.code == RELAY and alarm.kind == "late"}
    mine = [one for one in told.asks if one.open and one.id not in made and (told.me in one.theirs or one.id in late)]
    for one in sorted(mine, key=lambda each: (each.until or 2**62, -each.at)):
        make = _asked if told.me in one.theirs else _late
        made[one.id] = lambda one=one, make=make: replace(make(one, now), fresh=one.id in news)  # type: ignore[misc]
    return made


def _asked(one: Any, now: int) -> Row:
    """A line that this person is asked to carry, or has taken on and given no time yet."""
    left = one.until - now
    words = t("Carry it") if one.state == "asked" else t("Taken on, without a time yet")
    right = (
        t("{span} ago", span=span(now - one.at))
        if not one.until
        else span(left)
        if left > 0
        else t("{span} overdue", span=span(left))
    )
    near = bool(one.until) and left < SOON
    return Row(
        f"{CARRY}{one.id}", one.title, f"{words} · {isolated(one.account)}", "clock-alert" if one.until and left <= 0 else "quote",
        "block" if near else "accentText", right, "block" if near else "text",
        t("asked") if not one.until else t("left to carry it") if left > 0 else "", t("Look"), spoken=words,
    )  # fmt: skip


def _late(one: Any, now: int) -> Row:
    """A line that this person asked for, past its time."""
    who = land(one.government)
    words = (
        t("{who} took it on and named no time", who=who)
        if one.state == "adopted"
        else t("No word yet from {who}", who=who)
    )
    return Row(
        f"{CARRY}{one.id}", one.title, f"{words} · {isolated(one.account)}", "clock-alert", "block",
        t("{span} overdue", span=span(now - one.until)), "block", t("to be carried"), t("Look"), spoken=t("Overdue"),
    )  # fmt: skip


def _wrong(one: Any, alarm: Any, now: int) -> Row:
    """A line that was declined, drifted, or does not stand any more."""
    from ui.alarms.words import look, sentence

    shown = look(alarm)
    line = f"{sentence([alarm])} {isolated(one.account)}"
    return Row(
        f"{CARRY}{one.id}", one.title, line, shown.icon, shown.tone, t("{span} ago", span=span(now - alarm.at)), "text", "",
        t("Look"), spoken=t(shown.word),
    )  # fmt: skip
