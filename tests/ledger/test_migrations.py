"""From an old store to this program's: whole or not at all, wherever it is broken off, one process at a time, with a way back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from g20desk import __version__, locking
from g20desk.desk import Desk
from g20desk.desk.verifying import verify
from g20desk.errors import Usage
from g20desk.ledger import migrations
from g20desk.ledger.migrations import FORM, LEFT, MADE, VERSION, Step
from g20desk.ledger.store import Store
from tests.ledger import record
from tests.ledger.releases import Release, old
from tests.story import forked

__all__ = ["old"]
POINTS = ("copied", f"step {VERSION}", "moved", "rebuilt", "sound")


def as_it_is(release: Release, path: Path | None = None) -> Store:
    """A store of any form, which is not brought to another."""
    store = Store.__new__(Store)
    store.path, store._local = path or release.store, threading.local()
    store._key = bytes.fromhex(record.keys_of(release.desk)["store"])
    return store


def form_of(release: Release) -> int:
    store = as_it_is(release)
    found = migrations.version(store.db)
    store.close()
    return found


def whole(release: Release) -> None:
    """It opens, with everything that was in it, and nothing is left lying about."""
    desk = release.opened()
    found = verify(desk)
    assert found["verified"] and found["events"] == release.expected["events"]
    assert [[one["text"], one["state"]] for one in desk.lines.rows()] == release.expected["lines"]
    assert desk.publish.once()["sent"] == 3
    assert desk.store.meta(FORM) == __version__ and not desk.store.meta(LEFT) and not desk.store.damage()
    desk.store.close()
    assert form_of(release) == VERSION
    assert not [one.name for one in release.desk.iterdir() if ".form-" in one.name]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX.")
@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_it_is_the_old_store_or_the_new_one(old, point, monkeypatch):
    child = forked(old.desk)
    if child == 0:
        monkeypatch.setattr(
            migrations, "reach", lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == point else None
        )
        old.opened()
        os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert form_of(old) == (5 if point in POINTS[:2] else VERSION)
    if point != "sound":
        assert old.before.exists()
    whole(old)


def test_the_copy_is_the_store_as_it_was_and_stays_where_the_new_one_is_not_sound(old, monkeypatch):
    events = old.expected["events"]
    monkeypatch.setattr(Store, "damage", lambda self: "page 7 never used")
    for _ in range(2):
        with pytest.raises(Usage) as caught:
            old.opened()
        assert caught.value.code == "store-moved" and old.before.name in caught.value.help
    monkeypatch.undo()
    assert old.before.exists()
    way_back = old.folder / "back"
    shutil.copytree(old.desk, way_back)
    for one in way_back.glob("ledger.db*"):
        one.unlink()
    shutil.copy(old.before, way_back / "ledger.db")
    desk = Desk.open(way_back, "Officer")
    assert verify(desk)["events"] == events
    desk.store.close()
    whole(old)


def test_without_room_nothing_is_begun_and_the_folder_stays_as_it_is(old, monkeypatch):
    before = old.bytes_of()
    free = shutil.disk_usage(old.desk)._replace(free=1 << 20)
    monkeypatch.setattr(migrations.shutil, "disk_usage", lambda path: free)
    with pytest.raises(Usage) as caught:
        old.opened()
    assert caught.value.code == "store-room" and "MB" in caught.value.message and caught.value.help
    after = {name: data for name, data in old.bytes_of().items() if not name.endswith((".moving", "-shm", "-wal"))}
    assert after == before
    monkeypatch.undo()
    whole(old)


@pytest.mark.parametrize("where", ["the copy", "a step"])
def test_a_disk_that_fills_up_meanwhile_leaves_the_old_store(old, where, monkeypatch):
    def full(db):
        pages = db.execute("pragma page_count").fetchone()[0]
        db.execute(f"pragma max_page_count = {pages}")
        db.execute("create table filler as with recursive n(i) as (select 1 union all select i + 1 from n limit 9000) "
                   "select i, randomblob(100) from n")  # fmt: skip

    if where == "a step":
        monkeypatch.setattr(migrations, "STEPS", (Step(VERSION, full),))
    else:

        def no_room(self, path):
            path.write_bytes(b"half")
            raise Usage("disk-full", "The disk is full; nothing was lost.", "Free some space.")

        monkeypatch.setattr(Store, "copy_to", no_room)
    with pytest.raises(Usage) as caught:
        old.opened()
    assert caught.value.code == "disk-full"
    assert form_of(old) == 5 and not [one for one in old.desk.iterdir() if one.name.endswith(".new")]
    monkeypatch.undo()
    whole(old)


def test_steps_follow_each_other_and_each_may_find_that_it_was_done(old, monkeypatch):
    done = []

    def noted(number):
        return Step(number, lambda db: done.append((number, migrations._lines(db))))

    monkeypatch.setattr(migrations, "STEPS", (noted(4), noted(5), noted(6), noted(7)))
    monkeypatch.setattr(migrations, "VERSION", 7)
    monkeypatch.setattr("g20desk.ledger.file.VERSION", 7)
    old.opened().store.close()
    assert [number for number, _ in done] == [6, 7] and form_of(old) == 7


def test_a_store_from_before_the_trials_is_refused_and_left_alone(old):
    store = as_it_is(old)
    store.db.execute("pragma user_version = 4")
    store.close()
    before = old.bytes_of()
    with pytest.raises(Usage) as caught:
        old.opened()
    assert caught.value.code == "store-older" and not old.before.exists()
    assert old.bytes_of()[f"desk/{old.store.name}"] == before[f"desk/{old.store.name}"]


def test_what_an_old_program_writes_between_the_copy_and_the_first_step_is_in_the_copy_too(old, monkeypatch):
    """It is copied again; a program that writes without a pause has the start say so."""
    other = as_it_is(old)
    reached = []

    def once(name):
        reached.append(name)
        if reached == ["copied"]:
            other.db.execute("insert into meta values ('late', 'word')")

    monkeypatch.setattr(migrations, "reach", once)
    monkeypatch.setattr(Store, "damage", lambda self: "so that the copy stays")
    with pytest.raises(Usage):
        old.opened()
    assert reached[:3] == ["copied", "copied", f"step {VERSION}"]
    copy = as_it_is(old, old.before)
    assert copy.meta("late") == "word"
    for one in (copy, other):
        one.close()


def test_an_old_program_that_never_pauses_is_asked_to_be_closed(old, monkeypatch):
    other, reached = as_it_is(old), []

    def always(name):
        reached.append(name)
        other.set_meta("late", str(len(reached)))

    monkeypatch.setattr(migrations, "reach", always)
    with pytest.raises(Usage) as caught:
        old.opened()
    other.close()
    assert caught.value.code == "store-busy" and set(reached) == {"copied"} and form_of(old) == 5
    monkeypatch.undo()
    whole(old)


BOTH = """
import sys
from g20desk.desk import Desk
from tests.ledger.releases import Then
desk = Desk.open(sys.argv[1], "Officer", Then(), say=lambda words: print(words, file=sys.stderr, flush=True))
print(desk.publish.once()["sent"])
"""


def test_of_two_programs_that_start_at_once_one_moves_the_store_and_the_other_waits_and_says_so(old):
    lock = old.store.with_name(f"{old.store.name}.moving")
    command = [sys.executable, "-c", BOTH, str(old.desk)]
    with locking.held(lock):
        running = [
            subprocess.Popen(command, cwd=record.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        for one in running:
            assert one.stderr.readline().startswith("Another program is bringing this desk's record")
    answers = [one.communicate(timeout=60) for one in running]
    assert all(one.returncode == 0 for one in running), answers
    assert sum("Bringing this desk's record to the form" in err for _, err in answers) == 1
    assert sum(int(out) for out, _ in answers) == 3
    assert len({id for id in old.bytes_of() if ".form-" in id}) == 0


def test_what_takes_long_is_told_in_steps(old, monkeypatch):
    from g20desk.desk import moved

    monkeypatch.setattr(moved, "_PAUSE", -1)
    said = []
    Desk.open(old.desk, "Officer", say=said.append)
    assert said[0].startswith(f"Bringing this desk's record to the form of g20desk {__version__}.")
    shares = [int(words.split()[-2]) for words in said[1:]]
    assert shares == sorted(shares) and shares[0] == 0 and len(shares) > 5
    said.clear()
    Desk.open(old.desk, "Officer", say=said.append)
    assert said == []


def test_a_new_store_says_which_program_made_it(kept):
    store = record.opened(kept)
    assert (store.meta(MADE), store.meta(FORM), store.meta(LEFT)) == (__version__, __version__, "")
