"""Chance in the place of a bad day: faults of networks, kills, two publishers, a clock that moves, people who answer.

Each seed is one office with a few messages. Whatever happens, no part of a message is out twice, what is called sent
is out whole and in order, and the record says no more than the network shows. `dev.py test --long N` runs N seeds.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from connectors.rehearsal.faults import BEHAVIOURS, plan
from g20desk.desk import Desk
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from g20desk.office.content import PictureFile
from g20desk.publishing import points
from tests.servers.chaos import BEHAVIOURS as CHAOS
from tests.servers.chaos import Chaos
from tests.servers.pds import Pds
from tests.servers.standin import StandIn
from tests.servers.standin_mastodon import MastodonFace
from tests.servers.standin_x import XFace
from tests.story import Hands, Office, content, forked, out_there, standin

SEEDS = int(os.environ.get("G20DESK_TEST_SEEDS", "75"))
A_LOT = 25  # seeds with one office and one repository; what they come to stands in the run's last lines
POINTS = (points.READY, points.INTENT, points.ANSWERED, points.WRITTEN)
POST = {"x": "^/2/tweets$", "mastodon": "^/api/v1/statuses$"}
LOST = ("close", "rst", "headers", "chunk-cut", "short", "truncated", "empty", "html")
SAID = (
    "status:400",
    "status:403",
    "status:422",
    "status:429",
    "status:500",
    "status:503",
    "status:504",
    "redirect:302",
)
ALT = "A hall with a long table."
PRACTICE = ("G20 X", "G20 Bluesky", "G20 Mastodon")


@dataclass
class Lot:
    """What a number of seeds share: an office to begin with, the servers, a repository on the real PDS."""

    template: Path
    servers: dict[str, StandIn]
    pds: Pds
    chaos: Chaos
    did: str
    picture: Path


@dataclass
class Day:
    """One seed: an office, its networks, and what a person may look at."""

    lot: Lot
    office: Office
    chance: random.Random
    seed: int
    hands: Hands = field(default_factory=Hands)
    messages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def desk(self, person: str = "Officer") -> Desk:
        return Desk.open(self.office.folder, person, self.hands)

    @property
    def servers(self) -> dict[str, StandIn]:
        return self.lot.servers

    def out(self, account: str, parts: tuple[str, ...]) -> list[str]:
        """The parts of a message that stand on an account, in the order in which they came."""
        if account in self.servers:
            shown = out_there(account, self.servers[account])
        elif account == "B":
            found = sorted(self.lot.pds.records(self.lot.did), key=lambda one: one["uri"])
            shown = [one["value"] for one in found]
        else:
            desk = self.desk()
            shown = desk.accounts.client(desk.accounts.get(account)).posts()
        return [one["text"] for one in shown if one["text"] in parts]

    def posts(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for message in self.messages:
            for account, post in self.office.posts(message).items():
                yield message, account, post

    def begin(self) -> None:
        accounts = [*PRACTICE, *self.servers, "B"]
        for number in range(self.chance.randint(1, 3)):
            parts = tuple(
                f"Day {self.seed}, message {number}, part {n}." for n in range(self.chance.choice((1, 1, 2, 3, 4)))
            )
            to = tuple(self.chance.sample(accounts, self.chance.randint(1, len(accounts))))
            pictures = (PictureFile(str(self.lot.picture), {"en": ALT}),) if self.chance.random() < 0.3 else ()
            message = self.office.approved(content(*parts, to=to, pictures=pictures))
            self.messages[message] = parts
            self.desk().messages.schedule(message, self.hands.now_ms() + self.chance.choice((0, 0, 60_000)))

    def trouble(self) -> None:
        """A few faults to come, on any network."""
        for _ in range(self.chance.randint(0, 4)):
            network = self.chance.choice(tuple(self.servers))
            behaviour = self.chance.choice((*LOST, *SAID))
            at = {"path": POST[network], "method": "POST"} if self.chance.random() < 0.7 else {"method": "GET"}
            after = self.chance.random() < 0.5 and behaviour not in SAID[:4]
            self.servers[network].fault(behaviour, nth=self.chance.randint(1, 3), after=after, **at)
        for _ in range(self.chance.choice((0, 0, 1, 2))):
            call = self.chance.choice(("applyWrites", "applyWrites", "getRecord", "uploadBlob"))
            self.lot.chaos.fault(call, self.chance.choice(CHAOS))
        for name in self.chance.sample(PRACTICE, self.chance.randint(0, 2)):
            plan(str(self.office.folder), name, self.chance.choice(BEHAVIOURS), nth=self.chance.randint(1, 3))

    def step(self) -> None:
        acts: list[Callable[[], object]] = [
            self.publish, self.publish, self.killed, self.killed, self.two, self.later, self.hold, self.people,
        ]  # fmt: skip
        self.chance.choice(acts)()

    def publish(self) -> None:
        self.desk().publish.once()

    def killed(self) -> None:
        """At a named point, or at any moment."""
        if self.chance.random() < 0.5:
            self.child(self.chance.choice(POINTS), self.chance.randint(1, 4))()
        else:
            self.child("", 0)(self.chance.uniform(0.0, 0.15))

    def two(self) -> None:
        wait = self.child("", 0)
        self.publish()
        wait()

    def child(self, point: str, times: int) -> Callable[..., None]:
        """A publisher in a process of its own, ended at a point; how to wait for its end."""
        child = forked(self.office.folder)
        if child == 0:
            left = times

            def reach(name: str) -> None:
                nonlocal left
                left -= name == point
                if point and left == 0:
                    os._exit(9)

            code = 1
            try:
                points.reach = reach
                self.publish()
                code = 0
            except BaseException:
                traceback.print_exc()  # nothing else of this process is seen
                sys.stderr.flush()
            finally:
                os._exit(code)

        def wait(kill_after: float | None = None) -> None:
            if kill_after is not None:
                time.sleep(kill_after)
                os.kill(child, signal.SIGKILL)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in (0, 9, -9)

        return wait

    def later(self) -> None:
        self.hands.on += self.chance.choice((6_000, 60_000, 400_000, 1_200_000))

    def hold(self) -> None:
        desk = self.desk()
        before = sum(len(self.out(account, self.messages[message])) for message, account, _ in self.posts())
        placed = desk.holds.place("A rumour")
        self.publish()
        after = sum(len(self.out(account, self.messages[message])) for message, account, _ in self.posts())
        assert after == before, "a post went out during a hold"
        desk.holds.lift(placed, "It was wrong")
        self.desk("Ada Head").holds.lift(placed, "It was wrong")

    def people(self) -> None:
        """Somebody looks: answers a question by what the account shows, plans anew what was refused or missed."""
        for message, account, post in list(self.posts()):
            parts = self.messages[message]
            if post["state"] == "unknown" and self.chance.random() < 0.7:
                there = len(self.out(account, parts)) > len(post["remote_ids"])
                self.desk().publish.settle(post["id"], there, "https://example.org/1" if there else "", "I looked")
            elif post["state"] in ("refused", "missed") and self.chance.random() < 0.5:
                try:
                    self.desk().messages.schedule(message, self.hands.now_ms())
                except Refused as no:
                    assert no.code  # a question about another post of it comes first

    def in_doubt(self, message: str, post: dict[str, Any]) -> bool:
        """Whether the record itself says that a try may be out: its publisher ended between asking and repeating."""
        return self.desk().messages.submitted(message).message.posts[post["id"].partition(".")[2]].in_doubt

    def judge(self) -> Counter[str]:
        """What must hold whatever happened."""
        states: Counter[str] = Counter()
        for message, account, post in self.posts():
            parts, known, state = self.messages[message], len(post["remote_ids"]), post["state"]
            out = self.out(account, parts)
            told = f"{account}: {state}, {known} receipts, out: {out}; {post['why']}"
            assert out == list(parts[: len(out)]), f"doubled or out of order: {told}"
            if state == "sent":
                assert len(out) == len(parts), told
            elif state in ("unknown", "sending", "claimed") or self.in_doubt(message, post):
                assert known <= len(out), told
            else:
                assert known == len(out), told
            assert state == "sent" or post["why"], f"no reason: {told}"
            states[state] += 1
        return states


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, StandIn]]:
    both = {"x": standin("x"), "mastodon": standin("mastodon")}
    yield both
    for one in both.values():
        one.stop()


@pytest.fixture(scope="module")
def chaos(pds: Pds) -> Iterator[Chaos]:
    one = Chaos(pds.url)
    yield one
    one.stop()


def a_lot(folder: Path, servers: dict[str, StandIn], pds: Pds, chaos: Chaos, picture: Path) -> Lot:
    office = Office(folder)
    chaos.clear()
    for server in servers.values():
        server.faults.clear()  # of a day that failed
    for network, server in servers.items():
        office.add_standin(network, server, network)
    did = office.add_bluesky(pds, "B", chaos.url)
    gc.collect()
    gc.freeze()  # what is loaded by now is not looked through again before each fork
    return Lot(folder, servers, pds, chaos, did, picture)


def a_day(seed: int, folder: Path, lot: Lot) -> Counter[str]:
    shutil.copytree(lot.template, folder)
    office = Office.__new__(Office)
    office.folder = folder
    day = Day(lot, office, random.Random(seed), seed)
    for network, server in lot.servers.items():
        server.now = lambda: day.hands.now_ms() / 1000
        server.face = XFace(server.now) if network == "x" else MastodonFace(server.now)
        server.faults.clear()
        server.log.clear()
    day.begin()
    for _ in range(day.chance.randint(3, 8)):
        day.trouble()
        day.step()
        day.judge()
    lot.chaos.clear()
    for server in lot.servers.values():
        server.faults.clear()
    for _ in range(3):
        day.hands.on += 6_000
        day.publish()
    states = day.judge()
    assert verify(office.head)["verified"]
    return states


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("first", range(0, SEEDS, A_LOT))
def test_whatever_happens_nothing_is_out_twice(tmp_path, servers, pds, chaos, first, record_property):
    picture = tmp_path / "hall.png"
    Image.new("RGB", (64, 48), (40, 80, 184)).save(picture)
    lot = a_lot(tmp_path / "lot", servers, pds, chaos, picture)
    seeds = range(first, min(first + A_LOT, SEEDS))
    states: Counter[str] = Counter()
    for seed in seeds:
        folder = tmp_path / str(seed)
        try:
            states += a_day(seed, folder, lot)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
        shutil.rmtree(folder)
    record_property("days", {"seeds": len(seeds), **states})
    assert states["sent"]
