"""Who asks: a device of the office, by its signature, once, now, and not too often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from g20desk.clock import Clock
from g20desk.hub.database import Database
from g20desk.hub.limits import Limits
from g20desk.hub.rates import Rates
from g20desk.hub.refusals import Refusal
from g20desk.hub.together import Together
from g20desk.ledger import http_signing
from g20desk.ledger.http_signing import Signed
from g20desk.ledger.keys import BadSignature

_Ids = tuple[bytes, bytes, bytes, bool]
_Found = tuple[bool, bool, bool, bool]
_ADMIT = (
    "select a.known, a.entering, a.manages, a.fresh from unnest(%b::bytea[], %b::bytea[], %b::bytea[], %b::boolean[]) "
    "with ordinality w (office, device, nonce, keep, at), lateral hub.admit(w.office, w.device, w.nonce, w.keep) a "
    "order by w.at"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is let in."""

    request: Request
    office: str
    device: str
    manages: bool
    body_digest: bytes


class Admission:
    """The door. `hub` is this hub's key."""

    def __init__(self, database: Database, hub: str, clock: Clock, limits: Limits) -> None:
        self._database, self._hub, self._clock, self._limits = database, hub, clock, limits
        self._devices = Rates(clock, limits.requests, limits.burst)
        self._strangers = Rates(clock, limits.refusals, limits.refusals_burst)
        self._together: Together[None, _Ids, _Found] = Together(self._look_up, lambda ids: 1, 100)

    async def device(self, request: Request) -> Asked:
        """A device of the office's roster. Raises Refusal."""
        office = _office(request)
        signed = self._signed(request)
        known, entering, manages = await self._looked_up(request, office, signed, False)
        if not known:
            self._strange(request)
            raise unknown_office()
        if not entering:
            self._strange(request)
            raise Refusal(403, "device-out", "This device is not in the office's roster.", "Ask the office's head.")
        return Asked(request, office, signed.device, manages, signed.body)

    async def founder(self, request: Request) -> Asked:
        """A device of the roster, or any where the office is not here yet: what it brings says whether it may. Raises
        Refusal."""
        office = _office(request)
        signed = self._signed(request)
        known, entering, manages = await self._looked_up(request, office, signed, True)
        if known and not entering:
            self._strange(request)
            raise Refusal(403, "device-out", "This device is not in the office's roster.", "Ask the office's head.")
        if not known:
            self._strange(request)
        return Asked(request, office, signed.device, manages, signed.body)

    def _signed(self, request: Request) -> Signed:
        scope = request.scope
        try:
            path, query = scope["raw_path"].decode("ascii"), scope["query_string"].decode("ascii")
            signed = http_signing.verify(request.headers, request.method, path, query)
        except (BadSignature, UnicodeDecodeError) as error:
            self._strange(request)
            raise Refusal(401, "signature", "The request's signature does not hold.", "See docs/hub.md.") from error
        if signed.hub != self._hub:
            raise Refusal(401, "other-hub", "The request was signed for another hub.", hub=self._hub)
        now = self._clock.now_ms()
        ahead = signed.created - now // 1000
        if abs(ahead) > self._limits.window:
            raise Refusal(
                401, "clock", f"The clock of this computer is {abs(ahead)} s {'ahead of' if ahead > 0 else 'behind'} the hub's.",
                "Set the one that is wrong; nothing goes out or comes in until then.", now=now,
            )  # fmt: skip
        self._devices.take(signed.device, "This device asks too often.")
        return signed

    async def _looked_up(self, request: Request, office: str, signed: Signed, keep: bool) -> tuple[bool, bool, bool]:
        ids = (bytes.fromhex(office), bytes.fromhex(signed.device), bytes.fromhex(signed.nonce), keep)
        known, entering, manages, fresh = await self._together.do(None, ids)
        if not fresh:
            self._strange(request)
            raise Refusal(401, "replay", "This request was made before.", "Sign a new one.")
        return known, entering, manages

    async def _look_up(self, key: None, take: Callable[[], list[_Ids]]) -> list[_Found]:
        async with self._database.connection() as db:
            cursor = await db.execute(_ADMIT, tuple(map(list, zip(*take(), strict=True))), binary=True)
            return [(bool(a), bool(b), bool(c), bool(d)) for a, b, c, d in await cursor.fetchall()]

    def _strange(self, request: Request) -> None:
        """Count a request that nobody of the office signed against where it comes from. Raises Refusal past the limit."""
        address = request.client.host if request.client else ""
        self._strangers.take(address, "Too many requests from there were refused.")


def _office(request: Request) -> str:
    return str(request.path_params["office"])


def unknown_office() -> Refusal:
    """No such office here, or it does not say so to this one."""
    return Refusal(404, "unknown-office", "This hub does not hold that office.", "Check the hub's address.")
