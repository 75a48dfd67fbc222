"""What a made package is tried with. Making one costs a minute and a half of one core, so it is done where it is asked for by name:
`python3 dev.py test tests/installer`, or in a long run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installer.clean_root import Root, needed
from tools.installer import building

EPOCH = "1764547200"
WHY = "makes the package: python3 dev.py test tests/installer"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what makes a package, unless somebody asks for it."""
    if os.environ.get("G20DESK_TEST_SEEDS") or any("installer" in word for word in config.args):
        return
    for item in items:
        if item.path.name == "test_deb.py":
            item.add_marker(pytest.mark.skip(reason=WHY))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that build_installer.py filled; G20DESK_BUILT names one that is there already."""
    if told := os.environ.get("G20DESK_BUILT"):
        return Path(told)
    needed()
    folder = tmp_path_factory.mktemp("made")
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    try:
        words = ["--out", str(folder / "dist"), "--work", str(folder / "build"), "--scripts", "--skip-self-test"]
        assert building.main(words, "") == 0
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before
    return folder / "dist"


@pytest.fixture(scope="session")
def package(made: Path) -> Path:
    """The .deb."""
    (found,) = made.glob("g20desk_*.deb")
    return found


@pytest.fixture(scope="session")
def root(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Root]:
    """A clean root without the package."""
    needed()
    one = Root(tmp_path_factory.mktemp("clean") / "root")
    yield one
    one.close()
