"""What all tests may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.pds import Pds, running_pds


@pytest.fixture(scope="session")
def pds() -> Iterator[Pds]:
    """The reference PDS, one for the run."""
    with running_pds() as one:
        yield one


@pytest.fixture(autouse=True)
def quiet_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in our own logs or the timer's fails the test that let it happen."""
    yield
    ours = ("g20desk", "connectors", "ui", "apscheduler")
    loud = [r for r in caplog.get_records("call") if r.levelname in ("WARNING", "ERROR", "CRITICAL")]
    assert not [r.getMessage() for r in loud if r.name.split(".")[0] in ours]
