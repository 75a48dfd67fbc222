"""What a window shows of how its desk stands to the office: the strip, and alarms where it needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from g20desk.desk.attending import Standing
from ui.attending.words import line

if TYPE_CHECKING:
    from ui.attending.attendant import Attendant
    from ui.window import Window


class Touch(QObject):
    """`look` asks the desk's own store, `begin` goes to the office from then on. `stands` tells whoever else shows it."""

    stands = Signal(object)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.standing = Standing(False)
        self.attendant: Attendant | None = None

    def begin(self) -> None:
        """When the window has been painted."""
        from ui.attending.attendant import Attendant
        from ui.widgets import guard

        guard.all_handlers()
        self.attendant = Attendant(self._window.ctx, self)
        self.attendant.stands.connect(self._stands)
        self.attendant.start()

    def wake(self) -> None:
        """A person wants it now."""
        if self.attendant is not None:
            self.attendant.wake()

    def end(self) -> None:
        """The window closes."""
        if self.attendant is not None:
            self.attendant.stop()

    def finish(self, seconds: float) -> None:
        """The program ends: what was done last goes out where it can."""
        if self.attendant is not None:
            self.attendant.finish(seconds)

    def look(self) -> None:
        """As far as the desk knows; asks no network."""
        ctx = self._window.ctx
        ctx.worker.ask(ctx.desk.attending.standing, self._stands, lambda _: None, self, quiet=True)

    def show(self) -> None:
        """The strip anew: what it says names times."""
        found, strip = self.standing, self._window.strip
        if found.elsewhere:
            said = line(found, self._window.ctx.clock.now_ms())
            strip.stand(said.icon, said.tone, said.head, said.words, said.words_tone)

    def _stands(self, found: Standing) -> None:
        before, self.standing = self.standing, found
        if found.tentative != self._window.strip.tentative:
            self._window.strip.count(found.tentative)
        if found != before:
            self.show()
            self.stands.emit(found)
        if [one.code for one in found.troubles] != [one.code for one in before.troubles]:
            self._window.ctx.bus.changed.emit(frozenset({("alarm", "record")}))
