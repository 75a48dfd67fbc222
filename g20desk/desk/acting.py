"""Build an event, fold it as if appended, refuse it or sign and append it: one write transaction."""

from __future__ import annotations

import secrets
from typing import Any

from g20desk.clock import Clock
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, chain, event, pieces
from g20desk.ledger.event import Event, Header
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.secretstore import SecretStore
from g20desk.ledger.store import Store
from g20desk.office import fold, members, messages, posts, signoff
from g20desk.office.fold import NOUNS, Verdict
from g20desk.office.members import Office
from g20desk.office.messages import Draft, Message

assert members and messages and posts and signoff  # importing them registers their acts

START: dict[str, Any] = {"draft": Draft(), "message": Message()}


class Ledger:
    """The store with the folds over it; the founding desk is the keeper of the order."""

    def __init__(self, store: Store, kept: SecretStore, clock: Clock) -> None:
        self.store = store
        self._kept = kept
        self._clock = clock
        self._office: list[tuple[int, Office]] = []
        self.office_verdicts: list[Verdict] = []

    def office(self, before: int | None = None) -> Office:
        """The office as it stands, or as it stood just before a place."""
        office_id = self.store.meta("office")
        if office_id:
            last = self._office[-1][0] if self._office else 0
            state = self._office[-1][1] if self._office else Office()
            for item in self.store.stream(office_id, last):
                state, verdict = fold.step(state, item, state if state.id else None, "office")
                self.office_verdicts.append(verdict)
                self._office.append((item.place or 0, state))
        if before is None:
            return self._office[-1][1] if self._office else Office()
        low, high = 0, len(self._office)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._office[middle][0] < before else (low, middle)
        return self._office[low - 1][1] if low else Office()

    def _office_at(self, item: Event) -> Office:
        return self.office(item.place)

    def folded(self, noun: str, stream: str) -> tuple[Any, list[Verdict]]:
        """A stream's state and verdicts."""
        self.office()
        return fold.fold(START[noun], self.store.stream(stream), self._office_at, noun)

    def found(self, key: DeviceKey, values: dict[str, Any]) -> None:
        """Append the founding event."""
        self._append(key.device, "office.founded", values, "", "", key=key)

    def act(
        self,
        device: str,
        kind: str,
        values: dict[str, Any],
        stream: str | None = None,
        *,
        data: dict[str, bytes] | None = None,
        refs: list[dict[str, Any]] | None = None,
        earlier: body.Parts | None = None,
        record_refusal: bool = False,
    ) -> str:
        """Append one act. `data`: pieces by id, `refs` the references to them; `record_refusal`: keep an act that
        does not count in the record, then raise its refusal."""
        noun = NOUNS[kind.split(".")[0]]
        office = self.office()
        ring = office.office_ring if noun == "draft" else office.members_ring
        home = self.store.meta("office") if noun == "office" else (stream or "")
        return self._append(device, kind, values, home, ring, data=data, earlier=earlier, record_refusal=record_refusal)

    def _append(
        self,
        device: str,
        kind: str,
        values: dict[str, Any],
        stream: str,
        ring: str,
        *,
        key: DeviceKey | None = None,
        data: dict[str, bytes] | None = None,
        earlier: body.Parts | None = None,
        record_refusal: bool = False,
    ) -> str:
        signer = key or self._key(device)
        parts = body.salted(values, earlier)
        refusal: Refused | None = None
        with self.store.write():
            office_id = self.store.meta("office")
            chain_id = self.store.meta(f"chain/{device}")
            if not chain_id:
                chain_id = secrets.token_hex(32)
                self.store.set_meta(f"chain/{device}", chain_id)
            seq, prev = self.store.chain_end(device, chain_id)
            place, running, last = self.store.last_place()
            seen = running if place else ""
            now = self._clock.now_ms()
            head = Header(
                fold.FOLD_VERSION, office_id, ring, stream, kind, now, device, chain_id, seq + 1, prev, (), seen,
                body.body_digest(parts),
            )  # fmt: skip
            raw = head.encode()
            stamp = max(now, last)
            made = Event(
                event.event_id(raw), head, raw, signer.sign("event", raw), body.encode(parts), place + 1, stamp
            )
            try:
                self._judge(made, stream)
            except Refused as error:
                if not record_refusal:
                    raise
                refusal = error
            office_id = office_id or made.id
            keeper = key or self._key(self.store.meta("keeper"))
            before = running or chain.first_hash(office_id)
            after = chain.next_hash(office_id, place + 1, before, made.id, stamp)
            receipt = keeper.sign("receipt", chain.receipt_bytes(office_id, place + 1, after, stamp))
            for piece, content in (data or {}).items():
                pieces.put(self.store, {"piece": piece}, content)
            self.store.add(made, place + 1, after, stamp, receipt)
            if kind == "office.founded":
                self.store.set_meta("office", made.id)
                self.store.set_meta("keeper", device)
        if refusal is not None:
            raise refusal
        return made.id

    def _judge(self, made: Event, stream: str) -> None:
        noun = NOUNS[made.header.kind.split(".")[0]]
        office = self.office()
        if noun == "office":
            state: Any = office
            _, verdict = fold.step(state, made, office if office.id else None, noun)
        else:
            state = self.folded(noun, stream)[0] if stream else START[noun]
            _, verdict = fold.step(state, made, office, noun)
        if not verdict.counts:
            raise Refused(verdict.code, verdict.why, "")

    def _key(self, device: str) -> DeviceKey:
        text = self._kept.get(f"device/{device}")
        if text is None:
            raise Usage("no-key", "The key to sign with is not on this desk.", "Run: g20desk doctor")
        return DeviceKey.from_text(text)
