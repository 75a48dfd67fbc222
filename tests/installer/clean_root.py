"""A Debian in a folder with nothing in it but what its package manager needs; kept in the developer's cache, copied for each use."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SUITE = "bookworm"
USER = "nia"
# The system's own books, and what is not on its disk.
BESIDE = ("proc", "sys", "dev", "run", "tmp", "var/cache", "var/log", "var/lib/apt", "var/lib/dpkg", "etc/ld.so.cache")


def needed() -> None:
    """Skip where a clean root can't be made."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("dpkg"):
        pytest.skip("a clean root is made by root on a Debian system")
    if not shutil.which("mmdebstrap"):
        pytest.skip("apt-get install mmdebstrap: a clean root is made by it")


def cache() -> Path:
    """Where it is kept."""
    told = os.environ.get("G20DESK_DEV_CACHE")
    return (Path(told) if told else Path.home() / ".cache" / "g20desk-dev") / "roots"


class Root:
    """A copy, with a user in it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        kept = cache() / SUITE
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            half = kept.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            made = subprocess.run(
                ["mmdebstrap", "--quiet", "--variant=minbase", "--mode=root", SUITE, str(half)], check=False
            )
            if made.returncode != 0:
                pytest.skip("a clean root can't be made here; what mmdebstrap said stands above")
            half.rename(kept)
        subprocess.run(["cp", "-a", str(kept), str(place)], check=True)
        shutil.copyfile("/etc/resolv.conf", place / "etc/resolv.conf")
        self.archives = cache() / "archives"
        self.archives.mkdir(exist_ok=True)
        subprocess.run(["cp", "-a", f"{self.archives}/.", str(place / "var/cache/apt/archives")], check=True)
        subprocess.run(["mount", "-t", "proc", "proc", str(place / "proc")], check=True)
        self.run("useradd", "--create-home", USER)

    def close(self) -> None:
        """Take down what was mounted; the folder may go then."""
        subprocess.run(["umount", str(self.place / "proc")], check=True)

    def run(self, *words: str, code: int = 0) -> str:
        """A command as root; what it printed."""
        return self._run(["chroot", str(self.place), *words], code)

    def person(self, script: str, code: int = 0) -> str:
        """A script as an ordinary user, who reaches no network at all, not even this computer's own."""
        return self._run(["unshare", "--net", "chroot", str(self.place), "su", "-", USER, "-c", script], code)

    def _run(self, words: list[str], code: int) -> str:
        variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            words, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, f"{' '.join(words)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def install(self, package: Path) -> None:
        """A package with all that it depends on, and nothing that it only recommends."""
        shutil.copyfile(package, self.place / "tmp" / package.name)
        self.run("apt-get", "-qq", "update")
        self.run("apt-get", "-qq", "-y", "--no-install-recommends", "install", f"/tmp/{package.name}")
        for fetched in (self.place / "var/cache/apt/archives").glob("*.deb"):
            if not (self.archives / fetched.name).exists():
                shutil.copyfile(fetched, self.archives / fetched.name)

    def files(self) -> set[str]:
        """Everything on its disk, but for the people's own folders and the package manager's books."""
        found = set()
        for folder, folders, files in os.walk(self.place):
            inside = os.path.relpath(folder, self.place)
            places = {name: name if inside == "." else f"{inside}/{name}" for name in (*folders, *files)}
            folders[:] = [name for name in folders if places[name] not in (*BESIDE, "home")]
            found |= {place for place in places.values() if place not in BESIDE}
        return found
