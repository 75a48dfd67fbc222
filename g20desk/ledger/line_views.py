"""The views' rows of lines and relays: which there are, and in which order, is read off an index alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from g20desk.ledger.store import Store
from g20desk.ledger.views import SELECT, Row, holding, row_of

CHUNK = 500


def lines(store: Store, drafts: bool, words: str = "") -> list[int]:
    """The numbers of the rows of all lines that hold the words (none: all), those updated last first; with `drafts`, of those
    too that are not submitted. A draft stands before what of it was withdrawn."""
    found, match = holding(words)
    query = (
        "select rows.id, rows.kind, rows.number from rows indexed by rows_line where line is not null and id = line "
        f"and (kind = 'message' or (? and state = 'draft')){found} order by updated desc"
    )
    with store.guard():
        rows = store.db.execute(query, (drafts, *match)).fetchall()
    drafted = {id for id, kind, _ in rows if kind == "draft"}
    return [number for id, kind, number in rows if kind == "draft" or id not in drafted]


def read(store: Store, numbers: Sequence[int]) -> list[Row]:
    """These rows, in that order."""
    found: dict[int, Row] = {}
    with store.guard():
        for at in range(0, len(numbers), CHUNK):
            some = numbers[at : at + CHUNK]
            query = f"{SELECT.replace(' from', ', number from')} where number in ({','.join('?' * len(some))})"
            found |= {one[7]: row_of(one) for one in store.db.execute(query, (*some,))}
    return [found[number] for number in numbers if number in found]


@dataclass(frozen=True, slots=True)
class Later:
    """An agreed line that took the place of another, and when its row was updated last."""

    id: str
    updated: int


def superseded(store: Store) -> dict[str, Later]:
    """For each line whose place an agreed one has taken, that one."""
    query = (
        "select supersedes, id, updated from rows indexed by rows_line where line is not null and kind = 'message' "
        "and state = 'approved' and supersedes is not null order by updated"
    )
    with store.guard():
        return {earlier: Later(id, updated) for earlier, id, updated in store.db.execute(query)}


def relays(store: Store, lines: Collection[str]) -> list[Row]:
    """The relays of these lines, those updated last first."""
    asked = [*lines]
    made: list[Row] = []
    with store.guard():
        for at in range(0, len(asked), CHUNK):
            some = asked[at : at + CHUNK]
            query = f"{SELECT} where line in ({','.join('?' * len(some))}) and kind = 'message' and id <> line"
            made += map(row_of, store.db.execute(query, (*some,)))
    return sorted(made, key=lambda row: -row.updated)


def all_relays(store: Store, states: Collection[str] = (), since: int = 0) -> list[Row]:
    """All relays, those updated last first; in one of these states (none named: any), updated since."""
    chosen = f" and state in ({','.join('?' * len(states))})" if states else ""
    query = (
        f"{SELECT} indexed by rows_line where line is not null and kind = 'message' and id <> line and updated >= ?{chosen} "
        "order by updated desc"
    )
    with store.guard():
        return [row_of(one) for one in store.db.execute(query, (since, *states))]


def of(store: Store, lines: Collection[str]) -> dict[str, Row]:
    """The rows of these lines, as all members read them, by id."""
    asked, made = [*dict.fromkeys(lines)], dict[str, Row]()
    with store.guard():
        for at in range(0, len(asked), CHUNK):
            some = asked[at : at + CHUNK]
            query = f"{SELECT} where kind = 'message' and id in ({','.join('?' * len(some))})"
            made |= {row.id: row for row in map(row_of, store.db.execute(query, (*some,)))}
    return made
