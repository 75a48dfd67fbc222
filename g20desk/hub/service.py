"""The hub's routes. What each takes and answers stands in docs/hub.md."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from g20desk.clock import Clock
from g20desk.hub.admission import Admission, Asked
from g20desk.hub.appending import Appender, looked_at
from g20desk.hub.bodies import Bodies
from g20desk.hub.database import Database
from g20desk.hub.limits import Limits
from g20desk.hub.metrics import Metrics
from g20desk.hub.pieces import Pieces, whole_pieces
from g20desk.hub.reading import Reading, Word
from g20desk.hub.refusals import Refusal
from g20desk.hub.routing import Routes, as_json
from g20desk.hub.state import Given
from g20desk.hub.taking import Taking
from g20desk.ledger import wire
from g20desk.ledger.wire import RECORDS, BadWire, HandOver, Placed

_ID = re.compile("[0-9a-f]{64}")
_SMALL = 32_768
_T = TypeVar("_T")


class Service:
    """The parts of a hub behind its routes."""

    def __init__(
        self, hub: str, clock: Clock, limits: Limits, metrics: Metrics, database: Database, admission: Admission,
        appender: Appender, taking: Taking, reading: Reading, word: Word, pieces: Pieces,
    ) -> None:  # fmt: skip
        self._hub, self._clock, self._limits, self._metrics = hub, clock, limits, metrics
        self._database, self._admission, self._appender, self._taking = database, admission, appender, taking
        self._reading, self._word, self._pieces, self._bodies = reading, word, pieces, Bodies(limits)

    def app(self) -> Routes:
        """All routes."""
        office = "/v1/offices/ID"
        routes = {
            "GET /v1/keeper": self.keeper,
            "GET /health": self.health,
            "GET /metrics": self.metrics,
            f"GET {office}": self.status,
            f"POST {office}/take-over": self.take_over,
            f"POST {office}/hand-over": self.hand_over,
            f"POST {office}/append": self.append,
            f"GET {office}/entries": self.entries,
            f"GET {office}/lacking": self.lacking,
            f"GET {office}/wait": self.wait,
            f"GET {office}/roster": self.roster,
            f"POST {office}/missing": self.missing,
            f"POST {office}/pieces": self.put_pieces,
            f"POST {office}/fetch": self.fetch,
            f"PUT {office}/pieces/ID": self.put_piece,
            f"GET {office}/pieces/ID": self.get_piece,
            f"DELETE {office}/pieces/ID": self.drop_piece,
        }
        return Routes(self._hub, self._clock, self._metrics, routes)

    async def keeper(self, request: Request) -> Response:
        """The hub's key."""
        return as_json({"keeper": self._hub, "version": 1, "now": self._clock.now_ms()})

    async def health(self, request: Request) -> Response:
        """Whether the database answers."""
        async with self._database.connection() as db:
            await db.execute("select 1")
        return as_json({"ok": True})

    async def metrics(self, request: Request) -> Response:
        """For Prometheus."""
        return Response(self._metrics.text(), media_type="text/plain; version=0.0.4")

    async def status(self, request: Request) -> Response:
        """The end of the order."""
        asked = await self._admission.device(request)
        return as_json(await self._reading.status(asked.office))

    async def take_over(self, request: Request) -> Response:
        """Entries of an order that another keeper began."""
        asked = await self._admission.founder(request)
        async with self._bodies.read(asked, self._limits.batch) as data:
            entries = await _aside(self._entries, asked.office, data)
            return as_json({"place": await self._taking.take(asked.office, asked.device, entries)})

    def _entries(self, office: str, data: bytes) -> Sequence[tuple[Placed, Given]]:
        try:
            entries = list(wire.unpack_entries(data))
        except BadWire as error:
            raise _bad_form(error) from error
        given = looked_at(office, [one.envelope for one in entries], self._limits, whole=False)
        return [(one.placed, found) for one, found in zip(entries, given, strict=True)]

    async def hand_over(self, request: Request) -> Response:
        """The statement that names a new keeper."""
        asked = await self._admission.device(request)
        async with self._bodies.read(asked, 4096) as data:
            value = _read_json(data)
        try:
            statement = HandOver(
                asked.office, _id(value["keeper"]), int(value["place"]), _id(value["hash"]), _id(value["by"]),
                bytes.fromhex(value["signature"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise _bad_form(error) from error
        await self._taking.hand_over(asked.office, statement)
        return as_json(await self._reading.status(asked.office))

    async def append(self, request: Request) -> Response:
        """New envelopes."""
        asked = await self._admission.device(request)
        async with self._bodies.read(asked, self._limits.batch) as data:
            given = await _aside(self._given, asked.office, data)
            places = await self._appender.append(asked.office, given)
        return Response(wire.pack_placed(places), media_type=RECORDS)

    def _given(self, office: str, data: bytes) -> list[Given]:
        try:
            return looked_at(office, wire.unpack(data), self._limits)
        except BadWire as error:
            raise _bad_form(error) from error

    async def entries(self, request: Request) -> Response:
        """Entries after a place."""
        asked = await self._admission.device(request)
        after, limit = _number(request, "after", 0), _number(request, "limit", 500)
        rings = request.query_params.get("rings")
        chosen = None if rings is None else [_id(ring) for ring in rings.split(",") if ring]
        found = await self._reading.entries(asked.office, after, min(limit, self._limits.envelopes), chosen)
        return Response(wire.pack_entries(found), media_type=RECORDS)

    async def lacking(self, request: Request) -> Response:
        """Places whose sealed bytes are not here."""
        asked = await self._admission.device(request)
        found = await self._reading.lacking(asked.office, _number(request, "after", 0), self._limits.envelopes)
        return as_json({"places": found})

    async def wait(self, request: Request) -> Response:
        """Server-sent events."""
        asked = await self._admission.device(request)
        events = await self._word.told(asked.office, asked.device, _number(request, "after", 0))
        quiet = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events, media_type="text/event-stream", headers=quiet)

    async def roster(self, request: Request) -> Response:
        """The devices that are in."""
        asked = await self._admission.device(request)
        return as_json({"devices": await self._reading.roster(asked.office)})

    async def missing(self, request: Request) -> Response:
        """Which of these pieces are not here."""
        asked = await self._admission.device(request)
        return as_json({"missing": await self._pieces.missing(asked.office, await self._digests(asked, 10_000))})

    async def _digests(self, asked: Asked, most: int) -> list[str]:
        async with self._bodies.read(asked, self._limits.part) as data:
            digests = _read_json(data).get("pieces")
        if not isinstance(digests, list) or len(digests) > most:
            raise Refusal(422, "form", f"A list of at most {most} digests is expected.")
        return [_id(one) for one in digests]

    async def put_pieces(self, request: Request) -> Response:
        """Small pieces, whole."""
        asked = await self._admission.device(request)
        async with self._bodies.read(asked, self._limits.batch) as data:
            given = await _aside(self._small, asked.office, data)
            left = await self._pieces.put_many(asked.office, asked.device, given)
        return as_json({"left": left})

    def _small(self, office: str, data: bytes) -> dict[str, bytes]:
        try:
            return whole_pieces(wire.unpack_pieces(data), self._limits)
        except BadWire as error:
            raise _bad_form(error) from error

    async def fetch(self, request: Request) -> Response:
        """Small pieces, as many of those asked for as an answer holds."""
        asked = await self._admission.device(request)
        found = await self._pieces.some(asked.office, await self._digests(asked, self._limits.pieces))
        return Response(wire.pack_pieces(found), media_type=RECORDS)

    async def put_piece(self, request: Request) -> Response:
        """A part of a piece."""
        asked = await self._admission.device(request)
        at, size = _number(request, "at", 0), _number(request, "size", 0)
        async with self._bodies.read(asked, self._limits.part) as data:
            have, whole = await self._pieces.put(asked.office, _digest(request), asked.device, at, size, data)
        return as_json({"have": have, "whole": whole})

    async def get_piece(self, request: Request) -> Response:
        """A piece, or how much of it is here (HEAD)."""
        asked = await self._admission.device(request)
        return await self._piece(asked, _digest(request))

    async def _piece(self, asked: Asked, digest: str) -> Response:
        size = await self._pieces.size(asked.office, digest)
        if size is None:
            have = await self._pieces.have(asked.office, digest, asked.device)
            raise Refusal(404, "no-piece", "This piece is not here.", "Put it.", have=have)
        if asked.request.method == "HEAD":
            return Response(media_type="application/octet-stream", headers={"Content-Length": str(size)})
        first, last, status = _range(asked.request, size)
        headers = {"Content-Length": str(last + 1 - first), "Accept-Ranges": "bytes"}
        if status == 206:
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        data = self._pieces.read(asked.office, digest, first, last)
        return StreamingResponse(data, status, headers, media_type="application/octet-stream")

    async def drop_piece(self, request: Request) -> Response:
        """Drop a piece everywhere, on a manager's statement."""
        asked = await self._admission.device(request)
        if not asked.manages:
            raise Refusal(403, "not-manager", "Only who manages the roster has a piece dropped.")
        found = re.fullmatch("[0-9a-f]{128}", request.query_params.get("statement", ""))
        if found is None:
            raise Refusal(422, "statement", "The statement is missing.", "See docs/hub.md.")
        await self._pieces.drop(asked.office, _digest(request), asked.device, bytes.fromhex(found[0]))
        return as_json({"dropped": True})


async def _aside(work: Callable[[str, bytes], _T], office: str, data: bytes) -> _T:
    """Signatures of a large body are checked beside the loop; going there and back takes longer than a small one."""
    return work(office, data) if len(data) < _SMALL else await asyncio.to_thread(work, office, data)


def _read_json(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except ValueError as error:
        raise _bad_form(error) from error
    if not isinstance(value, dict):
        raise Refusal(422, "form", "A JSON object is expected.", "See docs/hub.md.")
    return value


def _bad_form(error: Exception) -> Refusal:
    return Refusal(422, "form", f"The body is not of its form: {error}.", "See docs/hub.md.")


def _id(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Refusal(422, "form", "An id has 64 hex digits.", "See docs/hub.md.")
    return value


def _digest(request: Request) -> str:
    return str(request.path_params["digest"])


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not re.fullmatch("[0-9]{1,15}", text):
        raise Refusal(422, "form", f"“{name}” is a number from 0.", "See docs/hub.md.")
    return int(text)


def _range(request: Request, size: int) -> tuple[int, int, int]:
    """First and last byte that are wanted, and the status that says so."""
    found = re.fullmatch(r"bytes=([0-9]{1,15})-([0-9]{1,15})?", request.headers.get("range", ""))
    if found is None:
        return 0, size - 1, 200
    first, last = int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1)
    if first > last:
        raise Refusal(416, "range", f"The piece has {size} bytes.", size=size)
    return first, last, 206
