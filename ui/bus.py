"""The one place where the desk's listener, on any thread, becomes a Qt signal; and what every screen is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from g20desk.clock import Clock, SystemClock
from g20desk.desk import may
from g20desk.errors import Refused
from g20desk.ledger import views
from g20desk.office.presidency import holder
from ui.texts import local_zone
from ui.worker import Ticket, Worker, by_a_person, came_in

if TYPE_CHECKING:
    from ui.attending.touch import Touch

EVERYTHING = frozenset({("*", "*")})
LOOKED = "seen"
GLANCE_MS = 1_000
TICK_MS = 15_000


def touches(changes: frozenset[tuple[str, str]], kinds: frozenset[str] | set[str]) -> bool:
    """Whether changes touch one of these kinds; `*` touches all."""
    return any(kind == "*" or kind in kinds for kind, _ in changes)


class Bus(QObject):
    """`changed` carries a frozenset of (kind, id); `acted`: someone at this window did something; `done_here`: that or the
    publisher did, so that it did not come in; `elsewhere`: another process wrote; `outgrown`: a newer program gave the record
    another form."""

    changed = Signal(object)
    acted = Signal()
    done_here = Signal()
    elsewhere = Signal()
    outgrown = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.glance = QTimer(self)
        self._seen: int | None = None

    def listen(self, desk: Any) -> None:
        """Hear that desk's changes from now on."""
        desk.add_listener(self._told)

    def watch(self, desk: Any, worker: Worker) -> None:
        """Look each second whether another process wrote, on the store thread, whose connection can tell."""

        def seen(version: int) -> None:
            before, self._seen = self._seen, version
            if before is not None and before != version:
                self.changed.emit(EVERYTHING)
                self.elsewhere.emit()

        def unseen(problem: Exception) -> None:
            if getattr(problem, "code", "") == "store-newer":
                self.glance.stop()  # nothing can be done here any more, which is said once
                self.outgrown.emit(problem)

        def look() -> None:
            worker.ask(desk.store.data_version, seen, unseen, self, quiet=True)

        self.glance.timeout.connect(look)
        self.glance.start(GLANCE_MS)
        look()

    def _told(self, changes: frozenset[tuple[str, str]]) -> None:
        self.changed.emit(changes)
        if all(kind == LOOKED for kind, _ in changes):
            return  # what one looked at is no act
        if by_a_person():
            self.acted.emit()
        if not came_in():
            self.done_here.emit()


class Publisher(QObject):
    """Sends what is due, beside everything else: after each act of a person, at the next planned time and every 15 s.
    Who may send is the desk's to say: it is asked once, and a refusal of the right ends it."""

    told = Signal(object)
    trouble = Signal(object)
    undrafted = Signal(object)

    def __init__(self, desk: Any, worker: Worker, bus: Bus, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._worker, self._clock = desk, worker, clock
        self._runs, self._again, self._wrote = 0, False, False
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.wake)
        bus.acted.connect(self.wake)
        bus.elsewhere.connect(self._others)

    def wake(self) -> None:
        """Look now, or once more when the look that is under way is over."""
        if self._stopped:
            return
        if self._runs:
            self._again = True
            return
        self.send(self.told.emit, self._failed)

    def stop(self) -> None:
        """Nothing is sent by itself any more; `send` still works."""
        self._stopped = True
        self._timer.stop()

    def running(self) -> bool:
        """Whether something is being sent now."""
        return self._runs > 0

    def send(self, then: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Send what is due, after what is being sent now; the counts."""
        self._runs += 1

        def job() -> tuple[dict[str, int], int | None]:
            began = self._clock.now_ms()  # what falls due while this runs is looked at right after it
            counts = self._desk.publish.once()
            ahead = [row.due for row in views.due(self._desk.store, "message") if row.due and row.due > began]
            return counts, min(ahead, default=None)

        def done(answer: tuple[dict[str, int], int | None]) -> None:
            counts, soonest = answer
            self._over(soonest)
            then(counts)
            self._worker.ask(self._desk.publish.look, owner=self, network=True, quiet=True)
            self._worker.ask(self._desk.publish.ahead, owner=self, network=True, quiet=True)
            self._worker.ask(self._desk.recurrings.make_due, self._drafted, owner=self, network=True, quiet=True)

        def not_done(problem: Exception) -> None:
            self._over(None)
            failed(problem)

        self._worker.publish(job, done, not_done, self)

    def _over(self, soonest: int | None) -> None:
        self._runs -= 1
        self._wrote = True
        if self._stopped or self._runs:
            return
        ahead = TICK_MS if soonest is None else min(TICK_MS, max(0, soonest - self._clock.now_ms()) + 1)
        self._timer.start(0 if self._again else ahead)
        self._again = False

    def _drafted(self, answer: tuple[list[str], list[str]]) -> None:
        """Drafts of recurring messages were made, which the screens hear by themselves; or could not be."""
        if answer[1]:
            self.undrafted.emit(answer[1])

    def _failed(self, problem: Exception) -> None:
        if isinstance(problem, Refused) and problem.code == "no-right":
            self.stop()
        else:
            self.trouble.emit(problem)

    def _others(self) -> None:
        # Our own threads' writes look like another process's; then the next tick is soon enough.
        mine, self._wrote = self._wrote or self._runs > 0, False
        if not mine:
            self.wake()


@dataclass(frozen=True, slots=True)
class Facts:
    """What does not change while a desk is open, read once on the worker."""

    office: str
    rehearsal: bool
    person: Any
    people: tuple[str, ...] = ()
    presidency: str = ""
    no_drafts: str = ""


def facts(desk: Any) -> Facts:
    """Read them. `people` are those whose keys a rehearsal office holds here; `presidency`: the government that holds it;
    `no_drafts`: why this person writes none, empty where they do."""
    names: list[str] = []
    if desk.rehearsal and hasattr(desk, "store"):
        names = [p.name for p in desk.office.people.values() if not p.retired and desk.store.meta(f"device/{p.name}")]
    return Facts(desk.office_name, desk.rehearsal, desk.person, tuple(names), holder(desk.office), may.new(desk))


@dataclass
class Ctx:
    """The desk, the worker, the bus, the clock, and the way to another screen. `first`: what the first screen shows,
    gathered while the desk was opened."""

    desk: Any
    facts: Facts
    worker: Worker
    bus: Bus
    clock: Clock = field(default_factory=SystemClock)
    go: Callable[[str, str], None] = lambda screen, id: None
    zone: tzinfo = field(default_factory=local_zone)
    publisher: Publisher | None = None
    touch: Touch | None = None
    first: Any = None


class Presenter(QObject):
    """What a screen is showing: reloads on changes when in front, else notes that it is stale."""

    failed = Signal(object)
    watches: frozenset[str] = frozenset({"message"})
    # Asks for everything the screen shows; each presenter says how.
    load: Callable[[], None]

    def __init__(self, ctx: Ctx, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.front = False
        self.stale = True
        self._loading: Ticket | None = None
        ctx.bus.changed.connect(self._changed)

    def shown(self) -> None:
        """The screen came to the front."""
        self.front = True
        self.prepare()

    def prepare(self) -> None:
        """Ask for what is not here yet: by the time the screen is painted it may be."""
        if self.stale:
            self.stale = False
            self.load()

    def hidden(self) -> None:
        """Another screen is in front."""
        self.front = False

    def ask(self, job: Callable[[], Any], then: Callable[[Any], None] | None = None, network: bool = False) -> None:
        """One call of the desk; a refusal is shown where it concerns. Whoever wants to send goes to the publisher."""
        sender = self.ctx.publisher
        if sender is not None and job == self.ctx.desk.publish.once:
            sender.send(then or (lambda _: None), self.failed.emit)
        else:
            self.ctx.worker.ask(job, then, self.failed.emit, self, network)

    def ask_list(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """What a list shows, in place of whatever was asked for it before and is not here yet."""
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self.ctx.worker.ask(job, then, self.failed.emit, self)

    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if not touches(changes, self.watches):
            return
        if self.front:
            self.load()
        else:
            self.stale = True
