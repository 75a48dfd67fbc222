"""Taking over an order that another keeper began, with its places, and taking back places of our own that were lost.

The keeper of the first places is the founding device. A hand-over names the keeper from its place on; it is signed by the
keeper before it, or by a device that manages the roster, since a keeper may be lost. Who is in force must have signed the
receipt of each place. What was placed stays placed: a roster statement that this hub would have refused changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from g20desk.hub import roster, state
from g20desk.hub.appending import refuse_broken_chain, refuse_over
from g20desk.hub.database import Database
from g20desk.hub.limits import Limits
from g20desk.hub.refusals import Refusal
from g20desk.hub.state import Connection, Given, Rosters, State
from g20desk.ledger import envelope
from g20desk.ledger.keys import BadSignature
from g20desk.ledger.wire import HandOver, Placed

_THERE = (
    "select e.n, e.digest, coalesce(e.sealed, f.sealed) is not null from hub.entries e "
    "left join hub.filled f on f.office = e.office and f.n = e.n where e.office = %s and e.n = any(%s)"
)


class Taking:
    """One a process. `keeper` is this hub's key; `everyone`: any office may come."""

    def __init__(self, database: Database, keeper: str, limits: Limits, rosters: Rosters, everyone: bool) -> None:
        self._database, self._keeper, self._limits = database, keeper, limits
        self._rosters, self._everyone = rosters, everyone

    async def take(self, office: str, by: str, entries: Sequence[tuple[Placed, Given]]) -> int:
        """Take entries in; those that are here already are passed over, or get the sealed bytes that they lacked. The
        last place. Raises Refusal."""
        given = [one for _, one in entries]
        await self._refuse_stranger(office, by, entries)
        async with self._database.connection() as db, db.transaction():
            await state.lock(db, office)
            now = await state.read(db, office, given, self._rosters)
            there = await self._there(db, office, [placed.n for placed, _ in entries])
            for placed, one in entries:
                if placed.n in there:
                    await self._again(db, office, placed, one, *there[placed.n])
                else:
                    self._next(now, placed, one)
            await state.write(db, now)
        return now.n

    async def _refuse_stranger(self, office: str, by: str, entries: Sequence[tuple[Placed, Given]]) -> None:
        async with self._database.connection() as db:
            first: Any = await (
                await db.execute("select device from hub.entries where office = %s and n = 1", (bytes.fromhex(office),))
            ).fetchone()
            allowed: Any = await (
                await db.execute("select device from hub.allowed where office = %s", (bytes.fromhex(office),))
            ).fetchone()
        if first is not None:
            return
        placed, given = entries[0]
        head = given.head
        if allowed is None and not self._everyone:
            raise Refusal(
                403, "not-allowed", "This hub was not told to serve that office.",
                f"Whoever runs it runs: g20desk hub allow {office}",
            )  # fmt: skip
        if placed.n != 1 or head.event != office or head.seq != 1 or head.prev:
            raise Refusal(409, "beginning", "An office comes with its first entry first.", place=0)
        if head.device != by or (allowed is not None and allowed[0] is not None and allowed[0].hex() != by):
            raise Refusal(403, "not-founder", "An office is brought by the device that founded it.")

    async def _there(self, db: Connection, office: str, places: Sequence[int]) -> dict[int, tuple[str, bool]]:
        rows = await (await db.execute(_THERE, (bytes.fromhex(office), list(places)), binary=True)).fetchall()
        return {int(n): (digest.hex(), bool(whole)) for n, digest, whole in rows}

    async def _again(self, db: Connection, office: str, placed: Placed, one: Given, digest: str, whole: bool) -> None:
        if digest != placed.digest:
            raise Refusal(
                409, "other-history", f"Another act has place {placed.n} here.", "Two histories were signed: keep both.",
                place=placed.n, digest=digest, given_digest=placed.digest,
            )  # fmt: skip
        if not whole and one.envelope.sealed:
            await db.execute(
                "insert into hub.filled values (%s, %s, %s) on conflict do nothing",
                (bytes.fromhex(office), placed.n, one.envelope.sealed),
            )

    def _next(self, now: State, placed: Placed, one: Given) -> None:
        if placed.n != now.n + 1:
            raise Refusal(409, "gap", f"Place {now.n + 1} comes next.", "Go on from there.", place=now.n)
        expected = envelope.next_hash(now.office, placed.n, now.hash, one.envelope.digest, placed.stamp)
        if placed.hash != expected or placed.stamp < now.stamp:
            raise Refusal(422, "order", f"The running hash or the time of place {placed.n} does not hold.")
        try:
            placed.check(now.office, now.keeper or now.founder or one.head.device)
        except BadSignature as error:
            raise Refusal(422, "receipt", f"The receipt of place {placed.n} is not its keeper's.") from error
        refuse_broken_chain(now, one)
        refuse_over(now.bytes + one.size, self._limits.office, "The office's room at this hub is used up.")
        now.founder = now.founder or one.head.device
        made = roster.founded(one.head.device) if placed.n == 1 else []
        known = roster.applied(now.roster, made)
        try:
            made += roster.changes(known, one.head.device, one.clear["roster"])
        except roster.NotAllowed:
            pass  # it was placed all the same; desks see the difference to what the act says
        now.add(one, placed, made)

    async def hand_over(self, office: str, statement: HandOver) -> None:
        """Take a statement in: from its place on another key keeps the order. Raises Refusal."""
        try:
            statement.check()
        except BadSignature as error:
            raise Refusal(422, "statement", "The statement's signature does not hold.") from error
        raw = bytes.fromhex(office)
        async with self._database.connection() as db, db.transaction():
            await state.lock(db, office)
            now = await state.read(db, office, [], self._rosters)
            if (now.n, now.hash) != (statement.place, statement.hash):
                raise Refusal(409, "gap", "The statement is about another place than the last one here.", place=now.n)
            if now.keeper == statement.keeper:
                return
            standing = now.roster.get(statement.by)
            if statement.by != (now.keeper or now.founder) and not (
                standing and standing.entering and standing.manages
            ):
                raise Refusal(403, "not-keeper", "The keeper before, or who manages the roster, hands an order over.")
            await db.execute(
                "insert into hub.hand_overs select %s, count(*), %s, %s, %s, %s, %s from hub.hand_overs where office = %s",
                (raw, now.n, bytes.fromhex(now.hash), bytes.fromhex(statement.keeper), bytes.fromhex(statement.by),
                 statement.signature, raw),
            )  # fmt: skip
            await db.execute("select pg_notify('hub', %s)", (office,))
