"""A hub as a process: what it needs is put together, it says where it listens, and it ends on SIGTERM."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import json
import logging
import os
import re
import signal
import socket
import ssl
import sys
from pathlib import Path

import uvicorn

from g20desk.clock import SystemClock
from g20desk.errors import Usage
from g20desk.hub import key
from g20desk.hub.admission import Admission
from g20desk.hub.appending import Appender
from g20desk.hub.connections import Connection
from g20desk.hub.database import Access, Database
from g20desk.hub.limits import Limits
from g20desk.hub.metrics import Metrics
from g20desk.hub.pieces import Pieces
from g20desk.hub.reading import Reading, Word
from g20desk.hub.service import Service
from g20desk.hub.state import Rosters
from g20desk.hub.taking import Taking

log = logging.getLogger(__name__)
PRUNE = 60.0  # seconds


def address(listen: str, certificate: Path | None) -> tuple[str, int]:
    """Host and port. Raises Usage: without a certificate a hub listens on this machine alone."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdigit() or int(port) > 65535:
        raise Usage("listen", f"“{listen}” is no HOST:PORT.", "For instance: --listen 127.0.0.1:8443")
    if certificate is None and not _loopback(host):
        raise Usage(
            "no-certificate", "Beyond this machine a hub speaks HTTPS only.",
            "Add --cert and --key, or listen on 127.0.0.1 behind a proxy that does.",
        )  # fmt: skip
    return host, int(port)


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(
    access: Access, at: tuple[str, int], *, certificate: Path | None = None, private: Path | None = None,
    passphrase: bytes | None = None, everyone: bool = False, limits: Limits | None = None,
) -> None:  # fmt: skip
    """Serve until SIGTERM or SIGINT. Raises Unreachable, Usage."""
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # strangers can make it warn as often as they like
    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises again what ended it: that is no failure
    asyncio.run(_serve(access, at, certificate, private, passphrase, everyone, limits or Limits()))


async def _serve(
    access: Access, at: tuple[str, int], certificate: Path | None, private: Path | None, passphrase: bytes | None,
    everyone: bool, limits: Limits,
) -> None:  # fmt: skip
    database = Database(access)
    try:
        await database.open()
        device, sealed = await key.kept(database, passphrase)
        if not sealed:
            print("The hub's key lies open in its database: docs/hub.md says what that means.", file=sys.stderr)
        if not access.separate:
            print("The hub works with the owner's login, its rights put off: docs/hub.md.", file=sys.stderr)
        clock, metrics, rosters = SystemClock(), Metrics(), Rosters()
        reading = Reading(database, limits)
        word = Word(access, reading, rosters, limits, metrics)
        service = Service(
            device.device, clock, limits, metrics, database, Admission(database, device.device, clock, limits),
            Appender(database, device, limits, rosters, metrics),
            Taking(database, device.device, limits, rosters, everyone), reading, word, Pieces(database, limits),
        )  # fmt: skip
        sockets = [_listening(at)]
        config = uvicorn.Config(
            service.app(), http=Connection.limited(limits, metrics), lifespan="off", log_config=None,
            access_log=False, server_header=False, timeout_keep_alive=75, timeout_graceful_shutdown=10,
            limit_concurrency=1000, ws="none",
            ssl_certfile=certificate, ssl_keyfile=private,
        )  # fmt: skip
        await _Server(config, database, word, _said(sockets[0], certificate)).serve(sockets)
    finally:
        await database.close()


def _listening(at: tuple[str, int]) -> socket.socket:
    family = socket.AF_INET6 if ":" in at[0] else socket.AF_INET
    # With its protocol named: else asyncio leaves Nagle's algorithm on, and answers in two parts wait 40 ms.
    one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(at)
        one.listen(1024)
    except OSError as error:
        one.close()
        raise Usage(
            "listen", f"{at[0]}:{at[1]} can't be listened at: {error.strerror}.", "Choose another port."
        ) from error
    return one


def _said(listening: socket.socket, certificate: Path | None) -> str:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    if certificate is None:
        return json.dumps({"listening": f"http://{shown}:{port}"})
    first = re.search(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", certificate.read_text(), re.DOTALL)
    found = hashlib.sha256(ssl.PEM_cert_to_DER_cert(first[0])).hexdigest() if first else ""
    return json.dumps({"listening": f"https://{shown}:{port}", "certificate": found})


class _Server(uvicorn.Server):
    """Says one line once it is ready; lets go whoever waits before it ends."""

    def __init__(self, config: uvicorn.Config, database: Database, word: Word, said: str) -> None:
        try:
            config.load()
        except (OSError, ssl.SSLError) as error:
            raise Usage("certificate", f"Certificate or key can't be used: {error}.", "Both are PEM files.") from error
        super().__init__(config)
        self._database, self._word, self._said = database, word, said
        self._beside: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Ready."""
        self._beside = [asyncio.create_task(self._word.listen()), asyncio.create_task(_prune(self._database))]
        await super().startup(sockets)
        print(self._said, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Done."""
        self._word.stop()
        await super().shutdown(sockets)
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)


async def _prune(database: Database) -> None:
    while True:
        await asyncio.sleep(PRUNE)
        try:
            async with database.connection() as db:
                await db.execute("select hub.prune()")
        except Exception as error:  # it is tried again; the hub serves on
            log.warning("pruning failed: %s", type(error).__name__)
