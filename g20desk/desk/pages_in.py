"""Pages of the order as a hub shows them. Where many are to come, the next one is fetched, and its signatures are checked
beside, while one is taken in: a desk that is new here has no other work."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

from g20desk.ledger.ahead import Ahead, Checked
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Entry

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub

AT_ONCE = 500
MANY = 1_000  # places that are worth a second process
Page = tuple[list[Entry], Checked]


class PagesIn:
    """Pages up to where the order `ends`, 0 where that is not known. Use as a context."""

    def __init__(self, hub: Hub, store: Store, ends: int) -> None:
        self._hub, self._store, self._ends = hub, store, ends
        self._stack = ExitStack()
        self._office = store.meta("office")
        self._ahead: Ahead | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._next: tuple[int, Future[list[Entry]]] | None = None

    def __enter__(self) -> PagesIn:
        if self._ends - self._store.last_place()[0] >= MANY:
            self._stack.enter_context(self._store.roomy())
            self._ahead = self._stack.enter_context(Ahead())
            self._thread = self._stack.enter_context(ThreadPoolExecutor(1, "pages"))
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()

    def page(self, last: int) -> Page:
        """What stands from place `last` on, and which of its signatures were checked. Raises what `Hub.entries` raises."""
        (found, checked), self._next = self._got(last), None
        end = found[-1].placed.n if found else 0
        if self._thread is not None and last < end < self._ends:
            keeper, epochs = self._store.meta("keeper"), self._store.epochs()
            self._next = end, self._thread.submit(self._fetched, end, keeper, epochs)
        return found, checked

    def _got(self, last: int) -> Page:
        if self._next is None or self._ahead is None:
            return self._entries(last), Checked()
        after, fetched = self._next
        found, checked = fetched.result(), self._ahead.answer()
        return (found, checked) if after == last else (self._entries(last), Checked())

    def _fetched(self, last: int, keeper: str, epochs: dict[str, bytes]) -> list[Entry]:
        found = self._entries(last)
        assert self._ahead is not None
        self._ahead.ask(found, self._office, keeper, epochs)
        return found

    def _entries(self, last: int) -> list[Entry]:
        return self._hub.entries(max(0, last - 1), AT_ONCE)
