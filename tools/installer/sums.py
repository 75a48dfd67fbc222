"""SHA256SUMS, as `sha256sum --check` reads it."""

from __future__ import annotations

import hashlib
from pathlib import Path

FILE = "SHA256SUMS"


def digest(path: Path) -> str:
    """A file's SHA-256, in small hex letters."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(folder: Path) -> Path:
    """The sums of the files that lie in the folder itself, by name; what was signed over them, and this file, left out."""
    lines = [
        f"{digest(path)}  {path.name}\n"
        for path in sorted(folder.iterdir(), key=lambda one: one.name)
        if path.is_file() and path.name != FILE
    ]
    made = folder / FILE
    made.write_text("".join(lines), encoding="utf-8", newline="\n")
    return made
