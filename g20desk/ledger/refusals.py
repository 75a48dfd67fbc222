"""Acts that do not count, as they were last judged: kept beside the rows, so that nobody folds a record to list them."""

from __future__ import annotations

from collections.abc import Collection

from g20desk.errors import Refused
from g20desk.ledger.store import Store

Judged = tuple[str, Refused]


def put(store: Store, stream: str, judged: Collection[Judged]) -> None:
    """All of a stream's: the event of each, and why it does not count. Inside a write transaction."""
    store.db.execute("delete from refusals where stream = ?", (stream,))
    for event, no in judged:
        note(store, event, stream, no)


def note(store: Store, event: str, stream: str, no: Refused) -> None:
    """One more. Inside a write transaction."""
    store.db.execute(
        "insert or replace into refusals values (?, ?, ?, ?, ?)", (event, stream, no.code, no.message, no.help)
    )
