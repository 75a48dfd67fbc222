"""What lies before the message in hand once it is submitted: the routes that it may take, and what time a silence of one has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ui.bus import Ctx
from ui.composer.apart import ApartDraft
from ui.lands import english
from ui.texts import language

if TYPE_CHECKING:
    from g20desk.desk.submitting import StageAhead, Way


class AheadDraft(ApartDraft):
    """`foreseen`: the ways are others now. `looked`: they are those of what is about to be submitted. `timed` carries a stage and
    each government beside its time."""

    foreseen = Signal()
    looked = Signal()
    timed = Signal(object, object)

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.ways: tuple[Way, ...] = ()
        self._ways_of: Any = None

    def foresee(self) -> None:
        """Which way the message would go, asked where what decides that has changed."""
        draft = self.draft
        of = (draft.id, draft.kind, draft.topic, tuple(draft.to))
        if of != self._ways_of:
            self._ways_of = of
            self._ask_ways(self.foreseen)

    def look_ahead(self) -> None:
        """The same as the office stands now, before it is submitted."""
        self._ask_ways(self.looked)

    def _ask_ways(self, told: Any) -> None:
        routes, content, id, of = self.ctx.desk.routes, self.draft.content(), self.draft.id, self._ways_of

        def here(ways: tuple[Way, ...]) -> None:
            if of == self._ways_of:
                self.ways = ways
                told.emit()

        self.ask(lambda: routes.ways(content, id, english), here)

    def time(self, stage: StageAhead) -> None:
        """What of a silence falls into working hours: away from the store, since holidays take a moment to be read."""
        hours, lang = self.ctx.desk.hours, language()
        until = stage.begins + stage.stage.within_ms

        def job() -> Any:
            return hours.period(stage.lands, stage.begins, until, lang)

        self.ctx.worker.ask(
            job, lambda found: self.timed.emit(stage, found), self.failed.emit, self, network=True, quiet=True
        )
