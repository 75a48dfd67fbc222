"""What goes into the program, what stays out, and that a build says what went wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.installer import building, contents, freeze
from tools.installer.notmade import NotMade

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so", "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so", "PySide6/Qt/lib/libQt6Widgets.so.6",
        "g20desk-0.1.0.dist-info/entry_points.txt", "keyring-25.7.0.dist-info/METADATA",
    ],
)  # fmt: skip
def test_what_the_program_needs_goes_in(name: str) -> None:
    assert contents.wanted(name)
    assert contents.wanted(name.replace("/", "\\"))


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqvnc.so", "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/lib/libQt6Qml.so.6", "hunspell/dictionaries/en_US.dic",
        # These name the computer that the program was made on.
        "g20desk-0.1.0.dist-info/direct_url.json", "g20desk-0.1.0.dist-info/RECORD",
        "keyring-25.7.0.dist-info/INSTALLER", "g20desk-0.1.0.dist-info/licenses/METADATA",
    ],
)  # fmt: skip
def test_what_nothing_here_loads_stays_out(name: str) -> None:
    assert not contents.wanted(name)
    assert not contents.wanted(name.replace("/", "\\"))


def test_a_library_of_the_system_stays_the_system_s() -> None:
    assert not contents.wanted("libssl.so.3", "/lib/x86_64-linux-gnu/libssl.so.3")
    assert not contents.wanted("libglib-2.0.so.0", "/usr/lib/x86_64-linux-gnu/libglib-2.0.so.0")
    assert contents.wanted("libpython3.11.so.1.0", "/opt/python/lib/libpython3.11.so.1.0")


def test_every_file_of_ours_that_is_no_code_goes_in() -> None:
    taken = {path for path, _ in contents.files(ROOT)}
    listed = subprocess.run(
        ["git", "ls-files", "resources", "g20desk", "connectors", "ui"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert {str(ROOT / name) for name in listed if not name.endswith(".py")} <= taken
    assert ("fonts/Inter-Regular.otf", "resources/fonts") in {
        (p.split("resources/")[-1], to) for p, to in contents.files(ROOT)
    }


def test_a_date_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(NotMade, match="a number of seconds"):
        building.epoch()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    assert building.epoch() == 1764547200


def test_a_build_that_fails_shows_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeze, "SPEC", "tools/installer/none.spec")
    with pytest.raises(NotMade, match=r"none\.spec"):
        freeze.freeze(ROOT, tmp_path / "out", tmp_path / "work", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for the program")
def test_a_program_that_fails_its_own_test_is_not_handed_on(tmp_path: Path) -> None:
    program = freeze.program(tmp_path)
    program.write_text('#!/bin/sh\necho "failed   fonts"\necho "$HOME $1"\nexit 1\n')
    program.chmod(0o755)
    with pytest.raises(NotMade) as said:
        freeze.self_test(tmp_path, tmp_path)
    assert "failed   fonts" in str(said.value) and f"{tmp_path} --self-test" in str(said.value)
