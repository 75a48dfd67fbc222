"""The doctor: each check finds what is wrong, says what to do, and none raises, hangs or changes anything."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import keyring
import keyring.errors
import pytest

from g20desk import logs
from g20desk.crashes import report
from g20desk.desk import Desk, doctor
from g20desk.desk.doctor import computer, drives, examining, keys, places, record, script, time
from g20desk.desk.doctor.finding import OK, WARNING, WRONG, Check, Fact, Saying, of_error
from g20desk.errors import Usage


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office, which no test writes to."""
    folder = tmp_path_factory.mktemp("doctor") / "o"
    Desk.found(folder, "G20", "Ada Head", rehearsal=True).store.close()
    return folder


@pytest.fixture
def folder(grown: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(grown, tmp_path / "o"))


def look(folder: Path, name: str, **more: Any) -> Check:
    (found,) = doctor.examine(folder, None, [name], **more)
    return found


def codes(check: Check) -> list[str]:
    return [one.code for one in check.facts]


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept = {"theirs": "untouched"}
        self.names: set[str] = set()

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get(name)

    def set_password(self, service: str, name: str, value: str) -> None:
        self.names.add(name)
        self.kept[name] = value

    def delete_password(self, service: str, name: str) -> None:
        if self.kept.pop(name, None) is None:
            raise keyring.errors.PasswordDeleteError("none")


class Locked(Ring):
    def set_password(self, service: str, name: str, value: str) -> None:
        raise keyring.errors.KeyringLocked("dismissed")


class Forgets(Ring):
    def set_password(self, service: str, name: str, value: str) -> None:
        self.kept[name] = ""


def ring(monkeypatch: pytest.MonkeyPatch, kind: type[Ring], module: str = "keyring.backends.SecretService") -> Ring:
    """Have the system's keyring be one of this kind, from that module."""
    made = type("Keyring", (kind,), {"__module__": module})()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    monkeypatch.delenv("G20DESK_PASSPHRASE_FILE", raising=False)
    return made  # type: ignore[no-any-return]


def test_the_keyring_takes_gives_back_and_forgets_an_entry_of_the_doctors_own(tmp_path, monkeypatch):
    made = ring(monkeypatch, Ring)
    check = look(tmp_path, "keyring")
    assert check.ok and check.says == "the system's keyring answers: SecretService"
    assert made.kept == {"theirs": "untouched"}
    assert [name.startswith("doctor/probe-") for name in made.names] == [True]


@pytest.mark.parametrize(
    ("kind", "code"), [(Locked, "keyring-locked"), (Forgets, "keyring-forgets")], ids=["locked", "forgets"]
)
def test_a_keyring_that_does_not_keep_is_named_with_what_to_do(tmp_path, monkeypatch, kind, code):
    ring(monkeypatch, kind)
    check = look(tmp_path, "keyring")
    assert (check.code, check.ok) == (code, False) and check.help


@pytest.mark.parametrize("module", ["keyrings.alt.file", "keyring.backends.null", "somebody.own"])
def test_a_keyring_that_keeps_nothing_safely_is_refused_by_name(tmp_path, monkeypatch, module):
    ring(monkeypatch, Ring, module)
    monkeypatch.setattr(keys, "_bus", lambda: True)
    check = look(tmp_path, "keyring")
    assert not check.ok and "G20DESK_PASSPHRASE_FILE" in check.help
    assert (f"{module}.Keyring" in check.says) == (module != "keyring.backends.null")


def test_secrets_in_a_sealed_file_want_their_passphrase(folder, monkeypatch, tmp_path):
    (folder / "rehearsal-keys.json").rename(folder / "secrets.sealed")
    ring(monkeypatch, Ring)
    assert codes(look(folder, "keyring")) == ["keyring-sealed"]
    phrase = tmp_path / "phrase"
    phrase.write_text("four words of a passphrase")
    phrase.chmod(0o644)
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", str(phrase))
    check = look(folder, "keyring")
    assert "can be read by others" in check.says and check.facts[0].command == f"chmod 600 {phrase}"
    phrase.chmod(0o600)
    assert codes(look(folder, "keyring")) == ["keyring-passphrase"]


def test_a_sound_store_verifies_in_a_sample_and_whole(folder):
    assert "store-sampled" in codes(look(folder, "store"))
    assert "store-verifies" in codes(look(folder, "store", full=True))


def test_a_sample_is_spread_over_all_places_with_both_ends():
    for last in (0, 1, 39, 40, 41, 1_000, 1_000_003):
        found = record.sample(last)
        assert found == sorted(set(found)) and len(found) <= record.SAMPLE
        assert not last or (found[0], found[-1]) == (1, last)


@pytest.mark.parametrize("change", [
    "update places set stamp = stamp + 1 where n = 3",
    "update events set signature = zeroblob(64) where place = 3",
    "delete from places where n = 3",
], ids=["a stamp", "a signature", "a place gone"])  # fmt: skip
def test_a_record_that_was_changed_is_found_by_the_sample(folder, change):
    desk = Desk.open(folder)
    with desk.store.write() as db:
        db.execute("pragma foreign_keys = off")
        for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {name}")
        db.execute(change)
    desk.store.close()
    check = look(folder, "store")
    assert check.code == "store-unsound" and not check.ok and check.worst.command == "g20desk ledger verify"


def test_a_store_that_another_program_writes_to_is_said_to_be_held(folder, monkeypatch):
    monkeypatch.setattr("g20desk.ledger.file.MOMENT_MS", 1)
    desk = Desk.open(folder)
    try:
        with desk.store.write():
            assert "store-held" in codes(look(folder, "store"))
        assert "store-held" not in codes(look(folder, "store"))
    finally:
        desk.store.close()


def newer(folder: Path) -> None:
    desk = Desk.open(folder)
    with desk.store.write() as db:
        db.execute("pragma user_version = 99")
    desk.store.close()


def damaged(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"\0" * 8192)


def no_note(folder: Path) -> None:
    (folder / "desk.json").write_text("{")


def no_keys(folder: Path) -> None:
    (folder / "rehearsal-keys.json").write_text("{}")


@pytest.mark.parametrize(
    ("harm", "code"),
    [(newer, "store-newer"), (damaged, "store-key"), (no_note, "store-damaged"), (no_keys, "store-key")],
    ids=["newer", "damaged", "its note damaged", "without its key"],
)
def test_a_desk_that_does_not_open_is_told_and_the_rest_is_looked_at(folder, harm, code):
    harm(folder)
    found = {check.name: check for check in doctor.examine(folder, None)}
    assert found["store"].code == code and not found["store"].ok and found["store"].help
    assert found["hub"].ok and "accounts" not in found and found["versions"].facts


def test_without_a_desk_what_the_computer_has_is_looked_at(tmp_path):
    found = [check.name for check in doctor.examine(tmp_path / "none", None)]
    assert found == [part.name for part in doctor.PARTS if not part.desk]
    assert not (tmp_path / "none").exists()


def test_it_leaves_nothing_behind(folder):
    before = {one.name: one.read_bytes() for one in folder.iterdir() if one.name != "ledger.db-shm"}
    doctor.examine(folder, None, full=True)
    after = {one.name: one.read_bytes() for one in folder.iterdir() if one.name != "ledger.db-shm"}
    assert after.keys() <= before.keys() | {"ledger.db-wal"}
    assert after["ledger.db"] == before["ledger.db"]


def test_a_check_that_hangs_is_cut_off_with_what_it_found_and_the_next_is_made(folder):
    gate = threading.Event()

    def hangs(see: Any) -> Any:
        yield Fact("here", Saying(OK, "so far"))
        gate.wait()

    parts = (
        examining.Part("slow", hangs, "", asks=True),
        examining.Part("next", lambda see: [Fact("x", Saying(OK, "well"))], ""),
    )
    slow, after = examining.Examination(examining.See(folder, seconds=0.1), parts).run()
    gate.set()
    assert codes(slow) == ["here", "cut-off"] and not slow.ok and "0.1 s" in slow.says
    assert after.ok


def test_it_can_be_stopped_by_whoever_watches_it(folder):
    gate = threading.Event()
    parts = tuple(
        examining.Part(f"part {n}", lambda see, n=n: [Fact(str(n), Saying(OK, ""))] if n < 2 else gate.wait(), "")
        for n in range(3)
    )
    whole = examining.Examination(examining.See(folder), parts)
    heard: list[str] = []

    def told(check: Check) -> None:
        heard.append(check.name)
        if len(heard) == 2:
            threading.Thread(target=whole.stop).start()

    assert [check.name for check in whole.run(told)] == heard == ["part 0", "part 1"]
    gate.set()


def test_a_fault_of_a_check_is_said_and_logged_and_stops_no_other(folder, caplog):
    def broken(see: Any) -> Any:
        raise ZeroDivisionError("secret words")

    parts = (
        examining.Part("broken", broken, ""),
        examining.Part("next", lambda see: [Fact("x", Saying(OK, "well"))], ""),
    )
    first, after = examining.Examination(examining.See(folder), parts).run()
    assert (first.code, "ZeroDivisionError" in first.says, after.ok) == ("failed", True, True)
    assert "secret words" not in first.says + caplog.text and "a check failed" in caplog.text
    caplog.clear()


def test_a_check_that_is_none_is_refused(folder):
    with pytest.raises(Usage, match="no check “fonds”"):
        doctor.examine(folder, None, ["fonds"])


MOUNTINFO = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:40 / /home/ada/My\040Share rw,relatime shared:2 - cifs //server/share rw,vers=3.0
41 22 0:41 / /srv/nfs rw - nfs4 server:/export rw
42 22 0:42 / /srv/nfs/local rw - xfs /dev/sdb rw
broken line
"""


@pytest.mark.parametrize(("path", "kind"), [
    ("/home/ada/My Share/desk", "cifs"), ("/srv/nfs", "nfs4"), ("/srv/nfsother", "ext4"), ("/srv/nfs/local/a", "xfs"), ("/", "ext4"),
])  # fmt: skip
def test_the_kind_of_drive_is_that_of_the_deepest_mount(path, kind):
    assert drives.kind_of(path, drives.mounts_of_linux(MOUNTINFO)) == kind
    assert bool(drives.NETWORKED.fullmatch(kind)) == (kind in ("cifs", "nfs4"))


def test_what_a_mac_says_of_its_mounts_is_read():
    said = "/dev/disk3s1 on / (apfs, local)\n//ada@server/My (old) share on /Volumes/My (old) share (smbfs, nodev)\n"
    assert drives.kind_of("/Volumes/My (old) share/desk", drives.mounts_of_mac(said)) == "smbfs"


@pytest.mark.parametrize(("names", "service"), [
    (("OneDrive - Ministry of Finance", "desk"), "OneDrive"), (("Dropbox", "desk"), "Dropbox"), (("Library", "Mobile Documents", "x"), "iCloud"),
    (("Nextcloud", "desk"), "Nextcloud"), (("CloudStorage", "GoogleDrive-ada"), "a cloud service"), (("boxes", "desk"), ""), (("my onedriver", "desk"), ""),
])  # fmt: skip
def test_a_folder_that_some_service_copies_about_is_known_by_its_name(tmp_path, names, service):
    assert drives.synced_by(tmp_path.joinpath(*names)) == service


def test_a_synced_folder_and_a_network_drive_are_warned_of(folder, monkeypatch):
    moved = folder.parent / "Dropbox" / "desk"
    moved.parent.mkdir()
    folder.rename(moved)
    monkeypatch.setattr(drives, "network_drive", lambda place: "nfs4")
    check = look(moved, "folder")
    assert {"folder-synced", "folder-network"} <= set(codes(check)) and not check.ok and "Dropbox" in check.says


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_folder_that_others_read_is_warned_of_with_the_command(folder):
    assert "folder-private" in codes(look(folder, "folder"))
    folder.chmod(0o755)
    (folder / "ledger.db").chmod(0o644)
    check = look(folder, "folder")
    assert check.code == "folder-open" and check.worst.command == f"chmod -R go-rwx '{folder}'"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("ENOSPC", "disk-full"),
        ("EDQUOT", "disk-quota"),
        ("EROFS", "disk-read-only"),
        ("EACCES", "disk-read-only"),
        ("EIO", "not-allowed"),
    ],
)
def test_a_disk_that_takes_nothing_says_why(folder, monkeypatch, number, code):
    def refuse(place: Path) -> None:
        raise OSError(getattr(errno, number), os.strerror(getattr(errno, number)))

    monkeypatch.setattr(places, "_write", refuse)
    check = look(folder, "disk")
    assert (check.code, check.ok) == (code, False) and check.help


def test_a_folder_beside_the_desk_that_can_not_be_written_is_warned_of(folder, tmp_path, monkeypatch):
    write = places._write
    monkeypatch.setattr("g20desk.folders.logs", lambda: tmp_path / "locked" / "logs")
    (tmp_path / "locked").mkdir()
    monkeypatch.setattr(
        places, "_write", lambda place: write(place) if place.name != "locked" else write(tmp_path / "gone")
    )
    check = look(folder, "disk")
    assert check.code == "disk-other" and "where logs are kept" in check.says


def test_a_script_without_a_font_is_named_with_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(script, "font_places", lambda: [tmp_path])
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "NotoSansCJK-Regular.ttc").touch()
    check = look(tmp_path, "fonts")
    assert codes(check).count("fonts-none") == 2 and "emoji" in check.says and "Chinese" not in check.says
    assert "apt install fonts-noto-color-emoji" in check.help


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_each_system_has_its_places_for_fonts(platform):
    assert all(place.is_absolute() or platform == "win32" for place in script.font_places(platform))


def test_libraries_are_held_to_what_the_package_needs():
    needed = [
        "click>=99",
        "httpx<1,>=0.1",
        "no-such-thing-here>=1",
        'pywin32>=1; sys_platform == "nowhere"',
        "PyNaCl>=1.6.2,<2",
    ]
    assert [(one.code, one.values["name"]) for one in computer.lacking(needed)] == [
        ("library-old", "click"),
        ("library-missing", "no-such-thing-here"),
    ]


@pytest.mark.parametrize(("system", "said", "old"), [
    ("linux", ("glibc", "2.31"), True), ("linux", ("glibc", "2.34"), False), ("linux", ("", ""), False),
])  # fmt: skip
def test_a_system_that_is_too_old_is_said(monkeypatch, system, said, old):
    monkeypatch.setattr("platform.libc_ver", lambda: said)
    assert any(one.code == "system-old" for one in computer.system(system)) == old


def test_little_memory_is_warned_of(tmp_path, monkeypatch):
    monkeypatch.setattr(computer, "_memory", lambda: (100, 2_000))
    assert codes(look(tmp_path, "memory")) == ["memory-low", "memory-small"]
    monkeypatch.setattr(computer, "_memory", lambda: (0, 16_000))
    assert codes(look(tmp_path, "memory")) == ["memory-unsaid"] and look(tmp_path, "memory").ok


def test_a_zone_that_is_not_known_and_old_tables_are_warned_of(monkeypatch):
    monkeypatch.setenv("TZ", "Atlantis/Sunken")
    assert [one.code for one in time._zone()] == ["zone-unknown"]
    monkeypatch.setenv("TZ", ":Africa/Johannesburg")
    monkeypatch.setattr(time, "tables", lambda: "2019c")
    assert [one.code for one in time._zone()] == ["zone-known", "zones-old"]


def test_every_kind_of_fact_has_one_code_and_whatever_is_amiss_says_what_to_do():
    assert sum(len(noun.SAYINGS) for noun in doctor.NOUNS) == len(doctor.SAYINGS)
    for code, saying in doctor.SAYINGS.items():
        assert (saying.state in (WARNING, WRONG)) <= bool(saying.todo), code


def test_a_check_says_what_is_amiss_first_and_keeps_the_shape_that_others_read():
    check = Check(
        "disk",
        (
            Fact("a", Saying(OK, "well")),
            of_error(Usage("b", "Full.", "Free some. Run: g20desk sync")),
            Fact("c", Saying(WARNING, "so so", "Wait.")),
        ),
    )
    value = check.as_json()
    assert {name: value[name] for name in ("name", "ok", "says", "help")} == {
        "name": "disk", "ok": False, "says": "Full.; so so", "help": "Free some. Run: g20desk sync Wait.",
    }  # fmt: skip
    assert (value["code"], value["state"], check.facts[1].command) == ("b", "wrong", "g20desk sync")


def test_logs_and_ends_that_nobody_meant_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr("g20desk.folders.logs", lambda: tmp_path / "logs")
    monkeypatch.setattr(report, "untold", lambda: [])
    monkeypatch.setattr(logs, "trouble", lambda: "")
    assert codes(look(tmp_path, "logs")) == ["logs-kept"]
    monkeypatch.setattr(logs, "trouble", lambda: "ENOSPC")
    monkeypatch.setattr(report, "untold", lambda: [{"at": "2026-11-30T09:00:00.000Z"}])
    check = look(tmp_path, "logs")
    assert codes(check) == ["logs-trouble", "crashes-untold"] and not check.ok and "ENOSPC" in check.says
    monkeypatch.setattr(logs, "trouble", lambda: "")
    monkeypatch.setenv("G20DESK_LOG_LEVEL", "off")
    assert codes(look(tmp_path, "logs"))[0] == "logs-off"


def test_the_store_says_its_engines_versions(folder):
    assert all(part.isdigit() for part in look(folder, "versions").facts[1].values["sqlite"].split("."))
