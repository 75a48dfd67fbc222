"""A file that is there whole or not at all: written under another name, and on the disk before it takes its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from g20desk.errors import Usage


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write what takes the place of one; nobody but its owner may read it. Raises Usage where it can't be written; what
    stood there then stays."""
    part = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise Usage(
            "export-failed", f"{path} can't be written: {error.strerror}.", "Name a file in a folder that you may write.",
        ) from error  # fmt: skip
    finally:
        part.unlink(missing_ok=True)
