"""A store that can't be used says so in words and loses nothing; several processes may use one at once."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk
from g20desk.desk.verifying import verify
from g20desk.errors import Usage
from g20desk.ledger.file import VERSION
from tests.ledger import record

ROOTLESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
OPEN = """
import sys
from g20desk.desk import Desk
from g20desk.errors import DeskError
try:
    desk = Desk.open(sys.argv[1])
    {act}
except DeskError as error:
    print(error.code, "|", error.message, "|", error.help)
else:
    print("done")
"""
PLACE = 'desk.holds.place("A rumour is going round.")'


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    return record.copy(kept, tmp_path / "desk")


def run(folder: Path, act: str = "pass", before: tuple[str, ...] = ()) -> str:
    """What another process says that opens the desk and does one thing."""
    command = [*before, sys.executable, "-c", OPEN.format(act=act), str(folder)]
    answer = subprocess.run(command, cwd=record.ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0 and answer.stderr == "", answer.stderr
    return answer.stdout.strip()


def all_there(folder: Path, events: int) -> None:
    assert count(folder) == events


def count(folder: Path) -> int:
    """How many events verify; no connection is left open."""
    desk = Desk.open(folder)
    found = verify(desk)
    desk.store.close()
    assert found["verified"]
    return int(found["events"])


def refused(folder: Path, code: str) -> Usage:
    with pytest.raises(Usage) as caught:
        Desk.open(folder).holds.place("A rumour is going round.")
    assert caught.value.code == code and caught.value.message and caught.value.help
    return caught.value


def change_keys(folder: Path, change: Any) -> None:
    path = folder / "rehearsal-keys.json"
    kept = json.loads(path.read_text())
    change(kept)
    path.write_text(json.dumps(kept))


def test_a_wrong_key_is_said_and_nothing_else_is_written(folder: Path) -> None:
    events = count(folder)
    right = json.loads((folder / "rehearsal-keys.json").read_text())["store"]
    change_keys(folder, lambda kept: kept.update(store="00" * 32))
    assert run(folder).startswith("store-key | ")
    refused(folder, "store-key")
    change_keys(folder, lambda kept: kept.update(store=right))
    all_there(folder, events)


def test_a_key_that_is_not_in_the_keyring_is_said(folder: Path) -> None:
    events = count(folder)
    right = json.loads((folder / "rehearsal-keys.json").read_text())["store"]
    change_keys(folder, lambda kept: kept.pop("store"))
    refused(folder, "store-key")
    change_keys(folder, lambda kept: kept.update(store=right))
    all_there(folder, events)


def test_a_store_of_a_newer_program_is_left_alone(folder: Path) -> None:
    events, store = count(folder), record.opened(folder)
    store.db.execute(f"pragma user_version = {VERSION + 1}")
    refused(folder, "store-newer")
    store.db.execute(f"pragma user_version = {VERSION}")
    all_there(folder, events)


def test_a_store_from_before_there_were_lines_is_taken_over(folder: Path) -> None:
    """It gets the room for them, once; nothing else changes."""
    events, store = count(folder), record.opened(folder)
    store.db.execute("drop index rows_line")
    for name in ("line", "supersedes"):
        store.db.execute(f"alter table rows drop column {name}")
    store.db.execute(f"pragma user_version = {VERSION - 1}")
    store.close()
    all_there(folder, events)
    store = record.opened(folder)
    assert store.db.execute("pragma user_version").fetchone()[0] == VERSION
    assert [one[1] for one in store.db.execute("pragma index_list(rows)")].count("rows_line") == 1


def test_no_store_and_no_folder_are_said(folder: Path, tmp_path: Path) -> None:
    (folder / "ledger.db").unlink()
    refused(folder, "store-missing")
    assert not (folder / "ledger.db").exists()
    refused(tmp_path / "nowhere", "store-missing")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("length", [0, 1, 4096, 12000])
def test_a_store_cut_short_is_said(folder: Path, length: int) -> None:
    record.opened(folder).close()
    path = folder / "ledger.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    with pytest.raises(Usage) as caught:
        Desk.open(folder)
    assert caught.value.code in ("store-damaged", "store-key") and caught.value.help
    assert path.read_bytes() == whole[:length]
    path.write_bytes(whole)
    Desk.open(folder)


def test_pages_overwritten_in_the_middle_are_said_and_stay_as_they_are(kept: Path, tmp_path: Path) -> None:
    chance = random.Random(4)
    codes = set()
    for number in range(12):
        folder = record.copy(kept, tmp_path / str(number))
        record.opened(folder).close()
        path = folder / "ledger.db"
        whole = path.read_bytes()
        page = chance.randrange(len(whole) // 4096) * 4096
        damaged = whole[: page + 100] + chance.randbytes(500) + whole[page + 600 :]
        path.write_bytes(damaged)
        said = ""
        try:
            found = verify(Desk.open(folder))
        except Usage as error:
            said = error.code
            assert error.help
        else:
            assert not found["verified"] or engine_finds(folder), page
        codes.add(said)
        path.write_bytes(whole)
        all_there(folder, count(kept))
    assert "store-damaged" in codes and codes <= {"store-damaged", "store-key", ""}


def engine_finds(folder: Path) -> bool:
    try:
        return bool(record.opened(folder).damage())
    except Usage as error:
        return error.code == "store-damaged"


@pytest.fixture
def locked_up(folder: Path) -> Iterator[Path]:
    """A folder whose rights are given back afterwards."""
    yield folder
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights.")
@pytest.mark.parametrize(
    "of_folder, of_file",
    [
        pytest.param(0o555, 0o444, id="a read-only folder"),
        pytest.param(0o555, 0o644, id="a read-only folder with a file that may be written"),
        pytest.param(0o755, 0o444, id="a read-only file"),
        pytest.param(0o755, 0o000, id="a file of others"),
    ],
)
def test_a_store_that_may_not_be_written_is_said(locked_up: Path, of_folder: int, of_file: int) -> None:
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("Root may do anything, and there is no setpriv to make it less.")
    events = count(locked_up)
    record.opened(locked_up).close()
    for name in ("ledger.db", "ledger.db-wal", "ledger.db-shm"):
        if (locked_up / name).exists():
            (locked_up / name).chmod(of_file)
    locked_up.chmod(of_folder)
    said = run(locked_up, PLACE, tuple(ROOTLESS) if os.geteuid() == 0 else ())
    assert said.startswith("store-read-only | "), said
    for path in (locked_up, *locked_up.iterdir()):
        path.chmod(0o755)
    all_there(locked_up, events)


def test_a_disk_that_fills_up_loses_nothing(folder: Path) -> None:
    desk = Desk.open(folder)
    placed, events = 0, count(folder)
    pages = desk.store.db.execute("pragma page_count").fetchone()[0]
    desk.store.db.execute(f"pragma max_page_count = {pages + 8}")
    with pytest.raises(Usage) as caught:
        for _ in range(500):
            desk.holds.place("A rumour is going round. " * 20)
            placed += 1
    assert caught.value.code == "disk-full" and caught.value.help
    all_there(folder, events + placed)
    desk.store.db.execute("pragma max_page_count = 1000000")
    desk.holds.place("There is room again.")
    all_there(folder, events + placed + 1)


FILL = """
for _ in range(5000):
        desk.holds.place("A rumour is going round. " * 200)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="It mounts a small disk of its own.")
def test_a_small_disk_that_is_really_full_loses_nothing(kept: Path, tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("No disk may be mounted here.")
    back = tmp_path / "back"
    record.opened(kept).close()
    script = (
        f'set -e; mkdir {tmp_path}/disk; mount -t tmpfs -o size=4m tmpfs {tmp_path}/disk; cp -r "$1" {tmp_path}/disk/desk; '
        f'"$2" -c "$3" {tmp_path}/disk/desk; cp -r {tmp_path}/disk/desk {back}'
    )
    answer = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script, "sh", str(kept), sys.executable, OPEN.format(act=FILL.strip())],
        cwd=record.ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("disk-full | "), answer.stdout
    assert count(back) > count(kept)
    all_there(back, count(back))


HANG = """
    import time
    with desk.store.write() as db:
        db.execute("delete from places")
        db.execute("pragma cache_size = 1")
        db.execute("pragma cache_spill = 1")
        for n in range(300):
            db.execute("insert into meta values (?, ?)", (f"junk {n}", "x" * 4000))
        print("inside", flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX.")
def test_a_writer_that_was_killed_holds_nothing_and_leaves_nothing(folder: Path) -> None:
    events = count(folder)
    desk = Desk.open(folder)
    desk.store.db.execute("pragma busy_timeout = 300")
    writer = subprocess.Popen(
        [sys.executable, "-c", OPEN.format(act=HANG.strip()), str(folder)], cwd=record.ROOT, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    with writer.stdout:
        assert writer.stdout.readline() == b"inside\n"
        with pytest.raises(Usage) as caught:
            desk.holds.place("Somebody else is writing.")
        assert caught.value.code == "store-busy" and caught.value.help
        assert verify(desk)["verified"]
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    desk.holds.place("The record is free again.")
    all_there(folder, events + 1)
    assert Desk.open(folder).store.meta("junk 0") == ""


MANY = """
    for number in range(25):
        desk.holds.place(f"Reason {number}")
"""


def test_four_processes_append_at_once_and_all_is_placed(folder: Path) -> None:
    before = verify(Desk.open(folder))
    command = [sys.executable, "-c", OPEN.format(act=MANY.strip()), str(folder)]
    running = [subprocess.Popen(command, cwd=record.ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = [one.communicate(timeout=120)[0].strip() for one in running]
    assert said == ["done"] * 4
    after = verify(Desk.open(folder))
    assert after["verified"] and after["events"] == before["events"] + 100
    assert after["tentative"] == before["tentative"]
    assert len(Desk.open(folder).office.holds) == len(Desk.open(folder).office.holds.keys()) == 101
