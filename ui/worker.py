"""Work beside the window: one store thread, a few for networks, one that publishes; answers come back on the window's
thread."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from g20desk import logs
from g20desk.errors import DeskError
from g20desk.logs.places import of_job, thread
from ui.unforeseen import note

SLOW_MS = 500
# Whose acts are a person's: the publisher's own acts come from threads of other names.
PERSONS = ("MainThread", "store", "network")
OFFICE = "office"


def by_a_person() -> bool:
    """Whether this thread does what someone at the window asked for."""
    return threading.current_thread().name.startswith(PERSONS)


def came_in() -> bool:
    """Whether this thread takes in what others did."""
    return threading.current_thread().name == OFFICE


@dataclass(eq=False)
class Ticket:
    """One job asked for: cancelled ones are never answered."""

    job: Callable[[], Any]
    then: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    owner: Callable[[], object | None] | None
    quiet: bool = False
    must: bool = False
    stopped: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Nobody waits for the answer any more; work not yet begun is not begun, but for what must be done."""
        self.stopped.set()

    def wanted(self) -> bool:
        """Whether someone is still there to hear the answer."""
        if self.stopped.is_set():
            return False
        if self.owner is None:
            return True
        owner = self.owner()
        return owner is not None and (not isinstance(owner, QObject) or shiboken6.isValid(owner))


class Worker(QObject):
    """`ask` runs a job on the store thread (or the network pool) and hands over its answer here."""

    busy = Signal(bool)
    unhandled = Signal(object)
    _answered = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = ThreadPoolExecutor(1, "store")
        self._networks = ThreadPoolExecutor(4, "network")
        # One thread: what this process sends is never sent by two of its threads at once, whatever windows it opens.
        self._publisher = ThreadPoolExecutor(1, "publisher")
        self._open: list[Ticket] = []
        self._queued: set[Ticket] = set()
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SLOW_MS)
        self._timer.timeout.connect(self._slow)
        self._answered.connect(self._hand_over)

    def ask(
        self,
        job: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
        network: bool = False,
        quiet: bool = False,
        must: bool = False,
    ) -> Ticket:
        """Run `job` elsewhere; `then` or `failed` is called here, unless `owner` is gone by then. A `quiet` job is one
        that nobody waits for: no progress is shown for it. One that `must` be done keeps what somebody wrote: neither
        Stop nor the end of the program takes it back."""
        ticket = Ticket(job, then, failed, weakref.ref(owner) if owner is not None else None, quiet, must)
        if self._closed:
            ticket.cancel()
            return ticket
        if not quiet:
            self._open.append(ticket)
            if not self._timer.isActive():
                self._timer.start()
        self._begin(ticket, network)
        return ticket

    def publish(
        self,
        job: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run `job` after what is being sent now. Nobody waits for it: no progress is shown, and Stop leaves it."""
        ticket = Ticket(job, then, failed, weakref.ref(owner) if owner is not None else None, True)
        if self._closed:
            ticket.cancel()
        else:
            self._begin_publishing(ticket)
        return ticket

    def stop(self) -> None:
        """Give up every answer that is waited for."""
        for ticket in self._open:
            ticket.cancel()
        self._open.clear()
        self.busy.emit(False)

    def idle(self) -> bool:
        """Nothing is being waited for."""
        return not self._open

    def close(self) -> None:
        """Begin nothing more but what must be done; let what has begun end."""
        self._closed = True
        self.stop()
        for ticket in self._queued.copy():
            ticket.cancel()
        self._store.shutdown(wait=True)
        self._networks.shutdown(wait=False, cancel_futures=True)
        # What was handed to a network is written down before the program ends: the interpreter waits for the thread.
        self._publisher.shutdown(wait=False, cancel_futures=True)

    def _begin(self, ticket: Ticket, network: bool) -> None:
        if not network:
            self._queued.add(ticket)
        (self._networks if network else self._store).submit(self._run, ticket)

    def _begin_publishing(self, ticket: Ticket) -> None:
        self._publisher.submit(self._run, ticket)

    def _run(self, ticket: Ticket) -> None:
        value: Any = None
        error: Exception | None = None
        self._queued.discard(ticket)
        began = monotonic()
        try:
            value = ticket.job() if ticket.must or not ticket.stopped.is_set() else None
        except DeskError as problem:  # every failure is told to the asker
            error = problem
            logs.note("refused", code=problem.code)
        except Exception as problem:
            error = problem
            note(problem)
        if (took := monotonic() - began) * 1000 > SLOW_MS:
            logs.note("slow", place=of_job(ticket.job), thread=thread(), seconds=took)
        if shiboken6.isValid(self):
            self._answered.emit(ticket, value, error)

    def _hand_over(self, ticket: Ticket, value: Any, error: Exception | None) -> None:
        wanted = ticket.wanted()
        if ticket in self._open:
            self._open.remove(ticket)
        if not self._open and not ticket.quiet:
            self._timer.stop()
            self.busy.emit(False)
        if not wanted:
            return
        if error is None:
            if ticket.then is not None:
                ticket.then(value)
        elif ticket.failed is not None:
            ticket.failed(error)
        else:
            self.unhandled.emit(error)

    def _slow(self) -> None:
        if self._open:
            self.busy.emit(True)


class InlineWorker(Worker):
    """Does the job at once, here: for pictures and for tests of presenters."""

    def _begin(self, ticket: Ticket, network: bool) -> None:
        self._run(ticket)

    def _begin_publishing(self, ticket: Ticket) -> None:
        self._run(ticket)
