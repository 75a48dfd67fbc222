"""One examination: the desk is opened, then the checks are gone through, each with its time; it can be watched, and stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from g20desk.clock import Clock
from g20desk.desk.desk import Desk
from g20desk.desk.doctor.finding import WARNING, WRONG, Check, Fact, Saying, of_error, teller
from g20desk.errors import DeskError

NETWORK_SECONDS, LOCAL_SECONDS, FULL_SECONDS = 5.0, 20.0, 3600.0
SAYINGS = {
    "cut-off": Saying(WARNING, "not finished after {n} s, so the rest is not known", "Look again; where it stays so, ask your administrator."),
    "not-allowed": Saying(WRONG, "this computer refused: {why}", "Ask your administrator."),
    "failed": Saying(WRONG, "the check itself failed ({why})", "Ask your administrator to report it: this is a fault of the program."),
}  # fmt: skip
_fact = teller(SAYINGS)
_log = logging.getLogger(__name__)


@dataclass
class See:
    """What the checks look at. `desk`: None where it does not open, and then `problem` says why, or there is none in the folder;
    `full`: whatever time it takes; `networks`: the networks themselves are asked; `seconds`: how long a check that asks other
    computers may take."""

    folder: Path
    person: str | None = None
    full: bool = False
    networks: bool = False
    seconds: float = NETWORK_SECONDS
    clock: Clock | None = None
    desk: Desk | None = None
    problem: Fact | None = None

    def opened(self) -> Desk:
        """The desk, where it is open."""
        assert self.desk is not None, "a check that needs the desk is asked only where it is open"
        return self.desk


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is looked at. `looks`: at what, in words; `desk`: only where the desk opens; `asks`: it asks other computers;
    `seconds`: how long one that asks none may take, but for a full examination."""

    name: str
    look: Callable[[See], Iterable[Fact]]
    looks: str
    desk: bool = False
    asks: bool = False
    seconds: float = LOCAL_SECONDS


class Examination:
    """The parts gone through once; from any thread it can be stopped."""

    def __init__(self, see: See, parts: Iterable[Part]) -> None:
        self._see, self._parts = see, tuple(parts)
        self._stopped = False
        self._ended = threading.Event()

    def stop(self) -> None:
        """Look at nothing more; what is under way is not waited for."""
        self._stopped = True
        self._ended.set()

    def run(self, told: Callable[[Check], object] = lambda check: None) -> list[Check]:
        """The checks in order, as far as it got before it was stopped; `told` hears of each as soon as it is done. Raises nothing."""
        opening = self._within(lambda: self._open(), LOCAL_SECONDS)
        self._see.problem = opening[0] if opening else None
        made: list[Check] = []
        for part in self._parts:
            if self._stopped:
                break
            if part.desk and self._see.desk is None:
                continue
            facts = self._within(lambda part=part: part.look(self._see), self._seconds(part))  # type: ignore[misc]
            if not self._stopped and facts:
                made.append(Check(part.name, tuple(facts)))
                told(made[-1])
        return made

    def _seconds(self, part: Part) -> float:
        if part.asks:
            return self._see.seconds
        return FULL_SECONDS if self._see.full else part.seconds

    def _open(self) -> Iterator[Fact]:
        if (self._see.folder / "desk.json").exists():
            self._see.desk = Desk.open(self._see.folder, self._see.person, self._see.clock)
        return iter(())

    def _within(self, look: Callable[[], Iterable[Fact]], seconds: float) -> list[Fact]:
        """The facts that are there after so many seconds, on a thread of its own: what hangs holds nothing up."""
        facts: list[Fact] = []
        self._ended = ended = threading.Event()

        def job() -> None:
            try:
                facts.extend(_sound(look))
            finally:
                if self._see.desk is not None:
                    self._see.desk.store.close()  # this thread's connection
                ended.set()

        if self._stopped:  # between the last look and now
            return []
        threading.Thread(target=job, name="doctor", daemon=True).start()
        if ended.wait(seconds):
            return facts
        return [*facts, _fact("cut-off", n=f"{seconds:g}")]


def _sound(look: Callable[[], Iterable[Fact]]) -> Iterator[Fact]:
    """The facts; what a look raises is one of them."""
    try:
        yield from look()
    except DeskError as error:
        yield of_error(error)
    except OSError as error:
        yield _fact("not-allowed", why=f"{type(error).__name__}: {error.strerror or error}")
    except Exception as error:  # a fault of ours stops no other check, and is said
        _log.error("a check failed: %s", type(error).__name__)
        yield _fact("failed", why=type(error).__name__)
