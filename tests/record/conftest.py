"""The story that the tests of the record share."""

from __future__ import annotations

import pytest

from tests.record.story import Story, told


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Not to be written to."""
    return told(tmp_path_factory.mktemp("record") / "desk")
