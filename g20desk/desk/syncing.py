"""Between a desk and its hub: what the office placed comes in, what this desk did goes out, pieces both ways.

Nothing here waits for a person, and nobody waits for it: a desk works on its own store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from g20desk import locking, logs
from g20desk.clock import Clock, SystemClock
from g20desk.desk import copying, evidence, following, guardians, redacting, ways
from g20desk.desk.acting import Ledger
from g20desk.desk.evidence import HELP, SAYS, TWO, WITHHELD
from g20desk.desk.giving_back import GivingBack
from g20desk.desk.intake import BadOrder, Intake, Taken
from g20desk.desk.lost_keeper import HalfHanded
from g20desk.desk.pages_in import AT_ONCE, PagesIn
from g20desk.desk.pieces_in import PiecesIn
from g20desk.desk.pushing import Pushing
from g20desk.desk.reading_in import ReadingIn, waits_for_key
from g20desk.desk.row_keeping import Changes
from g20desk.desk.unsealing import Closed
from g20desk.errors import DeskError, Refused, Unreachable
from g20desk.ledger.ahead import Checked
from g20desk.ledger.envelope import BadEnvelope
from g20desk.ledger.wire import Entry

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub

# With these a hub refuses acts of a chain that another copy of this desk has written on.
COPIED = ("other-act-there", "chain")


@dataclass(slots=True)
class Synced:
    """What a sync did; `why`: what keeps some acts of this desk back; `waits`: what it was not given yet, in words; `again`:
    acts that have to be done once more, since a copy of this desk wrote on where they did; `skew`: the hub's clock less ours in
    milliseconds, and how far off that may be."""

    pushed: int = 0
    pulled: int = 0
    why: str = ""
    waits: str = ""
    again: list[copying.Undone] = field(default_factory=list)
    skew: tuple[int, int] | None = None
    changes: set[tuple[str, str]] = field(default_factory=set)

    def add(self, changes: Changes) -> None:
        """What was touched besides."""
        self.changes |= changes


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Acts come into a desk, and go out of it, by one program at a time, whatever the way. Raises Unreachable."""
    try:
        with locking.held(folder / "sync.lock", seconds=120):
            yield
    except TimeoutError as error:
        raise Unreachable(
            "sync-busy", "Another program exchanges acts for this desk.", "Try again in a moment."
        ) from error


def exchange(ledger: Ledger, clock: Clock, folder: Path, say: Callable[[str], None]) -> Synced:
    """One exchange with the hub; one at a time on a desk. Raises Unreachable, Refused, Usage."""
    began = clock.monotonic()
    hub = ways.hub(ledger, clock)
    try:
        with one_at_a_time(folder):
            done = Sync(ledger, hub, say, clock).run()
        _noted(done, clock.monotonic() - began)
        return done
    except DeskError as no:
        logs.note("not-synced", code=no.code, seconds=clock.monotonic() - began)
        if no.code == "device-out":
            raise _out(ledger, str(no.params.get("device", ""))) from no
        raise
    finally:
        hub.close()


def _noted(done: Synced, seconds: float) -> None:
    told = {
        "came": done.pulled,
        "went": done.pushed,
        "again": len(done.again),
        "kept": bool(done.why),
        "waits": bool(done.waits),
    }
    logs.note("synced" if any(told.values()) else "in-touch", **told, seconds=seconds)


def _out(ledger: Ledger, device: str) -> Refused:
    """What a person is told whose device is not let in."""
    store = ledger.store
    if device and device not in store.metas("device/").values():
        return Refused("device-out", "An act on this desk was signed by a device that is no longer in the office.",
                       "It can't get a place; the rest waits behind it. See: g20desk ledger verify")  # fmt: skip
    if not store.last_place()[0]:
        return Refused("not-admitted", "This desk waits to be admitted.", "Once the head has done it: g20desk sync")
    count = store.tentative_count()
    lost = f"; {count} acts of it have not reached the office, and do not count" if count else ""
    return Refused(
        "device-out", f"This device was taken out of the office{lost}.",
        "What is here can still be read. If that is a mistake, ask the head to admit you again, on a new desk.",
    )  # fmt: skip


class Sync:
    """One exchange with the hub."""

    def __init__(
        self, ledger: Ledger, hub: Hub, say: Callable[[str], None] = lambda words: None, clock: Clock | None = None
    ) -> None:
        self._ledger, self._store, self._hub, self._say = ledger, ledger.store, hub, say
        self._clock = clock or SystemClock()
        self._intake, self._pushing = Intake(ledger), Pushing(ledger, hub)
        self.stopped: Refused | None = None
        self.done = Synced()

    def run(self) -> Synced:
        """Everything that is to come in, then everything that is to go out. Raises Unreachable, and Refused where the
        hub shows another order than it signed, or this desk is kept from reading it; its acts go out all the same then."""
        try:
            back = GivingBack(self._store, self._hub, self._say)
            self.pull(back.restore())
            self.done.skew = back.skew
            if guardians.take_up(self._ledger):
                self.stopped = None
                self.pull()
            self._read_in()
            self._hand_in()
            if not self._half() and following.follow(self._ledger):
                self._hand_in()
        except BadOrder as bad:
            raise self._accused(bad) from bad
        self._drop()
        if self.stopped is not None:
            evidence.stand(self._store, self.stopped.message)
            raise self.stopped
        evidence.cleared(self._store)
        self.done.waits = waits_for_key(self._ledger)
        return self.done

    def _hand_in(self) -> None:
        while not self._half() and self._pushed():
            self.pull()

    def _read_in(self) -> None:
        """What this desk may read since it was given a key."""
        if found := ReadingIn(self._ledger, self._hub).run():
            self.done.add(found)
            self.fetch()

    def _drop(self) -> None:
        """What was taken out of the record goes at the hub too, by the word of a device that manages its roster."""
        office, device = self._ledger.folds.placed_office(), self._store.meta(f"device/{self._store.meta('person')}")
        why = redacting.drop_at(self._hub, self._store, office, office.author(device).role == "head")
        self.done.why = self.done.why or why

    def come_in(self, ends: int) -> None:
        """Everything that is to come in, and nothing out. Raises Unreachable, Refused."""
        try:
            self.pull(ends)
        except BadOrder as bad:
            raise self._accused(bad) from bad

    def _half(self) -> bool:
        """Whether the order waits for a second person: nothing may stand between the two acts that hand it over."""
        return self.stopped is not None and self.stopped.code == "half-handed-over"

    def pull(self, ends: int = 0) -> None:
        """Take in what came since, at least as far as the order `ends`. Raises BadOrder where it does not go on from what
        this desk knows."""
        last, running, _ = self._store.last_place()
        if not last:
            self._keys(0)
        with PagesIn(self._hub, self._store, ends) as pages:
            while not self.stopped:
                found, checked = pages.page(last)
                known = self._store.entry(last)
                if known is not None:
                    if not found or found[0].placed.n != last:
                        why = f"it does not show place {last}, which it signed"
                        raise BadOrder(why, known, *found[:1], code=WITHHELD)
                    if found[0].placed.hash != running:
                        raise BadOrder(f"place {last} is another one than before", known, found[0], code=TWO)
                    del found[0]
                if not found:
                    break
                self._take(found, checked)
                before, (last, running, _) = last, self._store.last_place()
                self.done.pulled += last - before
                self._say(f"{last} acts")
        if last < ends and not self.stopped:
            raise BadOrder(f"it shows places up to {last}, and says that there are {ends}", code=WITHHELD)
        self.fetch()

    def _took(self, taken: Taken) -> None:
        self.done.add(taken.changes)
        self.done.again += taken.again

    def _accused(self, bad: BadOrder) -> Refused:
        """Keep what the keeper signed, and stop."""
        made = evidence.keep(self._store, self._clock.now_ms(), bad.code, bad.why, bad.shown)
        return Refused(made.code, f"{SAYS[made.code]}: {bad.why}.", HELP[made.code])

    def _keys(self, after: int) -> None:
        """Keys that were wrapped for this desk further on. A newcomer's stand late in the order, and lead back."""
        said: list[Entry] = []
        while found := self._hub.entries(after, AT_ONCE, rings=["0" * 64]):
            said += [one for one in found if one.envelope.clear and b'"wraps"' in one.envelope.clear]
            after = found[-1].placed.n
        try:
            self._intake.keys.ahead(said, lambda n: next(iter(self._hub.entries(n - 1, 1)), None))
        except BadEnvelope as error:
            raise BadOrder(f"an envelope further on does not hold: {error}") from error

    def _take(self, found: list[Entry], checked: Checked | None = None) -> None:
        """Take in a page, whose signatures were `checked` as far as they were. Where this desk is not given a key, it takes in what comes before, and looks for one further on.
        Where there is none it stops. Raises BadOrder."""
        try:
            self._took(self._intake.take(found, checked))
        except HalfHanded as half:
            before = [one for one in found if one.placed.n < half.place]
            if before:
                self._took(self._intake.take(before, checked))  # the other half may stand on the next page
            else:
                self.stopped = half.refused()
        except Closed as closed:
            self._took(self._intake.take([one for one in found if one.placed.n < closed.place], checked))
            self._keys(closed.place - 1)
            try:
                self._took(self._intake.take([one for one in found if one.placed.n >= closed.place], checked))
            except Closed as again:
                if again.place > closed.place:  # another key, for which the same is to be done
                    return
                self.stopped = again.refused(self._ledger.folds.placed_office())

    def fetch(self) -> None:
        """The pieces that this desk does not hold yet."""
        self.done.add(PiecesIn(self._ledger, self._hub).run())

    def _pushed(self) -> int:
        """Hand in a batch; how many went out. A copy of this desk may have handed in acts of the same chain meanwhile:
        then its acts come in first. Raises Refused, BadOrder."""
        try:
            return self.push()
        except Refused as no:
            if no.code not in COPIED:
                raise
            if self.stopped is not None:
                return 0  # the copy's acts lie behind what this desk can't read: that is what is to be told
            before = len(self.done.again)
            self.pull()
            if len(self.done.again) == before:
                raise
            return self.push()

    def push(self) -> int:
        """Hand in a batch of what has no place yet; how many acts went out."""
        owed = {event for event, _, _ in evidence.owed(self._store)}
        given = self._pushing.hand_in(owed)
        self.done.why = self._pushing.why
        self.done.add(frozenset(self._pushing.changes))
        self._placed(given)
        self.done.pushed += len(given)
        return len(given)

    def _placed(self, given: list[Entry]) -> None:
        """What the hub signed for a batch: taken in at once where it is what comes next, else owed until it comes in."""
        last = self._store.last_place()[0]
        own = [one.placed.digest == one.envelope.digest for one in given]
        if not given:
            return
        if (
            not self.stopped
            and all(own)
            and [one.placed.n for one in given] == list(range(last + 1, last + 1 + len(given)))
        ):
            self._take(given)
            return
        with self._store.write():
            for one, same in zip(given, own, strict=True):
                known = self._store.entry(one.placed.n)
                if known is None:
                    evidence.owe(self._store, one, one.envelope.head.event, same)
                elif known.placed.hash != one.placed.hash:
                    raise BadOrder(f"place {one.placed.n} is another one than before", known, one, code=TWO)
