"""Files that people name: read whole, and never more than a place takes."""

from __future__ import annotations

from pathlib import Path

from g20desk.errors import Usage

MEGA = 1_000_000


def read(path: Path, most: int, help: str = "Cut it in parts.") -> bytes:
    """The bytes of a file of at most `most` bytes. A device that never ends, or a file that grows meanwhile, takes no more memory than
    that. Raises Usage: no-file, too-large."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Usage("no-file", f"{path} can't be read: {error.strerror}.", "Check the path.") from error
    if len(data) > most:
        size = most >> 20 if most % (1 << 20) == 0 else most // MEGA
        raise Usage("too-large", f"{path.name} is larger than {size} MB.", help)
    return data
