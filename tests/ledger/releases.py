"""The desks that earlier releases left in tests/data/releases, copied for a test to open."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk

KEPT = Path(__file__).parents[1] / "data" / "releases"
NAMES = sorted(one.name for one in KEPT.iterdir())
OLD = "trial-2"
# As in tools/keep_release.py: when what is scheduled there is due.
PLANNED = 1_796_036_400_000


class Then:
    """A clock that stands at one time of that day."""

    def __init__(self, now: int = PLANNED) -> None:
        self.now = now

    def now_ms(self) -> int:
        return self.now

    def monotonic(self) -> float:
        return self.now / 1000


@dataclass(frozen=True)
class Release:
    folder: Path
    expected: dict[str, Any]

    @property
    def desk(self) -> Path:
        return self.folder / "desk"

    @property
    def store(self) -> Path:
        return self.desk / "ledger.db"

    @property
    def before(self) -> Path:
        """The copy of the store as it was."""
        return self.desk / f"ledger.db.form-{self.expected['store']}"

    def opened(self, person: str = "Officer", now: int = PLANNED) -> Desk:
        return Desk.open(self.desk, person, Then(now))

    def bytes_of(self) -> dict[str, bytes]:
        return {str(one.relative_to(self.folder)): one.read_bytes() for one in self.folder.rglob("*") if one.is_file()}


def copied(name: str, to: Path) -> Release:
    shutil.copytree(KEPT / name, to)
    return Release(to, json.loads((to / "expected.json").read_text("utf-8")))


@pytest.fixture(params=NAMES)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Release:
    """Each release's desk."""
    return copied(request.param, tmp_path / "release")


@pytest.fixture
def old(tmp_path: Path) -> Release:
    """The newest of those whose store has to be moved."""
    return copied(OLD, tmp_path / "release")
