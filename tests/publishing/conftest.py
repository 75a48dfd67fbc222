"""What tests of publishing may ask for."""

import pytest

from tests.story import Hands


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def here(office, network, server, hands):
    """The office with a stand-in's account of that network's name, on one clock."""
    office.add_standin(network, server, network)
    server.now = lambda: hands.now_ms() / 1000
    server.face.now = server.now
    return office
