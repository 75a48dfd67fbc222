"""Hubs on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hub.office import Office, hang_up
from tests.servers.certificates import Certificate, self_signed
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


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate that no store knows."""
    return self_signed(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def secure(database: str, certificate: Certificate) -> Iterator[HubProcess]:
    """A hub with that certificate."""
    with running_hub(database, "--open", "--cert", certificate.file, "--key", certificate.key) as one:
        yield one
        hang_up()  # a hub that is told to end waits for open lines


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No connection outlives its test."""
    yield
    hang_up()
