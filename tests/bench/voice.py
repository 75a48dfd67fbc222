"""A keystroke in an office that agreed on 5,000 lines: what is offered at the caret and what stands in the text, beside looking
through all lines for the words in hand plainly; and the library brought up from the record."""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from g20desk.desk import Desk
from g20desk.ledger import views
from tests.bench import texts
from tests.bench.check import english
from tests.bench.measuring import Figure, clocked
from tests.bench.stores import BEGUN, Maker, Steady

LINES, KEYS, AIM = 5_000, 600, 0.015
TOPICS = ("debt", "climate", "trade", "energy", "health", "food", "digital", "ocean")


class LineMaker(Maker):
    """Writes lines into a desk's store, each signed off: three events."""

    said: dict[str, str]
    topic: str

    def line(self, number: int, text: str) -> None:
        """One line in English; every fifth in Chinese and Arabic too."""
        self.ledger.states, self.topic = {}, TOPICS[number % len(TOPICS)]
        self.said = {"en": text}
        if number % 5 == 0:
            self.said |= {"zh": texts.chinese(number), "ar": texts.arabic(number)}
        draft, salted = self._draft(number)
        stream, digest = self._submitted(draft, salted)
        self._decided(stream, digest, "approve")
        self._rows(draft.id, stream)

    def _content(self, number: int, kept: dict[str, bytes]) -> dict[str, Any]:
        lock = " ".join(self.said["en"].split()[2:6])
        made: dict[str, Any] = {f"c.text.{lang}": [self._ref(text.encode(), kept)] for lang, text in self.said.items()}
        return made | {"c.kind": "line", "c.to": [], "c.topic": self.topic, "c.lock.en": [lock]}


def agreed(folder: Path, lines: int) -> list[str]:
    """A rehearsal office that agreed on so many lines; what they say."""
    desk = Desk.found(folder, "G20", "Ada Head", rehearsal=True, clock=Steady(BEGUN))
    maker, said = LineMaker(desk), english(lines)
    with desk.store.write():
        for number, text in enumerate(said):
            maker.line(number, text)
    desk.store.close()
    return said


def typed(said: list[str], keys: int) -> Iterator[tuple[str, str]]:
    """A message as it is written, letter by letter: a beginning of its own, then words as lines have them."""
    made = 0
    for number in range(0, len(said), 7):
        words = said[number * 7 % len(said)]
        before = f"Ministers met today. {said[(number + 3) % len(said)][:200]} They said: "
        for size in range(3, min(len(words), 60)):
            if made == keys:
                return
            made += 1
            yield before + words[:size], TOPICS[number % len(TOPICS)]


def run(lines: int = LINES, keys: int = KEYS) -> list[Figure]:
    """In a fresh office of its own."""
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "desk"
        said = agreed(folder, lines)
        desk = Desk.open(folder, "Officer")
        desk.rulebook.current()
        brought = clocked(desk.library.refresh)
        ours, plainly = [], []
        work: list[float] = []
        for text, topic in typed(said, keys):
            begun = time.process_time()
            ours.append(clocked(lambda text=text, topic=topic: _asked(desk, text, topic)))  # type: ignore[misc]
            work.append(time.process_time() - begun)
            plainly.append(clocked(lambda text=text: _looked(said, text)))  # type: ignore[misc]
        _changed(desk)
        anew = clocked(desk.library.refresh)
        held = _held(folder)
    at = f"{AIM * 1000:.0f} ms"
    middle, high = (sorted(ours)[int(len(ours) * share) - 1] for share in (0.5, 0.95))
    base = sorted(plainly)[int(len(plainly) * 0.95) - 1]
    spent = sorted(work)[int(len(work) * 0.95) - 1]
    note = f"p50 {middle * 1000:.2f} ms, worst {max(ours) * 1000:.1f} ms, p95 of processor time {spent * 1000:.2f} ms, {len(ours)} keys"
    return [
        Figure("voice", f"a keystroke over {lines} lines, p95", high, base, at, high < AIM, note),
        Figure(
            "voice",
            "the library brought up from the record",
            brought,
            None,
            note=f"{brought / lines * 1000:.2f} ms a line",
        ),
        Figure("voice", "brought up to date after one act", anew, None),
        Figure(
            "voice",
            "what it takes in memory",
            held / 2**20,
            None,
            unit="MB",
            note=f"{held / lines / 1024:.1f} kB a line",
        ),
    ]


def _asked(desk: Desk, text: str, topic: str) -> None:
    """What the composer asks after a keystroke."""
    desk.library.offers(text, len(text), "en", topic)
    desk.library.here(text, "en")


def _looked(said: list[str], text: str) -> list[str]:
    """The lines with the last words that are typed, looked for in all of them."""
    words = text.casefold().split()[-3:]
    return [line for line in said if all(word in line.casefold() for word in words)]


def _changed(desk: Desk) -> None:
    """A line is withdrawn."""
    row = next(iter(views.newest(desk.store, "message", ("approved",), 1)))
    desk.messages.withdraw(row.id, "A figure is wrong.")


def _held(folder: Path) -> int:
    """Bytes that the library of a desk takes."""
    desk = Desk.open(folder, "Officer")
    desk.rulebook.current()
    tracemalloc.start()
    desk.library.refresh()
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return taken
