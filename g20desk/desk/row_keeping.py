"""Rows of views, kept with the acts that they show: put beside each act, and made anew from the record at will."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from g20desk.desk import indexing, relay_rows
from g20desk.desk.folding import Folds
from g20desk.errors import Refused
from g20desk.ledger import line_views, refusals, views
from g20desk.ledger.event import Event
from g20desk.ledger.store import Store
from g20desk.office import acts
from g20desk.office.form import LINE
from g20desk.office.message import Message

# Kinds and ids of what was touched, as the window hears of it.
Changes = frozenset[tuple[str, str]]
STRAY = "It names a stream that nobody opened, or one that this desk does not read."


class Rows:
    """`ledger.rows`. Everything but `rebuild` is done inside a write transaction."""

    def __init__(self, store: Store, folds: Folds) -> None:
        self._store, self._folds = store, folds

    def put(self, made: Event, state: Any, *, arrived: bool = False) -> Changes:
        """The row of the stream that an event belongs to. `arrived`: from elsewhere, texts perhaps after their events."""
        noun = _noun(made.header.kind)
        if noun == "office":
            return frozenset({("office", made.header.office), (made.header.kind.split(".")[0], made.id)})
        if noun == "draft" and state.id:
            indexing.draft_row(self._store, state, made.stamp or made.header.at)
            return frozenset({("message", state.id)})
        if noun == "message" and state.draft:
            return self._message(state, made.stamp or made.header.at, arrived)
        if noun == "plan" and state.id:
            indexing.plan_row(self._store, state, made.stamp or made.header.at)
            return frozenset({("plan", state.id)})
        # What opened the stream does not count, or no longer: nothing of it is shown.
        gone = views.drop(self._store, noun, made.header.stream or made.id) if noun else ""
        return frozenset({("plan" if noun == "plan" else "message", gone)}) if gone else frozenset()

    def _message(self, state: Message, at: int, arrived: bool) -> Changes:
        """Its row; of a line whose words came from elsewhere, those of its relays too, which are compared with them."""
        line = relay_rows.asked(self._folds, state.relay) if state.relay is not None else None
        indexing.message_row(self._store, state, at, arrived=arrived, line=line)
        changes = {("message", state.draft)}
        if arrived and state.content.get("c.kind") == LINE:
            for row in line_views.relays(self._store, [state.draft]):
                relay = self._folds.stream("message", row.stream)[0]
                indexing.message_row(self._store, relay, row.updated, line=relay_rows.asked(self._folds, relay.relay))
                changes.add(("message", row.id))
        return frozenset(changes)

    def anew(self, streams: Iterable[str]) -> Changes:
        """The rows of these streams anew, inside a write transaction; what they touched."""
        changes: set[tuple[str, str]] = set()
        for first in streams:
            # A stream is what its opening says; anybody may name it in an act of another kind.
            noun = _noun(self._store.kind(first))
            if noun:
                state, verdicts = (
                    (None, self._folds.office_verdicts()) if noun == "office" else self._folds.stream(noun, first)
                )
                refusals.put(self._store, first, [(v.event.id, v.refusal) for v in verdicts if not v.counts])
                last = next(v.event for v in reversed(verdicts) if _noun(v.event.header.kind) == noun)
                changes |= self.put(last, state, arrived=True)
            else:  # what opened it is not here, or was taken out
                refusals.put(
                    self._store, first, [(one.id, Refused("stray", STRAY)) for one in self._store.stream(first)]
                )
                for shown in ("draft", "message", "plan"):
                    gone = views.drop(self._store, shown, first)
                    changes |= {("plan" if shown == "plan" else "message", gone)} if gone else set()
        return frozenset(changes)

    def rebuild(self, told: Callable[[int, int], None] = lambda done, of: None) -> None:
        """Throw the views away and make them again from the events. `told` hears how many streams are done, of how many."""
        with self._store.write() as db:
            views.clear(self._store)
            streams = db.execute("select id from events where id = stream order by rowid").fetchall()
            streams += db.execute("select distinct stream from events where stream not in (select id from events)")
            self.anew(_counted([first for (first,) in streams], told))


def _counted(streams: list[str], told: Callable[[int, int], None]) -> Iterator[str]:
    for done, one in enumerate(streams):
        told(done, len(streams))
        yield one


def _noun(kind: str) -> str | None:
    return acts.NOUNS.get(kind.split(".")[0])
