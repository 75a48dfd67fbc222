"""What a build on Debian took from the machine's own packages: shared libraries that no wheel holds."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from g20desk.shipped import Part

DOC = Path("/usr/share/doc")


def libraries(frozen: Path) -> list[Part]:
    """The Debian packages whose libraries lie in the built folder, each with its copyright file. Empty where there is no dpkg: on
    Windows and macOS a build takes from the system nothing but Python's own folder."""
    if shutil.which("dpkg") is None:
        return []
    return [_part(name) for name in sorted(_owners(frozen))]


def _owners(frozen: Path) -> set[str]:
    wanted = {path.name for path in frozen.rglob("*.so*") if path.is_file() and not _of_a_wheel(path)}
    found: set[str] = set()
    for line in _dpkg("-S", *(f"*/{name}" for name in sorted(wanted))) if wanted else []:
        package, _, file = line.partition(": ")
        if Path(file).name in wanted and Path(file).parent.parts[:2] in {("/", "lib"), ("/", "usr")}:
            found.add(package.partition(":")[0])
    return found


def _of_a_wheel(path: Path) -> bool:
    """Whether it lies where its wheel put it: in a package's folder, or in the folder of libraries beside one."""
    inner = path.parts[path.parts.index("_internal") + 1 :] if "_internal" in path.parts else path.parts[-1:]
    return len(inner) > 1


def _part(package: str) -> Part:
    version = next(iter(_dpkg_query("${Version}", package)), "")
    source = next(iter(_dpkg_query("${source:Package}", package)), package)
    text = (DOC / package / "copyright").read_text(encoding="utf-8", errors="replace")
    return Part(
        package, version, "LicenseRef-Debian-copyright", "system", f"https://tracker.debian.org/pkg/{source}",
        ((f"{package}, copyright file of Debian", text),), "", "A library of the system that the program was built on.",
        f"pkg:deb/debian/{package}@{version.replace('+', '%2B').replace(':', '%3A')}",
    )  # fmt: skip


def _dpkg(*words: str) -> Iterator[str]:
    # Asked for several, it answers for those that it knows and fails for the rest.
    yield from subprocess.run(["dpkg", *words], capture_output=True, text=True, check=False).stdout.splitlines()


def _dpkg_query(field: str, package: str) -> list[str]:
    asked = ["dpkg-query", "-W", f"-f={field}\n", package]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
