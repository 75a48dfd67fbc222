"""Whether a desk is in touch with its office: when it last was, since when it is not, what stands in the way.

The desk goes on whatever comes of an exchange: what went wrong is kept, told, and over when it is over. It is written down
where it changes, so that the next start of the program knows it too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.desk import copying
from g20desk.desk.acting import ADDRESS
from g20desk.desk.clocks import HUB
from g20desk.errors import DeskError, Unreachable
from g20desk.office.fold import NEWEST

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.syncing import Synced

_KEPT = "attending"
# Another program of this desk exchanges acts just now: nothing is wrong.
BUSY = "sync-busy"
# What is not of the way to the office but of this desk, and stands until it is mended.
CLOCK, VERSION, AGAIN, KEPT_BACK = "clock", "needs-version", "again", "kept-back"
OTHER_CLOCK = "office-clock"
# What others have to do first.
WAITS = ("not-admitted", "half-handed-over")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in the way: a code, since when in milliseconds, what it says, what to do; `n`: how many acts or seconds it
    is about."""

    code: str
    at: int
    message: str = ""
    help: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a desk stands to its office. `elsewhere`: whether the order is kept on another machine at all. `tentative`: acts without a
    place. `heard`: when an exchange was last in order, 0 never; `away`: since when the office is out of reach, 0 where it is not;
    milliseconds. `way`: why it is, where the network says more than nothing. `troubles`: what else is wrong, the gravest
    first."""

    elsewhere: bool
    tentative: int = 0
    heard: int = 0
    away: int = 0
    way: Trouble | None = None
    troubles: tuple[Trouble, ...] = ()


class Attending:
    """`desk.attending`. `exchange` is for one thread at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._store = desk, desk.store
        kept: dict[str, Any] = json.loads(self._store.meta(_KEPT) or "{}")
        self._heard, self._away = int(kept.get("heard", 0)), int(kept.get("away", 0))
        self._way = _read(kept.get("way"))
        self._stopped = _read(kept.get("stopped"))
        self._clock_since = int(kept.get("clock", 0))
        self._back = ""

    @property
    def elsewhere(self) -> bool:
        """Whether there is anybody to exchange acts with."""
        return bool(self._store.meta(ADDRESS))

    def exchange(self) -> Standing:
        """Exchange acts with the office; how this desk stands then. Raises nothing that a network or an office can cause."""
        if not self.elsewhere:
            return self.standing()
        now = self._desk.clock.now_ms()
        before = self._state()
        try:
            done = self._desk.sync()
        except Unreachable as away:
            if away.code != BUSY:
                self._away = self._away or now
                self._way = _since(self._way, away, now)
        except DeskError as no:
            # It answered: the way there is open.
            self._away, self._way = 0, None
            self._stopped = _since(self._stopped, no, now)
        else:
            self._reached(done, now)
        self._clock_since = (self._clock_since or now) if self._skew() else 0
        if self._state() != before:
            self.remember()
        return self.standing()

    def standing(self) -> Standing:
        """How this desk stands now, as far as is known; asks nobody."""
        if not self.elsewhere:
            return Standing(False, self._desk.tentative, troubles=self.troubles())
        return Standing(True, self._desk.tentative, self._heard, self._away, self._way, self.troubles())

    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong but for the way to the office."""
        office, found = self._desk.office, []
        if self._stopped is not None:
            found.append(self._stopped)
        if office.fold > NEWEST:
            found.append(Trouble(VERSION, 0, n=office.fold))
        if undone := copying.undone(self._store):
            found.append(Trouble(AGAIN, undone[-1].at, n=len(undone)))
        if self._back:
            found.append(Trouble(KEPT_BACK, self._heard, self._back))
        if skew := self._skew():
            whose = OTHER_CLOCK if self._desk.clocks.hub_alone() else CLOCK
            found.append(Trouble(whose, self._clock_since, n=round(abs(skew) / 1000)))
        return tuple(found)

    def remember(self) -> None:
        """Write down how it stands."""
        kept = {"heard": self._heard, "away": self._away, "way": _plain(self._way), "stopped": _plain(self._stopped),
                "clock": self._clock_since}  # fmt: skip
        self._store.set_meta(_KEPT, json.dumps(kept))

    def lost(self, away: int, heard: int) -> None:
        """The office has been out of reach since then, and was last heard from at `heard`; milliseconds."""
        self._away, self._heard = away, heard
        self.remember()

    def _reached(self, done: Synced, now: int) -> None:
        self._heard, self._away, self._way, self._stopped, self._back = now, 0, None, None, done.why

    def _skew(self) -> int:
        """By how many milliseconds the office's clock is ahead of this computer's, where that is too much."""
        return self._desk.clocks.odd().get(HUB, 0)

    def _state(self) -> tuple[object, ...]:
        """What is worth writing down; when it was last heard from changes with each exchange."""
        code = self._stopped.code if self._stopped else ""
        return bool(self._away), self._way and self._way.code, code, bool(self._clock_since)


def _since(before: Trouble | None, problem: DeskError, now: int) -> Trouble:
    """The same trouble stands since it began."""
    at = before.at if before is not None and before.code == problem.code else now
    return Trouble(problem.code, at, problem.message, problem.help)


def _plain(one: Trouble | None) -> list[Any] | None:
    return None if one is None else [one.code, one.at, one.message, one.help]


def _read(kept: list[Any] | None) -> Trouble | None:
    return None if kept is None else Trouble(str(kept[0]), int(kept[1]), str(kept[2]), str(kept[3]))
