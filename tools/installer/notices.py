"""THIRD-PARTY-NOTICES.txt of a built program: distributions, what they carry inside, and what lies in resources/."""

from __future__ import annotations

from pathlib import Path

from g20desk import licences, shipped
from g20desk.shipped import Part
from tools.installer import libraries


def parts() -> list[Part]:
    """Every work that goes out."""
    return [*shipped.distributions(), *libraries.libraries(), *shipped.materials()]


def write(path: Path) -> None:
    """The notices in one file of UTF-8."""
    path.write_text(licences.text(parts()), encoding="utf-8", newline="\n")
