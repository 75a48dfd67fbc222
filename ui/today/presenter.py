"""Today: what needs me, what waits on others, the next hours, holds, this desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from ui.bus import Presenter
from ui.rows import Row
from ui.texts import ROLES, day, span, state, t, when
from ui.widgets.time_strip import HOUR, Dot

URGENT = ("unknown", "refused", "missed", "partly-sent", "objected", "held")


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the screen shows."""

    date: str
    needs: list[Row]
    waiting: list[Row]
    dots: tuple[Dot, ...]
    now: int
    planned: str
    holds: list[Row]
    desk: list[Row]
    empty: str


def told(row: Any, word: str) -> str:
    """The state and where it goes; for posts under way, how many stand where."""
    if row.state in ("unknown", "partly-sent", "refused", "missed", "sending") and row.why:
        return f"{word} · {row.why}"
    return f"{word} · {', '.join(row.accounts)}" if row.accounts else word


def need(row: Any, now: int) -> Row:
    """One thing that needs this person."""
    look = state(row.state)
    right, tone, under = "", "text", ""
    if row.planned_ms:
        ahead = row.planned_ms - now
        right, under = when(row.planned_ms, now), t("planned for")
        if 0 <= ahead < 12 * HOUR:
            right, under, tone = span(ahead), t("until it goes out"), "block" if ahead < 2 * HOUR else "text"
    else:
        right, under = t("{span} ago", span=span(now - row.updated_ms)), t("last changed")
    title = t("Did this go out? {title}", title=row.title) if row.state == "unknown" else row.title
    act = (
        t("Look")
        if row.state == "unknown"
        else t("Read")
        if row.waiting_for_me and row.state == "submitted"
        else t("Open")
    )
    return Row(
        row.id,
        title,
        told(row, t(look.word)),
        look.icon,
        look.tone,
        right,
        tone,
        under,
        act,
        spoken=t(look.word),
    )


class TodayPresenter(Presenter):
    """One question: what needs me?"""

    loaded = Signal(object)
    watches = frozenset({"message", "post", "hold", "account"})
    _rows: tuple[Any, ...] = ()

    def load(self) -> None:
        """Ask once for all of it."""
        desk = self.ctx.desk
        self.ask(lambda: (desk.messages.rows(), desk.holds.rows(), desk.accounts.rows()), self._got)

    def open(self, id: str) -> None:
        """Go where that message is worked on."""
        row = next((r for r in self._rows if r.id == id), None)
        if row is None:
            return
        reads = row.waiting_for_me and row.state == "submitted"
        self.ctx.go("sign-off" if reads else "composer" if row.state in ("draft", "objected") else "messages", id)

    def _got(self, answer: tuple[list[Any], list[Any], list[Any]]) -> None:
        rows, holds, accounts = answer
        now, self._rows = self.ctx.clock.now_ms(), tuple(rows)
        mine = [r for r in rows if r.waiting_for_me or r.state in URGENT or r.state == "draft"]
        mine.sort(key=lambda r: (r.state != "unknown", r.state == "draft", r.planned_ms or 2**53, -r.updated_ms))
        others = [r for r in rows if r.state == "submitted" and not r.waiting_for_me]
        ahead = [r for r in rows if r.planned_ms and 0 <= r.planned_ms - now < 12 * HOUR]
        on_hold = sum(r.state == "held" for r in ahead)
        dots = tuple(
            Dot(r.id, r.title, r.planned_ms, state(r.state).icon, state(r.state).tone, t(state(r.state).word))
            for r in rows
            if r.planned_ms
        )
        planned = t("{n} posts planned", n=len(ahead)) if len(ahead) != 1 else t("1 post planned")
        if on_hold:
            planned += ", " + t("{n} of them on hold", n=on_hold)
        later = sorted(r.planned_ms for r in rows if r.planned_ms and r.planned_ms > now)
        empty = t("Nothing needs you.") + (" " + t("Next post {when} UTC.", when=when(later[0], now)) if later else "")
        waiting = [
            Row(
                r.id,
                r.title,
                told(r, t("Waiting for sign-off")),
                "hourglass",
                "warn",
                span(now - r.updated_ms),
                "text",
                t("since it was submitted"),
                t("Open"),
                spoken=t("Waiting for sign-off"),
            )
            for r in others
        ]
        held = [
            Row(
                h["hold"],
                h["account"] or h["topic"] or t("All accounts"),
                t("Placed {when} UTC by {who}: {why}", when=when(h["at"], now), who=h["by"], why=h["why"]),
                "octagon-pause",
                "block",
            )
            for h in holds
        ]
        ready = sum(a.state == "ready" for a in accounts)
        person = self.ctx.facts.person
        desk_rows = [
            Row("record", t("All your acts are in the record"), t("Signed with this desk's key"), "scroll-text", "ok"),
            Row(
                "accounts",
                t("{a} of {b} accounts ready", a=ready, b=len(accounts)),
                t("Rehearsal accounts: nothing leaves this computer")
                if self.ctx.facts.rehearsal
                else ", ".join(a.name for a in accounts if a.state != "ready") or t("All signed in"),
                "at-sign",
            ),
            Row("person", t(ROLES.get(person.role, person.role)), person.name, "key-round"),
        ]
        self.loaded.emit(
            Today(day(now, True), [need(r, now) for r in mine], waiting, dots, now, planned, held, desk_rows, empty)
        )
