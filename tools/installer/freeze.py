"""The program with its Python in one folder: PyInstaller's work, and what is made of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.installer import libraries_asked
from tools.installer.contents import SPEC
from tools.installer.notmade import NotMade

LAST_LINES = 25
WARNINGS = "pyinstaller/g20desk/warn-g20desk.txt"


def fixed(epoch: int) -> dict[str, str]:
    """The variables under which the same sources make the same bytes."""
    return {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}


def freeze(root: Path, out: Path, work: Path, epoch: int) -> Path:
    """The folder `out`/g20desk, made anew from the sources in `root`. `epoch`: seconds, the date of everything inside.
    Raises NotMade."""
    work.mkdir(parents=True, exist_ok=True)
    log = work / "pyinstaller.log"
    command = [
        sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "INFO",
        "--distpath", str(out), "--workpath", str(work / "pyinstaller"), str(root / SPEC),
    ]  # fmt: skip
    with log.open("wb") as into:
        made = subprocess.run(command, cwd=root, env=fixed(epoch), stdout=into, stderr=into, check=False)
    if made.returncode != 0:
        said = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        raise NotMade("\n".join(["PyInstaller did not make the program:", *said]))
    if spoilt := re.findall(
        r"invalid module named ((?:g20desk|connectors|ui)\.\S+)", (work / WARNINGS).read_text("utf-8")
    ):
        raise NotMade(
            f"These have faults in their source, so that they would be lacking: {', '.join(sorted(set(spoilt)))}"
        )
    frozen = out / "g20desk"
    slim(frozen)
    return frozen


def slim(frozen: Path) -> None:
    """Take out what only a debugger reads (half of some libraries), and where the makers' Python lay: a library must not be looked for
    in a folder that an installed computer may give to somebody else. Raises NotMade without binutils."""
    if not sys.platform.startswith("linux"):
        return
    strip = shutil.which("strip")
    if strip is None:
        raise NotMade("strip is not here: install binutils.")
    files = libraries_asked.code(frozen)
    fat = [path for path in files if ".so" in path.name and b".debug_info" in path.read_bytes()]
    if fat:
        subprocess.run([strip, "--strip-debug", *map(str, fat)], check=True)
    for path, places in libraries_asked.search_paths(files):
        if places.startswith("/"):
            path.write_bytes(emptied(path.read_bytes(), places))


def emptied(code: bytes, places: str) -> bytes:
    """Machine code whose path for libraries is empty, which the loader passes over; no byte moves."""
    whole = b"\0" + places.encode() + b"\0"
    return code.replace(whole, bytes(len(whole)))


def program(frozen: Path, window: bool = False) -> Path:
    """The file that starts it; on Windows and macOS the window has one of its own."""
    if sys.platform.startswith("linux"):
        return frozen / "g20desk"
    return frozen / (("g20desk-window" if window else "g20desk") + (".exe" if sys.platform == "win32" else ""))


def self_test(frozen: Path, folder: Path) -> str:
    """What the program says of itself, run as a stranger to this checkout, with its data in `folder`. Raises NotMade."""
    keep = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA")
    told = {name: os.environ[name] for name in keep if name in os.environ}
    told |= {"HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    made = subprocess.run(
        [str(program(frozen)), "--self-test"], env=told, cwd=folder, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if made.returncode != 0:
        raise NotMade(f"The program that was made does not pass its own test:\n{made.stdout}")
    return made.stdout
