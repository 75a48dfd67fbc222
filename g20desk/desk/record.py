"""The record as a list of acts, the newest first: what stands where, who did it, whether it counts. Read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from g20desk.desk.narrowing import Narrowing
from g20desk.desk.recorded import Abouts, parsed, reason
from g20desk.ledger import body, event
from g20desk.ledger.event import Event
from g20desk.office.state import Office, Person

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

# A tentative act stands behind every place; among them the newest is last.
_TAIL = 1 << 40
END = 1 << 62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; nothing given: all. `words`: of a message, a name, the beginning of an id; `said`: kinds that
    the same words name in the reader's language. `kinds`: of the acts. `person`: an id. `message`: an id. `refused`: what does not
    count. `tentative`: what has no place. `since`, `until`: milliseconds since 1970, the second not included."""

    words: str = ""
    said: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    person: str = ""
    message: str = ""
    refused: bool = False
    tentative: bool = False
    since: int = 0
    until: int = END


@dataclass(frozen=True, slots=True)
class Recorded:
    """One act. `at`: the keeper's stamp, its author's clock where it has no place; milliseconds. `by`: its author's name, and
    `person` their id, empty for a device that the office does not know. `kind` is empty where this desk may not read it.
    `about`: a title or a name; `message`: the one it belongs to; `values`: what its words need besides. `code`, `why`, `help`: where it
    does not count."""

    id: str
    position: int
    place: int | None
    at: int
    kind: str
    device: str
    person: str
    by: str
    about: str = ""
    message: str = ""
    values: dict[str, Any] = field(default_factory=dict, compare=False)
    code: str = ""
    why: str = ""
    help: str = ""

    @property
    def counts(self) -> bool:
        """Whether it does, as far as this desk can tell."""
        return not self.code


@dataclass(frozen=True, slots=True)
class Whole:
    """All that this desk knows of an act. `signed_at`: by its author's own clock. `here`: whether this desk's device signed it.
    `staff`: whether it is sealed for the staff. `hash`: the running hash at its place. `texts`: by language. `digest`: of the content that
    it carries or decides on. `fault`: what its author is accused of."""

    act: Recorded
    author: Person | None
    signed_at: int
    here: bool
    staff: bool
    hash: str
    reason: str
    texts: tuple[tuple[str, str], ...]
    digest: str
    fault: str


_PLACED = (
    "select p.n, p.stamp, p.device, p.named, v.why, e.id, e.header, e.signature, e.body, r.code, r.why, r.help "
    "from places p left join events e on e.id = p.named and e.place = p.n left join voids v on v.n = p.n "
    "left join refusals r on r.event = e.id"
)
_WITHOUT = (
    "select e.rowid, null, e.device, e.id, null, e.id, e.header, e.signature, e.body, r.code, r.why, r.help "
    "from events e indexed by events_tentative left join refusals r on r.event = e.id where e.place is null"
)


class Record:
    """`desk.record`."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._store = desk, desk.store

    def page(self, wanted: Wanted, limit: int, before: int = END) -> list[Recorded]:
        """The newest acts before a position; fewer than `limit` where there are no more."""
        office, staff = self._desk.office, self._desk.messages.staff
        narrowing = Narrowing(self._desk, office, wanted, staff)
        abouts = Abouts(self._store, office)
        with self._store.guard():
            rows = [*self._tail(narrowing, limit, before)]
            if len(rows) < limit and not wanted.tentative:
                rows += self._placed(narrowing, limit - len(rows), min(before, _TAIL))
        return [self._shown(row, office, abouts, staff) for row in rows]

    def total(self) -> int:
        """How many acts there are in all."""
        return self._store.last_place()[0] + self._store.tentative_count()

    def since(self) -> int:
        """When the first act was done that has no place yet, by its author's clock; 0 where all have one."""
        with self._store.guard():
            row = self._store.db.execute(f"{_WITHOUT} order by e.rowid limit 1").fetchone()
        return _event(row).header.at if row else 0

    def whole(self, id: str) -> Whole | None:
        """All about one act; None where it is not here any more."""
        desk, store, office = self._desk, self._store, self._desk.office
        with store.guard():
            row = self._find(id)
        if row is None:
            return None
        staff = desk.messages.staff
        act = self._shown(row, office, Abouts(store, office), staff)
        head = _event(row).header if row[6] is not None else None
        entry = store.entry(act.place) if act.place else None
        ring = head.ring if head is not None else entry.envelope.head.ring if entry is not None else ""
        texts: tuple[tuple[str, str], ...] = ()
        why = digest = ""
        if act.kind and head is not None:
            item = _event(row)
            found = parsed(item)
            why = reason(store, found)
            content = getattr(found, "content", None)
            if content:
                texts = tuple(_texts(desk, content))
                digest = body.content_digest(body.decode(item.body))
            digest = digest or str(getattr(found, "digest", ""))
        return Whole(
            act, office.people.get(act.person), head.at if head is not None else act.at,
            act.device in store.metas("device/").values(), ring == office.office_ring,
            entry.placed.hash if entry is not None else "", why, texts, digest, store.meta(f"fault/{act.id}"),
        )  # fmt: skip

    def _find(self, id: str) -> Any:
        place = id.removeprefix("place/")
        if place != id:
            return self._store.db.execute(f"{_PLACED} where p.n = ?", (int(place),)).fetchone()
        found = self._store.db.execute("select place from events where id = ?", (id,)).fetchone()
        if found is None:
            return None
        if found[0] is None:
            return next(self._moved(self._store.db.execute(f"{_WITHOUT} and e.id = ?", (id,))), None)
        return self._store.db.execute(f"{_PLACED} where p.n = ?", (found[0],)).fetchone()

    def _tail(self, narrowing: Narrowing, limit: int, before: int) -> Iterator[Any]:
        """The tentative acts."""
        held, values = narrowing.tentative()
        query = f"{_WITHOUT} and e.rowid < ?{held} order by e.rowid desc"
        rows = self._moved(self._store.db.execute(query, (max(0, before - _TAIL), *values)))
        return islice((row for row in rows if narrowing.fits(_event(row).header.at)), limit)

    def _moved(self, rows: Any) -> Iterator[Any]:
        return ((row[0] + _TAIL, *row[1:]) for row in rows)

    def _placed(self, narrowing: Narrowing, limit: int, before: int) -> list[Any]:
        """Those with a place. Their numbers first, from indexes alone: rows are long."""
        db = self._store.db
        held, values = narrowing.placed()
        query = f"select n from places where n < ?{held} order by n desc limit ?"
        numbers = [row[0] for row in db.execute(query, (before, *values, limit))]
        marks = ",".join("?" * len(numbers))
        return list(db.execute(f"{_PLACED} where p.n in ({marks}) order by p.n desc", numbers))

    def _shown(self, row: Any, office: Office, abouts: Abouts, staff: bool) -> Recorded:
        position, stamp, device, _, void = row[:5]
        place = position if position < _TAIL else None
        person = office.people.get(office.devices.get(device, ""))
        who = (device, person.id if person else "", person.name if person else "")
        if row[6] is None:
            code = "void" if void is not None else ""
            return Recorded(f"place/{place}", position, place, stamp, "", *who, code=code, why=void or "")
        item = _event(row)
        at = item.header.at if stamp is None else stamp
        refused = (row[9] or "", row[10] or "", row[11] or "")
        if item.header.ring == office.office_ring and not staff:
            return Recorded(item.id, position, place, at, "", *who)
        about, message, values = abouts.of(item, parsed(item))
        return Recorded(item.id, position, place, at, item.header.kind, *who, about, message, values, *refused)


def _event(row: Any) -> Event:
    header = bytes(row[6])
    return Event(str(row[5]), event.decode(header), header, bytes(row[7]), bytes(row[8]))


def _texts(desk: Desk, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, refs in content.items():
        if name.startswith("c.text."):
            yield name.split(".")[2], "\n\n".join(desk.messages.words(ref) for ref in refs)
