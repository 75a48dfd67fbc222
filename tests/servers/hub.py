"""Hubs as processes of their own, as whoever runs one starts them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


class HubProcess:
    """A running `g20desk hub serve`."""

    def __init__(
        self,
        database: str,
        *words: str,
        variables: dict[str, str] | None = None,
        limits: dict[str, float] | None = None,
    ) -> None:
        if limits is None:
            command = [sys.executable, "-P", "-m", "g20desk", "hub", "serve", "--database", database]
            command += [] if "--listen" in words else ["--listen", "127.0.0.1:0"]
        else:
            command = [sys.executable, "-m", "tests.servers.limited_hub", database, json.dumps(limits)]
        self.process = subprocess.Popen(
            [*command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True,
            env={**os.environ, **(variables or {})},
        )  # fmt: skip
        assert self.process.stdout is not None and self.process.stderr is not None
        timer = threading.Timer(60, self.process.kill)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        if not line:
            pytest.fail(f"the hub did not start: {self.process.stderr.read()[-3000:]}")
        self.url = str(json.loads(line)["listening"])
        self._errors: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self._errors += self.process.stderr

    @property
    def said(self) -> str:
        """What it said on standard error, once it has ended."""
        self._reader.join(10)
        return "".join(self._errors)

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End it; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            pytest.fail("the hub did not end")
        self._reader.join(10)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return code


@contextmanager
def running_hub(database: str, *words: str, **more: Any) -> Iterator[HubProcess]:
    """Start one, stop it."""
    one = HubProcess(database, *words, **more)
    try:
        yield one
    finally:
        one.stop()
