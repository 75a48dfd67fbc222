"""Today: what needs me, what waits on others, the next hours, holds, this desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from ui.bus import Presenter
from ui.rows import Row
from ui.texts import DECISIONS, ROLES, comma, day, isolated, land, span, state, t, when
from ui.widgets.time_strip import HOUR, Dot, begins

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


def tallied(why: str) -> str:
    """`1 sent, 1 unknown`, as the desk counts posts, in the interface's words."""
    made = []
    for one in sorted(why.split(", "), key=lambda x: (x.endswith(" sent"), x)):
        n, _, code = one.partition(" ")
        made.append(f"{n} {t(state(code).word).lower()}" if n.isdigit() else one)
    return " · ".join(made)


def told(row: Any, word: str) -> str:
    """The state and where it goes; for posts under way, how many stand where."""
    if row.state in ("unknown", "partly-sent", "sending") and row.why:
        return f"{word} · {tallied(row.why)}"
    return f"{word} · {comma().join(sorted(row.accounts))}" if row.accounts else word


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


def waits(row: Any, lands: list[str], now: int) -> Row:
    """One message that governments have in hand, with a mark for each of them."""
    voices = dict(row.said)
    marks = tuple((code, voices.get(code, "")) for code in lands)
    counts: dict[str, int] = {}
    for _, said in marks:
        counts[said] = counts.get(said, 0) + 1
    tally = " · ".join(f"{n} {t(DECISIONS[code].word).lower()}" for code, n in counts.items() if code in DECISIONS)
    spoken = ". ".join(f"{land(code)}: {t(DECISIONS.get(said, DECISIONS['']).word)}" for code, said in marks)
    if row.planned_ms and row.planned_ms > now:
        right, under = span(row.planned_ms - now), t("until it goes out")
    else:
        right, under = span(now - row.updated_ms), t("since it was submitted")
    line = f"{t(row.kind.capitalize())} · {t('one approval is enough')}"
    return Row(
        row.id, row.title, line, "", "warn", right, "text", under, t("Open"), spoken=spoken, marks=marks, tally=tally
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the desk says for it."""

    rows: tuple[Any, ...]
    holds: list[Any]
    accounts: list[Any]
    lands: list[str]


def gather(desk: Any, now: int) -> Gathered:
    """Ask for all of it, on the worker: what is open, and what the strip shows of the rest."""
    since = begins(now)
    rows = {r.id: r for r in desk.messages.rows(open_only=True)}
    rows |= {r.id: r for r in desk.messages.planned(since, since + 24 * HOUR)}
    people = desk.office.people.values() if hasattr(desk, "office") else ()
    lands = sorted({p.government for p in people if p.government and p.role == "liaison" and not p.retired})
    return Gathered(tuple(rows.values()), desk.holds.rows(), desk.accounts.rows(), lands)


class TodayPresenter(Presenter):
    """One question: what needs me?"""

    loaded = Signal(object)
    said = Signal(str)
    watches = frozenset({"message", "post", "hold", "account"})
    _rows: tuple[Any, ...] = ()

    def load(self) -> None:
        """Ask once for all of it; at the start it has come with the desk."""
        desk, now = self.ctx.desk, self.ctx.clock.now_ms()

        def job() -> tuple[tuple[Any, ...], Today]:
            told = gather(desk, now)
            return told.rows, self._today(told)

        if (first := self.ctx.first) is not None:
            self.ctx.first = None
            self._got(first.rows, self._today(first))
        else:
            self.ask_list(job, lambda answer: self._got(*answer))

    def lift(self, hold: str, why: str) -> None:
        """Propose to lift a hold, or lift it as the second person."""

        def then(answer: dict[str, Any]) -> None:
            self.load()
            self.said.emit(
                t("Lifted. Nothing is sent by that alone; what is due goes out next.")
                if answer["lifted"]
                else t("You asked for it to be lifted. A second person lifts it.")
            )

        self.ask(lambda: self.ctx.desk.holds.lift(hold, why), then)

    def open(self, id: str) -> None:
        """Go where that message is worked on."""
        row = next((r for r in self._rows if r.id == id), None)
        if row is None:
            return
        reads = row.waiting_for_me and row.state == "submitted"
        self.ctx.go("sign-off" if reads else "composer" if row.state in ("draft", "objected") else "messages", id)

    def _got(self, rows: tuple[Any, ...], today: Today) -> None:
        self._rows = rows
        self.loaded.emit(today)

    def _today(self, told: Gathered) -> Today:
        rows, holds, accounts, lands = told.rows, told.holds, told.accounts, told.lands
        now = self.ctx.clock.now_ms()
        mine = [r for r in rows if r.waiting_for_me or r.state in URGENT or r.state == "draft"]
        mine.sort(key=lambda r: (r.state != "unknown", r.state == "draft", r.planned_ms or 2**53, -r.updated_ms))
        others = [r for r in rows if r.state == "submitted"]
        ahead = [r for r in rows if r.planned_ms and 0 <= r.planned_ms - now < 12 * HOUR]
        on_hold = sum(r.state == "held" for r in ahead)
        dots = tuple(
            Dot(r.id, r.title, r.planned_ms, state(r.state).icon, state(r.state).tone, t(state(r.state).word))
            for r in rows
            if r.planned_ms
        )
        planned = t("{n} posts planned", n=len(ahead)) if len(ahead) != 1 else t("1 post planned")
        if on_hold:
            planned += comma() + t("{n} of them on hold", n=on_hold)
        later = sorted(r.planned_ms for r in rows if r.planned_ms and r.planned_ms > now)
        empty = t("Nothing needs you.") + (
            " " + t("Next post {when} UTC.", when=when(later[0], now, True)) if later else ""
        )
        waiting = [waits(r, lands, now) for r in others]
        held = [
            Row(
                h["hold"],
                h["account"] or h["topic"] or t("All accounts"),
                t(
                    "Placed {when} UTC by {who}: {why}",
                    when=when(h["at"], now, True),
                    who=isolated(h["by"]),
                    why=isolated(h["why"]),
                ),
                "octagon-pause",
                "block",
                under=t("One person asked for it to be lifted; a second person lifts it.")
                if h["lift_proposed"]
                else "",
                act=t("Lift it, as the second") if h["lift_proposed"] else t("Ask to lift it"),
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
        needs = [need(r, now) for r in mine]
        return Today(day(now, True), needs, waiting, dots, now, planned, held, desk_rows, empty)
