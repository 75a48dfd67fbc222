"""Sign-off: what waits for this person, the text against what they read before, and the decision on exactly that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from g20desk.clock import from_iso
from g20desk.desk import own_acts, seen
from g20desk.office.words import words
from ui.bus import LOOKED, Ctx, Presenter
from ui.composer.films import write
from ui.composer.pictures import decoded
from ui.rows import Row, page
from ui.signoff import rows, taking
from ui.signoff.model import Proposal, Reading, passages, proposals, speaking
from ui.texts import reason, t

PAGE = 50
WEEK = 7 * 86_400_000


class SignoffPresenter(Presenter):
    """A list, a reading, the answers, and what the head does with a round."""

    listed = Signal(object, object)
    showed = Signal(object)
    decided = Signal(str)
    done = Signal(str)
    pictured = Signal()
    advance = Signal(str)
    said = Signal()
    watches = frozenset({"message", "post", LOOKED})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.id, self.digest = "", ""
        self.front: dict[str, Any] = {}
        self.changed_at = 0
        self.images: dict[str, QImage] = {}
        self.queue: list[str] = []
        self.limits = {"waiting": PAGE, "done": PAGE}
        self.total, self.decided_total, self.loaded = 0, 0, False
        self._after: list[str] = []
        self.waits = ""  # the message on which this person's decision has not reached the office

    def load(self) -> None:
        """The list; and whether the text in front has changed."""
        desk, messages = self.ctx.desk, self.ctx.desk.messages
        now, limits = self.ctx.clock.now_ms(), dict(self.limits)

        def job() -> tuple[list[str], list[Row], list[Row], int]:
            mine = sorted(messages.waiting(), key=rows.order)
            ids = [r.id for r in mine]
            waiting = [rows.waiting(r, messages.show(r.id), now) for r in mine[: limits["waiting"]]]
            past = messages.decided(now - WEEK)
            away = {one.message for one in own_acts.pending(desk.ledger, desk.person.name)}
            done = page([rows.past(*one, one[0].id in away) for one in past[: limits["done"]]], len(past), PAGE)
            return ids, page(waiting, len(mine), PAGE), done, len(past)

        self.ask_list(job, lambda answer: self._listed(*answer))
        if self.id:
            self.ask(lambda id=self.id: self._show(id), self._showed)

    def _show(self, id: str) -> dict[str, Any]:
        """All of a message, and for whom this person decides on it; on the worker."""
        desk = self.ctx.desk
        data: dict[str, Any] = desk.messages.show(id, anew=True)
        return {**data, "speaks": speaking(data, desk.person, desk.deputies.rows())}

    def more(self, which: str) -> None:
        """The next page of what waits, or of what is done."""
        self.limits[which] += PAGE
        self.load()

    def read(self, id: str) -> None:
        """Open one; what it says now is what is decided on, and what the next version is compared with."""
        if not id:
            return
        self.id, self.digest, self.changed_at = id, "", 0
        desk = self.ctx.desk

        def job() -> dict[str, Any]:
            data = self._show(id)
            if data["state"] != "draft":
                seen.mark(desk, data["id"], data["digest"])
            return data

        self.ask(job, self._showed)

    def reread(self) -> None:
        """The text changed while open: read it as it is now."""
        self.read(self.id)

    def decide(self, answer: str, why: str, text: str | None = None, lang: str = "") -> None:
        """Sign the decision on the digest that was read; `text`: what is proposed instead, in a language."""
        id, digest, order = self.id, self.digest, list(self.queue)
        desk = self.ctx.desk

        def job() -> bool:
            desk.messages.decide(id, answer, digest, why, text, lang)
            return any(one.message == id for one in own_acts.pending(desk.ledger, desk.person.name))

        def told(pending: bool) -> None:
            self._after = order[order.index(id) :] if id in order else [id]
            self.waits = id if pending else ""
            self.decided.emit(answer)
            self.load()

        self.ask(job, told)

    def comment(self, text: str, about: dict[str, Any] | None, answers: str) -> None:
        """Say something on what was read: on a passage, on all of it, or in answer to somebody."""
        id, digest, make = self.id, self.digest, self.ctx.desk.comments.make
        self.ask(lambda: make(id, text, digest, about, answers), lambda _: self.said.emit())

    def reopen(self, why: str, until: int | None) -> None:
        """Lay the same text before all again."""
        id, desk = self.id, self.ctx.desk
        self._act(lambda: desk.signoffs.reopen(id, why, until), t("Laid before all again."))

    def extend(self, why: str, until: int | None) -> None:
        """Give the open stage more time."""
        id, desk = self.id, self.ctx.desk
        self._act(lambda: desk.signoffs.extend(id, why, until), t("The stage has more time."))

    def lift(self, why: str) -> None:
        """Propose to lift a late objection, or lift it as the second."""
        id, desk = self.id, self.ctx.desk

        def job() -> str:
            lifted = desk.signoffs.lift(id, why)["lifted"]
            return t("Lifted.") if lifted else t("You asked for it to be lifted. A second person lifts it.")

        self._act(job)

    def close(self) -> None:
        """Close the silences that are over, as the publisher and every exchange with the office do too."""
        id, desk = self.id, self.ctx.desk

        def job() -> str:
            closed = id in desk.signoffs.close_over()
            return (
                t("Adopted.")
                if closed
                else t("It could not be closed from here: look at this desk's clock, and try again.")
            )

        self._act(job)

    def take_over(self, proposal: Proposal) -> None:
        """Put a proposed text into the draft, and go there."""
        id, desk = self.id, self.ctx.desk
        self.ask(lambda: taking.take_over(desk, id, proposal), lambda _: self.ctx.go("composer", id))

    def _act(self, job: Callable[[], object], words: str = "") -> None:
        def told(said: object) -> None:
            self.load()
            self.done.emit(words or str(said))

        self.ask(job, told)

    def has_read(self, events: list[str]) -> None:
        """This person has read that these acts of theirs do not count."""
        id, desk = self.id, self.ctx.desk
        self.ask(lambda: own_acts.has_read(desk, id, events), lambda _: self.load())

    def _listed(self, ids: list[str], waiting: list[Row], done: list[Row], decided: int) -> None:
        self.queue, self.total, self.decided_total, self.loaded = ids, len(ids), decided, True
        self.listed.emit(waiting, done)
        if self._after and self._after[0] not in self.queue:
            later, self._after = self._after, []
            if after := next((id for id in [*later, *self.queue] if id in self.queue), ""):
                self.advance.emit(after)

    def _showed(self, data: dict[str, Any]) -> None:
        if data["id"] != self.id and not str(data["id"]).startswith(self.id):
            return
        now = self.ctx.clock.now_ms()
        if self.digest and data["digest"] != self.digest and not self.changed_at:
            kinds = ("message.submitted", "message.withdrawn", "draft.revised")
            acts = [h for h in data.get("history", ()) if h["kind"] in kinds and h["counts"]]
            self.changed_at = from_iso(acts[-1]["at"]) if acts else now
        if self.changed_at:
            data = self.front  # what was read stays in front until the change is asked for
        else:
            self.digest, self.front = data["digest"], data
        over = {o["rule"] for o in data.get("overrides", ())}
        blocks = sum(f["level"] == "block" and f["rule"] not in over for f in data.get("findings", ()))
        can = {verb: reason(why) for verb, why in (data.get("can") or {}).items()}
        shown = [p["piece"] for p in (*data.get("pictures", ()), *data.get("cards", ())) if p["piece"]]
        for piece in set(shown) - set(self.images):
            self.ask(
                lambda piece=piece: decoded(self.ctx.desk.messages.picture_bytes(piece)),
                lambda image, piece=piece: self._pictured(piece, image),
            )
        said = tuple(words(self.digest)) if self.digest else ()
        about = (passages(data), data.get("speaks", ""), proposals(data))
        self.showed.emit(Reading(data, self.digest, said, can, blocks, self.changed_at, now, *about))

    def save_copy(self, piece: str, path: str) -> None:
        """A film's bytes, as they were signed, into a file, to be watched."""
        self.ask(lambda: write(path, self.ctx.desk.messages.picture_bytes(piece)), lambda _: None)

    def _pictured(self, piece: str, image: QImage) -> None:
        self.images[piece] = image
        self.pictured.emit()
