"""What is written for macOS, checked as files; the script's own checks are run, as far as it comes elsewhere."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.installer import macos

EPOCH = 1_767_225_600


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return macos.write(tmp_path, "1.2.3", EPOCH)[0]


def test_the_app_says_what_it_is_and_asks_for_nothing():
    told = plistlib.loads(plistlib.dumps(macos.info("1.2.3rc1", EPOCH)))
    assert (told["CFBundleShortVersionString"], told["CFBundleVersion"]) == ("1.2.3", "1.2.3")
    assert told["LSMinimumSystemVersion"] == "13.0" and told["NSHighResolutionCapable"] is True
    assert told["LSApplicationCategoryType"].startswith("public.app-category.")
    assert told["CFBundleLocalizations"] == ["en", "ar"]
    assert [key for key in told if key.endswith("UsageDescription")] == []
    assert "NSAllowsArbitraryLoads" not in told["NSAppTransportSecurity"]
    assert re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", macos.BUNDLE_ID)


def test_the_hardened_runtime_is_opened_for_one_thing(script: Path):
    rights = plistlib.loads((script.parent / "entitlements.plist").read_bytes())
    assert rights == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_script_is_one_that_a_shell_can_read_and_run(script: Path):
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"@[A-Z0-9]+@", text) and not re.search(r"/(root|tmp|home|work)/", text)


def test_code_is_signed_from_the_inside_out_and_checked_before_it_is_packed(script: Path):
    text = script.read_text(encoding="utf-8")
    steps = [
        'done < "$work/code"', 'done < "$work/frameworks"', 'Contents/MacOS/g20desk"', '"$signed"\ncodesign --verify --deep --strict',
        "hdiutil create", "notarytool submit", "stapler staple", "stapler validate", "spctl --assess",
    ]  # fmt: skip
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)
    assert "--options runtime" in text and "--timestamp" in text and "--deep --force" not in text


def test_elsewhere_it_says_that_it_can_t(script: Path, tmp_path: Path):
    if shutil.which("uname") and os.uname().sysname == "Darwin":
        pytest.skip("this is macOS")
    answer = subprocess.run(["bash", str(script), "app"], capture_output=True, text=True, check=False)
    assert answer.returncode == 1 and "macOS only" in answer.stderr


def _mac(folder: Path, tools: dict[str, str]) -> dict[str, str]:
    """An environment in which the commands of macOS are small scripts that write down how they were called."""
    here = folder / "bin"
    here.mkdir()
    for name, does in {"uname": "echo Darwin", **tools}.items():
        (here / name).write_text(f'#!/bin/bash\necho "{name} $*" >> "{folder}/called"\n{does}\n', encoding="utf-8")
        (here / name).chmod(0o755)
    return {"PATH": f"{here}:{os.environ['PATH']}", "HOME": str(folder)}


def _app(folder: Path) -> Path:
    app = folder / "built" / macos.APP
    for name in (
        "MacOS/g20desk",
        "MacOS/g20desk-window",
        "Frameworks/a b.dylib",
        "Frameworks/Qt.framework/Versions/A/Qt",
        "Resources/x.txt",
    ):
        (app / "Contents" / name).parent.mkdir(parents=True, exist_ok=True)
        (app / "Contents" / name).write_bytes(b"")
        (app / "Contents" / name).chmod(0o755)
    return app


TOOLS = {
    "codesign": "", "xattr": "", "ditto": 'cp -R "$1" "$2"', "xcrun": "", "spctl": "", "touch": "",
    "file": 'case "$2" in *.txt) echo text ;; *) echo "Mach-O 64-bit" ;; esac',
    "hdiutil": 'for last; do :; done; echo disk > "$last"',
    "security": 'echo "1) AB \\"Developer ID Application: Ministry (TEAM)\\""',
}  # fmt: skip


def test_without_an_identity_it_makes_one_for_trial_and_says_so(script: Path, tmp_path: Path):
    env = _mac(tmp_path, TOOLS)
    answer = subprocess.run(
        ["bash", str(script), str(_app(tmp_path))], env=env, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert "for trial" in answer.stderr and answer.stdout.strip().endswith("g20desk_1.2.3_macos.dmg")
    called = (tmp_path / "called").read_text(encoding="utf-8")
    assert "notarytool submit" not in called and "codesign --force --sign - " in called


def test_with_an_identity_every_piece_is_signed_once_and_the_disk_is_notarised(script: Path, tmp_path: Path):
    env = _mac(tmp_path, TOOLS) | {
        "G20DESK_SIGN_IDENTITY": "Developer ID Application: Ministry (TEAM)",
        "G20DESK_NOTARY_PROFILE": "p",
    }
    answer = subprocess.run(
        ["bash", str(script), str(_app(tmp_path))], env=env, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    called = (tmp_path / "called").read_text(encoding="utf-8").splitlines()
    signed = [line.rpartition("/")[2] for line in called if line.startswith("codesign --force")]
    assert sorted(signed[:2]) == ["Qt", "a b.dylib"]
    assert signed[2:] == ["Qt.framework", "g20desk", macos.APP, "g20desk_1.2.3_macos.dmg"]
    after = [line.split()[1] for line in called if line.startswith("xcrun") and "--find" not in line]
    assert after == ["notarytool", "stapler", "stapler"]


@pytest.mark.parametrize(
    ("lacks", "names", "says"),
    [
        ({"G20DESK_NOTARY_PROFILE": ""}, {}, "not notarised is refused"),
        ({}, {"security": "echo none"}, "the keychain has no identity"),
        ({}, {"xcrun": '[ "$2" != notarytool ]'}, "notarytool is missing"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_done(
    script: Path, tmp_path: Path, lacks: dict[str, str], names: dict[str, str], says: str
):
    env = (
        _mac(tmp_path, TOOLS | names)
        | {"G20DESK_SIGN_IDENTITY": "Developer ID Application: Ministry (TEAM)", "G20DESK_NOTARY_PROFILE": "p"}
        | lacks
    )
    answer = subprocess.run(
        ["bash", str(script), str(_app(tmp_path))], env=env, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1 and says in answer.stderr
    assert "\ncodesign " not in (tmp_path / "called").read_text(encoding="utf-8")


def test_the_same_version_and_date_make_the_same_bytes(script: Path, tmp_path: Path):
    again = tmp_path / "again"
    for path in macos.write(again, "1.2.3", EPOCH):
        assert path.read_bytes() == (script.parent / path.name).read_bytes()
    assert "2026-01-01T00:00:00Z" in script.read_text(encoding="utf-8")
