"""The record that the tests of the ledger damage copies of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger import record


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be written to: take a `copy`."""
    return record.made(tmp_path_factory.mktemp("record") / "desk")
