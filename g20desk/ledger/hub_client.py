"""What a desk asks of a hub. How it is asked, signed and tried again stands in hub_session.py."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from g20desk.clock import Clock, SystemClock
from g20desk.errors import Refused
from g20desk.ledger import envelope, wire
from g20desk.ledger.envelope import BadEnvelope
from g20desk.ledger.hub_session import Session, bad_answer
from g20desk.ledger.wire import ALONE, DROPPED, HERE, Entry, HandOver, Piece, Placed

if TYPE_CHECKING:
    import httpx

    from g20desk.ledger.envelope import Envelope
    from g20desk.ledger.keys import DeviceKey

BATCH = 4 << 20  # bytes of entries in one request
MOST = 500
PART = 1 << 20
SMALL = 1 << 16  # up to here a piece travels with others
TOGETHER = 1_000
_R = TypeVar("_R")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Status:
    """The end of the order at the hub. `head` is its running hash, `stamp` its time; `keeper` is empty while the hub is
    still taking the order over; `skew`: the hub's clock less ours, in milliseconds, to within `uncertain`; `lacks`: the
    first place whose sealed bytes are not there, 0 where all are."""

    place: int
    head: str
    stamp: int
    keeper: str
    skew: int
    uncertain: int
    lacks: int = 0


class Hub:
    """One office at one hub, for one device. Every method raises Unreachable where the hub can't be reached or something
    else answers in its stead, and Refused, with the hub's code, where it says no.

    `pin`: the SHA-256 of the hub's certificate in hex, which then counts instead of the system's store; `expected`: the
    hub's key as the office's record names it.
    """

    def __init__(
        self, url: str, office: str, key: DeviceKey, *, pin: str | None = None, expected: str = "",
        clock: Clock | None = None, pause: Callable[[float], object] = time.sleep,
    ) -> None:  # fmt: skip
        self.url, self.office = url.rstrip("/"), office
        self._key, self._clock = key, clock or SystemClock()
        self._session = Session(self.url, key, pin, expected, self._clock, pause)

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def keeper(self) -> str:
        """The hub's key, asked once."""
        return self._session.hub()

    def version(self) -> int:
        """The version of what it speaks."""
        return self._told(self._session.ask("GET", "/v1/keeper", "", b"", {}), lambda value: int(value["version"]))

    def status(self) -> Status:
        """Where the office's order ends there, and how the hub's clock stands to ours."""
        begun, at = self._clock.monotonic(), self._clock.now_ms()
        answer = self._ask("GET", "")
        taken = round((self._clock.monotonic() - begun) * 1000)
        return self._told(answer, lambda value: Status(
            int(value["place"]), str(value["hash"]), int(value["stamp"]), str(value["keeper"]),
            int(value["now"]) - (at + taken // 2), taken // 2 + 1, int(value["lacks"]),
        ))  # fmt: skip

    def take_over(self, entries: Iterable[Entry]) -> int:
        """Hand in an order that another keeper began, or places that the hub lost; the hub's last place. What is there
        already is passed over, so it may begin anew or where it stopped."""
        place = 0
        for batch in _batches(entries):
            answer = self._ask("POST", "/take-over", body=wire.pack_entries(batch))
            place = self._told(answer, lambda value: int(value["place"]))
        return place

    def finish_take_over(self, statement: HandOver) -> None:
        """Hand the order over to the key that the statement names."""
        value = {
            "keeper": statement.keeper, "place": statement.place, "hash": statement.hash, "by": statement.by,
            "signature": statement.signature.hex(),
        }  # fmt: skip
        self._ask("POST", "/hand-over", body=json.dumps(value).encode())

    def append(self, envelopes: Sequence[Envelope]) -> list[Placed]:
        """The places of these envelopes, one each, in their order: all of them or none. A place may name another head
        than the one handed in: the same act in an earlier seal. Raises Refused also for a receipt that does not hold."""
        found = self._records(self._ask("POST", "/append", body=wire.pack(envelopes)), wire.unpack_placed)
        if len(found) != len(envelopes):
            raise bad_answer(self.url)
        for one in found:
            try:
                one.check(self.office, self.keeper())
            except ValueError as error:
                raise Refused("receipt", "The hub's receipt does not hold.", "Keep it, and tell the office.") from error
        return found

    def entries(self, after: int, limit: int = MOST, rings: Sequence[str] | None = None) -> list[Entry]:
        """Entries after a place, in order, at most `limit`, fewer where they are large; none where there are none.
        `rings`: those whose sealed bytes are wanted."""
        query = f"after={after}&limit={limit}" + ("" if rings is None else f"&rings={','.join(rings)}")
        return self._records(self._ask("GET", "/entries", query), lambda data: list(wire.unpack_entries(data)))

    def lacking(self, after: int) -> list[int]:
        """Places after one whose sealed bytes are not there, in order, at most a thousand."""
        return self._told(self._ask("GET", "/lacking", f"after={after}"), lambda value: list(map(int, value["places"])))

    def wait(self, after: int, seconds: float) -> int | None:
        """Wait for a place past `after`; the newest, or None where there was none in time."""
        until = self._clock.monotonic() + seconds
        with self._session.stream(self._path("/wait"), f"after={after}", seconds) as lines:
            for line in lines:
                if line.startswith("data: "):
                    return int(json.loads(line[6:])["place"])
                if self._clock.monotonic() >= until:
                    break
        return None

    def missing_pieces(self, digests: Sequence[str]) -> list[str]:
        """Which of these sealed pieces are not at the hub; those that were dropped are not missing."""
        found: list[str] = []
        digests = list(dict.fromkeys(digests))
        for at in range(0, len(digests), 5_000):
            body = json.dumps({"pieces": digests[at : at + 5_000]}).encode()
            answer = self._ask("POST", "/missing", body=body)
            found += self._told(answer, lambda value: list(map(str, value["missing"])))
        return found

    def put_piece(self, digest: str, data: bytes) -> None:
        """Hand in sealed bytes, going on where an earlier try stopped."""
        at = 0
        while at < len(data):
            part = data[at : at + PART]
            try:
                answer = self._ask("PUT", f"/pieces/{digest}", f"at={at}&size={len(data)}", part)
            except Refused as refused:
                have = refused.params.get("have")
                if refused.code != "offset" or not isinstance(have, int) or have == at or have > len(data):
                    raise
                at = have
                continue
            at = self._told(answer, lambda value: len(data) if value["whole"] else int(value["have"]))

    def put_pieces(self, given: Iterable[tuple[str, bytes]]) -> None:
        """Hand in sealed bytes by their digests, small ones together; what was dropped at the hub is passed over."""
        for some in _small_together(given):
            left = list(some)
            if len(some) > 1:
                answer = self._ask("POST", "/pieces", body=wire.pack_pieces(map(Piece, some, some.values())))
                left = self._told(answer, lambda value: list(map(str, value["left"])))
                if not some.keys() >= set(left):
                    raise bad_answer(self.url)
            for digest in left:
                try:
                    self.put_piece(digest, some[digest])
                except Refused as refused:
                    if refused.code != "dropped":
                        raise

    def get_pieces(self, digests: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Sealed bytes with their digests, None for those that were dropped; what is not at the hub now is left out."""
        left = list(dict.fromkeys(digests))
        while left:
            asked = left[:TOGETHER]
            answer = self._ask("POST", "/fetch", body=json.dumps({"pieces": asked}).encode())
            found = self._records(answer, wire.unpack_pieces)
            if not found or [one.digest for one in found] != asked[: len(found)]:
                raise bad_answer(self.url)
            for one in found:
                if one.how == HERE:
                    yield one.digest, _held_to(one.digest, one.sealed)
                elif one.how == DROPPED:
                    yield one.digest, None
                elif one.how == ALONE:
                    yield from self._alone(one.digest)
            del left[: len(found)]

    def _alone(self, digest: str) -> Iterator[tuple[str, bytes | None]]:
        try:
            yield digest, self.get_piece(digest)
        except Refused as refused:
            if refused.code == "dropped":
                yield digest, None
            elif refused.code != "no-piece":
                raise

    def get_piece(self, digest: str) -> bytes:
        """Sealed bytes that have this digest."""
        found, size = bytearray(), 1
        while len(found) < size:
            answer = self._ask(
                "GET", f"/pieces/{digest}", more={"Range": f"bytes={len(found)}-{len(found) + BATCH - 1}"}
            )
            whole = re.fullmatch(r"bytes [0-9]+-[0-9]+/([0-9]+)", answer.headers.get("content-range", ""))
            if whole is None or not answer.content:
                raise bad_answer(self.url)
            found += answer.content
            size = int(whole[1])
        return _held_to(digest, bytes(found))

    def drop_piece(self, digest: str) -> None:
        """Have a piece dropped; this device manages the roster."""
        signature = self._key.sign("drop piece", wire.drop_bytes(self.office, digest))
        self._ask("DELETE", f"/pieces/{digest}", f"statement={signature.hex()}")

    def roster(self) -> list[dict[str, Any]]:
        """The devices that are in: `device`, `manages`, `by`."""
        return self._told(self._ask("GET", "/roster"), lambda value: [dict(one) for one in value["devices"]])

    def _path(self, path: str) -> str:
        return f"/v1/offices/{self.office}{path}"

    def _ask(
        self, method: str, path: str, query: str = "", body: bytes = b"", more: dict[str, str] | None = None
    ) -> httpx.Response:
        return self._session.ask(method, self._path(path), query, body, more or {})

    def _records(self, answer: httpx.Response, read: Callable[[bytes], list[_R]]) -> list[_R]:
        try:
            return read(answer.content)
        except BadEnvelope as error:
            raise bad_answer(self.url) from error

    def _told(self, answer: httpx.Response, read: Callable[[dict[str, Any]], _T]) -> _T:
        """What an answer in JSON says."""
        try:
            return read(answer.json())
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise bad_answer(self.url) from error


def _held_to(digest: str, sealed: bytes) -> bytes:
    if envelope.sealed_digest(sealed) != digest:
        raise Refused("piece-digest", "The hub sent other bytes than were asked for.", "Ask again; tell who runs it.")
    return sealed


def _small_together(given: Iterable[tuple[str, bytes]]) -> Iterator[dict[str, bytes]]:
    """As many small pieces as one request holds; each large one by itself."""
    lot: dict[str, bytes] = {}
    size = 0
    for digest, sealed in given:
        if len(sealed) > SMALL:
            yield {digest: sealed}
            continue
        if lot and (size + len(sealed) > BATCH or len(lot) == TOGETHER):
            yield lot
            lot, size = {}, 0
        lot[digest] = sealed
        size += len(sealed)
    if lot:
        yield lot


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """As many as one request holds."""
    batch: list[Entry] = []
    size = 0
    for one in entries:
        more = len(one.envelope.head_bytes) + len(one.envelope.sealed) + len(one.envelope.clear)
        if batch and (size + more > BATCH or len(batch) == MOST):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += more
    if batch:
        yield batch
