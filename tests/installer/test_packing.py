"""The bytes of the package, and what it asks of the system, without making a program."""

from __future__ import annotations

import io
import lzma
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tools.installer import archive, deb, freeze, libraries_asked
from tools.installer.notmade import NotMade

EPOCH = 1764547200
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a package of Debian")


def tree(place: Path, names: list[str]) -> Path:
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name)
    (place / "run").write_text("#!/bin/sh\n")
    (place / "run").chmod(0o711)
    os.symlink("run", place / "link")
    return place


@linux
def test_the_same_files_make_the_same_bytes_whoever_packs_them(tmp_path: Path) -> None:
    names = ["b/two", "a", "b/one"]
    one, two = tree(tmp_path / "one", names), tree(tmp_path / "two", names[::-1])
    (two / "a").chmod(0o600)
    os.utime(two / "a", (1, 1))
    packed = archive.packed(one, EPOCH)
    assert packed == archive.packed(two, EPOCH)
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(packed))) as tar:
        entries = {entry.name: entry for entry in tar}
    assert list(entries) == [".", "./a", "./b", "./b/one", "./b/two", "./link", "./run"]
    assert {(entry.uid, entry.uname, entry.mtime) for entry in entries.values()} == {(0, "root", EPOCH)}
    assert [entries[name].mode for name in ("./a", "./b", "./run")] == [0o644, 0o755, 0o755]
    assert entries["./link"].linkname == "run"


@linux
def test_the_package_manager_reads_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen = tmp_path / "g20desk"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "g20desk").write_text("#!/bin/sh\n")
    (frozen / "g20desk").chmod(0o755)
    (frozen / "THIRD-PARTY-NOTICES.txt").write_text("notices")
    monkeypatch.setattr(libraries_asked, "depends", lambda folder: ["libc6 (>= 2.36)", "libegl1"])
    made = deb.write(frozen, tmp_path, tmp_path / "work", "1.2.3", EPOCH, [])
    assert made.name == f"g20desk_1.2.3_{deb.architecture()}.deb"
    told = subprocess.run(["dpkg-deb", "--field", str(made)], capture_output=True, text=True, check=True).stdout
    assert "Version: 1.2.3\n" in told and "Depends: libc6 (>= 2.36), libegl1, libgl1" in told
    listed = subprocess.run(["dpkg-deb", "--contents", str(made)], capture_output=True, text=True, check=True).stdout
    assert "./usr/bin/g20desk -> ../lib/g20desk/g20desk" in listed
    for name in (
        "share/applications/g20desk.desktop", "share/man/man1/g20desk.1.gz", "share/doc/g20desk/copyright",
        "share/icons/hicolor/scalable/apps/g20desk.svg", "share/doc/g20desk/examples/g20desk-publisher.service",
    ):  # fmt: skip
        assert f"./usr/{name}" in listed
    unit = subprocess.run(f"dpkg-deb --fsys-tarfile {made} | tar -xO ./usr/share/doc/g20desk/examples/g20desk-publisher.service",
                          shell=True, capture_output=True, text=True, check=True).stdout  # fmt: skip
    assert "ExecStart=/usr/bin/g20desk publish --watch" in unit


def test_a_library_of_the_system_becomes_its_package_once() -> None:
    wanted = ["libssl.so.3", "libcrypto.so.3", "libQt6Core.so.6", "libc.so.6", "ld-linux-x86-64.so.2", "libm.so.6"]
    assert libraries_asked.asked(wanted, ["libQt6Core.so.6"], 36) == ["libc6 (>= 2.36)", "libssl3t64 | libssl3"]


def test_a_library_of_no_known_package_stops_the_build() -> None:
    with pytest.raises(NotMade, match=r"libwonder\.so\.9"):
        libraries_asked.asked(["libwonder.so.9"], [], 36)


def test_a_path_for_libraries_is_emptied_in_place() -> None:
    code = b"\x7fELF\0libz.so.1\0/home/maker/lib\0more /home/maker/lib/x\0"
    made = freeze.emptied(code, "/home/maker/lib")
    assert len(made) == len(code)
    assert made == b"\x7fELF\0libz.so.1" + bytes(17) + b"more /home/maker/lib/x\0"
