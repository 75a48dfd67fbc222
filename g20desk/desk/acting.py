"""Build an event, fold it as if appended, refuse it or sign and append it: one write transaction."""

from __future__ import annotations

import bisect
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from g20desk.clock import Clock
from g20desk.desk import indexing
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, canonical, chain, event, pieces, views
from g20desk.ledger.event import Event, Header
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.secretstore import SecretStore
from g20desk.ledger.store import Store
from g20desk.office import acts, fold
from g20desk.office.fold import Verdict
from g20desk.office.state import Office

Changes = frozenset[tuple[str, str]]
KEPT_FOLDS = 256


@dataclass(slots=True)
class Proposal:
    """An act to be appended: kind, values of its parts, and what goes with them.

    `stream` is empty where the act opens one. `pieces`: plaintexts by id. `earlier`: parts whose salts are taken over.
    `keep_refusal`: where the act does not count it stands in the record all the same, and then the refusal is raised.
    """

    kind: str
    values: dict[str, Any]
    stream: str = ""
    pieces: dict[str, bytes] = field(default_factory=dict)
    earlier: body.Parts | None = None
    keep_refusal: bool = False


class Ledger:
    """The store with the folds over it; the founding desk is the keeper of the order."""

    def __init__(self, store: Store, kept: SecretStore, clock: Clock) -> None:
        self.store = store
        self._kept = kept
        self._clock = clock
        self._keys: dict[str, DeviceKey] = {}
        self._lock = threading.RLock()
        self._folds: dict[tuple[str, str], tuple[int, Any, tuple[Verdict, ...]]] = {}
        self._places: list[int] = []
        self._offices: list[Office] = []
        self.office_verdicts: list[Verdict] = []

    def office(self, before: int | None = None) -> Office:
        """The office as it stands, or as it stood just before a place."""
        with self._lock:
            office_id = self.store.meta("office")
            if office_id:
                state = self._offices[-1] if self._offices else Office()
                for item in self.store.stream(office_id, self._places[-1] if self._places else 0):
                    state, verdict = fold.step(state, item, state if state.id else None, "office")
                    self.office_verdicts.append(verdict)
                    self._places.append(item.place or 0)
                    self._offices.append(state)
            if not self._offices:
                return Office()
            number = len(self._places) if before is None else bisect.bisect_left(self._places, before)
            return self._offices[number - 1] if number else Office()

    def folded(self, noun: str, stream: str) -> tuple[Any, list[Verdict]]:
        """A stream's state and verdicts. What is placed keeps its place: only what came since is folded again."""
        with self._lock:
            last, state, verdicts = self._folds.pop((noun, stream), (0, acts.START[noun], ()))
            since = self.store.stream(stream, last)
            placed = [item for item in since if item.place is not None]
            state, more = fold.fold(state, placed, lambda item: self.office(item.place), noun)
            verdicts = (*verdicts, *more)
            self._folds[noun, stream] = (placed[-1].place or 0 if placed else last, state, verdicts)
            if len(self._folds) > KEPT_FOLDS:
                del self._folds[next(iter(self._folds))]
        state, more = fold.fold(state, since[len(placed) :], lambda item: self.office(), noun)
        return state, [*verdicts, *more]

    def found(self, key: DeviceKey, values: dict[str, Any]) -> None:
        """Append the founding event; its device is the keeper."""
        self._keys[key.device] = key
        self.act(key.device, Proposal("office.founded", values))

    def act(self, device: str, proposal: Proposal) -> tuple[str, Changes]:
        """Append one act: its event's id, and what it touched. Raises Refused, Usage."""
        with self.store.write():
            made, state, refusal = self._append(device, proposal)
            changes = self._index(made, state)
        if refusal is not None:
            raise refusal
        return made.id, changes

    def act_on(self, device: str, first: Proposal, then: Callable[[str], Proposal]) -> tuple[str, str, Changes]:
        """Append an act and another that names it, both or none: their events' ids, and what they touched. Raises
        Refused, Usage."""
        try:
            with self.store.write(), self._lock:
                one, state, refusal = self._append(device, replace(first, keep_refusal=False))
                changes = self._index(one, state)
                two, state, refusal = self._append(device, replace(then(one.id), keep_refusal=False))
                changes |= self._index(two, state)
        except BaseException:
            with self._lock:  # what was folded of the first act is undone with it
                self._places, self._offices, self.office_verdicts = [], [], []
                self._folds.clear()
            raise
        assert refusal is None
        return one.id, two.id, changes

    def _append(self, device: str, proposal: Proposal) -> tuple[Event, Any, Refused | None]:
        noun = acts.NOUNS[proposal.kind.split(".")[0]]
        office_id = self.store.meta("office")
        office = self.office()
        stream = office_id if noun == "office" else proposal.stream
        ring = "" if not office_id else office.office_ring if noun == "draft" else office.members_ring
        chain_id = self.store.meta(f"chain/{device}")
        if not chain_id:
            chain_id = secrets.token_hex(32)
            self.store.set_meta(f"chain/{device}", chain_id)
        parts = body.salted(proposal.values, proposal.earlier)
        seq, prev = self.store.chain_end(device, chain_id)
        place, running, last = self.store.last_place()
        now = self._clock.now_ms()
        head = Header(
            canonical.FORMAT, office_id, ring, stream, proposal.kind, now, device, chain_id, seq + 1, prev, (),
            running, body.body_digest(parts),
        )  # fmt: skip
        raw = head.encode()
        signature = self._key(device).sign("event", raw)
        stamp = max(now, last)
        made = Event(event.event_id(raw), head, raw, signature, body.encode(parts), place + 1, stamp)
        state, refusal = self._judged(made, noun, office)
        if refusal is not None and not proposal.keep_refusal:
            raise refusal
        office_id = office_id or made.id
        keeper = self._key(self.store.meta("keeper") or device)
        after = chain.next_hash(office_id, place + 1, running or chain.first_hash(office_id), made.id, stamp)
        receipt = keeper.sign("receipt", chain.receipt_bytes(office_id, place + 1, after, stamp))
        for piece, content in proposal.pieces.items():
            pieces.put(self.store, {"piece": piece}, content)
        self.store.add(made, place + 1, after, stamp, receipt)
        if proposal.kind == "office.founded":
            self.store.set_meta("office", made.id)
            self.store.set_meta("keeper", device)
        return made, state, refusal

    def _judged(self, made: Event, noun: str, office: Office) -> tuple[Any, Refused | None]:
        """Fold as if appended: the state after it, and the refusal where it does not count."""
        stream = made.header.stream
        before = office if noun == "office" else self.folded(noun, stream)[0] if stream else acts.START[noun]
        state, verdict = fold.step(before, made, office if office.id else None, noun)
        return state, None if verdict.counts else Refused(verdict.code, verdict.why, verdict.help)

    def _index(self, made: Event, state: Any) -> Changes:
        """The row of the stream that an event belongs to."""
        noun = acts.NOUNS.get(made.header.kind.split(".")[0])
        if noun == "office":
            return frozenset({("office", made.header.office), (made.header.kind.split(".")[0], made.id)})
        if noun == "draft" and state.id:
            indexing.draft_row(self.store, state, made.stamp or 0)
            return frozenset({("message", state.id)})
        if noun == "message" and state.draft:
            indexing.message_row(self.store, state, made.stamp or 0)
            return frozenset({("message", state.draft)})
        return frozenset()

    def rebuild(self) -> None:
        """Throw the views away and make them again from the events."""
        with self.store.write() as db:
            views.clear(self.store)
            for (first,) in db.execute("select id from events where id = stream order by rowid").fetchall():
                newest = self.store.stream(first)[-1]
                noun = acts.NOUNS.get(newest.header.kind.split(".")[0])
                if noun in ("draft", "message"):
                    self._index(newest, self.folded(noun, first)[0])

    def _key(self, device: str) -> DeviceKey:
        if device not in self._keys:
            text = self._kept.get(f"device/{device}")
            if text is None:
                raise Usage("no-key", "The key to sign with is not on this desk.", "Run: g20desk doctor")
            self._keys[device] = DeviceKey.from_text(text)
        return self._keys[device]
