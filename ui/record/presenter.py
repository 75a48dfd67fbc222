"""The record: a list in pages, the act that is picked, the whole of it checked; what another desk says of its head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import Signal

from g20desk.desk.record import END, Recorded, Wanted, Whole
from g20desk.errors import DeskError, Usage
from ui.bus import Ctx, Presenter
from ui.record.model import more_row, row_of
from ui.record.words import kinds_of, kinds_said
from ui.rows import Row
from ui.texts import t

PAGE = 200
ALL, TENTATIVE, REFUSED = "all", "tentative", "refused"


class Stopped(DeskError):
    """The person took it back."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows. `total`: of the whole record; `since`: of the first act that has no place, 0 where all have."""

    rows: list[Row]
    total: int
    tentative: int
    since: int


@dataclass(frozen=True, slots=True)
class Head:
    """This desk's newest place: its number, the line to send, the words to say."""

    place: int
    line: str
    words: str


class RecordPresenter(Presenter):
    """One question to the record at a time; pages are added at its end."""

    listed = Signal(object)
    showed = Signal(object)
    going = Signal(int, int)
    checked = Signal(object)
    stopped = Signal()
    head_known = Signal(object)
    compared = Signal(int, bool)
    not_compared = Signal(object)
    done = Signal(str)
    proved = Signal(str, object, bool)

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.wanted, self.view, self.id = Wanted(), ALL, ""
        self._acts: list[Recorded] = []
        self._more = False
        self._stop: Event | None = None

    def load(self) -> None:
        """As far as it was gone through, anew; and the act again."""
        self._ask(max(PAGE, len(self._acts)))
        if self.id:
            self.pick(self.id)

    def narrow(self, view: str = "", **wanted: Any) -> None:
        """Another question. `group`: of kinds."""
        if view:
            self.view = view
            wanted |= {"tentative": view == TENTATIVE, "refused": view == REFUSED}
        if "group" in wanted:
            wanted["kinds"] = kinds_of(wanted.pop("group"))
        if "words" in wanted:
            wanted["said"] = kinds_said(wanted["words"])
        self.wanted, self._acts = replace(self.wanted, **wanted), []
        self._ask(PAGE)

    def narrowed(self) -> bool:
        """Whether less than the whole record is asked for."""
        return self.wanted != Wanted()

    def more(self) -> None:
        """The next page too."""
        before = self._acts[-1].position if self._acts else END
        shown = self._acts
        self.ask_list(lambda: self._page(PAGE, before), lambda answer: self._listed(answer, shown))

    def pick(self, id: str) -> None:
        """All about an act."""
        self.id = id
        record = self.ctx.desk.record
        if not id:
            self.showed.emit(None)
            return
        self.ask(lambda: record.whole(id), lambda whole: self._showed(id, whole))

    def check(self) -> None:
        """Read the whole record again, from its bytes, beside everything else."""
        if self._stop is not None:
            return
        stop = self._stop = Event()
        desk = self.ctx.desk

        def job() -> dict[str, Any]:
            from g20desk.desk.verifying import verify

            total = desk.record.total()
            self.going.emit(0, total)

            def told(done: int) -> None:
                if stop.is_set():
                    raise Stopped("stopped", "")
                self.going.emit(min(done, total), total)

            try:
                return verify(desk, told)
            finally:
                desk.store.close()

        def over(answer: dict[str, Any]) -> None:
            self._stop = None
            self.checked.emit(answer)

        def failed(problem: Exception) -> None:
            self._stop = None
            if isinstance(problem, Stopped):
                self.stopped.emit()
            else:
                self.stopped.emit()
                self.failed.emit(problem)

        self.ctx.worker.ask(job, over, failed, self, network=True, quiet=True)

    def stop(self) -> None:
        """Take the check back."""
        if self._stop is not None:
            self._stop.set()

    def head(self) -> None:
        """This desk's newest place, to be compared."""

        def job() -> Head | None:
            from g20desk.desk import evidence

            place = self.ctx.desk.store.last_place()[0]
            if not place:
                return None
            return Head(place, evidence.head_line(self.ctx.desk.store), evidence.head_words(self.ctx.desk.store))

        self.ask(job, self.head_known.emit)

    def compare(self, line: str) -> None:
        """Hold another desk's line to this record."""

        def job() -> tuple[int, bool]:
            from g20desk.desk import evidence

            return evidence.compare(self.ctx.desk.ledger, line, self.ctx.clock.now_ms())

        self.ctx.worker.ask(job, lambda answer: self.compared.emit(*answer), self.not_compared.emit, self)

    def export(self, file: Path) -> None:
        """Write all acts into a file that anybody can check."""
        desk = self.ctx.desk

        def job() -> dict[str, Any]:
            from g20desk.desk.exporting import export

            try:
                return export(desk, file)
            finally:
                desk.store.close()

        def then(told: dict[str, Any]) -> None:
            self.done.emit(t("{n} acts are written to {file}.", n=told["events"], file=file.name))

        self.ctx.worker.ask(job, then, self.failed.emit, self, network=True)

    def prove(self, file: Path) -> None:
        """Read a proof that somebody made, and prove it."""
        own = self.ctx.desk.office.id

        def job() -> dict[str, Any]:
            from g20desk.record import report, verify
            from g20desk.record.pack import BadPack

            try:
                return report.report(verify.verify(verify.load(file)))
            except BadPack as bad:
                return report.faulty(str(bad))
            except OSError as error:
                raise Usage("no-file", f"{file} can't be read: {error.strerror}.", "Name a proof.") from error

        def then(found: dict[str, Any]) -> None:
            self.proved.emit(file.name, found, found["verified"] and found["office"]["id"] == own)

        self.ctx.worker.ask(job, then, self.failed.emit, self, network=True)

    def do(self, job: Callable[[], str]) -> None:
        """Something that may take a while; what came of it is said."""
        self.ctx.worker.ask(job, self._did, self.failed.emit, self, network=True)

    def keep_proof(self, file: Path) -> None:
        """Write what the office's machine signed or showed that does not hold."""
        from g20desk.desk import evidence

        store = self.ctx.desk.store
        words = t("What was shown is in {file}.", file=file.name)
        self.ask(lambda: evidence.export(store, file), lambda _: self.done.emit(words))

    def forget_undone(self) -> None:
        """What had to be done again was, or is not wanted."""
        from g20desk.desk import copying

        store, touch = self.ctx.desk.store, self.ctx.touch
        self.ask(lambda: copying.forget(store), lambda _: touch.look() if touch is not None else None)

    def _did(self, words: str) -> None:
        self.load()
        self.done.emit(words)

    def _ask(self, limit: int) -> None:
        self.ask_list(lambda: self._page(limit, END), lambda answer: self._listed(answer, []))

    def _page(self, limit: int, before: int) -> tuple[list[Recorded], bool, int, int, int]:
        desk = self.ctx.desk
        found = desk.record.page(self.wanted, limit + 1, before)
        count = desk.tentative
        return found[:limit], len(found) > limit, desk.record.total(), count, desk.record.since() if count else 0

    def _listed(self, answer: tuple[list[Recorded], bool, int, int, int], shown: list[Recorded]) -> None:
        found, self._more, total, tentative, since = answer
        self._acts = [*shown, *found]
        now = self.ctx.clock.now_ms()
        rows: list[Row] = [row_of(act, now) for act in self._acts]
        if self._more:
            rows.append(more_row(len(rows)))
        self.listed.emit(Listed(rows, total, tentative, since))

    def _showed(self, id: str, whole: Whole | None) -> None:
        if id == self.id:
            self.showed.emit(whole)

    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        """Whatever was done is an act."""
        if self.front:
            self.load()
        else:
            self.stale = True
