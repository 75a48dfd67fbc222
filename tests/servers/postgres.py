"""A real PostgreSQL for the tests: a cluster of its own, reached by a socket, gone at the end of the run."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

OWNER = "hub_owner"
_PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")


class Postgres:
    """A running cluster. `durable`: with real fsync, for tests that stop it in the middle."""

    def __init__(self, folder: Path, durable: bool = False) -> None:
        self.folder, self._durable = folder, durable
        self._bin = _programs()
        self._data = folder / "data"
        self._own = ["runuser", "-u", "postgres", "--"] if os.name == "posix" and os.geteuid() == 0 else []
        if self._own:
            shutil.chown(folder, "postgres")
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "postgres", "-N", "--locale=C", "-E", "UTF8")
        self.start()
        self._admin(f"create role {OWNER} login createrole createdb")

    def _run(self, program: str, *words: str) -> None:
        made = subprocess.run(
            [*self._own, str(self._bin / program), *words], cwd=self.folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            pytest.fail(f"{program} failed: {made.stderr[-2000:]}")

    def start(self) -> None:
        """Start and wait until it answers."""
        settings = f"-k {self.folder} -c listen_addresses= -c max_connections=200"
        if not self._durable:
            settings += " -c fsync=off"
        self._run("pg_ctl", "-D", str(self._data), "-w", "-o", settings, "-l", str(self.folder / "log"), "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; `immediate` is as if the machine had lost its power, but for what the kernel still holds."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    def url(self, database: str, user: str = OWNER) -> str:
        """How to reach a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def _admin(self, command: str) -> None:
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as db:
            db.execute(command.encode())

    def fresh(self) -> str:
        """A new database, and the address of its owner."""
        name = f"h{secrets.token_hex(6)}"
        self._admin(f"create database {name} owner {OWNER}")
        return self.url(name)


@contextmanager
def running_postgres(durable: bool = False) -> Iterator[Postgres]:
    """Make a cluster, start it, stop it, throw it away."""
    # Not pytest's folder: a socket's path is short, and another user has to get there.
    folder = Path(tempfile.mkdtemp(prefix="g20pg-"))
    try:
        one = Postgres(folder, durable)
        try:
            yield one
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                one.stop()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    for place in _PLACES:
        folders = sorted(Path("/").glob(place.lstrip("/")))
        if folders:
            return folders[-1]
    pytest.fail("PostgreSQL is not installed: dev.py test installs it on Debian")
