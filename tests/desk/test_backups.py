"""A desk in one encrypted file, and out of it: whole or not at all, whatever happens to the file, the disk or the process."""

from __future__ import annotations

import functools
import io
import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from g20desk.desk import Desk
from g20desk.desk.backing_up import back_up
from g20desk.desk.exporting import digest
from g20desk.desk.restoring import restore
from g20desk.desk.verifying import verify
from g20desk.errors import Refused, Usage
from g20desk.ledger import migrations, sealed_file
from tests.story import Office, content, out_there

ROOT = Path(__file__).resolve().parents[2]
PHRASE = b"correct horse battery"


@pytest.fixture(autouse=True)
def derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of a file is derived as it is in use, once for all that a test does with the file."""
    monkeypatch.setattr(sealed_file, "_key", functools.cache(sealed_file._key))


@pytest.fixture
def backup(office: Office, tmp_path: Path) -> Path:
    back_up(office.folder, tmp_path / "desk.backup", PHRASE)
    return tmp_path / "desk.backup"


def refused(folder: Path, path: Path, phrase: bytes = PHRASE) -> str:
    """The code with which a backup is not restored; of that nothing is left."""
    before = sorted(folder.parent.iterdir())
    with pytest.raises(Usage) as caught:
        restore(folder, path, phrase)
    assert caught.value.message and caught.value.help
    assert sorted(folder.parent.iterdir()) == before
    return caught.value.code


def test_a_desk_comes_back_with_its_record_its_keys_and_what_was_typed(office, tmp_path):
    message = office.approved(content("Ministers met in Pretoria.", to=("G20 X",)))
    office.desk().messages.keep(message, content("Not yet a revision.", to=("G20 X",)))
    told = back_up(office.folder, tmp_path / "b", PHRASE)
    assert told["verified"] and told["place"] == office.head.store.last_place()[0]
    assert (tmp_path / "b").stat().st_mode & 0o77 == 0
    said = restore(tmp_path / "new", tmp_path / "b", PHRASE)
    assert (said["person"], said["place"]) == ("Ada Head", told["place"])
    there = Desk.open(tmp_path / "new", "Officer")
    assert digest(there) == digest(office.head) and verify(there)["verified"]
    assert there.messages.kept(message).texts[0].parts == ("Not yet a revision.",)
    assert json.loads((tmp_path / "new/desk.json").read_text()) != json.loads((office.folder / "desk.json").read_text())
    assert sorted(p.name for p in office.folder.iterdir() if p.name.startswith(".backup")) == []


def test_nothing_of_a_desk_can_be_read_in_it(office, backup):
    data = backup.read_bytes()
    for known in ("Ada Head", "G20 Bluesky", office.head.office.id, "ledger.db", "SQLite format", "device/"):
        assert known.encode() not in data
    keys = json.loads((office.folder / "rehearsal-keys.json").read_text())
    assert not [one for one in keys.values() if one.encode() in data or bytes.fromhex(one[:64]) in data]


def test_sign_ins_of_accounts_are_not_in_it(office, tmp_path, server, network):
    office.add_standin(network, server, "Real")
    back_up(office.folder, tmp_path / "b", PHRASE)
    said = restore(tmp_path / "new", tmp_path / "b", PHRASE)
    assert said["sign_in"] == ["Real"]
    there = Desk.open(tmp_path / "new", "Officer")
    assert there.secrets.get(f"account/{there.accounts.get('Real').id}") is None


def test_it_is_made_while_others_write_and_each_holds_one_moment(office, tmp_path):
    stop = threading.Event()

    def write() -> None:
        desk = Desk.open(office.folder)
        while not stop.is_set():
            desk.holds.place("A rumour is going round.")
        desk.store.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            back_up(office.folder, tmp_path / str(number), PHRASE)
    finally:
        stop.set()
        writer.join()
    places = []
    for number in range(4):
        restore(tmp_path / f"desk{number}", tmp_path / str(number), PHRASE)
        there = Desk.open(tmp_path / f"desk{number}")
        last, running, _ = there.store.last_place()
        assert office.head.store.entry(last).placed.hash == running and verify(there)["verified"]
        places.append(last)
        there.store.close()
    assert places == sorted(places) and places[-1] > places[0]


def test_a_passphrase_that_guards_nothing_is_refused():
    for text in ("", "   ", "short", "           x"):
        with pytest.raises(Usage) as caught:
            sealed_file.passphrase(text)
        assert caught.value.code == "passphrase-short" and caught.value.help
    assert sealed_file.passphrase("cafe\u0301 au lait") == sealed_file.passphrase("caf\u00e9 au lait")


def test_another_passphrase_is_told_from_damage(backup, tmp_path):
    assert refused(tmp_path / "new", backup, b"correct horse batterY") == "backup-passphrase"


def test_damage_anywhere_is_found_and_no_desk_is_made(backup, tmp_path):
    whole, chance = backup.read_bytes(), random.Random(6)
    head = sealed_file._HEAD
    places = [*range(0, head + 32, 5), head, head + 31, head + 32, len(whole) - 1]
    places += [chance.randrange(head + 32, len(whole)) for _ in range(12)]
    codes = set()
    for place in places:
        bad = bytearray(whole)
        bad[place] ^= 1 << chance.randrange(8)
        backup.write_bytes(bad)
        codes.add(refused(tmp_path / "new", backup))
    assert codes == {"backup-damaged", "no-backup", "backup-newer"}


def test_a_file_cut_short_or_gone_on_with_is_found(backup, tmp_path):
    whole = backup.read_bytes()
    for length in (0, 1, 16, 17, 40, sealed_file._HEAD, sealed_file._HEAD + 32, len(whole) // 2, len(whole) - 1):
        backup.write_bytes(whole[:length])
        assert refused(tmp_path / "new", backup) in ("backup-damaged", "no-backup")
    backup.write_bytes(whole + b"\0")
    assert refused(tmp_path / "new", backup) == "backup-damaged"


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 2000, 2001, 5000])
def test_chunks_stand_at_their_place(monkeypatch, size):
    monkeypatch.setattr(sealed_file, "CHUNK", 1000)
    into, data = io.BytesIO(), os.urandom(size)
    sealed_file.seal(into, PHRASE, [data[:70], data[70:]])
    sealed = into.getvalue()
    assert b"".join(sealed_file.opened(io.BytesIO(sealed), PHRASE)) == data
    head, step = sealed_file._HEAD + 32, 1017
    chunks = [sealed[at : at + step] for at in range(head, len(sealed), step)]
    for bad in (
        chunks[:-1],
        chunks[1:],
        chunks[::-1] if len(chunks) > 1 else [],
        chunks + chunks[-1:],
        chunks[:1] + chunks,
    ):
        with pytest.raises(Usage):
            list(sealed_file.opened(io.BytesIO(sealed[:head] + b"".join(bad)), PHRASE))


def test_a_newer_program_s_backup_is_left_for_it(office, backup, tmp_path, monkeypatch):
    newer = backup.read_bytes().replace(b"g20desk backup 1\n", b"g20desk backup 2\n", 1)
    (tmp_path / "newer").write_bytes(newer)
    assert refused(tmp_path / "new", tmp_path / "newer") == "backup-newer"
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION - 1)
    assert refused(tmp_path / "new", backup) == "backup-newer"


def test_nothing_that_is_there_is_written_over(office, backup, tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("Mine.")
    assert refused(taken, backup) == "folder-taken"
    assert (taken / "letter.txt").read_text() == "Mine."
    assert refused(tmp_path / "new", tmp_path / "nowhere") == "no-backup"
    assert refused(tmp_path / "new", taken) == "restore-failed"
    for there, code in (
        (taken / "letter.txt", "file-taken"),
        (taken, "backup-failed"),
        (tmp_path / "no/b", "backup-failed"),
    ):
        with pytest.raises(Usage) as caught:
            back_up(office.folder, there, PHRASE)
        assert caught.value.code == code and caught.value.help
    assert (taken / "letter.txt").read_text() == "Mine."
    (tmp_path / "empty").mkdir()
    restore(tmp_path / "empty", backup, PHRASE)
    assert verify(Desk.open(tmp_path / "empty"))["verified"]


def test_a_record_that_does_not_hold_is_not_sealed_as_if_it_did(office, backup, tmp_path):
    before = backup.read_bytes()
    with office.head.store.write() as db:
        db.execute(
            "update events set body = cast(replace(body, 'Officer', 'Offizer') as blob) where kind = 'member.admitted'"
        )
    with pytest.raises(Usage) as caught:
        back_up(office.folder, backup, PHRASE)
    assert caught.value.code == "store-damaged" and "place" in caught.value.message
    assert backup.read_bytes() == before and not list(tmp_path.glob(".*"))


RUN = """
import sys
from pathlib import Path
from g20desk.desk.backing_up import back_up
from g20desk.desk.restoring import restore
from g20desk.errors import DeskError
print("begins", flush=True)
try:
    {act}(Path(sys.argv[1]), Path(sys.argv[2]), b"correct horse battery")
except DeskError as error:
    print(error.code, "|", error.help)
else:
    print("done")
"""


def killed_in(act: str, folder: Path, path: Path, seconds: float) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", RUN.format(act=act), folder, path], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"begins\n"
        time.sleep(seconds)
        child.kill()
        child.wait()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX.")
def test_a_kill_at_any_moment_leaves_the_earlier_backup_or_the_new_one(office, backup, tmp_path):
    chance = random.Random(8)
    for _ in range(8):
        office.head.holds.place("A rumour is going round.")
        killed_in("back_up", office.folder, backup, chance.uniform(0, 1.6))
        with backup.open("rb") as source:
            assert sum(map(len, sealed_file.opened(source, PHRASE)))
    back_up(office.folder, backup, PHRASE)
    assert not list(office.folder.glob(".backup-*")), "what was left by those that were killed is gone"
    assert verify(office.head)["verified"]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX.")
def test_a_kill_while_restoring_leaves_no_desk_or_a_whole_one(office, backup, tmp_path):
    chance, made = random.Random(9), 0
    for number in range(8):
        folder = tmp_path / f"new{number}"
        killed_in("restore", folder, backup, chance.uniform(0, 1.2))
        if not folder.exists():
            restore(folder, backup, PHRASE)
            made += 1
        assert digest(Desk.open(folder)) == digest(office.head)
        assert not list(tmp_path.glob(f".{folder.name}.*"))
    assert made


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="It mounts a small disk of its own.")
@pytest.mark.parametrize(("act", "code"), [("back_up", "backup-failed"), ("restore", "restore-failed")])
def test_a_full_disk_loses_nothing(office, backup, tmp_path, act, code):
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("No disk may be mounted here.")
    where = {"back_up": f"{office.folder} {tmp_path}/disk/b", "restore": f"{tmp_path}/disk/new {backup}"}[act]
    script = (
        f"set -e; mkdir {tmp_path}/disk; mount -t tmpfs -o size=100k tmpfs {tmp_path}/disk; "
        f'[ {act} = restore ] || printf "g20desk backup 1" > {tmp_path}/disk/b; '
        f'"$1" -c "$2" {where}; ls -A {tmp_path}/disk; cat {tmp_path}/disk/b 2>/dev/null || true'
    )
    answer = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script, "sh", sys.executable, RUN.format(act=act)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    left = "b\ng20desk backup 1" if act == "back_up" else ""
    assert answer.returncode == 0 and answer.stdout.startswith(f"begins\n{code} | "), answer.stdout + answer.stderr
    assert answer.stdout.partition("\n")[2].partition("\n")[2] == left, answer.stdout
    assert verify(office.head)["verified"]


def test_the_desk_that_keeps_the_order_signs_no_place_twice_by_itself(office, backup, tmp_path):
    office.head.holds.place("Done after the backup.")
    restore(tmp_path / "new", backup, PHRASE)
    there = Desk.open(tmp_path / "new", "Officer")
    with pytest.raises(Refused) as caught:
        there.messages.new(content("Ministers met.", to=("G20 X",)))
    assert caught.value.code == "restored-keeper" and "office restored" in caught.value.help
    assert there.store.last_place()[0] == office.head.store.last_place()[0] - 1


def test_what_the_older_day_had_scheduled_is_not_sent_again(office, tmp_path, network, server):
    office.add_standin(network, server, "Real")
    sent_since = office.approved(content("Sent after the backup.", to=("Real",)))
    desk = office.desk()
    desk.messages.schedule(sent_since, desk.clock.now_ms() + 1500)
    brought_forward = office.approved(content("Moved to an earlier time, and sent.", to=("Real",)))
    desk.messages.schedule(brought_forward, desk.clock.now_ms() + 3_600_000)
    back_up(office.folder, tmp_path / "b", PHRASE)
    desk.messages.unschedule(brought_forward)
    desk.messages.schedule(brought_forward, desk.clock.now_ms())
    while desk.clock.now_ms() < desk.messages.submitted(sent_since).message.planned_at:
        time.sleep(0.1)
    desk.publish.once()
    assert len(out_there(network, server)) == 2
    restore(tmp_path / "new", tmp_path / "b", PHRASE)
    from tests.servers.world import SECRETS
    from tests.story import Hands

    clock = Hands()
    head, there = (Desk.open(tmp_path / "new", who, clock) for who in ("Ada Head", "Officer"))
    for when in ("before", "after"):
        if when == "after":
            from g20desk.desk import restoring

            with pytest.raises(Refused) as caught:
                restoring.go_on(there)
            assert caught.value.code == "no-right"
            hold = restoring.go_on(head)
            head.accounts.sign_in("Real", SECRETS[network])
            assert "may be out already" in head.holds.rows()[0]["why"]
        for hours in (0, 1, 1, 24):
            clock.on += hours * 3_600_000
            there.publish.once()
        assert len(out_there(network, server)) == 2
    for who in (head, there):
        who.holds.lift(hold, "We looked at the account: both are out.")
    there.publish.once()
    states = {m: there.messages.show(m)["posts"][0]["state"] for m in (sent_since, brought_forward)}
    assert set(states.values()) <= {"missed", "held"} and len(out_there(network, server)) == 2
    assert verify(head)["verified"]


def test_the_command_line(office, tmp_path):
    def run(folder: Path, *words: str, given: str = "") -> tuple[int, dict]:
        command = [sys.executable, "-m", "g20desk", "--office", str(folder), "office", *words, "--json"]
        done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
        return done.returncode, json.loads(done.stdout)

    code, said = run(office.folder, "backup", str(tmp_path / "b"), given="")
    assert (code, said["error"]["code"]) == (2, "passphrase-short") and not (tmp_path / "b").exists()
    code, said = run(office.folder, "backup", str(tmp_path / "b"), given="correct horse battery\n")
    assert code == 0 and said["verified"]
    code, said = run(tmp_path / "new", "restore", str(tmp_path / "b"), given="correct horse battery\r\n")
    assert code == 0 and said["waits"] and "--go-on" in said["next"]
    code, said = run(tmp_path / "new", "restored")
    assert code == 0 and said["waits"]
    code, said = run(tmp_path / "new", "restored", "--go-on")
    assert code == 0 and said["hold"]
    code, said = run(tmp_path / "new", "restored")
    assert code == 0 and not said["waits"] and not said["next"]
