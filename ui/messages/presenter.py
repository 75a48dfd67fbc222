"""Messages: every message, its texts, posts and history; scheduling, sending, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from g20desk.clock import from_iso, iso
from g20desk.desk import times
from ui.bus import Ctx, Presenter
from ui.messages.doubt import Doubt, doubt
from ui.rows import Row, page
from ui.texts import reason, span, state, t, when

PAGE = 200
REMOVED = {
    "removed": "Taken down by the office.",
    "already-gone": "It was gone already when the office wanted it down.",
    "refused": "The network refused to take it down.",
    "cannot-tell": "Whether it is down can't be told; look at the account.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message, ready for the screen; the reasons why not stand beside each act."""

    data: dict[str, Any]
    now: int
    can: dict[str, str]
    doubt: Doubt | None = None

    @property
    def bound(self) -> int:
        """Before when it does not go out, in milliseconds; 0 for at any time."""
        return moment(self.data.get("not_before"))

    def stuck(self) -> list[dict[str, Any]]:
        """Posts that did not go out and that a person decides on."""
        return [p for p in self.data.get("posts", ()) if p["state"] in ("refused", "missed")]


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
    look = state(row.state)
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
    )


class MessagesPresenter(Presenter):
    """A list and the message that is picked."""

    listed = Signal(object)
    showed = Signal(object)
    done = Signal(str)
    offered = Signal(str, object)
    met = Signal(str, object, object)
    watches = frozenset({"message", "post", "hold", "schedule"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.search, self.id = "", ""
        self.limit, self.listed_now, self.total = PAGE, 0, 0

    def load(self) -> None:
        """The list as far as it was gone through, and the message again."""
        messages, search, limit, now = self.ctx.desk.messages, self.search, self.limit, self.ctx.clock.now_ms()

        def job() -> tuple[list[Row], int]:
            return [row_of(r, now) for r in messages.rows(search=search, limit=limit)], messages.count(search)

        self.ask_list(job, self._listed)
        if self.id:
            self.show_one(self.id)

    def filter(self, words: str) -> None:
        """Only those with these words."""
        self.search, self.limit = words, PAGE
        self.load()

    def more(self) -> None:
        """The next page too."""
        self.limit = self.listed_now + PAGE
        self.load()

    def show_one(self, id: str) -> None:
        """Pick a message."""
        self.id = id
        if id:
            self.ask(lambda: self.ctx.desk.messages.show(id), self._showed)

    def submit(self, id: str) -> None:
        """Hand it to those who sign off."""
        self._act(lambda: self.ctx.desk.messages.submit(id), t("Submitted for sign-off."))

    def offer(self, id: str) -> None:
        """The next free slots for it."""
        self.ask(
            lambda: [(at, slot.name) for at, slot in self.ctx.desk.slots.free(id)],
            lambda found: self.offered.emit(id, found),
        )

    def weigh(self, id: str, moment: int | None) -> None:
        """What it would meet at a moment; None is now."""
        at = self.ctx.clock.now_ms() if moment is None else moment
        self.ask(lambda: self.ctx.desk.messages.clashes(id, at), lambda found: self.met.emit(id, moment, found))

    def schedule(self, id: str, when: When) -> None:
        """Plan it; what is due goes out at once."""

        def job() -> str:
            now, desk = self.ctx.clock.now_ms(), self.ctx.desk
            at, _ = times.moment(iso(when.moment) if when.moment is not None else "now", now)
            desk.messages.schedule(id, at, when.zone, when.together, when.despite)
            return " ".join(found["message"] for found in desk.accounts.announced(id, at))

        self._act(job, t("Scheduled."), when.moment is None)

    def correct(self, id: str) -> None:
        """Begin a correction of it, and go there."""
        self.ask(lambda: self.ctx.desk.messages.correct(id), lambda made: self.ctx.go("composer", made["message"]))

    def unschedule(self, id: str) -> None:
        """Take it out of the plan."""
        self._act(lambda: self.ctx.desk.messages.unschedule(id), t("Not scheduled any more."))

    def withdraw(self, id: str, why: str) -> None:
        """Withdraw it, with a reason."""
        self._act(lambda: self.ctx.desk.messages.withdraw(id, why), t("Withdrawn."))

    def send_due(self) -> None:
        """Send what is due."""

        def told(answer: dict[str, int]) -> None:
            self.load()
            self.done.emit(t("{sent} sent, {refused} refused, {unknown} unknown, {waiting} waiting.", **answer))

        self._network(self.ctx.desk.publish.once, told)

    def settle(self, post: str, sent: bool, url: str, why: str) -> None:
        """What a person saw on the account of a post whose outcome is unknown."""
        words = t("Written down: it went out.") if sent else t("Written down: it did not go out.")
        self._act(lambda: self.ctx.desk.publish.settle(post, sent, url, why), words)

    def remove(self, post: str, why: str) -> None:
        """Ask the network to take a post down; what came of it is on record either way."""

        def told(outcome: str) -> None:
            self.load()
            self.done.emit(t(REMOVED.get(outcome, outcome)))

        self._network(lambda: self.ctx.desk.publish.remove(post, why), told)

    def _network(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Work that waits on networks, beside the store's own thread."""
        desk = self.ctx.desk

        def run() -> Any:
            try:
                return job()
            finally:
                desk.store.close()

        self.ctx.worker.ask(run, then, self.failed.emit, self, network=True)

    def _act(self, job: Callable[[], object], words: str, then_send: bool = False) -> None:
        def told(besides: object) -> None:
            self.load()
            self.done.emit(f"{words} {besides}" if isinstance(besides, str) and besides else words)
            if then_send:
                self.send_due()

        self.ask(job, told)

    def _listed(self, answer: tuple[list[Row], int]) -> None:
        rows, self.total = answer
        self.listed_now = len(rows)
        self.listed.emit(page(rows, self.total, PAGE))

    def _showed(self, data: dict[str, Any]) -> None:
        if data["id"] == self.id or str(data["id"]).startswith(self.id):
            now = self.ctx.clock.now_ms()
            can = {verb: reason(why) for verb, why in (data.get("can") or {}).items()}
            self.showed.emit(Shown(data, now, can, doubt(data, now)))
