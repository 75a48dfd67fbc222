"""Sealed pieces: they come in parts, are one piece once they are whole and have their digest, and may be dropped."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import psycopg

from g20desk.hub.appending import refuse_over
from g20desk.hub.database import Database, with_timeouts
from g20desk.hub.limits import Limits
from g20desk.hub.refusals import Refusal
from g20desk.ledger import canonical, envelope, keys
from g20desk.ledger.wire import ALONE, DROPPED, HERE, LACKS, Piece, drop_bytes

PIECE = 400  # bytes that a part of a piece costs besides its own, as the database counts it

_LACKING = (
    "select d from unnest(%s::bytea[]) d where not exists (select from hub.pieces where office = %s and digest = d) "
    "and not exists (select from hub.dropped where office = %s and digest = d)"
)
_HAVE = "select coalesce(sum(size), 0) from hub.parts where office = %s and digest = %s and device = %s"
# Whole pieces at once. One that this device began to bring in parts, or that was dropped, is left out.
_PUT_MANY = """
with wanted as (
    select g.* from unnest(%(digests)s::bytea[], %(data)s::bytea[]) g (digest, data)
    where not exists (select from hub.pieces p where p.office = %(office)s and p.digest = g.digest)
    and not exists (select from hub.dropped d where d.office = %(office)s and d.digest = g.digest)
    and not exists (select from hub.parts t where t.office = %(office)s and t.digest = g.digest and t.device = %(device)s)
), put as (
    insert into hub.parts (office, digest, device, at, data)
    select %(office)s, digest, %(device)s, 0, data from wanted on conflict do nothing returning digest, size
), made as (
    insert into hub.pieces select %(office)s, digest, %(device)s, size from put on conflict do nothing
)
select g from unnest(%(digests)s::bytea[]) g where g not in (select digest from put)
and not exists (select from hub.pieces p where p.office = %(office)s and p.digest = g)
"""
_SOME = """
select w.digest, p.size, d.digest is not null,
    sum(p.size) filter (where p.size <= %(small)s) over (order by w.at) as so_far,
    case when p.size <= %(small)s and sum(p.size) filter (where p.size <= %(small)s) over (order by w.at) <= %(page)s
    then (select string_agg(t.data, ''::bytea order by t.at) from hub.parts t
        where t.office = p.office and t.digest = p.digest and t.device = p.device) end
from unnest(%(digests)s::bytea[]) with ordinality w (digest, at)
left join hub.pieces p on p.office = %(office)s and p.digest = w.digest
left join hub.dropped d on d.office = %(office)s and d.digest = w.digest
order by w.at
"""
_ROOM = "select coalesce(sum(bytes), 0), coalesce(sum(bytes) filter (where device = %s), 0) from hub.usage where office = %s"


class Pieces:
    """The pieces of one process."""

    def __init__(self, database: Database, limits: Limits) -> None:
        self._database, self._limits = database, limits

    async def missing(self, office: str, digests: Sequence[str]) -> list[str]:
        """Those that are neither here nor dropped."""
        raw = bytes.fromhex(office)
        async with self._database.connection() as db:
            cursor = await db.execute(_LACKING, ([bytes.fromhex(one) for one in digests], raw, raw), binary=True)
            return sorted(row[0].hex() for row in await cursor.fetchall())  # type: ignore[attr-defined]

    async def size(self, office: str, digest: str) -> int | None:
        """The size of a whole piece, or None where it is not here. Raises Refusal where it was dropped."""
        ids = (bytes.fromhex(office), bytes.fromhex(digest))
        async with self._database.connection() as db:
            row: Any = await (
                await db.execute("select size from hub.pieces where office = %s and digest = %s", ids)
            ).fetchone()
            if row is None:
                await _refuse_dropped(db, ids)
        return None if row is None else int(row[0])

    async def have(self, office: str, digest: str, device: str) -> int:
        """How many bytes of a piece this device has brought."""
        async with self._database.connection() as db:
            row: Any = await (await db.execute(_HAVE, _ids(office, digest, device))).fetchone()
        return int(row[0])

    async def put(self, office: str, digest: str, device: str, at: int, size: int, data: bytes) -> tuple[int, bool]:
        """A part of a piece of `size` bytes, from byte `at`; how many bytes are here now, and whether it is whole. Raises
        Refusal."""
        self._refuse_part(at, size, data)
        ids = _ids(office, digest, device)
        async with self._database.connection() as db, db.transaction():
            await db.execute("select pg_advisory_xact_lock_shared(7320, 1)")
            await _refuse_dropped(db, ids[:2])
            there: Any = await (
                await db.execute("select size from hub.pieces where office = %s and digest = %s", ids[:2])
            ).fetchone()
            if there is not None:
                return int(there[0]), True
            have: Any = await (await db.execute(_HAVE, ids)).fetchone()
            if at != int(have[0]):
                raise Refusal(
                    409, "offset", f"{have[0]} bytes of this piece are here.", "Go on from there.", have=int(have[0])
                )
            await self._refuse_full(db, office, device, len(data) + PIECE)
            await db.execute(
                "insert into hub.parts (office, digest, device, at, data) values (%s, %s, %s, %s, %s) "
                "on conflict do nothing", (*ids, at, data),
            )  # fmt: skip
            whole = at + len(data) == size
            good = whole and await _digest(db, ids) == digest
            if good:
                await db.execute("insert into hub.pieces values (%s, %s, %s, %s) on conflict do nothing", (*ids, size))
        if whole and not good:
            async with self._database.connection() as db:
                await db.execute("select hub.forget_parts(%s, %s, %s)", ids)
            raise Refusal(422, "piece-digest", "The piece has another digest.", "Send it again, from its beginning.")
        return at + len(data), whole

    async def put_many(self, office: str, device: str, given: Mapping[str, bytes]) -> list[str]:
        """Small pieces, each whole, that have their digests. Those that were left out, since they were dropped or this
        device began to bring them in parts. Raises Refusal."""
        digests = sorted(given)  # in one order, so that nobody waits in a ring
        values = {
            "office": bytes.fromhex(office), "device": bytes.fromhex(device), "digests": [bytes.fromhex(one) for one in digests],
            "data": [given[one] for one in digests],
        }  # fmt: skip
        async with self._database.connection() as db, db.transaction():
            await db.execute("select pg_advisory_xact_lock_shared(7320, 1)")
            await self._refuse_full(db, office, device, sum(map(len, given.values())) + PIECE * len(given))
            cursor = await db.execute(_PUT_MANY, values, binary=True)
            return [row[0].hex() for row in await cursor.fetchall()]  # type: ignore[attr-defined]

    async def some(self, office: str, digests: Sequence[str]) -> list[Piece]:
        """The first of these pieces, with their bytes, as many as one answer holds."""
        values = {
            "office": bytes.fromhex(office), "digests": [bytes.fromhex(one) for one in digests],
            "small": self._limits.small, "page": self._limits.page,
        }  # fmt: skip
        found: list[Piece] = []
        async with self._database.connection() as db:
            rows: list[Any] = await (await db.execute(_SOME, values, binary=True)).fetchall()
        for digest, size, dropped, so_far, data in rows:
            if size is None:
                found.append(Piece(digest.hex(), how=DROPPED if dropped else LACKS))
            elif size > self._limits.small:
                found.append(Piece(digest.hex(), how=ALONE))
            elif so_far <= self._limits.page:
                found.append(Piece(digest.hex(), data))
            else:
                break
        return found

    def _refuse_part(self, at: int, size: int, data: bytes) -> None:
        if not 0 < size <= self._limits.piece:
            raise Refusal(
                413, "piece-size", f"A piece has at most {self._limits.piece} bytes.", limit=self._limits.piece
            )
        if not data or at < 0 or at + len(data) > size:
            raise Refusal(422, "part", "A part lies within its piece.")
        if len(data) < self._limits.least_part and at + len(data) < size:
            raise Refusal(422, "part", f"A part that is not the last has at least {self._limits.least_part} bytes.")

    async def _refuse_full(self, db: psycopg.AsyncConnection[Any], office: str, device: str, more: int) -> None:
        row: Any = await (await db.execute(_ROOM, (bytes.fromhex(device), bytes.fromhex(office)))).fetchone()
        refuse_over(int(row[0]) + more, self._limits.office, "The office's room for pieces is used up.")
        refuse_over(int(row[1]) + more, self._limits.device, "This device's room for pieces is used up.")

    async def read(self, office: str, digest: str, first: int, last: int) -> AsyncIterator[bytes]:
        """The bytes of a whole piece from `first` to `last`, a part at a time."""
        ids = (bytes.fromhex(office), bytes.fromhex(digest))
        at = first
        while at <= last:
            async with self._database.connection() as db:
                row: Any = await (
                    await db.execute(
                        "select t.at, t.data from hub.parts t join hub.pieces p using (office, digest, device) where office = %s "
                        "and digest = %s and t.at <= %s order by t.at desc limit 1", (*ids, at), binary=True,
                    )
                ).fetchone()  # fmt: skip
            if row is None or row[0] + len(row[1]) <= at:
                return  # dropped meanwhile: the answer is shorter than it said, and whoever asked sees that
            data = row[1][at - row[0] : last + 1 - row[0]]
            yield data
            at += len(data)

    async def drop(self, office: str, digest: str, by: str, signature: bytes) -> None:
        """Drop a piece, on the statement of a device that manages the roster. Raises Refusal."""
        try:
            keys.verify(by, "drop piece", drop_bytes(office, digest), signature)
        except keys.BadSignature as error:
            raise Refusal(422, "statement", "The statement's signature does not hold.") from error
        if not self._database.access.pieces:
            raise Refusal(
                501, "no-dropping", "This hub was not given the access that drops pieces.",
                "Start it with the owner's address, or with --pieces-database.",
            )  # fmt: skip
        ids = (bytes.fromhex(office), bytes.fromhex(digest))
        async with await psycopg.AsyncConnection.connect(with_timeouts(self._database.access.pieces)) as db:
            await db.execute("select pg_advisory_xact_lock(7320, 1)")
            await db.execute(
                "insert into hub.dropped (office, digest, by, signature) values (%s, %s, %s, %s) on conflict do nothing",
                (*ids, bytes.fromhex(by), signature),
            )
            await db.execute("delete from hub.pieces where office = %s and digest = %s", ids)
            await db.execute("delete from hub.parts where office = %s and digest = %s", ids)


def whole_pieces(given: Sequence[Piece], limits: Limits) -> dict[str, bytes]:
    """Pieces that came together, by their digests. Raises Refusal, naming the first that does not hold."""
    if not 0 < len(given) <= limits.pieces:
        raise Refusal(422, "batch", f"A request has 1 to {limits.pieces} pieces.", "Send them in several.")
    for number, one in enumerate(given):
        if one.how != HERE:
            raise Refusal(422, "form", f"Piece {number + 1} comes without its bytes.", "See docs/hub.md.")
        if len(one.sealed) > limits.small:
            raise Refusal(
                413, "piece-size", f"A piece that comes with others has at most {limits.small} bytes.",
                "Put it alone.", limit=limits.small, number=number,
            )  # fmt: skip
        if envelope.sealed_digest(one.sealed) != one.digest:
            raise Refusal(
                422, "piece-digest", f"Piece {number + 1} has another digest.", "Send it again.", number=number
            )
    return {one.digest: one.sealed for one in given}


def _ids(office: str, digest: str, device: str) -> tuple[bytes, bytes, bytes]:
    return bytes.fromhex(office), bytes.fromhex(digest), bytes.fromhex(device)


async def _refuse_dropped(db: psycopg.AsyncConnection[Any], ids: tuple[bytes, ...]) -> None:
    row = await (await db.execute("select from hub.dropped where office = %s and digest = %s", ids)).fetchone()
    if row is not None:
        raise Refusal(410, "dropped", "This piece was dropped.", "The record says by whom and why.")


async def _digest(db: psycopg.AsyncConnection[Any], ids: tuple[bytes, ...]) -> str:
    """The digest of what is here of a piece, read a part at a time."""
    found = hashlib.sha256(canonical.tagged("sealed", b""))
    cursor = psycopg.AsyncServerCursor(db, "parts")
    async with cursor:
        await cursor.execute(
            "select data from hub.parts where office = %s and digest = %s and device = %s order by at", ids
        )
        cursor.itersize = 1
        async for row in cursor:
            found.update(row[0])
    return found.hexdigest()
