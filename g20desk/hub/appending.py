"""Giving places: what was handed in, whole or not at all, behind what is there, under the office's lock.

What waits for the same office in this process is placed in one transaction, so that a commit is paid once for many; each
request is still judged by itself. All checks that need no lock are made before (`looked_at`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from g20desk.hub import roster, state
from g20desk.hub.database import Database
from g20desk.hub.limits import Limits
from g20desk.hub.metrics import Metrics
from g20desk.hub.refusals import Refusal
from g20desk.hub.state import Given, Rosters, State
from g20desk.hub.together import Together
from g20desk.ledger import canonical, envelope
from g20desk.ledger.envelope import BadEnvelope, Envelope
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.wire import Placed

TOGETHER = 400  # envelopes in one transaction


class Appender:
    """One a process."""

    def __init__(self, database: Database, key: DeviceKey, limits: Limits, rosters: Rosters, metrics: Metrics) -> None:
        self._database, self._key, self._limits = database, key, limits
        self._rosters, self._metrics = rosters, metrics
        self._device = key.device
        self._together: Together[str, Sequence[Given], list[Placed]] = Together(self._place, len, TOGETHER)

    async def append(self, office: str, given: Sequence[Given]) -> list[Placed]:
        """The places of these envelopes, in their order. Raises Refusal."""
        return await self._together.do(office, given)

    async def _place(self, office: str, take: Callable[[], list[Sequence[Given]]]) -> list[list[Placed] | Refusal]:
        answers: list[list[Placed] | Refusal] = []
        async with self._database.connection() as db, db.pipeline(), db.transaction():
            await state.lock(db, office)
            requests = take()  # only now: while another process had the lock, more have come
            now = await state.read(db, office, [one for given in requests for one in given], self._rosters)
            for given in requests:
                before = now.mark()
                try:
                    answers.append([self._placed(now, one) for one in given])
                except Refusal as refusal:
                    answers.append(refusal)
                    now.back(before)
            await state.write(db, now)
        self._metrics.placed(len(now.added))
        return answers

    def _placed(self, now: State, given: Given) -> Placed:
        """The place of an envelope: the one that it has, or the next. Raises Refusal."""
        head = given.head
        if now.keeper != self._device:
            raise handed_over(now) if now.keeper else not_taken_over()
        there = now.links.get((head.device, head.chain, head.seq))
        if there is not None:
            return _same(there, given)
        refuse_broken_chain(now, given)
        standing = now.roster.get(head.device)
        if standing is None or not standing.entering:
            raise Refusal(
                403, "device-out", "The device that signed this act is not in the office's roster.",
                "It may have been revoked; what it had not handed in does not count.", device=head.device,
            )  # fmt: skip
        self._refuse_lacking(now, given)
        try:
            made = roster.changes(now.roster, head.device, given.clear["roster"])
        except roster.NotAllowed as error:
            raise Refusal(
                403, "roster", f"This change of the roster is not allowed: {error}.", event=head.event
            ) from error
        stamp = max(now.stamp, now.now)
        digest = given.envelope.digest
        running = envelope.next_hash(now.office, now.n + 1, now.hash, digest, stamp)
        receipt = self._key.sign("receipt", envelope.receipt_bytes(now.office, now.n + 1, running, stamp))
        placed = Placed(now.n + 1, stamp, digest, running, receipt)
        now.add(given, placed, made)
        return placed

    def _refuse_lacking(self, now: State, given: Given) -> None:
        missing = sorted(now.missing & set(given.head.pieces))
        if missing:
            raise Refusal(
                409, "missing-pieces", f"{len(missing)} pieces of this act are not here yet.",
                "Put the pieces first, then the act.", pieces=missing[:100],
            )  # fmt: skip
        refuse_over(now.bytes + given.size, self._limits.office, "The office's room at this hub is used up.")
        mine = now.device_bytes.get(given.head.device, 0) + given.size
        refuse_over(mine, self._limits.device, "This device's room at this hub is used up.")


def looked_at(office: str, envelopes: Sequence[Envelope], limits: Limits, *, whole: bool = True) -> list[Given]:
    """Envelopes whose form and signatures hold, of this office and of a size. `whole`: with their sealed bytes. Raises
    Refusal, naming the first that is not so."""
    if not envelopes or len(envelopes) > limits.envelopes:
        raise Refusal(422, "batch", f"A request has 1 to {limits.envelopes} envelopes.", "Send them in several.")
    found = []
    for number, one in enumerate(envelopes):
        size = len(one.head_bytes) + len(one.sealed) + len(one.clear)
        if size > limits.envelope:
            raise Refusal(413, "envelope-size", f"An envelope has at most {limits.envelope} bytes.", number=number)
        try:
            head, clear = envelope.check(one), envelope.read_clear(one.clear)
        except BadEnvelope as error:
            raise Refusal(
                422, "bad-envelope", f"Envelope {number + 1} does not hold: {error}.", number=number
            ) from error
        if head.office != office or head.v != canonical.FORMAT:
            raise Refusal(422, "bad-envelope", f"Envelope {number + 1} is of another office or format.", number=number)
        if whole and not one.sealed:
            raise Refusal(422, "bad-envelope", f"Envelope {number + 1} comes without its sealed bytes.", number=number)
        found.append(Given(one, head, clear))
    return found


def _same(there: tuple[str, Placed], given: Given) -> Placed:
    event, placed = there
    if event != given.head.event:
        raise Refusal(
            409, "other-act-there", "Another act of this device has this place in its chain.",
            "A copied disk writes like that: the desk has to begin a new chain.", event=event, given=given.head.event,
            digest=placed.digest, given_digest=given.envelope.digest, place=placed.n,
        )  # fmt: skip
    return placed


def refuse_broken_chain(now: State, given: Given) -> None:
    """A chain is taken in order, each act naming the one before it. Raises Refusal."""
    head = given.head
    before = now.links.get((head.device, head.chain, head.seq - 1))
    if head.seq < 1 or (before[0] if before else "") != head.prev or (before is None and head.seq != 1):
        raise Refusal(
            409, "chain", "This act does not go on from what is here of its device's chain.",
            "Hand in what comes before it first.", device=head.device, chain=head.chain, seq=head.seq,
        )  # fmt: skip


def refuse_over(size: int, limit: int, message: str) -> None:
    """Raise Refusal where a size is past its limit."""
    if size > limit:
        raise Refusal(507, "room", message, "Ask whoever runs the hub for more.", limit=limit)


def not_taken_over() -> Refusal:
    """The office is not (wholly) here yet."""
    return Refusal(
        409, "not-taken-over", "This hub does not keep the office's order yet.", "Finish the hand-over first."
    )


def handed_over(now: State) -> Refusal:
    """The office's order is kept elsewhere."""
    return Refusal(
        409, "handed-over", "The office's order is kept by another hub now.", "Sync with that one.", keeper=now.keeper
    )
