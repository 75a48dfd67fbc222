"""The program as it is installed against the same run from source: how large it is, and how long it takes to start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from g20desk.desk.rehearsing import rehearse
from tests.bench.measuring import Figure, interleaved
from tests.bench.processes import ROOT

BUILT = ROOT / "dist"
MOST_MB = 275


def run(rounds: int = 5) -> list[Figure]:
    """What `build_installer.py` made in dist/ (or in the folder that G20DESK_BUILT names), which is made first where it is not
    there."""
    folder = Path(os.environ.get("G20DESK_BUILT") or BUILT)
    if not (folder / "g20desk").is_dir():
        subprocess.run(
            [sys.executable, "-P", str(ROOT / "build_installer.py"), "--out", str(folder)],
            check=True,
            stdout=sys.stderr,
        )
    return [*sizes(folder), *times(folder / "g20desk" / "g20desk", rounds)]


def sizes(folder: Path) -> list[Figure]:
    """Megabytes of the folder, by part, and of the package."""
    inner = folder / "g20desk" / "_internal"
    whole = megabytes(folder / "g20desk")
    made = [Figure("installed", "the folder", whole, None, f"at most {MOST_MB}", whole <= MOST_MB, unit="MB")]
    for path in sorted(inner.iterdir(), key=megabytes, reverse=True)[:5]:
        made.append(Figure("installed", f"of it {path.name}", megabytes(path), None, unit="MB"))
    made += [Figure("installed", path.name, megabytes(path), None, unit="MB") for path in sorted(folder.glob("*.deb"))]
    return made


def megabytes(path: Path) -> float:
    """Of a file, or of all files in a folder; a link counts as nothing."""
    every = [path] if path.is_file() else path.rglob("*")
    return sum(one.lstat().st_size for one in every if one.is_file() and not one.is_symlink()) / 1_000_000


def times(program: Path, rounds: int) -> list[Figure]:
    """The installed program against Python with the sources, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "office"
        rehearse(desk)
        ways = ([str(program)], [sys.executable, "-P", "-m", "g20desk"])
        jobs: dict[str, Callable[[list[str]], float]] = {
            "--help": lambda way: ended(*way, "--help"),
            "window to its first paint": lambda way: painted(*way, "--self-test", "--start", str(desk), "Officer"),
            "rehearse": lambda way: ended(*way, "rehearse", "--json"),
        }
        each = [partial(job, way) for job in jobs.values() for way in ways]
        for job in each:
            job()
        told = interleaved(rounds, *each)
    return [
        Figure(
            "installed",
            f"{name}, from source",
            told[2 * at],
            told[2 * at + 1],
            "at most 1.5",
            told[2 * at] <= 1.5 * told[2 * at + 1],
        )
        for at, name in enumerate(jobs)
    ]


def ended(*words: str) -> float:
    """Seconds from start to end."""
    begun = time.perf_counter()
    subprocess.run(words, cwd=ROOT, env=variables(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def painted(*words: str) -> float:
    """Seconds until the window has been painted; its end is waited for, and not counted."""
    begun = time.perf_counter()
    with subprocess.Popen(words, cwd=ROOT, env=variables(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout
        line = child.stdout.readline().strip()
        took = time.perf_counter() - begun
    if line != b"ready" or child.returncode != 0:
        raise RuntimeError(f"the window was not painted by {words[0]}")
    return took


def variables() -> dict[str, str]:
    """As for people: code is compiled once."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
