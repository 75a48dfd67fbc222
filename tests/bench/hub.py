"""A hub of two processes that many desks append to at once, against bare inserts of the same bytes.

Requests are made and signed before the clock starts, and sent by a client that does little else: what is measured is the
hub. The baseline inserts the same envelopes, one a transaction, over as many connections to the same PostgreSQL.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from urllib.parse import urlsplit

import psycopg

from g20desk.ledger import http_signing, wire
from g20desk.ledger.envelope import Envelope
from tests.bench import desks
from tests.bench.measuring import Figure, interleaved
from tests.hub.office import OPENED, Device, Office
from tests.servers.hub import running_hub
from tests.servers.postgres import Postgres, running_postgres

CLIENTS, ACTS, EVENTS = 25, 400, 50_000
TEXT = "The Presidency welcomes the agreement on debt treatment. " * 8


def run(rounds: int = 3, clients: int = CLIENTS, acts: int = ACTS, events: int = EVENTS) -> list[Figure]:
    """Appends of one act each, and of ten; then real desks (`desks.py`)."""
    with running_postgres(durable=True) as postgres:
        with ExitStack() as stack:
            figures = [_measured(postgres, stack, rounds, clients, acts, batch) for batch in (1, 10)]
        figures.append(desks.take_in(postgres, events))
        figures.append(desks.seen(postgres, min(desks.SIGHTS, acts)))
        figures.append(desks.converge(postgres, clients, acts))
        return figures


def _measured(postgres: Postgres, stack: ExitStack, rounds: int, clients: int, acts: int, batch: int) -> Figure:
    """One case; a figure is seconds for each act."""
    url = postgres.fresh()
    hubs = [stack.enter_context(running_hub(url, "--open")).url for _ in range(2)]
    office = Office(1)
    desk = office.move_to(hubs[0])
    plain = postgres.fresh()
    with psycopg.connect(plain, autocommit=True) as db:
        db.execute("create table bare (digest bytea primary key, envelope bytea not null)")
    written: list[list[list[Envelope]]] = []

    def ours() -> float:
        devices = [office.device() for _ in range(clients)]
        office.admit(desk, *devices)
        made = [[device.act(TEXT) for _ in range(acts)] for device in devices]
        written.append(made)
        hub = desk.keeper()
        requests = [
            [_request(hub, office, device, chunk) for chunk in _chunks(of_device, batch)]
            for device, of_device in zip(devices, made, strict=True)
        ]
        return asyncio.run(_all(_send(hubs[n % 2], one) for n, one in enumerate(requests))) / (clients * acts)

    def bare() -> float:
        if not written:
            ours()
        rows = [[(bytes.fromhex(one.digest), wire.pack([one])) for one in of_device] for of_device in written.pop(0)]
        return asyncio.run(_all(_insert(plain, list(_chunks(one, batch))) for one in rows)) / (clients * acts)

    took, base = interleaved(rounds, ours, bare)
    while OPENED:
        OPENED.pop().close()
    name = "an act" if batch == 1 else f"{batch} acts"
    note = f"{1 / took:,.0f} acts a second, bare {1 / base:,.0f}"
    return Figure("hub", f"{clients} desks x {acts}, {name} an append", took, base, "at most 3", took <= 3 * base, note)


def _chunks(items: Sequence[object], size: int) -> Iterator[list[object]]:
    for at in range(0, len(items), size):
        yield list(items[at : at + size])


def _request(hub: str, office: Office, device: Device, acts: list[Envelope]) -> bytes:
    path, body = f"/v1/offices/{office.id}/append", wire.pack(acts)
    signed = http_signing.sign(device.key, hub, "POST", path, "", body, int(time.time()))
    head = [f"POST {path} HTTP/1.1", "Host: hub", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, *(f"{name}: {value}" for name, value in signed.items()), "", ""]).encode() + body


async def _all(jobs: Iterator[object]) -> float:
    """Seconds until the last is done; each connects before the clock starts."""
    ready, go = asyncio.Semaphore(0), asyncio.Event()
    tasks = [asyncio.create_task(job(ready, go)) for job in jobs]
    for _ in tasks:
        await ready.acquire()
    begun = time.perf_counter()
    go.set()
    await asyncio.gather(*tasks)
    return time.perf_counter() - begun


def _send(url: str, requests: list[bytes]):
    parts = urlsplit(url)

    async def job(ready: asyncio.Semaphore, go: asyncio.Event) -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        ready.release()
        await go.wait()
        for request in requests:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(body.decode("utf-8", "replace"))
        writer.close()
        await writer.wait_closed()

    return job


def _insert(url: str, batches: list[list[tuple[bytes, bytes]]]):
    async def job(ready: asyncio.Semaphore, go: asyncio.Event) -> None:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as db:
            ready.release()
            await go.wait()
            for batch in batches:
                values = list(itertools.chain.from_iterable(batch))
                places = ", ".join(["(%s, %s)"] * len(batch))
                await db.execute(f"insert into bare values {places}", values)

    return job
