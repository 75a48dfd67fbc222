"""Today's rows of sign-off: silences broken or over, stages overdue, late objections, emergencies that nobody looked at yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from g20desk.office.silence import CLOSERS
from ui.rows import Row
from ui.texts import comma, isolated, land, span, t

if TYPE_CHECKING:
    from ui.today.presenter import Gathered

ROUND, REVIEW, CLOSE = "round/", "review/", "close/"
SOON = 2 * 3_600_000
# Alarms of these tell at once, beside the window too; what stands of them on Today are the rows below.
ALARMS = ("emergency", "broken", "late", "review")
Maker = Callable[[], Row]


def rows(told: Gathered, now: int) -> dict[str, Maker]:
    """By the message that each is of, the most urgent first: one row a message. Rows are made when they are shown."""
    made: dict[str, Maker] = {}

    def put(id: str, make: Callable[[Any, int], Row], of: Any) -> None:
        made.setdefault(id, lambda: make(of, now))

    for release in told.releases:
        put(release["message"], _released, release)
    for one in told.late:
        put(one["message"], _late, one)
    for row in told.rows:
        if row.broken is not None:
            put(row.id, _broken, row)
        elif row.silence_ms is not None and row.silence_ms < now:
            if told.role in CLOSERS:
                put(row.id, _over, row)
        elif row.silence_ms is not None:
            if told.staff and row.silence_ms - now < SOON and not row.waiting_for_me:
                put(row.id, _soon, row)
        elif row.due_ms is not None and row.due_ms < now and told.staff and not row.waiting_for_me:
            put(row.id, _overdue, row)
    return made


def _released(one: Any, now: int) -> Row:
    who = comma().join(isolated(name) for name in one["by"])
    words = t("Released in an emergency by {who}", who=who)
    line = " · ".join(filter(None, (words, isolated(one["template"]), t("open for review"))))
    return Row(
        f"{REVIEW}{one['message']}", one["title"], line, "octagon-alert", "block",
        t("{span} ago", span=span(now - one["at"])), "text", t("past sign-off"), t("Review it") if one["mine"] else t("Look"),
        spoken=t("Open for review"),
    )  # fmt: skip


def _late(one: Any, now: int) -> Row:
    who = land(one["government"]) if one["government"] else isolated(one["by"])
    line = t("Late objection by {who} holds it: {why}", who=who, why=isolated(one["why"]))
    under = t("one person asked to lift it") if one["lift_proposed"] else t("two people lift it")
    return Row(
        f"{ROUND}{one['message']}", one["title"], line, "ban", "block", t("{span} ago", span=span(now - one["at"])),
        "text", under, t("Look"), spoken=t("Late objection"),
    )  # fmt: skip


def _broken(row: Any, now: int) -> Row:
    who, at = row.broken
    line = t("Silence broken by {who}. Frozen until the head lays it before all again.", who=_voice(who))
    return Row(
        f"{ROUND}{row.id}", row.title, line, "octagon-pause", "block", t("{span} ago", span=span(now - at)), "text",
        t("silence broken"), t("Read"), spoken=t("Silence broken"), fresh=bool(row.news),
    )  # fmt: skip


def _over(row: Any, now: int) -> Row:
    line = t("The silence is over and nobody broke it. It counts once it is closed.")
    return Row(
        f"{CLOSE}{row.id}", row.title, line, "hourglass", "warn", t("{span} ago", span=span(now - row.silence_ms)), "text",
        t("over"), t("Close the silence"), spoken=t("Over, to be closed"),
    )  # fmt: skip


def _soon(row: Any, now: int) -> Row:
    return Row(
        f"{ROUND}{row.id}", row.title, t("Silence running"), "timer", "warn", span(row.silence_ms - now), "text",
        t("until the silence is over"), t("Look"), spoken=t("Silence running"), fresh=bool(row.news),
    )  # fmt: skip


def _overdue(row: Any, now: int) -> Row:
    line = t(
        "“{stage}” is overdue. No word yet: {who}",
        stage=isolated(row.stage),
        who=comma().join(map(_voice, row.open_voices)),
    )
    return Row(
        f"{ROUND}{row.id}", row.title, line, "clock-alert", "block", t("{span} overdue", span=span(now - row.due_ms)),
        "block", "", t("Look"), spoken=t("Overdue"), fresh=bool(row.news),
    )  # fmt: skip


def _voice(said: str) -> str:
    """A government by name where it is two letters, else somebody's name."""
    return land(said) if len(said) == 2 and said.isupper() else isolated(said)
