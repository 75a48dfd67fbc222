"""The practice network's file, and the faults that are to happen in it on request.

Behaviours of a send: `refuse` (Rejected), `not-now` (NotNow), `unknown-stored` and `unknown-not-stored` (Unknown, with
the post out or not), `lag` (Unknown, the post is out, but the first two questions do not find it;
what imitates Bluesky is found by its key at once).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

BEHAVIOURS = ("refuse", "not-now", "unknown-stored", "unknown-not-stored", "lag")
FILE = "rehearsal.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS posts (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, account TEXT NOT NULL, key TEXT NOT NULL,
    text TEXT NOT NULL, alts TEXT NOT NULL, parent TEXT NOT NULL, root TEXT NOT NULL, cid TEXT NOT NULL,
    payload TEXT NOT NULL, at_ms INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS faults (
    number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, skip INTEGER NOT NULL, behaviour TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS voids (account TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (account, key));
"""


@contextmanager
def network_file(state_dir: str) -> Iterator[sqlite3.Connection]:
    """The practice network's file inside one write transaction, shared with other processes."""
    Path(state_dir).mkdir(parents=True, exist_ok=True)
    path = Path(state_dir) / FILE
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as base:
        base.row_factory = sqlite3.Row
        base.execute("BEGIN IMMEDIATE")
        try:
            for statement in _TABLES.split(";"):
                base.execute(statement)
            yield base
        except BaseException:
            base.execute("ROLLBACK")
            raise
        base.execute("COMMIT")


def print_of(secret: str) -> str:
    """What the practice network knows a practice key by."""
    return hashlib.sha256(b"g20desk practice key\n" + secret.encode()).hexdigest()


def plan(state_dir: str, account: str, behaviour: str, times: int = 1, nth: int = 1) -> None:
    """Let the account's next `times` sends behave so; `nth` > 1 lets some sends pass before. Faults queue up."""
    if behaviour not in BEHAVIOURS:
        raise ValueError(f"unknown behaviour {behaviour!r}; one of {', '.join(BEHAVIOURS)}")
    with network_file(state_dir) as base:
        for turn in range(times):
            skip = max(nth - 1, 0) if turn == 0 else 0
            row = (account, skip, behaviour)
            base.execute("INSERT INTO faults (account, skip, behaviour) VALUES (?, ?, ?)", row)


def planned(state_dir: str, account: str) -> list[str]:
    """The behaviours still to come, in order."""
    with network_file(state_dir) as base:
        rows = base.execute("SELECT behaviour FROM faults WHERE account = ? ORDER BY number", (account,))
        return [str(row["behaviour"]) for row in rows]


def clear(state_dir: str, account: str) -> None:
    """Forget the faults still to come."""
    with network_file(state_dir) as base:
        base.execute("DELETE FROM faults WHERE account = ?", (account,))


def take(base: sqlite3.Connection, account: str) -> str:
    """The behaviour of this send, taken off the queue; empty where it is to go well."""
    row = base.execute(
        "SELECT number, skip, behaviour FROM faults WHERE account = ? ORDER BY number LIMIT 1", (account,)
    ).fetchone()
    if row is None:
        return ""
    if row["skip"] > 0:
        base.execute("UPDATE faults SET skip = skip - 1 WHERE number = ?", (row["number"],))
        return ""
    base.execute("DELETE FROM faults WHERE number = ?", (row["number"],))
    return str(row["behaviour"])
