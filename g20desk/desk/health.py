"""How a publisher is: a small file in the desk's folder, which a monitor may read without any key."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "publisher.json"
ALIVE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Health:
    """When a publisher last looked at what is due, in milliseconds since 1970, and what it is in trouble with."""

    at: int
    trouble: str = ""

    def alive(self, now_ms: int) -> bool:
        """Whether it looked within the last minute."""
        return abs(now_ms - self.at) < ALIVE_MS


def write(folder: Path, health: Health) -> None:
    """Put it in the file's place, whole. Raises OSError."""
    new = folder / f"{FILE}.{os.getpid()}"
    new.write_text(json.dumps(asdict(health)), encoding="utf-8")
    new.replace(folder / FILE)


def fell(folder: Path, now_ms: int, trouble: str) -> None:
    """Leave word of a publisher that could not begin on a desk where one has watched before, unless another does now."""
    last = read(folder)
    if last is not None and (last.trouble or not last.alive(now_ms)):
        with suppress(OSError):  # what is wrong is said at the terminal too
            write(folder, Health(now_ms, trouble))


def read(folder: Path) -> Health | None:
    """What the file says; None where no publisher has ever watched on this desk, or it says nothing sound."""
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Health(int(said["at"]), str(said["trouble"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
