"""Hubs killed and PostgreSQL stopped without warning in the middle of appends: what was acknowledged is there, once, at its
place. `--long` has more rounds."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from g20desk.errors import Unreachable
from g20desk.ledger.hub_client import Hub
from tests.hub.office import Device, Office, check_chain, everything
from tests.servers.hub import HubProcess
from tests.servers.postgres import Postgres, running_postgres

ROUNDS = max(4, int(os.environ.get("G20DESK_TEST_SEEDS", "0")) // 40)
CLIENTS = 4


class Writer(threading.Thread):
    """Appends batch after batch; each is handed in until it is acknowledged, now here, now there."""

    def __init__(self, hubs: list[Hub], device: Device, stop: threading.Event, seed: int) -> None:
        super().__init__()
        self._hubs, self._device, self._ended, self._random = hubs, device, stop, random.Random(seed)
        self.acknowledged: dict[int, str] = {}
        self.again = 0
        self.trouble: BaseException | None = None

    def run(self) -> None:
        try:
            while not self._ended.is_set():
                acts = [self._device.act(f"Act {n}") for n in range(self._random.randint(1, 5))]
                placed = self._until_placed(acts)
                for act, place in zip(acts, placed, strict=True):
                    assert place.digest == act.digest and place.n not in self.acknowledged
                    self.acknowledged[place.n] = act.digest
        except BaseException as error:
            self.trouble = error

    def _until_placed(self, acts):
        while True:
            try:
                return self._random.choice(self._hubs).append(acts)
            except Unreachable:
                self.again += 1
                time.sleep(0.05)


def ports(count: int) -> list[int]:
    """Free ones, for a hub that comes back where it was."""
    with contextlib.ExitStack() as stack:
        open_ones = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in open_ones]


class Running:
    """Two hubs on one database, and writers."""

    def __init__(self, url: str) -> None:
        self.url, self.ports = url, ports(2)
        self.hubs = [self.hub(n) for n in range(2)]
        self.office = Office(2)
        self.desk = self.office.move_to(self.hubs[0].url)
        devices = [self.office.device() for _ in range(CLIENTS)]
        self.office.admit(self.desk, *devices)
        self.stop = threading.Event()
        self.writers = [
            Writer([self.office.at(hub.url, device) for hub in self.hubs], device, self.stop, seed)
            for seed, device in enumerate(devices)
        ]
        for writer in self.writers:
            writer.start()

    def hub(self, number: int) -> HubProcess:
        return HubProcess(self.url, "--open", "--listen", f"127.0.0.1:{self.ports[number]}")

    def until_more(self, more: int) -> None:
        """Until so many acts more were acknowledged."""
        before = self.count()
        while self.count() < before + more:
            assert not any(writer.trouble for writer in self.writers), [writer.trouble for writer in self.writers]
            time.sleep(0.01)

    def count(self) -> int:
        return sum(len(writer.acknowledged) for writer in self.writers)

    def settle(self) -> tuple[int, int]:
        """End the writing and hold what is there to what was acknowledged; the acts, and how often one was handed in again."""
        self.stop.set()
        for writer in self.writers:
            writer.join(60)
            assert not writer.is_alive() and writer.trouble is None, writer.trouble
        found = everything(self.desk)
        check_chain(self.office, found, self.desk.keeper(), 2)
        there = {one.placed.n: one.placed.digest for one in found}
        acknowledged = {n: digest for writer in self.writers for n, digest in writer.acknowledged.items()}
        of_writers = {one.placed.n for one in found[3:] if one.envelope.head.device != self.office.head.id}
        assert acknowledged == {n: there[n] for n in of_writers}
        assert len(acknowledged) == self.count()
        return len(acknowledged), sum(writer.again for writer in self.writers)

    def end(self) -> None:
        self.stop.set()
        for writer in self.writers:
            writer.join(60)
        for hub in self.hubs:
            hub.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def durable() -> Iterator[Postgres]:
    """With real fsync."""
    with running_postgres(durable=True) as one:
        yield one


@pytest.fixture
def running(durable: Postgres) -> Iterator[Running]:
    one = Running(durable.fresh())
    try:
        yield one
    finally:
        one.end()


def report(what: str, done: tuple[int, int]) -> None:
    print(f"{what}: {done[0]} acts acknowledged and found, {done[1]} times handed in again, {ROUNDS} rounds")


def test_killed_hubs_lose_no_acknowledged_act(running: Running) -> None:
    chance = random.Random(1)
    for _ in range(ROUNDS):
        running.until_more(chance.randint(20, 60))
        number = chance.randrange(2)
        running.hubs[number].stop(signal.SIGKILL)
        running.until_more(5)
        running.hubs[number] = running.hub(number)
    report("hubs killed", running.settle())


def test_a_database_stopped_without_warning_loses_no_acknowledged_act(running: Running, durable: Postgres) -> None:
    chance = random.Random(2)
    for _ in range(ROUNDS):
        running.until_more(chance.randint(20, 60))
        durable.stop("immediate")
        durable.start()
    running.until_more(20)
    report("database stopped", running.settle())


def small_disk(postgres: Postgres, size: str, stack: contextlib.ExitStack) -> Callable[[], None]:
    """A small disk under a table space; what frees it again. Skips where this system lets nobody make one."""
    folder = postgres.folder / "small"
    folder.mkdir()
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("a small disk can be made by root alone")
    stack.callback(subprocess.run, ["umount", "-l", str(folder)], check=False)
    space = folder / "space"
    space.mkdir()
    shutil.chown(space, "postgres")
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(6 << 20))
    with psycopg.connect(postgres.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(f"create tablespace small location '{space}'")
        admin.execute("grant create on tablespace small to public")
    return ballast.unlink


def test_a_full_disk_is_said_and_loses_no_acknowledged_act() -> None:
    with running_postgres(durable=True) as postgres, contextlib.ExitStack() as stack:
        free = small_disk(postgres, "24m", stack)
        url = postgres.fresh()
        running = Running(url)
        stack.callback(running.end)
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute("alter table hub.entries set tablespace small")
        full = until_full(running.desk, running.office.head)
        assert "Nothing was taken in" in full.help
        free()
        running.until_more(20)
        report("disk full", running.settle())


def until_full(desk: Hub, device: Device) -> Unreachable:
    """Append large acts until the hub says that its disk is full."""
    for _ in range(5_000):
        act = device.act("x" * 20_000)
        while True:
            try:
                desk.append([act])
                break
            except Unreachable as error:
                if error.code == "disk-full":
                    return error
    raise AssertionError("the disk never got full")
