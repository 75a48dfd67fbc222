"""What a newer program made is left as it is by an older one, byte for byte, and each way in says what to install."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import pytest

import g20desk
from g20desk.cli.main import main
from g20desk.desk import Desk, backing_up, health
from g20desk.desk.restoring import restore
from g20desk.errors import Usage
from g20desk.ledger import sealed_file
from g20desk.ledger.migrations import FORM, VERSION
from g20desk.ledger.store import Store
from tests.ledger import record
from tests.story import content

NEW = VERSION + 1


def newer(folder: Path, program: str = "1.7.0") -> None:
    """What a newer program leaves: a form that this one does not know, and its own name."""
    store = record.opened(folder)
    with store.write() as db:
        db.execute("alter table rows add column later text")
        db.execute("insert or replace into meta values (?, ?)", (FORM, program))
        db.execute(f"pragma user_version = {NEW}")
    store.close()


def bytes_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.iterdir()}


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    record.opened(kept).close()
    made = record.copy(kept, tmp_path / "desk")
    newer(made)
    return made


def test_it_is_refused_with_the_version_to_install_and_the_folder_stays_as_it_is(folder):
    before = bytes_of(folder)
    for _ in range(2):
        with pytest.raises(Usage) as caught:
            Desk.open(folder)
    assert caught.value.code == "store-newer" and f"store {NEW}" in caught.value.message
    assert caught.value.help == "Install g20desk 1.7.0 or newer on this computer. Nothing here was changed."
    assert bytes_of(folder) == before


def test_one_that_a_newer_program_has_open_loses_nothing_either(folder):
    """What that has not yet written into the file itself counts too."""
    key = bytes.fromhex(record.keys_of(folder)["store"])
    other = Store.__new__(Store)
    other.path, other._key, other._local = folder / "ledger.db", key, threading.local()
    other.db.execute(f"pragma user_version = {NEW + 1}")
    before = {name: data for name, (data, _) in bytes_of(folder).items() if not name.endswith("-shm")}
    with pytest.raises(Usage, match=f"store {NEW + 1}"):
        Desk.open(folder)
    assert {name: data for name, (data, _) in bytes_of(folder).items() if not name.endswith("-shm")} == before
    other.close()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["office", "show"], id="office show"),
        pytest.param(["publish", "--once"], id="publish"),
        pytest.param(["ledger", "verify"], id="verify"),
        pytest.param(["sync"], id="sync"),
        pytest.param(["bundle", "export", "b"], id="bundle"),
    ],
)
def test_the_command_line_says_it_and_ends_with_2(folder, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = bytes_of(folder)
    assert main(["--office", str(folder), *words, "--json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "store-newer" and "1.7.0" in said.err
    assert bytes_of(folder) == before and not (tmp_path / "b").exists()


def test_a_publisher_that_cannot_begin_leaves_word_where_one_watched_before(folder, capsys):
    words = ["--office", str(folder), "publish", "--watch"]
    assert main(words) == 2
    assert health.read(folder) is None, "nobody watches here, so nobody waits for word"
    now = time.time_ns() // 1_000_000
    health.write(folder, health.Health(now - 3_600_000))
    assert main(words) == 2
    assert "newer program" in health.read(folder).trouble
    health.write(folder, health.Health(now))
    assert main(words) == 2
    assert health.read(folder).trouble == "", "the newer program's own publisher is alive, and says so itself"


@pytest.fixture
def watching(office):
    """A publisher of this program in a process of its own; killed where a test has not ended it."""
    words = [sys.executable, "-m", "g20desk", "--office", str(office.folder), "publish", "--watch", "--json"]
    running = subprocess.Popen(words, cwd=record.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert json.loads(running.stderr.readline())["what"] == "started"
        yield running
    finally:
        if running.poll() is None:
            os.kill(running.pid, signal.SIGKILL)
        running.communicate()


def test_a_publisher_that_runs_while_a_newer_program_moves_the_store_stops_and_sends_nothing_more(office, watching):
    desk, message = office.head, office.approved(content("Ministers met.", to=("G20 X",)))
    officer = office.desk()
    officer.messages.schedule(message, officer.clock.now_ms() + 2_000)
    newer(office.folder)
    before = desk.store.last_place()
    out, err = watching.communicate(timeout=60)
    assert watching.returncode == 2, err
    assert json.loads(out)["error"]["code"] == "store-newer"
    assert "newer program" in health.read(office.folder).trouble
    assert desk.store.last_place() == before
    with sqlite3.connect(office.folder / "rehearsal.sqlite") as network:
        assert network.execute("select count(*) from posts").fetchone() == (0,)


def test_what_is_open_in_this_program_writes_nothing_more_once_the_store_was_moved(office):
    desk = office.head
    newer(office.folder)
    before = desk.store.last_place()
    for act in (
        lambda: desk.holds.place("A rumour is going round."),
        lambda: desk.store.set_meta("word", "late"),
        lambda: desk.publish.once(),
        lambda: desk.recurrings.make_due(),
    ):
        try:
            act()
        except Usage as error:
            assert error.code == "store-newer"
    with pytest.raises(Usage, match="newer program"):
        desk.holds.place("A rumour is going round.")
    with pytest.raises(Usage, match="newer program"):
        desk.store.set_meta("word", "late")
    assert desk.store.last_place() == before and desk.store.meta("word") == ""


def test_a_backup_of_a_newer_program_is_refused_by_name_whatever_else_it_says_of_itself(tmp_path):
    about = backing_up.Manifest(1, "1.7.0", NEW, True, 1, "0" * 64, 1, 6, "0" * 64, {"store": "0" * 64})
    said = json.dumps({**asdict(about), "later": "what nobody knows yet"}).encode()
    with (tmp_path / "backup").open("wb") as into:
        sealed_file.seal(into, b"phrase", iter([len(said).to_bytes(4) + said, b"record"]))
    with pytest.raises(Usage) as caught:
        restore(tmp_path / "restored", tmp_path / "backup", b"phrase")
    assert caught.value.code == "backup-newer" and "1.7.0" in caught.value.message
    assert not (tmp_path / "restored").exists()


def test_the_command_line_says_which_forms_this_program_knows(capsys):
    assert main(["--version", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["program"], said["store"]) == (g20desk.__version__, VERSION) and said["acts"] == 1 and said["rules"]
    assert main(["--version"]) == 0 and g20desk.__version__ in capsys.readouterr().out
