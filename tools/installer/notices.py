"""THIRD-PARTY-NOTICES.txt of a built program: distributions, what they carry inside, what lies in resources/, and what the build took
from the machine."""

from __future__ import annotations

from pathlib import Path

from g20desk import licences, shipped
from g20desk.shipped import Part
from tools.installer import libraries, system


def parts(frozen: Path | None = None) -> list[Part]:
    """Every work that goes out. `frozen`: the built program's folder, to find what came from the machine's own packages."""
    taken = system.libraries(frozen) if frozen else []
    return [*shipped.distributions(), *libraries.libraries(), *taken, *shipped.materials()]


def write(path: Path, frozen: Path | None = None) -> None:
    """The notices in one file of UTF-8."""
    path.write_text(licences.text(parts(frozen)), encoding="utf-8", newline="\n")
