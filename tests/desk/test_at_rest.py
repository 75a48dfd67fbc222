"""What lies on a desk's disk: no word of the office in the clear, readable by its owner alone, no memory after a crash."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.desk import Desk
from g20desk.office.content import Content, Text
from tests.hub.hunting import found

PLANTED = ("Verklempt", "Quixotry", "Zeitgeber", "Ada Ravelin", "Syzygetic")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A real office's desk, its secrets under a passphrase, with words in a draft, a topic, a note and a reason."""
    patch, tmp_path = pytest.MonkeyPatch(), tmp_path_factory.mktemp("rest")
    phrase = tmp_path / "phrase"
    phrase.touch(0o600)
    phrase.write_text("correct horse battery")
    patch.setenv("G20DESK_PASSPHRASE_FILE", str(phrase))
    folder = tmp_path / "desk"
    desk = Desk.found(folder, "G20", PLANTED[3], rehearsal=False)
    desk.accounts.add("rehearsal", name="Practice", owner="official", like="x")
    content = Content(
        "news", ("Practice",), (Text("en", (f"{PLANTED[0]} today.",)),), topic=PLANTED[1], note=PLANTED[2]
    )
    desk.messages.new(content)
    desk.holds.place(PLANTED[4])
    desk.store.close()
    yield folder
    patch.undo()


def test_no_word_lies_in_the_clear(folder: Path) -> None:
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert len(files) > 3
    for one in files:
        assert found(PLANTED, one.read_bytes()) == [], one.name


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_the_folder_is_its_owners_alone(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secrets.sealed").stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="there the system is told otherwise")
def test_a_crash_leaves_no_memory_on_the_disk(folder: Path) -> None:
    import resource

    Desk.open(folder).store.close()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
