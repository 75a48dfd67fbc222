"""Messages: every message, its texts, posts and history; scheduling, sending, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from g20desk.clock import iso
from g20desk.desk import may, own_acts, seen, times
from g20desk.record.withholding import Wish
from ui.bus import LOOKED, Ctx, Presenter
from ui.messages.doubt import doubt
from ui.messages.model import Comes, Page, Shown, When, stuck
from ui.rows import page
from ui.texts import reason, state_said, t

PAGE = 200
REMOVED = {
    "removed": "Taken down by the office.",
    "already-gone": "It was gone already when the office wanted it down.",
    "refused": "The network refused to take it down.",
    "cannot-tell": "Whether it is down can't be told; look at the account.",
}


class MessagesPresenter(Presenter):
    """A list and the message that is picked."""

    listed = Signal(object)
    showed = Signal(object)
    done = Signal(str)
    offered = Signal(str, object)
    met = Signal(str, object, object)
    watches = frozenset({"message", "post", "hold", "schedule", "alarm", LOOKED})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.search, self.id = "", ""
        self.limit, self.total, self._page = PAGE, 0, Page([], 0)

    def load(self) -> None:
        """The list as far as it was gone through, and the message again."""
        messages, search, limit, now = self.ctx.desk.messages, self.search, self.limit, self.ctx.clock.now_ms()

        def job() -> Page:
            rows, total = messages.found(search, state_said(search), limit)
            return Page([], total).then(rows, total, now)

        self.ask_list(job, self._listed)
        if self.id:
            self.show_one(self.id)

    def filter(self, words: str) -> None:
        """Only those with these words."""
        self.search, self.limit = words, PAGE
        self.load()

    def more(self) -> None:
        """The next page too, asked for alone; all anew only where that says too little."""
        messages, search, now, shown = self.ctx.desk.messages, self.search, self.ctx.clock.now_ms(), self._page
        known = {row.id for row in shown.rows}

        def job() -> Page | None:
            if state_said(search):
                return None
            # Those of the moment of the last that is shown come once more.
            rows = messages.rows(search=search, limit=PAGE + shown.same, before=shown.last + 1)
            new, total = [row for row in rows if row.id not in known], messages.count(search)
            return shown.then(new, total, now) if new else None

        def then(answer: Page | None) -> None:
            if answer is not None:
                self._listed(answer)
                return
            self.limit = len(known) + PAGE
            self.load()

        self.ask_list(job, then)

    def show_one(self, id: str) -> None:
        """Pick a message."""
        self.id = id
        desk = self.ctx.desk

        def job() -> tuple[dict[str, Any], tuple[Any, ...]]:
            data = desk.messages.show(id)
            if data["state"] != "draft":
                seen.mark(desk, data["id"], data["digest"])
            data["can"] |= {"send": may.send(desk), "come-back": may.new(desk) or may.act(desk, "come-back")}
            for post in data["posts"]:
                post["not_mine"] = reason(may.publish_as(desk, post["account"]))
            return data, tuple(desk.alarms.of(data["id"]))

        if id:
            self.ask(job, lambda answer: self._showed(*answer))

    def leave(self, alarms: list[str]) -> None:
        """Nothing more is to be done about these."""
        self._act(lambda: self.ctx.desk.alarms.leave(alarms), t("Left as it is. Today lists it no more."))

    def has_read(self, events: list[str]) -> None:
        """This person has read that these acts of theirs do not count."""
        id, desk = self.id, self.ctx.desk
        self._act(lambda: own_acts.has_read(desk, id, events), t("Read. It stays in what happened."))

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

    def answer(self, id: str, comment: str, text: str) -> None:
        """Answer a comment."""
        make = self.ctx.desk.comments.make
        self._act(lambda: make(id, text, answers=comment), t("Said. All members can read it."))

    def go_with(self, id: str, how: str) -> None:
        """Begin a message that corrects, answers or quotes it, and go there."""
        begin = self.ctx.desk.messages.go_with
        self.ask(lambda: begin(id, how), lambda made: self.ctx.go("composer", made["message"]))

    def come_back(self, id: str, comes: Comes) -> None:
        """Let it come back as a draft."""

        def job() -> None:
            self.ctx.desk.recurrings.put(id, comes.every, comes.days, comes.time, comes.zone, comes.ahead)

        self._act(job, t("It comes back. Its drafts stand in the calendar."))

    def unschedule(self, id: str) -> None:
        """Take it out of the plan."""
        self._act(lambda: self.ctx.desk.messages.unschedule(id), t("Not scheduled any more."))

    def withdraw(self, id: str, why: str) -> None:
        """Withdraw it, with a reason."""
        self._act(lambda: self.ctx.desk.messages.withdraw(id, why), t("Withdrawn."))

    def release(self, id: str, template: str, why: str) -> None:
        """Release it in an emergency, as the first of two or the second."""

        def job() -> str:
            released = self.ctx.desk.signoffs.release(id, template, why)["released"]
            return t("Released: schedule it now.") if released else t("A second person releases it.")

        self._act(job, t("Signed."))

    def reviewed(self, id: str, why: str, misuse: bool) -> None:
        """Say what came of looking at an emergency release."""
        self._act(lambda: self.ctx.desk.signoffs.review(id, why, misuse), t("The review stands in the record."))

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

    def read_numbers(self, post: str) -> None:
        """Ask how far a post went; what it costs has been seen."""
        self._network(lambda: self.ctx.desk.publish.numbers(post, True), lambda _: self.load())

    def prove(self, id: str, file: Path, wish: Wish) -> None:
        """Write its proof into a file, proved before it is written."""

        def job() -> Any:
            from g20desk.desk import packing

            return packing.write(self.ctx.desk, id, file, wish)

        def then(made: Any) -> None:
            left = t("{n} acts that have no place yet are left out.", n=made.tentative) if made.tentative else ""
            words = t(
                "{file} proves it to anybody, as of place {place}.", file=file.name, place=made.verified.last.place
            )
            self.done.emit(f"{words} {left}".strip())

        self._network(job, then)

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

    def _listed(self, answer: Page) -> None:
        self._page, self.total, self.limit = answer, answer.total, max(PAGE, len(answer.rows))
        self.listed.emit(page(answer.rows, self.total, PAGE))

    def _showed(self, data: dict[str, Any], alarms: tuple[Any, ...]) -> None:
        if data["id"] == self.id or str(data["id"]).startswith(self.id):
            now = self.ctx.clock.now_ms()
            can = {verb: reason(why) for verb, why in (data.get("can") or {}).items()}
            found = stuck(data.get("posts", []), alarms)
            self.showed.emit(Shown(data, now, can, doubt(data, now), alarms, found))
