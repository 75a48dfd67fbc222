"""Views: one row an entity with full text, written in the transaction that appends; to be thrown away and rebuilt.

A row's `kind` says who may read it: `draft` (the office's own staff) or `message` (all members). Words are found by
FTS5's unicode61; Chinese, Japanese and Korean runs, which have no spaces, are written as overlapping pairs of signs.
"""

from __future__ import annotations

import heapq
import json
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from g20desk.ledger.store import Store

_ARABIC_MARKS = r"[\u064b-\u065f\u0670\u0640]"
_RUN = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+"
SELECT = "select kind, id, stream, updated, due, state, row from rows"
LINKS = ("corrects", "replies", "quotes")
_WORD = r"[\p{L}\p{M}\p{N}]+"


@dataclass(frozen=True, slots=True)
class Row:
    """A view's row. `due`: when the publisher has to look at it, in milliseconds; None: never."""

    kind: str
    id: str
    stream: str
    updated: int
    due: int | None
    value: dict[str, Any]
    state: str = ""


@cache
def _pattern(text: str) -> Any:
    # A list needs no words: a start without a search does without this module.
    import regex

    return regex.compile(text)


def folded(text: str) -> str:
    """Text as it is indexed: compatibility forms, case folded, without Arabic vowel marks and tatweel."""
    return str(_pattern(_ARABIC_MARKS).sub("", unicodedata.normalize("NFKC", text).casefold()))


def _paired(text: str) -> str:
    """Text with each unspaced run written as overlapping pairs: a part of the run is then a phrase."""
    return str(
        _pattern(_RUN).sub(lambda run: " " + " ".join(run[0][n : n + 2] for n in range(len(run[0]))) + " ", text)
    )


def put(store: Store, row: Row, text: str | None) -> None:
    """Write a row and its text (None: it stays as it is); inside a write transaction."""
    number = _put(store.db, row)
    if text is None:
        return
    db, body = store.db, _paired(folded(text))
    old = db.execute("select body from words where rowid = ?", (number,)).fetchone()
    if old is None or old[0] != body:
        db.execute("delete from words where rowid = ?", (number,))
        db.execute("insert into words (rowid, body) values (?, ?)", (number, body))


def _put(db: Any, row: Row) -> int:
    """The number of the row, written as far as it is new: a column that is set is written in each index that it stands in,
    the same value too."""
    said = {"stream": row.stream, "updated": row.updated, "due": row.due, "state": row.state,
            **{name: row.value.get(name) for name in ("planned", "line", "supersedes", *LINKS)},
            "row": json.dumps(row.value, ensure_ascii=False)}  # fmt: skip
    had = db.execute(
        f"select number, {', '.join(said)} from rows where kind = ? and id = ?", (row.kind, row.id)
    ).fetchone()
    if had is None:
        names, marks = ", ".join(said), ", ".join("?" * len(said))
        query = f"insert into rows (kind, id, {names}) values (?, ?, {marks}) returning number"
        return int(db.execute(query, (row.kind, row.id, *said.values())).fetchone()[0])
    new = {name: value for (name, value), old in zip(said.items(), had[1:], strict=True) if value != old}
    if new:
        query = f"update rows set {', '.join(f'{name} = ?' for name in new)} where number = ?"
        db.execute(query, (*new.values(), had[0]))
    return int(had[0])


def drop(store: Store, kind: str, stream: str) -> str:
    """Take away the row that a stream feeds, where there is one; its id. Inside a write transaction."""
    found = store.db.execute("select number, id from rows where kind = ? and stream = ?", (kind, stream)).fetchone()
    if found is None:
        return ""
    store.db.execute("delete from words where rowid = ?", (found[0],))
    store.db.execute("delete from rows where number = ?", (found[0],))
    if kind == "message":
        store.db.execute("delete from posts where id = ?", (found[1],))
    return str(found[1])


def set_state(store: Store, kind: str, entity: str, state: str) -> None:
    """Another state for a row, which stays as it is otherwise; inside a write transaction."""
    store.db.execute("update rows set state = ? where kind = ? and id = ? and state <> ?", (state, kind, entity, state))


def get(store: Store, kind: str, entity: str) -> Row | None:
    """One row."""
    with store.guard():
        found = store.db.execute(SELECT + " where kind = ? and id = ?", (kind, entity)).fetchone()
    return row_of(found) if found else None


def of_stream(store: Store, stream: str) -> Row | None:
    """The row that a stream feeds."""
    with store.guard():
        found = store.db.execute(SELECT + " where stream = ?", (stream,)).fetchone()
    return row_of(found) if found else None


def newest(
    store: Store, kind: str, states: Collection[str] = (), limit: int = -1, before: int | None = None, since: int = 0,
    saying: str = "",
) -> Iterator[Row]:  # fmt: skip
    """Rows of a kind, in one of these states (none named: any), the newest first, from `since` to before a time; `saying`: in
    whose value this stands, as JSON has it."""
    wanted: list[str | None] = [*states] or [None]
    # Left to choose, SQLite takes the times for the better guide, and reads all rows for a few of one state.
    query = SELECT + (" indexed by rows_state where state = ? and" if states else " indexed by rows_updated where")
    query += " kind = ? and updated >= ? and updated < ? and instr(row, ?) order by updated desc limit ?"
    pages = []
    with store.guard():
        for state in wanted:
            values = (*([state] if states else []), kind, since, 2**62 if before is None else before, saying, limit)
            pages.append(map(row_of, store.db.execute(query, values)))
        yield from islice(heapq.merge(*pages, key=lambda row: -row.updated), None if limit < 0 else limit)


def with_act(store: Store, kind: str, act: str) -> list[Row]:
    """The rows of a kind whose stream holds an act of this kind, counted or not, the newest first; found by the acts, which are few
    where the rows are many."""
    # The plus keeps SQLite from walking all rows by their times.
    query = SELECT + " where +kind = ? and stream in (select stream from events where kind = ?) order by +updated desc"
    with store.guard():
        return [row_of(one) for one in store.db.execute(query, (kind, act))]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of a message: its account, what tells equal texts, when it went or is to go out, and its state."""

    id: str
    key: str
    account: str
    mark: str
    at: int | None
    state: str


def put_posts(store: Store, entity: str, posts: Collection[PostRow]) -> None:
    """Write the posts of a message; inside a write transaction. Most acts on it leave them as they are."""
    values = [(p.id, p.key, p.account, p.mark, p.at, p.state) for p in posts]
    if store.db.execute("select * from posts where id = ?", (entity,)).fetchall() == sorted(values):
        return
    store.db.execute("delete from posts where id = ?", (entity,))
    store.db.executemany("insert into posts values (?, ?, ?, ?, ?, ?)", values)


def posts_like(store: Store, account: str, mark: str) -> list[PostRow]:
    """The posts on an account with the same text."""
    with store.guard():
        found = store.db.execute("select * from posts where account = ? and mark = ?", (account, mark))
        return [PostRow(*one) for one in found]


def posts_near(store: Store, account: str, since: int, until: int) -> list[PostRow]:
    """The posts on an account that went or are to go out in a stretch of time, ends included, in order."""
    with store.guard():
        found = store.db.execute(
            "select * from posts where account = ? and at between ? and ? order by at", (account, since, until)
        )
        return [PostRow(*one) for one in found]


def posts_since(store: Store, since: int, until: int) -> list[PostRow]:
    """All posts that went or are to go out in a stretch of time, ends included, in order."""
    with store.guard():
        found = store.db.execute("select * from posts where at between ? and ? order by at", (since, until))
        return [PostRow(*one) for one in found]


def posts_in(store: Store, states: Collection[str]) -> list[PostRow]:
    """All posts in one of these states."""
    query = f"select * from posts where state in ({','.join('?' * len(states))})"
    with store.guard():
        return [PostRow(*one) for one in store.db.execute(query, (*states,))]


def due(store: Store, kind: str) -> list[Row]:
    """Rows that the publisher has to look at, the most urgent first."""
    with store.guard():
        found = store.db.execute(SELECT + " where kind = ? and due is not null order by due", (kind,))
        return [row_of(one) for one in found]


def beginning(store: Store, kind: str, prefix: str) -> list[str]:
    """Ids of a kind with this beginning, two at most."""
    with store.guard():
        found = store.db.execute(
            "select id from rows where kind = ? and id >= ? and id < ? limit 2", (kind, prefix, prefix + "g")
        )
        return [str(one[0]) for one in found]


def planned(store: Store, kind: str, since: int, until: int) -> list[Row]:
    """Rows that are planned for a time from `since` to before `until`, the earliest first."""
    with store.guard():
        query = SELECT + " where kind = ? and planned >= ? and planned < ? order by planned"
        found = store.db.execute(query, (kind, since, until))
        return [row_of(one) for one in found]


def linking(store: Store, message: str, how: str, drafts: bool) -> list[Row]:
    """Rows of the messages that go with one, `how` is one of LINKS; with `drafts`, of those
    too that are not submitted."""
    assert how in LINKS
    query = SELECT + f" where {how} = ? and (kind = 'message' or (? and state = 'draft'))"
    with store.guard():
        return [row_of(one) for one in store.db.execute(query, (message, drafts))]


def count(store: Store, kind: str, words: str = "", states: Collection[str] = (), since: int = 0) -> int:
    """How many rows of a kind hold the words (none: all), in one of these states (none named: any), updated since."""
    found, match = holding(words)
    chosen = f" and state in ({','.join('?' * len(states))})" if states else ""
    query = f"select count(*) from rows where kind = ?{chosen} and updated >= ?{found}"
    with store.guard():
        return int(store.db.execute(query, (kind, *states, since, *match)).fetchone()[0])


def replaced(store: Store, words: str = "") -> int:
    """How many withdrawn messages with these words are drafts again, so that the draft's row stands for them."""
    found, match = holding(words)
    # A cross join is done from the left: drafts are few, withdrawn messages many.
    query = (
        "select count(*) from rows as drafts cross join rows on rows.kind = 'message' and rows.id = drafts.id "
        "where drafts.kind = 'draft' and drafts.state = 'draft' and rows.state = 'withdrawn'" + found
    )
    with store.guard():
        return int(store.db.execute(query, match).fetchone()[0])


def search(
    store: Store, kind: str, words: str, states: Collection[str] = (), limit: int = -1, before: int | None = None
) -> list[Row]:
    """Rows that hold all the words, in one of these states (none named: any), updated before a time, the newest first.
    A word finds longer ones that begin with it."""
    found, match = holding(words)
    chosen = f"and state in ({','.join('?' * len(states))}) " if states else ""
    # Numbers first, from an index alone: rows are long.
    query = (
        f"{SELECT} where number in (select number from rows where kind = ? {chosen}and updated < ?{found} "
        "order by updated desc limit ?) order by updated desc"
    )
    with store.guard():
        values = (kind, *states, 2**62 if before is None else before, *match, limit)
        return [row_of(one) for one in store.db.execute(query, values)]


def streams(store: Store, words: str, limit: int, drafts: bool) -> list[str]:
    """The streams of the rows that hold all the words, the newest first; with `drafts`, of drafts too."""
    found, match = holding(words)
    with store.guard():
        query = f"select stream from rows where (kind = 'message' or ?){found} order by updated desc limit ?"
        return [str(one[0]) for one in store.db.execute(query, (drafts, *match, limit))]


def posts_of(store: Store, entity: str) -> list[PostRow]:
    """The posts of a message."""
    with store.guard():
        return [PostRow(*one) for one in store.db.execute("select * from posts where id = ?", (entity,))]


def holding(words: str) -> tuple[str, tuple[str, ...]]:
    """The part of a query that holds rows to the words, and its value; nothing is held where no words are given."""
    if not words.strip():
        return "", ()
    match = " ".join(f'"{_asked(word)}"*' for word in _pattern(_WORD).findall(folded(words)))
    return (
        (" and rows.number in (select rowid from words where words match ?)", (match,)) if match else (" and false", ())
    )


def _asked(word: str) -> str:
    """A word as a phrase: a run of more than one sign ends with its last pair, not with its last sign."""
    tokens = _paired(word).split()
    return " ".join(tokens[:-1] if len(tokens) > 1 and _pattern(_RUN).fullmatch(word[-2:]) else tokens)


def clear(store: Store) -> None:
    """Throw all views away; inside a write transaction."""
    for table in ("rows", "posts", "words", "refusals"):
        store.db.execute(f"delete from {table}")


def row_of(found: Any) -> Row:
    """What a query gave, as a row."""
    return Row(found[0], found[1], found[2], found[3], found[4], json.loads(found[6]), found[5])
