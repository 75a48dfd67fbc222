"""Views: one row an entity with full text, written in the transaction that appends; to be thrown away and rebuilt.

A row's `kind` says who may read it: `draft` (the office's own staff) or `message` (all members). Words are found by
FTS5's unicode61; Chinese, Japanese and Korean runs, which have no spaces, as parts of a word in a trigram table.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from g20desk.ledger.store import Store

_ARABIC_MARKS = regex.compile(r"[\u064b-\u065f\u0670\u0640]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A view's row. `due`: when the publisher has to look at it, in milliseconds; None: never."""

    kind: str
    id: str
    stream: str
    updated: int
    due: int | None
    value: dict[str, Any]


def folded(text: str) -> str:
    """Text as it is indexed: compatibility forms, case folded, without Arabic vowel marks and tatweel."""
    return str(_ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text).casefold()))


def put(store: Store, row: Row, text: str) -> None:
    """Write a row and its text; inside a write transaction."""
    db = store.db
    found = db.execute("select docid from docs where kind = ? and id = ?", (row.kind, row.id)).fetchone()
    body = folded(text)
    if found is None:
        number = db.execute("insert into docs (kind, id) values (?, ?)", (row.kind, row.id)).lastrowid
        old = None
    else:
        number = found[0]
        old = db.execute("select body from words where rowid = ?", (number,)).fetchone()[0]
    db.execute(
        "insert or replace into rows values (?, ?, ?, ?, ?, ?)",
        (row.kind, row.id, row.stream, row.updated, row.due, json.dumps(row.value, ensure_ascii=False)),
    )
    if old != body:
        for table in ("words", "grams"):
            db.execute(f"delete from {table} where rowid = ?", (number,))
            db.execute(f"insert into {table} (rowid, body) values (?, ?)", (number, body))


def get(store: Store, kind: str, entity: str) -> Row | None:
    """One row."""
    with store.guard():
        found = store.db.execute("select * from rows where kind = ? and id = ?", (kind, entity)).fetchone()
    return _row(found) if found else None


def of_stream(store: Store, stream: str) -> Row | None:
    """The row that a stream feeds."""
    with store.guard():
        found = store.db.execute("select * from rows where stream = ?", (stream,)).fetchone()
    return _row(found) if found else None


def newest(store: Store, kind: str, limit: int = -1) -> Iterator[Row]:
    """Rows of a kind, the newest first."""
    with store.guard():
        yield from map(
            _row, store.db.execute("select * from rows where kind = ? order by updated desc limit ?", (kind, limit))
        )


def due(store: Store, kind: str) -> list[Row]:
    """Rows that the publisher has to look at, the most urgent first."""
    with store.guard():
        found = store.db.execute("select * from rows where kind = ? and due is not null order by due", (kind,))
        return [_row(one) for one in found]


def beginning(store: Store, kind: str, prefix: str) -> list[str]:
    """Ids of a kind with this beginning, two at most."""
    with store.guard():
        found = store.db.execute(
            "select id from rows where kind = ? and id >= ? and id < ? limit 2", (kind, prefix, prefix + "g")
        )
        return [str(one[0]) for one in found]


def search(store: Store, kind: str, words: str, limit: int = 50) -> list[Row]:
    """Rows that hold all the words, the newest first. A word finds longer ones that begin with it."""
    asked = _WORD.findall(folded(words))
    if not asked:
        return []
    clauses, values = [], []
    spaced = [w for w in asked if not _UNSPACED.search(w)]
    if spaced:
        clauses.append("d.docid in (select rowid from words where words match ?)")
        values.append(" ".join(f'"{w}"*' for w in spaced))
    for word in (w for w in asked if _UNSPACED.search(w)):
        if len(word) >= 3:
            clauses.append("d.docid in (select rowid from grams where grams match ?)")
            values.append(f'"{word}"')
        else:
            clauses.append("d.docid in (select rowid from grams where body like ?)")
            values.append(f"%{word}%")
    query = (
        "select r.* from docs d cross join rows r on r.kind = d.kind and r.id = d.id where "
        + " and ".join(clauses)
        + " and d.kind = ? order by r.updated desc limit ?"
    )
    with store.guard():
        return [_row(one) for one in store.db.execute(query, (*values, kind, limit))]


def clear(store: Store) -> None:
    """Throw all views away; inside a write transaction."""
    for table in ("rows", "docs", "words", "grams"):
        store.db.execute(f"delete from {table}")


def _row(found: Any) -> Row:
    return Row(found[0], found[1], found[2], found[3], found[4], json.loads(found[5]))
