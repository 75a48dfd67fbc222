"""Today: what needs me, what waits on others, the next hours, holds, this desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal

from g20desk.desk import may, own_acts
from g20desk.office.form import RELAY
from ui.bus import LOOKED, Presenter
from ui.rows import Row, page
from ui.texts import comma, day, reason, state, t, when
from ui.today import duties, relays, rounds
from ui.today.rows import (
    ACCOUNT,
    OFFICE,
    RECORD,
    alarmed,
    need,
    of_account,
    of_desk,
    of_hold,
    of_mail,
    of_office,
    of_record,
    of_uncounted,
    pending,
    waits,
)  # fmt: skip
from ui.widgets.time_strip import HOUR, Dot, begins

PAGE = 25
NOT_CLOSED = "It could not be closed from here: look at this desk's clock, and try again."
SOON = 60_000  # a decision that is on its way so long has not gone by itself
SHOWN = {"record": of_record, "uncounted": of_uncounted, "waits": of_office, "mail": of_mail}
# What Today shows by itself, with what can be done about it.
ELSEWHERE = ("hold", "broken", "late", "emergency", "review")
LEADS = {rounds.ROUND: "sign-off", rounds.REVIEW: "messages", relays.CARRY: RELAY, duties.AGREED: "library"}
# Alarms tell of these, to those who can do something about them.
TOLD = ("unknown", "refused", "missed", "partly-sent")


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the screen shows; the lists as far as they were gone through, and how much is in them in all."""

    date: str
    needs: list[Row]
    needs_in_all: int
    waiting: list[Row]
    waiting_in_all: int
    dots: tuple[Dot, ...]
    now: int
    planned: str
    holds: list[Row]
    desk: list[Row]
    empty: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the desk says for it. `alarms`: those that were not left as they are; `tentative`: how many acts have no
    place in the record yet; `pending`: decisions of this person among them that have waited for a while; `releases`: emergency
    releases that nobody reviewed; `late`: objections that came too late and hold something; `role`: this person's, `me` their id;
    `asks`: lines that accounts were asked to carry; `duties`: sign-ins that the handover leaves to this person;
    `sets`: agreed language that they may adopt, and `people` by id; `lifts`: for each hold why their word does not lift it."""

    rows: tuple[Any, ...]
    alarms: tuple[Any, ...]
    holds: list[Any]
    accounts: list[Any]
    lands: list[str]
    staff: bool
    tentative: int = 0
    pending: tuple[Any, ...] = ()
    releases: tuple[Any, ...] = ()
    late: tuple[Any, ...] = ()
    role: str = ""
    asks: tuple[Any, ...] = ()
    me: str = ""
    duties: tuple[Any, ...] = ()
    sets: tuple[Any, ...] = ()
    people: Mapping[str, Any] = field(default_factory=dict)
    lifts: Mapping[str, str] = field(default_factory=dict)


def gather(desk: Any, now: int) -> Gathered:
    """Ask for all of it, on the worker: what is open, what alarms tell of, and what the strip shows of the rest."""
    since = begins(now)
    alarms = tuple(alarm for alarm in desk.alarms.standing() if not alarm.left)
    rows = {r.id: r for r in desk.messages.rows(open_only=True)}
    rows |= {r.id: r for r in desk.messages.planned(since, since + 24 * HOUR)}
    left = own_acts.pending(desk.ledger, desk.person.name)
    waits = tuple(one for one in left if now - one.at >= SOON)
    told = {a.message: None for a in (*alarms, *waits) if a.message not in ("", *rows)}
    rows |= {r.id: r for r in desk.messages.some(told)}
    lands = sorted({p.government for p in desk.office.people.values() if p.role == "liaison" and not p.retired} - {""})
    return Gathered(
        tuple(rows.values()),
        alarms,
        desk.holds.rows(),
        desk.accounts.rows(),
        lands,
        desk.messages.staff,
        desk.tentative,
        waits,
        tuple(desk.signoffs.unreviewed()),
        tuple(desk.signoffs.late()),
        desk.person.role,
        tuple(desk.relays.asks()),
        desk.person.id,
        tuple(desk.presidency.duties()) if desk.office.passing.last is not None else (),
        tuple(desk.library.waiting()) if desk.office.agreed else (),
        desk.office.people,
        {hold.id: may.lift(desk, hold.id) for hold in desk.office.holds.values() if not hold.lifted},
    )


def needed(told: Gathered, now: int) -> list[Callable[[], Row]]:
    """What needs this person, the most urgent first: what alarms tell, then by time, then drafts. Rows are made when
    they are shown."""
    by_id = {row.id: row for row in told.rows}
    groups: dict[str, list[Any]] = {}
    for alarm in told.alarms:
        if alarm.kind in rounds.ALARMS or alarm.code == RELAY:
            continue
        known = alarm.message in by_id
        if alarm.kind not in ELSEWHERE and (not alarm.message or known or alarm.kind == "uncounted"):
            groups.setdefault(alarm.message if known else alarm.id, []).append(alarm)
    made: list[Callable[[], Row]] = [
        (lambda id=id, group=group: alarmed(group, by_id[id], now))
        if id in by_id
        else (lambda group=group: SHOWN.get(group[0].kind, of_account)(group[0], now))
        for id, group in groups.items()
    ]
    away = {one.message: one for one in told.pending if one.message in by_id and one.message not in groups}
    made += [lambda one=one: pending(one, by_id[one.message], now) for one in away.values()]  # type: ignore[misc]
    of_rounds, carried = rounds.rows(told, now), relays.rows(told, now)
    made += [*of_rounds.values(), *carried.values(), *(lambda one=one: duties.row(one) for one in told.duties)]  # type: ignore[misc]
    made += [lambda one=one: duties.to_adopt(one, told.people) for one in told.sets]  # type: ignore[misc]
    mine = [row for row in told.rows if row.id not in (*groups, *away, *of_rounds, *carried) and _asks(row, told.staff)]
    mine.sort(key=lambda r: (r.state == "draft", r.due_ms or r.planned_ms or 2**53, -r.updated_ms))
    return made + [lambda row=row: need(row, now) for row in mine]  # type: ignore[misc]


def _asks(row: Any, staff: bool) -> bool:
    """Whether a message of which no alarm tells asks something of this person."""
    if row.state in TOLD:
        return False
    return bool(row.waiting_for_me or row.state in ("draft", "held") or (staff and row.state == "objected"))


class TodayPresenter(Presenter):
    """One question: what needs me?"""

    loaded = Signal(object)
    said = Signal(str)
    watches = frozenset({"message", "post", "hold", "account", "alarm", "office", LOOKED})

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self._told: Gathered | None = None
        self._needs, self._waits = PAGE, PAGE

    def load(self) -> None:
        """Ask once for all of it; at the start it has come with the desk."""
        desk, now = self.ctx.desk, self.ctx.clock.now_ms()
        if (first := self.ctx.first) is not None:
            self.ctx.first = None
            self._got(first)
        else:
            self.ask_list(lambda: gather(desk, now), self._got)

    def more_needs(self) -> None:
        """The next page of what needs this person."""
        self._needs += PAGE
        self._show()

    def more_waiting(self) -> None:
        """The next page of what governments have in hand."""
        self._waits += PAGE
        self._show()

    def lift(self, hold: str, why: str) -> None:
        """Propose to lift a hold, or lift it as the second person."""

        def then(answer: dict[str, Any]) -> None:
            self.load()
            self.said.emit(
                t("Lifted. Nothing goes out by that alone: plan again what it stopped.")
                if answer["lifted"]
                else t("You asked for it to be lifted. A second person lifts it.")
            )

        self.ask(lambda: self.ctx.desk.holds.lift(hold, why), then)

    def close(self, message: str) -> None:
        """Close the silences that are over."""

        def then(closed: list[str]) -> None:
            self.load()
            self.said.emit(t("Adopted.") if message in closed else t(NOT_CLOSED))

        self.ask(self.ctx.desk.signoffs.close_over, then)

    def open(self, id: str) -> None:
        """Go where that is worked on."""
        if id.startswith(ACCOUNT):
            self.ctx.go("accounts", id.removeprefix(ACCOUNT))
            return
        kind, _, message = id.partition("/")
        if f"{kind}/" == rounds.CLOSE:
            self.close(message)
            return
        if f"{kind}/" == duties.HANDOVER:
            self.ctx.go("office", id)
            return
        if screen := LEADS.get(f"{kind}/"):
            self.ctx.go(screen, message)
            return
        if id.startswith(RECORD) or id.startswith(OFFICE):
            self.ctx.go("record" if id.startswith(RECORD) else "office", "")
            return
        row = next((r for r in self._told.rows if r.id == id), None) if self._told else None
        if row is None:
            return
        self.ctx.go(
            "sign-off" if row.waiting_for_me else "composer" if row.state in ("draft", "objected") else "messages", id
        )

    def _got(self, told: Gathered) -> None:
        self._told = told
        self._show()

    def _show(self) -> None:
        if (told := self._told) is None:
            return
        now = self.ctx.clock.now_ms()
        needs, others = needed(told, now), [row for row in told.rows if row.state == "submitted" and row.kind != RELAY]
        dots = tuple(
            Dot(r.id, r.title, r.planned_ms, state(r.state).icon, state(r.state).tone, t(state(r.state).word))
            for r in told.rows
            if r.planned_ms
        )
        self.loaded.emit(
            Today(
                day(now, True),
                page([make() for make in needs[: self._needs]], len(needs), PAGE),
                len(needs),
                page([waits(row, told.lands, now) for row in others[: self._waits]], len(others), PAGE),
                len(others),
                dots,
                now,
                _planned(told.rows, now),
                [of_hold(hold, now, reason(told.lifts.get(hold["hold"], ""))) for hold in told.holds],
                of_desk(told.accounts, self.ctx.facts, told.tentative),
                _empty(told.rows, now),
            )
        )


def _planned(rows: Sequence[Any], now: int) -> str:
    """How many messages the next hours hold, and how many of them a hold stops."""
    ahead = [r for r in rows if r.planned_ms and 0 <= r.planned_ms - now < 12 * HOUR]
    on_hold = sum(r.state == "held" for r in ahead)
    words = t("{n} posts planned", n=len(ahead)) if len(ahead) != 1 else t("1 post planned")
    return words + (comma() + t("{n} of them on hold", n=on_hold) if on_hold else "")


def _empty(rows: Sequence[Any], now: int) -> str:
    later = sorted(r.planned_ms for r in rows if r.planned_ms and r.planned_ms > now)
    next_one = " " + t("Next post {when} UTC.", when=when(later[0], now, True)) if later else ""
    return t("Nothing needs you.") + next_one
