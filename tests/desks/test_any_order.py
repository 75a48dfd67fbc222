"""Desks, networks, kills, clocks, copied disks and a hostile member in any order: at the end one record on all desks.

Real desks over the hub's own judging code in this process (`memory.py`); the hub over PostgreSQL, which takes several times as
long, is driven by `test_real_hub.py` and `tests/journeys/test_many_desks.py`. A day is a seed: chance in the place of a bad day.
`dev.py test --long` tries more.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk, evidence
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.ledger import hub_client
from g20desk.ledger.keys import DeviceKey
from tests.desks.hostile import DEEDS, Hostile
from tests.desks.judging import Judge
from tests.desks.memory import URL, MemoryHub, Order
from tests.desks.world import World, world
from tests.story import Hands, content

DAYS, STEPS = (250, 50) if "G20DESK_TEST_SEEDS" in os.environ else (45, 40)
DESKS, STAFF = ("head", "otto", "lia", "mia"), ("head", "otto")
# What happens, and how often.
HAPPENS = {
    "works": 12, "sync": 8, "goes": 3, "lost": 3, "killed": 3, "killed_writing": 2, "between": 3, "delivered_again": 2,
    "clock": 1, "copied": 3, "harm": 3, "stick": 5,
}  # fmt: skip
WORK = (
    "draft",
    "revise",
    "revise",
    "merge",
    "submit",
    "submit",
    "decide",
    "decide",
    "withdraw",
    "schedule",
    "hold",
    "lift",
)
STAFFS = ("draft", "revise", "merge", "submit", "withdraw", "schedule")
WORDS = ("Debt relief", "Climate finance", "A statement on trade", "Food security")
ANSWERS = ("approve", "approve", "object", "comment", "request-changes")
SKEWS = (-7_200_000, -40_000, -1_000, 1_000, 40_000, 7_200_000)


class Killed(BaseException):
    """The program ends here."""


class Day:
    """One seed, from an office as it was the evening before."""

    def __init__(self, seed: int, folder: Path, order: Order, key: DeviceKey, told: Counter[str]) -> None:
        self.chance, self.told = random.Random(seed), told
        hub = MemoryHub(Hands().now_ms, key)
        hub.back(order)
        self.world = World(folder, {URL: hub})
        self.judge = Judge(self.world, DESKS)
        self.hostile = Hostile(self.world, "ben", self.chance)
        self.offline: set[str] = set()
        self.copies: dict[str, int] = {}
        self.sticks: list[Path] = []

    def run(self, patch: pytest.MonkeyPatch) -> None:
        """The day, and the evening when all come together again."""
        patch.setattr(hub_client, "Hub", self.world.made)
        for who in DESKS:
            self.free(who)
        for what in self.chance.choices([*HAPPENS], [*HAPPENS.values()], k=STEPS):
            self.told[what] += 1
            getattr(self, what)(self.chance.choice(DESKS))
        self.heal()

    # What people do.

    def works(self, who: str) -> None:
        """One person at one desk."""
        deed = self.chance.choice([one for one in WORK if one not in STAFFS or who in STAFF])
        desk = self.world.desk(who)
        before = {item.id for item in desk.store.tentative()}
        try:
            self.deed(desk, deed)
        except Refused as no:
            assert no.code and no.message
            self.told["act refused"] += 1
        made = [item.id for item in desk.store.tentative() if item.id not in before]
        self.told["act"] += len(made)
        self.judge.done |= dict.fromkeys(made, who)

    def deed(self, desk: Desk, deed: str) -> None:
        found, words = sorted(row.id for row in desk.messages.rows()), self.chance.choice(WORDS)
        message = self.chance.choice(found) if found else ""
        if deed == "draft":
            desk.messages.new(content(f"{words}.", to=("G20 Bluesky",)))
        elif deed == "hold":
            desk.holds.place("A rumour is going round.")
        elif deed == "lift" and (held := desk.holds.rows()):
            desk.holds.lift(self.chance.choice(held)["hold"], "It was wrong.")
        elif message and deed == "revise":
            desk.messages.revise(message, content(f"{words}, by {desk.person.name}.", to=("G20 Bluesky", "G20 X")))
        elif message and deed == "merge":
            desk.messages.merge(message, content("Written by both.", to=("G20 Bluesky",)))
        elif message and deed == "submit":
            desk.messages.submit(message)
        elif message and deed == "withdraw":
            desk.messages.withdraw(message, "A figure is wrong.")
        elif message and deed == "schedule":
            desk.messages.schedule(message, desk.clock.now_ms() + 3_600_000)
        elif message and deed == "decide":
            digest = desk.messages.submitted(message).message.digest
            desk.messages.decide(message, self.chance.choice(ANSWERS), digest, "So we think.")

    # What networks and computers do.

    def goes(self, who: str) -> None:
        """Offline, or back."""
        self.offline ^= {who}

    def sync(self, who: str) -> None:
        desk = self.world.desk(who)
        before = desk.store.last_place(), desk.tentative
        try:
            desk.sync()
        except Unreachable:
            assert who in self.offline and (desk.store.last_place(), desk.tentative) == before
        except Refused as no:
            self.stopped(no)
        else:
            assert who not in self.offline
        self.judge.look(who)

    def stopped(self, no: Refused) -> None:
        """Nothing stops a desk but a key that was kept from it, and then who opened that is named."""
        assert no.code == "closed" and "Ben Officer" in no.message, f"{no.code}: {no.message}"
        self.told["stopped by a key"] += 1

    def lost(self, who: str) -> None:
        """A request or its answer gets lost."""

        def no() -> None:
            raise Unreachable("hub", "The hub could not be reached.", "Nothing is lost.")

        self.met(who, no)

    def killed(self, who: str) -> None:
        """The program ends in the middle of a request."""

        def kill() -> None:
            raise Killed

        self.met(who, kill)
        self.world.away(who)
        self.judge.look(who)

    def killed_writing(self, who: str) -> None:
        """The program ends in the middle of a transaction."""
        desk, left = self.world.desk(who), self.chance.randint(1, 6)
        real = desk.store.write

        @contextmanager
        def write() -> Iterator[Any]:
            nonlocal left
            with real() as db:
                yield db
                left -= 1
                if left == 0:
                    raise Killed

        desk.store.write = write  # type: ignore[method-assign]
        self.tried(who)
        self.world.away(who)
        self.judge.look(who)

    def between(self, who: str) -> None:
        """Another desk syncs in the middle of a sync."""
        other = self.chance.choice([one for one in DESKS if one != who])
        self.met(who, lambda: self.sync(other))

    def met(self, who: str, do: Callable[[], None]) -> None:
        """A sync, and something that happens before one of its requests, or between that and its answer."""
        left, when = self.chance.randint(1, 8), self.chance.choice(("before", "after"))

        def meet(name: str, moment: str) -> None:
            nonlocal left
            if who in self.offline:
                raise Unreachable("hub", "The hub could not be reached.", "Nothing is lost.")
            if moment == when:
                left -= 1
                if left == 0:
                    do()

        self.world.line(who).meet = meet
        self.tried(who)

    def tried(self, who: str) -> None:
        try:
            self.world.desk(who).sync()
        except (Killed, Unreachable):
            pass
        except Refused as no:
            self.stopped(no)
        finally:
            self.free(who)

    def free(self, who: str) -> None:
        """Nothing meets its requests, but that it may be offline."""

        def meet(name: str, moment: str) -> None:
            if who in self.offline:
                raise Unreachable("hub", "The hub could not be reached.", "Nothing is lost.")

        self.world.line(who).meet = meet

    def delivered_again(self, who: str) -> None:
        """What was handed in once comes again, late, perhaps the other way round."""
        hub = self.world.hub
        if hub.heard:
            batch = self.chance.choice(hub.heard)
            try:
                hub.append(hub.begun("").state.office, batch[:: self.chance.choice((1, -1))])
            except Refused as no:
                assert no.code in ("chain", "other-act-there", "missing-pieces", "device-out"), no.code

    def clock(self, who: str) -> None:
        self.world.clock(who).on += self.chance.choice(SKEWS)

    def copied(self, who: str) -> None:
        """A copy of the folder is made; later it is put back."""
        if who not in self.copies:
            self.world.copied(who, f"{who}.copy")
            self.copies[who] = 2
        elif self.copies[who]:
            gone = {item.id for item in self.world.desk(who).store.tentative()}
            self.world.put_back(who, f"{who}.copy")
            gone -= {item.id for item in self.world.desk(who).store.all()}
            # What only the disk that is gone had, and may have handed in to nobody, is gone with it.
            self.judge.done = {event: by for event, by in self.judge.done.items() if event not in gone}
            self.copies[who] -= 1
            for _ in range(2):  # somebody goes on working on it before it hears of anything
                self.works(who)

    def stick(self, who: str) -> None:
        """A desk writes what others may lack; another takes that in, or what was written long ago, or a part of it."""
        desk = self.world.desk(who)
        other = self.chance.choice([one for one in DESKS if one != who])
        since = self.chance.choice((None, None, 0, desk.store.last_place()[0]))
        self.sticks.append(self.world.stick(who, since, self.world.desk(other).person.name if since else ""))
        for file in (*self.chance.choices(self.sticks, k=self.chance.choice((1, 1, 2))), self.sticks[-1]):
            self.bring(other, file)

    def bring(self, who: str, file: Path) -> None:
        cut = self.chance.random() < 0.2
        if cut:
            data = file.read_bytes()
            file = file.with_suffix(".cut")
            file.write_bytes(data[: self.chance.randrange(len(data))])
        before = self.world.desk(who).store.last_place(), self.world.desk(who).tentative
        try:
            done = self.world.bring(who, file)
            self.told["stick acts"] += done.acts
            self.told["stick places"] += done.places
        except Usage as no:
            assert cut and no.code in ("bundle-cut-off", "bundle-damaged", "bundle-no-bundle"), no.code
            assert before == (self.world.desk(who).store.last_place(), self.world.desk(who).tentative)
        except Refused as no:
            self.told[f"stick {no.code}"] += 1
            if no.code == "bundle-gap":
                assert before == (self.world.desk(who).store.last_place(), self.world.desk(who).tentative)
            elif no.code == "bundle-order":
                assert "comes without its content" in no.message, "a liaison's stick has the heads alone of drafts"
            else:
                self.stopped(no)
        self.judge.look(who)

    # What a hostile member does.

    def harm(self, who: str) -> None:
        deed = self.chance.choice(DEEDS)
        before = len(self.hostile.did)
        getattr(self.hostile, deed)()
        self.told[f"harm {deed}"] += len(self.hostile.did) > before

    # In the evening.

    def heal(self) -> None:
        """All are online again; who means harm is taken out; everybody syncs until nothing is left to do."""
        self.offline.clear()
        for who in (*DESKS, *DESKS):
            self.sync(who)
        self.world.desk("head").people.revoke("Ben Officer", self.hostile.key.device, "Means harm.")
        for who in (*DESKS, *DESKS, *DESKS):
            self.sync(who)
        self.judge.end()
        for who in DESKS:
            assert not evidence.found(self.world.desk(who).store), "the hub was honest"
        self.told.update({f"verdict {code}": n for code, n in self.judge.counted.items()})


@pytest.mark.timeout(1800)
def test_whatever_comes_in_whatever_order(tmp_path: Path, figures: Callable[[str], None]) -> None:
    with world(tmp_path / "office", "otto", "lia", "mia", "ben") as made:
        made.sync("otto", "lia", "mia", "ben")
        for who, words in (("head", "The leaders met."), ("otto", "Ministers agreed."), ("otto", "A note on trade.")):
            made.desk(who).messages.submit(made.draft(who, words))
            made.sync(who)
        made.sync("head", "otto", "lia", "mia", "ben")
        order, key = made.hub.order.copied(), made.hub.key
    told: Counter[str] = Counter()
    for seed in range(DAYS):
        folder = tmp_path / "day"
        shutil.copytree(tmp_path / "office", folder)
        day = Day(seed, folder, order, key, told)
        try:
            with pytest.MonkeyPatch.context() as patch:
                day.run(patch)
        except Exception as error:
            raise AssertionError(f"day {seed}: {type(error).__name__}: {error}") from error
        finally:
            for who in list(day.world.opened):
                day.world.away(who)
        shutil.rmtree(folder)
    steps = sum(told[what] for what in HAPPENS)
    rest = ", ".join(f"{n} {what}" for what, n in told.most_common())
    figures(f"{DAYS} days of {len(DESKS)} desks and one hostile member, {steps} steps: {rest}")
    assert steps >= (10_000 if DAYS > 100 else 1_500)
