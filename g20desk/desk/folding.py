"""What the record comes to: the office at each place, and the streams that were asked for last. What has its place is
folded once."""

from __future__ import annotations

import bisect
import threading
from collections.abc import Callable
from typing import Any

from g20desk.ledger import canonical
from g20desk.ledger.chain import ordered
from g20desk.ledger.event import Event
from g20desk.ledger.store import Store
from g20desk.office import acts, fold
from g20desk.office.fold import Verdict
from g20desk.office.state import Office

KEPT = 128


class Folds:
    """The folds over a store; threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._streams: dict[tuple[str, str], tuple[int, Any, tuple[Verdict, ...]]] = {}
        self._places: list[int] = []
        self._offices: list[Office] = []
        self._verdicts: list[Verdict] = []

    def office(self, before: int | None = None) -> Office:
        """The office as it stands, tentative acts included, or as it stood just before a place."""
        with self._lock:
            tail = self._read()
            return _tentative(self._before(canonical.MAX_INT), tail) if before is None else self._before(before)

    def placed_office(self) -> Office:
        """The office as the record has it, tentative acts left out."""
        return self.office(canonical.MAX_INT)

    def office_verdicts(self) -> list[Verdict]:
        """The verdict on each act of the office's stream, tentative ones last."""
        with self._lock:
            tail = self._read()
            verdicts = [*self._verdicts]
            _tentative(self._before(canonical.MAX_INT), tail, verdicts)
            return verdicts

    def stream(self, noun: str, stream: str) -> tuple[Any, list[Verdict]]:
        """A stream's state and verdicts: only what came since it was last asked for is folded."""
        with self._lock:
            last, state, verdicts = self._streams.get((noun, stream), (0, acts.START[noun], ()))
            since = self._store.stream(stream, last)
            placed = [item for item in since if item.place is not None]
            # Read after the stream, the office has every act that was placed before one of the stream's.
            self._read()
            state, more = fold.fold(state, placed, lambda item: self._before(item.place or 0), noun, self.reader)
            verdicts = (*verdicts, *more)
            self._keep((noun, stream), placed[-1].place or 0 if placed else last, state, verdicts)
        state, more = fold.fold(state, ordered(since[len(placed) :]), lambda item: self.office(), noun, self.reader)
        return state, [*verdicts, *more]

    def reader(self, item: Event) -> Callable[[str], Any]:
        """What an act may read of a message's stream besides its own: as it stood just before the act's place. Of a stream that
        would have to read others itself there is nothing to read: only lines are of a lower rank."""
        return lambda stream: self._read_before(stream, item.place) if stream != item.header.stream else None

    def _read_before(self, stream: str, place: int | None) -> Any:
        with self._lock:
            self._read()
            events = self._store.stream(stream)
            earlier = [one for one in events if one.place is not None and (place is None or one.place < place)]
            state, _ = fold.fold(acts.START["message"], earlier, lambda one: self._before(one.place or 0), "message")
        tail = ordered([one for one in events if one.place is None]) if place is None else []
        return fold.fold(state, tail, lambda one: self.office(), "message")[0]

    def took(self, noun: str, before: Any, verdict: Verdict, state: Any) -> None:
        """An act that was judged on the state `before` is in the store now, at its place: it needs no second look. One that
        was judged on another state than the placed acts come to is folded when next asked for."""
        item = verdict.event
        place = item.place or 0
        with self._lock:
            if noun == "office":
                if self._offices and self._offices[-1] is before and self._places[-1] < place:
                    self._verdicts.append(verdict)
                    self._places.append(place)
                    self._offices.append(state)
                return
            key = noun, item.header.stream or item.id
            last, known, verdicts = self._streams.get(key, (0, acts.START[noun], ()))
            if known is before and last < place:
                self._keep(key, place, state, (*verdicts, verdict))

    def forget(self) -> None:
        """Fold anew from the store when next asked."""
        with self._lock:
            self._streams.clear()
            for kept in (self._places, self._offices, self._verdicts):
                kept.clear()

    def _keep(self, key: tuple[str, str], place: int, state: Any, verdicts: tuple[Verdict, ...]) -> None:
        self._streams.pop(key, None)
        self._streams[key] = place, state, verdicts
        if len(self._streams) > KEPT:
            del self._streams[next(iter(self._streams))]

    def _before(self, place: int) -> Office:
        number = bisect.bisect_left(self._places, place)
        return self._offices[number - 1] if number else Office()

    def _read(self) -> list[Event]:
        """Fold what the office's stream has got since; its tentative acts."""
        office_id = self._offices[-1].id if self._offices else self._store.meta("office")
        found = self._store.stream(office_id, self._places[-1] if self._places else 0) if office_id else []
        state = self._offices[-1] if self._offices else Office()
        for item in found:
            if item.place is not None:
                state, verdict = fold.step(state, item, state if state.id else None, "office")
                self._verdicts.append(verdict)
                self._places.append(item.place)
                self._offices.append(state)
        return [item for item in found if item.place is None]


def _tentative(state: Office, tail: list[Event], verdicts: list[Verdict] | None = None) -> Office:
    for item in ordered(tail):
        state, verdict = fold.step(state, item, state if state.id else None, "office")
        if verdicts is not None:
            verdicts.append(verdict)
    return state
