"""One voice: the list of lines, the one that is read, and who carried it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from g20desk.office.words import words as digest_words
from ui.bus import Ctx, Presenter
from ui.rows import Row, page
from ui.texts import comma, isolated, spoken, t
from ui.voice import rows
from ui.voice.model import Shown, listed

PAGE, CARRIERS = 100, 40
ACCOUNTS, GRID, TIME = "accounts", "grid", "time"


class VoicePresenter(Presenter):
    """Lines come in pages, and so do the carriers of one; what each said is read for the line that is picked alone."""

    listed = Signal(object, int)
    gridded = Signal(object, object)
    turned = Signal(str)
    showed = Signal(object)
    done = Signal(str)
    watches = frozenset({"message", "post", "hold", "office", "account"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.id, self.words, self.loaded = "", "", False
        self.limit, self.most = PAGE, CARRIERS
        self.page = ""  # accounts, grid or time, as this person left it on this desk

    def load(self) -> None:
        """The list; and the line in front as it is now."""
        desk, now, limit, words = self.ctx.desk, self.ctx.clock.now_ms(), self.limit, self.words

        def job() -> tuple[list[Row], int]:
            found, total = desk.lines.page(limit, words)
            return page([rows.row(one, now) for one in found], total, PAGE), total

        self.ask_list(job, self._listed)
        self._ask()
        if self.page == GRID:
            self.ask(lambda: desk.lines.grid(limit, words), lambda found: self.gridded.emit(*found))
        if not self.page:
            self.ask(lambda: desk.store.meta(self._kept()), lambda page: self.turn(page or ACCOUNTS, keep=False))

    def _kept(self) -> str:
        return f"one-voice/{self.ctx.desk.person.id}"

    def turn(self, page: str, keep: bool = True) -> None:
        """Accounts, grid or over time; kept for this person on this desk."""
        if page == self.page:
            return
        self.page = page
        self.turned.emit(page)
        desk, limit, words = self.ctx.desk, self.limit, self.words
        if keep:
            self.ask(lambda: desk.store.set_meta(self._kept(), page))
        if page == GRID:
            self.ask(lambda: desk.lines.grid(limit, words), lambda found: self.gridded.emit(*found))

    def narrow(self, words: str) -> None:
        """Only lines with these words."""
        if words != self.words:
            self.words, self.limit = words, PAGE
            self.load()

    def more(self) -> None:
        """The next page of lines."""
        self.limit += PAGE
        self.load()

    def more_carriers(self) -> None:
        """The next page of those who were asked."""
        self.most += CARRIERS
        self._ask()

    def read(self, id: str) -> None:
        """Have that line in front."""
        if id != self.id:
            self.id, self.most = id, CARRIERS
            self._ask()

    def write(self, relay: str, text: str) -> None:
        """Say something to those of an account, where all members read it."""
        self.ask(
            lambda: self.ctx.desk.comments.make(relay, text),
            lambda _: self.done.emit(t("Said. All members can read it.")),
        )

    def leave(self, relay: str, why: str) -> None:
        """Leave drift as it is."""
        self.ask(
            lambda: self.ctx.desk.relays.leave(relay, why),
            lambda _: self.done.emit(t("Left as it is, with your reason.")),
        )

    def judge(self, post: str, answer: str, why: str) -> None:
        """Say what a post beside the line is."""
        self.ask(
            lambda: self.ctx.desk.overheard.judge(post, answer, why),
            lambda _: self.done.emit(t("Said, and on record.")),
        )

    def listen(self) -> None:
        """Read what governments posted, and list what may have to do with a line."""

        def told(made: dict[str, Any]) -> None:
            n, unread = len(made["listed"]), [one["account"] for one in made["accounts"] if one["why"]]
            words = t("{n} posts were listed.", n=n) if n != 1 else t("1 post was listed.")
            if unread:
                words += " " + t("Not read: {accounts}.", accounts=comma().join(map(isolated, unread)))
            self.done.emit(words)

        self.ask(self.ctx.desk.overheard.listen, told, network=True)

    def save_kit(self, path: Path, langs: Sequence[str], draft: bool) -> None:
        """The media kit of the line in front, in these languages; whole or not at all."""
        id, desk = self.id, self.ctx.desk

        def then(made: dict[str, Any]) -> None:
            said = t("Kit saved: {name}, {n} files. Digest: {words}", name=path.name, n=len(made["files"]),
                     words=spoken(digest_words(made["digest"])))  # fmt: skip
            self.done.emit(said)

        self.ask(lambda: desk.lines.kit(id, path, langs, draft), then)

    def prove(self, relay: str, file: Path) -> None:
        """A proof of what an account was asked and made of it, with the line, into a file."""

        def job() -> Any:
            from g20desk.desk import packing
            from g20desk.record.withholding import Wish

            return packing.write(self.ctx.desk, relay, file, Wish())

        def then(made: Any) -> None:
            place = made.verified.last.place
            self.done.emit(t("{file} proves it to anybody, as of place {place}.", file=file.name, place=place))

        self.ask(job, then)

    def _ask(self) -> None:
        id, most, desk, now = self.id, self.most, self.ctx.desk, self.ctx.clock.now_ms()
        if not id:
            self.showed.emit(None)
            return

        def job() -> Shown:
            data = desk.lines.read(id)
            found = desk.relays.carriers(data["row"].id, most)
            staff, row = desk.messages.staff, data["row"]
            beside = desk.overheard.rows(row.id) if data["stream"] else []
            posts = listed(beside, dict(row.locks), staff)
            return Shown(data, tuple(found), sum(row.relays.values()), now, posts, staff)

        self.ask(job, lambda shown: self.showed.emit(shown) if id == self.id else None)

    def _listed(self, answer: tuple[list[Row], int]) -> None:
        self.loaded = True
        self.listed.emit(*answer)
