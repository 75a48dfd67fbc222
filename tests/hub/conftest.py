"""Hubs on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hub.office import OPENED, Office
from tests.servers.hub import HubProcess, running_hub
from tests.servers.postgres import Postgres


@pytest.fixture(scope="session")
def served(postgres: Postgres) -> Iterator[HubProcess]:
    """A hub that serves any office, one for the run: each test has an office of its own."""
    with running_hub(postgres.fresh(), "--open") as one:
        yield one


@pytest.fixture
def office() -> Office:
    """An office of three acts, kept by its founding desk."""
    return Office()


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No connection outlives its test."""
    yield
    while OPENED:
        OPENED.pop().close()
