"""Taking in a bundle: proved as what comes from a hub is, whoever made it; whole, or not at all.

The file is gone through and held to its signature before anything of it is used. Its places come in by the same way as a
hub's; its acts without a place wait here with this desk's own, until somebody hands them in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from g20desk.clock import Clock
from g20desk.desk import copying, evidence, following, placing
from g20desk.desk.acting import Ledger
from g20desk.desk.bundles import REACHED
from g20desk.desk.carried import Carried, LeftOut
from g20desk.desk.evidence import HELP, SAYS, TWO
from g20desk.desk.intake import BadOrder
from g20desk.desk.syncing import Sync, one_at_a_time
from g20desk.errors import Refused, Usage
from g20desk.ledger import bundle, canonical, envelope, wire
from g20desk.ledger.bundle import BadBundle, Reader
from g20desk.ledger.envelope import BadEnvelope, Envelope
from g20desk.ledger.wire import Entry

TROUBLE = {
    "no-bundle": ("This is no bundle: {why}.", "Give the file that “bundle export” wrote."),
    "damaged": ("This bundle is damaged: {why}. Nothing was taken in.", "Copy it anew, or have it exported again."),
    "cut-off": (
        "This bundle is not whole: {why}. Nothing was taken in.",
        "Copy it anew; the stick may have been full.",
    ),
    "version": ("This bundle can't be read: {why}.", "Use the same version of g20desk on both desks."),
}


@dataclass(slots=True)
class Brought:
    """What came in: places, acts without one, pieces; how many places this desk gave as the keeper; what was left out and
    why; acts that have to be done once more; what was touched."""

    places: int = 0
    acts: int = 0
    pieces: int = 0
    placed: int = 0
    left: list[LeftOut] = field(default_factory=list)
    again: list[copying.Undone] = field(default_factory=list)
    changes: set[tuple[str, str]] = field(default_factory=set)

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        value = {"places": self.places, "acts": self.acts, "pieces": self.pieces, "placed": self.placed,
                 "left_out": [asdict(one) for one in self.left]}  # fmt: skip
        return value | ({"again": [one.as_json() for one in self.again]} if self.again else {})


class Carrier:
    """An opened bundle, asked as a hub is asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._places: list[tuple[int, int]] = []
        self._acts: list[tuple[int, int]] = []
        self._pieces: dict[str, tuple[int, int]] = {}
        self.since, self.place, self.first, self.got = 0, 0, 0, 0
        kinds = {bundle.PLACE: self._places, bundle.ACT: self._acts}
        for kind, at, length in reader.open():
            if kind == bundle.ABOUT:
                self._about(reader.read(at, length))
            elif kind == bundle.PIECE:
                if length <= 32:
                    raise BadBundle("damaged", "a piece in it is none")
                self._pieces[reader.read(at, 32).hex()] = (at + 32, length - 32)
            else:
                kinds[kind].append((at, length))
        if self._places:
            self.first = self._entry(0).placed.n
        last = self.first + len(self._places) - 1 if self._places else 0
        if last != self.place or (self._places and self.first != max(self.since, 1)):
            raise BadBundle("damaged", "it holds other places than it says")

    def _about(self, data: bytes) -> None:
        try:
            value = canonical.loads(data)
            self.since, self.place = value["since"], value["place"]
            if not (type(self.since) is type(self.place) is int and 0 <= self.since <= self.place):
                raise ValueError(self.since, self.place)
        except (ValueError, KeyError, TypeError) as error:
            raise BadBundle("damaged", "what it says of itself is damaged") from error

    def _entry(self, number: int) -> Entry:
        try:
            (one,) = wire.unpack_entries(self._reader.read(*self._places[number]))
        except (BadEnvelope, ValueError) as error:
            raise BadBundle("damaged", f"a place in it is damaged: {error}") from error
        return one

    def entries(self, after: int, limit: int, rings: Sequence[str] | None = None) -> list[Entry]:
        """Places after one, in order."""
        begin = max(after + 1 - self.first, 0)
        made = [self._entry(n) for n in range(begin, min(begin + limit, len(self._places)))] if self.first else []
        for number, one in enumerate(made, self.first + begin):
            if one.placed.n != number:
                raise BadBundle("damaged", "its places are out of order")
        return made

    def acts(self) -> Iterator[Envelope]:
        """The acts without a place."""
        for at, length in self._acts:
            try:
                (one,) = wire.unpack(self._reader.read(at, length))
            except (BadEnvelope, ValueError) as error:
                raise BadBundle("damaged", f"an act in it is damaged: {error}") from error
            yield one

    def get_pieces(self, digests: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Those of these that came along."""
        return ((one, self.get_piece(one)) for one in digests if one in self._pieces)

    def get_piece(self, digest: str) -> bytes:
        """Sealed bytes that have this digest."""
        made = self._reader.read(*self._pieces[digest])
        if envelope.sealed_digest(made) != digest:
            raise BadBundle("damaged", "a picture or text in it is another one than it says")
        self.got += 1
        return made

    def piece(self, digest: str) -> bytes | None:
        """The same; None where it did not come along."""
        return self.get_piece(digest) if digest in self._pieces else None


def bring(
    ledger: Ledger, clock: Clock, folder: Path, path: Path, say: Callable[[str], None] = lambda words: None
) -> Brought:
    """Take in a bundle. Raises Usage for what is none of this office's, Refused where it shows another order than this desk
    knows, or was made on a device that was taken out."""
    try:
        with one_at_a_time(folder), _opened(ledger, path) as reader:
            return Bringing(ledger, clock, reader, say).run()
    except OSError as error:
        raise Usage("no-file", f"{path} can't be read: {error.strerror}.", "Check the path, and the stick.") from error


@contextmanager
def _opened(ledger: Ledger, path: Path) -> Iterator[Reader]:
    if path.exists() and not path.is_file():
        raise Usage("no-file", f"{path} is no file.", "Give the file that “bundle export” wrote.")
    try:
        reader = Reader(path)
        try:
            _fits(ledger, reader)
            yield reader
        finally:
            reader.close()
    except BadBundle as bad:
        message, help_ = TROUBLE[bad.code]
        raise Usage(f"bundle-{bad.code}", message.format(why=bad.why), help_) from bad


def _fits(ledger: Ledger, reader: Reader) -> None:
    """That it is of this office, from a device that was not taken out, and for this desk. Raises Usage, Refused."""
    store, head = ledger.store, reader.head
    if head.office != store.meta("office"):
        raise Usage("bundle-other-office", "This bundle is of another office.", "Ask for the one of yours.")
    if head.device in ledger.office().gone:
        raise _by_stranger()
    if not any(reader.unwrap(device, ledger.key(device)) for device in store.metas("device/").values()):
        raise Refused(
            "bundle-not-for-us", "This bundle was not sealed for this desk.",
            "Whoever made it did not know yet that this desk is in the office, or knows that it was taken out. "
            "Ask for one from the head's desk.",
        )  # fmt: skip


def _by_stranger() -> Refused:
    return Refused(
        "bundle-device-out", "This bundle was made on a device that is not in the office, or no longer.",
        "Nothing is taken from it but what the office's keeper signed. Ask another desk for a bundle.",
    )  # fmt: skip


class Bringing:
    """One bundle into one desk."""

    def __init__(self, ledger: Ledger, clock: Clock, reader: Reader, say: Callable[[str], None]) -> None:
        self._ledger, self._store, self._clock, self._say = ledger, ledger.store, clock, say
        self._device, self._from = reader.head.device, Carrier(reader)
        self.done = Brought()

    def run(self) -> Brought:
        """Places first, then acts without one, then places for those where this desk keeps the order."""
        self._places()
        if not self._ledger.office().author(self._device).person:
            raise _by_stranger()
        self._acts()
        given = placing.give(self._ledger, self._clock)
        self.done.placed = given.count
        self.done.left += given.left
        self.done.changes |= given.changes
        if following.follow(self._ledger):
            self.done.changes |= {("office", self._ledger.office().id)}
        if self._store.entry(self._from.place) is not None:
            self._store.set_meta(REACHED + self._device, str(self._from.place))
        return self.done

    def _places(self) -> None:
        last = self._store.last_place()[0]
        if self._from.since > last:
            raise Refused(
                "bundle-gap", f"This bundle goes on from place {self._from.since}, and this desk ends at place {last}.",
                f"Nothing was taken in. On the other desk: g20desk bundle export FILE --since {last}",
            )  # fmt: skip
        sync = Sync(self._ledger, self._from, self._say, self._clock)  # type: ignore[arg-type]
        try:
            if self._from.place >= last:
                sync.pull()
            else:
                self._same()
                sync.fetch()
        except BadOrder as bad:
            raise self._accused(bad) from bad
        finally:
            self.done.places, self.done.again = sync.done.pulled, sync.done.again
            self.done.changes |= sync.done.changes
        self.done.pieces = self._from.got
        if sync.stopped is not None:
            raise sync.stopped

    def _same(self) -> None:
        """That an old bundle shows this desk's own order. Raises BadOrder."""
        for one in self._from.entries(self._from.place - 1, 1) if self._from.place else ():
            known = self._store.entry(one.placed.n)
            if known is not None and known.placed.hash != one.placed.hash:
                raise BadOrder(f"place {one.placed.n} is another one than before", known, one, code=TWO)

    def _accused(self, bad: BadOrder) -> Refused:
        """Where the keeper signed two histories, that is kept; what only this bundle says proves nothing of anybody."""
        store = self._store
        keepers = {store.meta("keeper"), *(evidence.keeper_of(self._ledger, one.place) for one in bad.shown)}
        if any(evidence.contradict(store.meta("office"), keeper, bad.shown) for keeper in keepers if keeper):
            made = evidence.keep(store, self._clock.now_ms(), bad.code, bad.why, bad.shown)
            return Refused(made.code, f"{SAYS[made.code]}: {bad.why}.", HELP[made.code])
        return Refused(
            "bundle-order", f"This bundle shows an order that does not hold: {bad.why}.",
            "Nothing was taken in from there on. Ask another desk for a bundle, and tell the office who made this one.",
        )  # fmt: skip

    def _acts(self) -> None:
        carried, streams = Carried(self._ledger), set[str]()
        before = self._from.got
        try:
            with self._store.write():
                carried.reread(streams)
                for found in self._from.acts():
                    why = carried.take(found, self._from.piece, streams)
                    if why is None:
                        self.done.acts += 1
                    elif why:
                        self.done.left.append(LeftOut(_named(found), why))
                if streams:
                    self.done.changes |= self._ledger.rows.anew(streams | self._store.tentative_streams())
        except BaseException:
            self._ledger.folds.forget()
            raise
        self.done.pieces += self._from.got - before
        self.done.again += carried.again


def _named(found: Envelope) -> str:
    try:
        return found.head.event
    except BadEnvelope:
        return ""
