"""A log of one test, in a folder of its own."""

from __future__ import annotations

import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk import logs
from g20desk.logs import foreign


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program keeps its logs."""
    monkeypatch.setenv("G20DESK_LOGS", str(tmp_path / "logs"))
    return tmp_path / "logs"


@pytest.fixture
def logging_here(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This process logs, and hears other people's code, until the test is over."""
    for owner, name in ((sys, "unraisablehook"), (threading, "excepthook"), (warnings, "showwarning")):
        monkeypatch.setattr(owner, name, lambda *_: None)
    logs.begin("command")
    heard = foreign.listen()
    yield place
    logging.root.removeHandler(heard)
    logs.end()


def told(place: Path) -> list[dict[str, object]]:
    """The records that lie there."""
    return [json.loads(line) for path in sorted(place.glob("*.jsonl")) for line in path.read_text().splitlines()]
