"""What a desk asks of the order: its end, entries in order, the roster, and to be told when there is more."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import Any

import psycopg

from g20desk.hub.database import Access, Database, with_timeouts
from g20desk.hub.limits import Limits
from g20desk.hub.metrics import Metrics
from g20desk.hub.refusals import Refusal
from g20desk.hub.state import Rosters
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.wire import Entry, Placed

log = logging.getLogger(__name__)

_LACKING = (
    "select e.n from hub.entries e where e.office = %(o)s and e.n > %(after)s and e.sealed is null and not exists "
    "(select from hub.filled f where f.office = e.office and f.n = e.n) order by e.n limit %(limit)s"
)
_STATUS = (
    "select (extract(epoch from clock_timestamp()) * 1000)::bigint, e.n, e.hash, e.stamp, h.keeper, l.n from (values (1)) one "
    "left join lateral (select n, hash, stamp from hub.entries where office = %(o)s order by n desc limit 1) e on true "
    "left join lateral (select keeper from hub.hand_overs where office = %(o)s order by number desc limit 1) h on true "
    f"left join lateral ({_LACKING}) l on true"
)
_PAGE = (
    "select e.n, e.stamp, e.digest, e.hash, e.receipt, e.head, e.signature, "
    "case when %(all)s or e.ring = any(%(rings)s) then coalesce(e.sealed, f.sealed) end, e.clear "
    "from hub.entries e left join hub.filled f on f.office = e.office and f.n = e.n "
    "where e.office = %(o)s and e.n > %(after)s and (e.n = %(after)s + 1 or e.office_bytes <= %(bytes)s + "
    "coalesce((select office_bytes from hub.entries where office = %(o)s and n = %(after)s), 0)) order by e.n limit %(limit)s"
)
_STANDS = "select entering from hub.roster where office = %s and device = %s order by n desc, part desc limit 1"
_ROSTER = (
    "select device, manages, by from (select distinct on (device) device, entering, manages, by from hub.roster "
    "where office = %s order by device, n desc, part desc) r where entering order by device"
)


class Reading:
    """The questions of one process."""

    def __init__(self, database: Database, limits: Limits) -> None:
        self._database, self._limits = database, limits

    async def status(self, office: str) -> dict[str, Any]:
        """The end of the order and the database's clock; `keeper` is empty while the office is being taken over."""
        async with self._database.connection() as db:
            cursor = await db.execute(_STATUS, {"o": bytes.fromhex(office), "after": 0, "limit": 1}, binary=True)
            row = await cursor.fetchone()
        assert row is not None
        now, n, running, stamp, keeper, lacks = row
        return {
            "place": n or 0, "hash": running.hex() if running else "", "stamp": stamp or 0,  # type: ignore[attr-defined]
            "keeper": keeper.hex() if keeper else "", "now": now, "lacks": lacks or 0,  # type: ignore[attr-defined]
        }  # fmt: skip

    async def entries(self, office: str, after: int, limit: int, rings: Sequence[str] | None) -> list[Entry]:
        """Entries after a place, as many as one answer holds. `rings`: those whose sealed bytes are wanted; None: all."""
        values = {
            "o": bytes.fromhex(office), "after": after, "limit": limit, "bytes": self._limits.page, "all": rings is None,
            "rings": [bytes.fromhex(ring) for ring in rings or ()],
        }  # fmt: skip
        async with self._database.connection() as db:
            rows: list[Any] = await (await db.execute(_PAGE, values, binary=True)).fetchall()
        return [
            Entry(
                Placed(n, stamp, digest.hex(), running.hex(), receipt), Envelope(head, signature, sealed or b"", clear)
            )
            for n, stamp, digest, running, receipt, head, signature, sealed, clear in rows
        ]

    async def lacking(self, office: str, after: int, limit: int) -> list[int]:
        """Places after one whose sealed bytes no desk has brought yet, at most so many."""
        values = {"o": bytes.fromhex(office), "after": after, "limit": limit}
        async with self._database.connection() as db:
            rows: list[Any] = await (await db.execute(_LACKING, values, binary=True)).fetchall()
        return [int(n) for (n,) in rows]

    async def stands(self, office: str, device: str) -> bool:
        """Whether a device is in."""
        async with self._database.connection() as db:
            row: Any = await (await db.execute(_STANDS, (bytes.fromhex(office), bytes.fromhex(device)))).fetchone()
        return row is not None and bool(row[0])

    async def roster(self, office: str) -> list[dict[str, Any]]:
        """The devices that are in."""
        async with self._database.connection() as db:
            rows: list[Any] = await (await db.execute(_ROSTER, (bytes.fromhex(office),), binary=True)).fetchall()
        return [{"device": device.hex(), "manages": manages, "by": by.hex()} for device, manages, by in rows]


class Word:
    """Word of new entries, from this and other processes, to whoever waits."""

    def __init__(self, access: Access, reading: Reading, rosters: Rosters, limits: Limits, metrics: Metrics) -> None:
        self._conninfo, self._reading, self._rosters = with_timeouts(access.app), reading, rosters
        self._limits, self._metrics = limits, metrics
        self._bells: dict[str, set[asyncio.Event]] = {}
        self._waits: Counter[str] = Counter()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Nobody waits any longer."""
        self._stopping.set()
        self._ring(None)

    async def listen(self) -> None:
        """Hear what the database tells, and after each break have everybody look for themselves; until cancelled."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as db:
                    await db.execute("listen hub")
                    self._rosters.forget()
                    self._ring(None)
                    async for told in db.notifies():
                        self._ring(told.payload)
            except psycopg.OperationalError:
                log.info("the database broke off; listening again")
            await asyncio.sleep(1)

    def _ring(self, office: str | None) -> None:
        chosen = self._bells.values() if office is None else [self._bells.get(office, set())]
        for bells in chosen:
            for bell in bells:
                bell.set()

    async def told(self, office: str, device: str, after: int) -> AsyncIterator[bytes]:
        """Server-sent events: `place` with the newest place whenever it is past `after`, a comment as heartbeat. Raises
        Refusal for one wait too many."""
        if self._waits[device] >= self._limits.waits:
            raise Refusal(429, "too-many-waits", "This device waits in too many places at once.", "End one.", wait=5)
        return self._stream(office, device, after)

    async def _stream(self, office: str, device: str, after: int) -> AsyncIterator[bytes]:
        bell = asyncio.Event()
        self._bells.setdefault(office, set()).add(bell)
        self._waits[device] += 1
        self._metrics.waiting += 1
        try:
            yield b": waiting\n\n"
            async with asyncio.timeout(self._limits.longest_wait):
                while not self._stopping.is_set():
                    bell.clear()
                    if not await self._reading.stands(office, device):
                        return
                    status = await self._reading.status(office)
                    if status["place"] > after:
                        after = status["place"]
                        yield b"event: place\ndata: " + json.dumps({"place": after}).encode() + b"\n\n"
                    try:
                        await asyncio.wait_for(bell.wait(), self._limits.heartbeat)
                    except TimeoutError:
                        yield b": here\n\n"
        except (TimeoutError, Refusal):
            return  # the answer ends here; whoever wants to know more asks again
        finally:
            self._metrics.waiting -= 1
            self._waits[device] -= 1
            if not self._waits[device]:
                del self._waits[device]
            self._bells[office].discard(bell)
            if not self._bells[office]:
                del self._bells[office]
