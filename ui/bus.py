"""The one place where the desk's listener, on any thread, becomes a Qt signal; and what every screen is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from g20desk.clock import Clock, SystemClock
from ui.worker import Worker


class Bus(QObject):
    """`changed` carries a frozenset of (kind, id)."""

    changed = Signal(object)

    def listen(self, desk: Any) -> None:
        """Hear that desk's changes from now on."""
        desk.add_listener(self._told)

    def _told(self, changes: frozenset[tuple[str, str]]) -> None:
        self.changed.emit(changes)


@dataclass(frozen=True, slots=True)
class Facts:
    """What does not change while a desk is open, read once on the worker."""

    office: str
    rehearsal: bool
    person: Any
    people: tuple[str, ...] = ()


def facts(desk: Any) -> Facts:
    """Read them. `people` are those whose keys a rehearsal office holds here."""
    names: list[str] = []
    if desk.rehearsal and hasattr(desk, "store"):
        names = [p.name for p in desk.office.people.values() if not p.retired and desk.store.meta(f"device/{p.name}")]
    return Facts(desk.office_name, desk.rehearsal, desk.person, tuple(names))


@dataclass
class Ctx:
    """The desk, the worker, the bus, the clock, and the way to another screen."""

    desk: Any
    facts: Facts
    worker: Worker
    bus: Bus
    clock: Clock = field(default_factory=SystemClock)
    go: Callable[[str, str], None] = lambda screen, id: None


class Presenter(QObject):
    """What a screen is showing: reloads on changes when in front, else notes that it is stale."""

    failed = Signal(object)
    watches: frozenset[str] = frozenset({"message"})

    def __init__(self, ctx: Ctx, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.front = False
        self.stale = True
        ctx.bus.changed.connect(self._changed)

    def load(self) -> None:
        """Ask for everything the screen shows; each presenter says how."""
        raise NotImplementedError

    def shown(self) -> None:
        """The screen came to the front."""
        self.front = True
        if self.stale:
            self.stale = False
            self.load()

    def hidden(self) -> None:
        """Another screen is in front."""
        self.front = False

    def ask(self, job: Callable[[], Any], then: Callable[[Any], None] | None = None) -> None:
        """One call of the desk; a refusal is shown where it concerns."""
        self.ctx.worker.ask(job, then, self.failed.emit, self)

    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if not self.watches & {kind for kind, _ in changes}:
            return
        if self.front:
            self.load()
        else:
            self.stale = True
