"""Verifying a record, folding apart, against the bare signature checks over the same bytes."""

from __future__ import annotations

import time
from typing import Any

import nacl.bindings

from g20desk.desk import Desk
from g20desk.desk.exporting import stored
from g20desk.desk.verifying import verify
from g20desk.ledger import canonical, envelope
from tests.bench import stores
from tests.bench.measuring import Figure, clocked, interleaved

MESSAGES = 4_000
EVENTS = 20_000


def run(rounds: int = 3, messages: int = MESSAGES) -> list[Figure]:
    """The whole check; what of it is folding; and the same signatures with PyNaCl alone."""
    folder = stores.kept(messages)
    signed = _signed(folder)
    folding: list[float] = []
    count = 0

    def ours() -> float:
        nonlocal count
        desk = Desk.open(folder)
        spent = Folding(desk)
        told: list[dict[str, Any]] = []
        whole = clocked(lambda: told.append(verify(desk)))
        assert told[0]["verified"] and not told[0]["refused"], told[0]
        count = told[0]["events"]
        desk.store.close()
        folding.append(spent.seconds)
        return whole - spent.seconds

    def bare() -> float:
        check = nacl.bindings.crypto_sign_open
        return clocked(lambda: [check(data, key) for data, key in signed])

    took, base = interleaved(rounds, ours, bare)
    scale = EVENTS / count
    took, base, folded = took * scale, base * scale, sorted(folding)[len(folding) // 2] * scale
    note = f"{len(signed)} signatures of {count} events, their envelopes and places"
    return [
        Figure("verify", f"{EVENTS} events, without folding", took, base, "at most 1.5", took <= 1.5 * base, note),
        Figure("verify", "the folding", folded, base),
    ]


class Folding:
    """Seconds that a desk's ledger folds."""

    def __init__(self, desk: Desk) -> None:
        self.seconds = 0.0
        self._depth = 0
        folds = desk.ledger.folds
        for name in ("office", "office_verdicts", "stream"):
            setattr(folds, name, self._timed(getattr(folds, name)))

    def _timed(self, call: Any) -> Any:
        def timed(*args: Any) -> Any:
            self._depth += 1
            begun = time.perf_counter()
            try:
                return call(*args)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.perf_counter() - begun

        return timed


def _signed(folder: Any) -> list[tuple[bytes, bytes]]:
    """What PyNaCl takes, for every event and the keeper's word on its place: signature and bytes, and the key."""
    desk = Desk.open(folder)
    office, keeper = desk.store.meta("office"), bytes.fromhex(desk.store.meta("keeper"))
    made = []
    for row in stored(desk.store):
        assert row.header and row.signature and row.head and row.head_signature and row.receipt
        device = bytes.fromhex(row.head_device)
        made.append((row.signature + canonical.tagged("event", row.header), device))
        made.append((row.head_signature + canonical.tagged("envelope", row.head), device))
        said = envelope.receipt_bytes(office, row.place or 0, row.running or "", row.stamp or 0)
        made.append((row.receipt + canonical.tagged("receipt", said), keeper))
    desk.store.close()
    return made
