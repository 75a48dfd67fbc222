"""What works on this computer: one examination at a time, beside the window, told check by check; it can be stopped."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Signal

from g20desk.desk.doctor import Check, Examination, See, chosen
from ui.bus import Ctx, Presenter


class ComputerPresenter(Presenter):
    """`checks` are those of the last examination, as far as it got."""

    found = Signal(object)
    ended = Signal()
    watches = frozenset()
    _heard = Signal(object, object)

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.checks: list[Check] = []
        self.all = len(chosen(()))
        self.stopped = False
        self._under_way: list[Examination] = []
        self._heard.connect(self._take)
        self.destroyed.connect(_stopper(self._under_way))

    def load(self) -> None:
        """Look for the first time."""
        self.look()

    def look(self, *, networks: bool = False, full: bool = False) -> None:
        """Look at everything; nothing where that is under way."""
        if self._under_way:
            return
        desk = self.ctx.desk
        see = See(desk.folder, desk.person.name, full, networks, clock=self.ctx.clock)
        mine = Examination(see, chosen(()))
        self._under_way.append(mine)
        self.checks, self.stopped = [], False

        def told(check: Check) -> None:
            if shiboken6.isValid(self):  # the window may be gone
                self._heard.emit(mine, check)

        # A page of its own shows how far it is, and stops it.
        self.ctx.worker.ask(
            lambda: mine.run(told), lambda _: self._over(), self._failed, self, network=True, quiet=True
        )

    def running(self) -> bool:
        """Whether something is being looked at now."""
        return bool(self._under_way)

    def stop(self) -> None:
        """Look no further."""
        self.stopped = self.running()
        _stopper(self._under_way)()

    def _take(self, of: Examination, check: Check) -> None:
        if of in self._under_way:
            self.checks.append(check)
            self.found.emit(check)

    def _over(self) -> None:
        self._under_way.clear()
        self.ended.emit()

    def _failed(self, problem: Exception) -> None:
        self._over()
        self.failed.emit(problem)


def _stopper(under_way: list[Examination]) -> Callable[[], None]:
    """Stops what is under way then, also when the presenter is gone."""

    def stop() -> None:
        for one in under_way:
            one.stop()

    return stop
