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
