"""A durable act through the desk, against its bytes inserted into plain SQLite with the same settings."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from g20desk.desk import Desk
from g20desk.ledger import pieces, views
from tests.bench import stores
from tests.bench.measuring import Figure, clocked, interleaved

MESSAGES = 200
AIM = "1.5 or 1 ms more"


def run(rounds: int = 300, messages: int = MESSAGES) -> list[Figure]:
    """A comment on a message, and an approval, as the command line and the window make them."""
    with tempfile.TemporaryDirectory(dir=stores.cache()) as work:
        folder = stores.copy(stores.kept(messages), Path(work) / "office")
        desk = Desk.open(folder, "Liaison Brazil")
        plain = _plain(folder / "plain.db")
        figures = [_measured(name, acts, desk, plain, rounds) for name, acts in _acts(desk).items()]
        plain.close()
        desk.store.close()
    return figures


def _acts(desk: Desk) -> dict[str, Iterator[tuple[str, dict[str, Any], str, dict[str, bytes]]]]:
    submitted = [row for row in views.newest(desk.store, "message") if not row.value["withdrawn"]]

    def comments() -> Iterator[tuple[str, dict[str, Any], str, dict[str, bytes]]]:
        number = 0
        while True:
            row = submitted[number % len(submitted)]
            text = f"Read once more: {number}.".encode()
            ref = pieces.refer(text)
            values = {"digest": row.value["digest"], "about": None, "answers": "", "text": ref}
            yield "comment.made", values, row.stream, {ref["piece"]: text}
            number += 1

    def holds() -> Iterator[tuple[str, dict[str, Any], str, dict[str, bytes]]]:
        number = 0
        while True:
            text = f"Wait: {number}.".encode()
            ref = pieces.refer(text)
            yield "hold.placed", {"why": ref, "topic": "nothing", "account": ""}, "", {ref["piece"]: text}
            number += 1

    return {"comment on a message": comments(), "a hold": holds()}


def _plain(path: Path) -> sqlite3.Connection:
    """The settings of `Store.db`, without encryption."""
    plain = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = wal", "synchronous = full", "fullfsync = 1"):
        plain.execute(f"pragma {setting}")
    plain.execute(
        "create table events (id text primary key, header blob, signature blob, body blob, "
        "head blob, sealed_for blob, clear blob, receipt blob)"
    )
    plain.execute("create table pieces (id text primary key, data blob) without rowid")
    return plain


def _measured(name: str, acts: Iterator[Any], desk: Desk, plain: sqlite3.Connection, rounds: int) -> Figure:
    written: list[tuple[str, dict[str, bytes]]] = []

    def ours() -> float:
        kind, values, stream, kept = next(acts)
        made: list[str] = []
        taken = clocked(lambda: made.append(desk.act(kind, values, stream, pieces=kept)))
        written.append((made[0], kept))
        return taken

    def theirs() -> float:
        if not written:
            ours()
        event, kept = written.pop(0)
        row = desk.store.db.execute(
            "select e.id, e.header, e.signature, e.body, p.head, p.head_signature, p.clear, p.signature from events e "
            "join places p on p.n = e.place where e.id = ?", (event,)
        ).fetchone()  # fmt: skip

        def insert() -> None:
            plain.execute("begin immediate")
            plain.execute("insert into events values (?, ?, ?, ?, ?, ?, ?, ?)", row)
            for piece in kept.items():
                plain.execute("insert into pieces values (?, ?)", piece)
            plain.execute("commit")

        return clocked(insert)

    took, bare = interleaved(rounds, ours, theirs)
    met = took <= 1.5 * bare or took - bare <= 0.001
    return Figure("append", name, took, bare, AIM, met, f"{(took - bare) * 1000:+.2f} ms")
