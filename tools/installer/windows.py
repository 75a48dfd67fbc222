"""Windows: what PyInstaller puts into the two programs, and the script of Inno Setup. Written and checked as files here; the setup
program itself is made on Windows, which its makers have not yet done."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from g20desk.running import NAME
from tools.installer import icons
from tools.installer.notmade import NotMade
from tools.installer.templates import PUBLISHER, filled, numbers

ROOT = Path(__file__).resolve().parents[2]
# By this Windows knows the program from one version to the next: it never changes.
APP_ID = "{6C1F1B5E-6D0B-4A7C-9A55-1B0E0E7A20D5}"
COMPILER = ("ISCC.exe", r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe", r"C:\Program Files\Inno Setup 6\ISCC.exe")


def manifest() -> str:
    """What Windows is told of the programs: sharp on every screen, long paths, no administrator's rights, UTF-8."""
    return filled("g20desk.manifest")


def version_file(version: str) -> str:
    """What the programs' properties show, as PyInstaller takes it."""
    tuple_ = ", ".join(map(str, numbers(version)))
    return filled("version_info.txt", VERSION=version, VERSION_TUPLE=tuple_, PUBLISHER=PUBLISHER)


def write(out: Path, version: str, epoch: int) -> list[Path]:
    """The script of Inno Setup and what it takes besides the built folder, in `out`/windows; the same bytes for the same version
    and epoch (seconds since 1970)."""
    folder = out / "windows"
    folder.mkdir(parents=True, exist_ok=True)
    when = datetime.fromtimestamp(epoch, UTC)
    script = filled(
        "setup.iss", VERSION=version, VERSION4=".".join(map(str, numbers(version))), APP_ID=APP_ID, PUBLISHER=PUBLISHER,
        MUTEX=NAME, DATE=when.strftime("%Y-%m-%d"), TIME=when.strftime("%H:%M:%S"),
    )  # fmt: skip
    made = {"setup.iss": "\ufeff" + script, "LICENSE.txt": (ROOT / "LICENSE").read_text(encoding="utf-8")}
    for name, text in made.items():
        # Inno Setup takes a script for UTF-8 by its mark.
        (folder / name).write_text(text, encoding="utf-8", newline="\r\n")
    shutil.copyfile(icons.HERE / "g20desk.ico", folder / "g20desk.ico")
    return [folder / name for name in (*made, "g20desk.ico")]


def build(frozen: Path, out: Path, version: str, epoch: int) -> Path:
    """The setup program, in `out`. Signed where G20DESK_SIGN_THUMBPRINT names a certificate of this computer and
    G20DESK_TIMESTAMP_URL a time-stamp server. Raises NotMade where Inno Setup is missing or something is refused."""
    compiler = next((found for name in COMPILER if (found := shutil.which(name))), None)
    if compiler is None:
        raise NotMade("Inno Setup is not installed (ISCC.exe): install Inno Setup 6.4.1 or newer, then run this again.")
    write(out, version, epoch)
    signing = _signing()
    if signing:
        _run([*signing, str(frozen / "g20desk.exe"), str(frozen / "g20desk-window.exe")])
    words = [compiler, "/Q", f"/DFrozen={frozen}"]
    if signing:
        words += [
            "/DSigned",
            "/Sg20desk=" + " ".join(f"$q{word}$q" if " " in word else word for word in signing) + " $f",
        ]
    _run([*words, str(out / "windows" / "setup.iss")])
    made = out / f"g20desk_{version}_x64_setup.exe"
    return Path(shutil.move(out / "windows" / made.name, made))


def _signing() -> list[str]:
    """signtool's command up to the files, or nothing. Raises NotMade."""
    thumb, clock = (os.environ.get(name, "") for name in ("G20DESK_SIGN_THUMBPRINT", "G20DESK_TIMESTAMP_URL"))
    if not thumb:
        return []
    tool = shutil.which("signtool")
    if tool is None:
        raise NotMade("signtool is not on the path: it comes with the Windows SDK.")
    if not clock:
        raise NotMade("G20DESK_TIMESTAMP_URL is not set: a signature without a time ends with its certificate.")
    return [tool, "sign", "/sha1", thumb, "/fd", "sha256", "/tr", clock, "/td", "sha256"]


def _run(words: list[str]) -> None:
    if subprocess.run(words, check=False).returncode != 0:
        raise NotMade(f"{Path(words[0]).name} failed; what it said stands above.")
