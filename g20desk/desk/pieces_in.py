"""Pieces from the hub: those that this desk wants for the acts it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk.desk.acting import Ledger
from g20desk.desk.carrying import keep_piece
from g20desk.desk.row_keeping import Changes

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub

# How many are kept in one transaction, and how many bytes: each commit is waited for, and a desk that is new here has many
# small ones to take in.
AT_ONCE, LARGE = 200, 8 << 20


class PiecesIn:
    """Into the store of one desk. What the hub does not have now is asked for again; what was dropped is not."""

    def __init__(self, ledger: Ledger, hub: Hub) -> None:
        self._ledger, self._store, self._hub = ledger, ledger.store, hub

    def run(self) -> Changes:
        """All of them; what they touched. Raises Unreachable, Refused."""
        wanted: dict[str, list[str]] = {}
        for digest, event_id in self._store.wanted():
            wanted.setdefault(digest, []).append(event_id)
        changes: set[tuple[str, str]] = set()
        got: list[tuple[str, str, bytes | None]] = []
        size = 0
        for digest, sealed in self._hub.get_pieces(list(wanted)):
            got += [(digest, event_id, sealed) for event_id in wanted[digest]]
            size += len(sealed or b"")
            if len(got) >= AT_ONCE or size >= LARGE:
                changes |= self._kept(got)
                got, size = [], 0
        if got:
            changes |= self._kept(got)
        return frozenset(changes)

    def _kept(self, got: list[tuple[str, str, bytes | None]]) -> Changes:
        """Keep these pieces, each with the event that it was wanted for, and show them with it; what that touched."""
        streams: set[str] = set()
        with self._store.write() as db:
            for digest, event_id, sealed in got:
                item = self._store.get(event_id)
                if item is not None and sealed is not None:
                    keep_piece(self._store, item, digest, sealed)
                    streams.add(item.header.stream or item.id)
                db.execute("delete from wanted where digest = ? and event = ?", (digest, event_id))
            return self._ledger.rows.anew(streams)
