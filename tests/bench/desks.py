"""Real desks at a hub of two processes: all of them come to one record; a newcomer takes all of it in; one desk's act until
another one shows it."""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from shutil import copytree
from urllib.parse import urlsplit

import httpx
import nacl.bindings

from g20desk.desk import Desk, joining
from g20desk.desk.acting import ADDRESS
from g20desk.desk.carrying import entries
from g20desk.desk.exporting import digest
from g20desk.desk.handing_over import hand_over
from g20desk.desk.intake import Intake
from g20desk.desk.syncing import exchange
from g20desk.desk.unlocking import ledger_of
from g20desk.desk.ways import hub as connect
from g20desk.ledger import canonical
from g20desk.ledger.store import Store
from g20desk.ledger.wire import HandOver
from tests.bench import stores
from tests.bench.measuring import Figure, clocked
from tests.servers.hub import running_hub
from tests.servers.postgres import Postgres
from tests.story import content

TEXT = "The Presidency welcomes the agreement on debt treatment."
COMMENT = "The Presidency may wish to add the date of the next meeting. "
A_MESSAGE, AT_ONCE, PLACES = 20, 50, 200
SIGHTS = 25


def converge(postgres: Postgres, desks: int, acts: int) -> Figure:
    """All desks write at once, an exchange every so many acts; then all exchange until each has everything. Raises
    RuntimeError where they do not come to one digest."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as work:
        folder, hubs = Path(work), _hubs(postgres, stack)
        head = Desk.found(folder / "0", "G20", "Ada Head", rehearsal=True)
        hand_over(head, hubs[0], lambda words: None)
        names = [_joined(head, folder / str(number + 1), f"Officer {number}") for number in range(desks - 1)]
        folders = [folder / "0", *names]
        for one, url in zip(folders, cycle(hubs), strict=False):
            _at(one, url)
        head.store.close()
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            begun = time.perf_counter()
            list(pool.map(_write, folders, [acts] * desks))
            list(pool.map(_whole, folders))
            took = time.perf_counter() - begun
            ends = list(pool.map(_end, folders))
        if len(set(ends)) != 1 or ends[0][2]:
            raise RuntimeError(f"{desks} desks ended with {len(set(ends))} records")
        note = f"{ends[0][0]:,} places on each, one digest; {desks * ends[0][0] / took:,.0f} taken in a second, all together"
        return Figure("hub", f"{desks} desks x {acts} acts, until all are alike", took, note=note)


def _hubs(postgres: Postgres, stack: ExitStack) -> list[str]:
    url = postgres.fresh()
    return [stack.enter_context(running_hub(url, "--open")).url for _ in range(2)]


def _joined(head: Desk, folder: Path, name: str, role: str = "officer", government: str = "") -> Path:
    request, _ = joining.join(folder, joining.invite(head, name, role, government))
    joining.admit(head, request)
    head.sync()
    _first(folder)
    return folder


def _first(folder: Path) -> None:
    ledger, clock = ledger_of(folder)
    exchange(ledger, clock, folder, lambda words: None)
    ledger.store.close()


def _at(folder: Path, url: str) -> None:
    desk = Desk.open(folder)
    desk.store.set_meta(ADDRESS, url)
    desk.store.close()


def _write(folder: Path, acts: int) -> None:
    desk = Desk.open(folder)
    message = ""
    for number in range(acts):
        if number % A_MESSAGE == 0:
            made = desk.messages.new(content(f"{TEXT} {folder.name} {number}", to=("G20 Bluesky",)))
            message = made["message"]
        elif number % A_MESSAGE == 1:
            desk.messages.submit(message)
        else:
            desk.messages.decide(message, "comment", made["digest"], COMMENT)
        if number % AT_ONCE == AT_ONCE - 1:
            desk.sync()
    desk.store.close()


def _whole(folder: Path) -> None:
    desk = Desk.open(folder)
    desk.sync()
    desk.store.close()


def _end(folder: Path) -> tuple[int, str, int]:
    """The last place, the record's digest, and how much waits."""
    desk = Desk.open(folder)
    desk.sync()
    found = desk.store.last_place()[0], digest(desk), desk.tentative
    desk.store.close()
    return found


def take_in(postgres: Postgres, events: int) -> Figure:
    """A newcomer takes in all places, opens, folds and shows them; against the signatures of the events and of their envelopes,
    checked on one thread. Pieces are not in it: the hub of this bench has none."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as work:
        folder, hubs = Path(work), _hubs(postgres, stack)
        copytree(stores.kept(events // 5), folder / "head")
        head = Desk.open(folder / "head")
        _moved(head, hubs[0])
        request, _ = joining.join(folder / "new", joining.invite(head, "Nia New", "officer"))
        joining.admit(head, request)
        head.sync()
        took = clocked(lambda: _first(folder / "new"))
        ledger, _ = ledger_of(folder / "new")
        count, signed = ledger.store.last_place()[0], _signed(ledger.store)
        base = clocked(lambda: [nacl.bindings.crypto_sign_open(data, key) for data, key in signed])
        alone = clocked(lambda: _alone(folder, head))
        head.store.close()
        ledger.store.close()
        note = f"{count / took:,.0f} a second; without the line {count / alone:,.0f}"
        return Figure("hub", f"a newcomer takes in {count:,} acts", took, base, "at most 4", took <= 4 * base, note)


def _moved(head: Desk, url: str) -> None:
    """Handed over without pieces."""
    from g20desk.ledger.hub_client import Hub

    founder = head.ledger.key(head.store.meta("keeper"))
    hub = Hub(url, head.office.id, founder)
    key, store = hub.keeper(), head.store
    last, running, _ = store.last_place()
    head.act("order.handed_over", {"key": key, "address": url, "place": last, "hash": running})
    last, running, _ = store.last_place()
    hub.take_over(entries(store, 0, last))
    hub.finish_take_over(HandOver.signed(founder, head.office.id, key, last, running))
    hub.close()


def _alone(folder: Path, head: Desk) -> None:
    """The same places into another new desk, from this machine's own record."""
    joining.join(folder / "again", joining.invite(head, "Ned New", "officer"))
    ledger, _ = ledger_of(folder / "again")
    for name, key in head.store.db.execute("select id, key from epochs").fetchall():
        assert name
        ledger.store.db.execute("insert or ignore into epochs values (?, ?)", (name, key))
    intake, last = Intake(ledger), head.store.last_place()[0]
    for after in range(0, last, PLACES):
        intake.take(entries(head.store, after, min(after + PLACES, last)))
    ledger.store.close()


def _signed(store: Store) -> list[tuple[bytes, bytes]]:
    made = [
        (one.signature + canonical.tagged("event", one.header_bytes), bytes.fromhex(one.header.device))
        for one in store.all()
    ]
    for head, signature, device in store.db.execute("select head, head_signature, device from places"):
        made.append((bytes(signature) + canonical.tagged("envelope", bytes(head)), bytes.fromhex(device)))
    return made


def seen(postgres: Postgres, times: int = SIGHTS) -> Figure:
    """From the call that appends on one desk until another one, which waits at the other hub process, has it in its rows;
    against one request and answer over loopback."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as work:
        folder, hubs = Path(work), _hubs(postgres, stack)
        head = Desk.found(folder / "head", "G20", "Ada Head", rehearsal=True)
        hand_over(head, hubs[0], lambda words: None)
        _at(_joined(head, folder / "other", "Otto Officer"), hubs[1])
        told, base = [], []
        with httpx.Client(trust_env=False, base_url=hubs[0]) as http:
            for number in range(times):
                told.append(_sight(head, folder / "other", number))
                base.append(clocked(lambda: http.get("/health").raise_for_status()))
        head.store.close()
        took, trip = statistics.median(told), statistics.median(base)
        parts = urlsplit(hubs[0])
        return Figure(
            "hub", "one desk's append until the other's view", took, trip, note=f"{times} times at {parts.hostname}"
        )


def _sight(head: Desk, other: Path, number: int) -> float:
    ready, done = threading.Event(), []

    def watch() -> None:
        desk = Desk.open(other)
        hub = connect(desk.ledger, desk.clock)
        last = desk.store.last_place()[0]
        ready.set()
        if hub.wait(last, 30) is not None:
            desk.sync()
        if any(row.title.endswith(f"sight {number}") for row in desk.messages.rows(limit=5)):
            done.append(time.perf_counter())
        hub.close()
        desk.store.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    ready.wait(30)
    time.sleep(0.2)  # so that the other one waits at the hub
    begun = time.perf_counter()
    head.messages.new(content(f"{TEXT} sight {number}", to=("G20 Bluesky",)))
    head.sync()
    watcher.join()
    if not done:
        raise RuntimeError("the other desk did not see it")
    return done[0] - begun
