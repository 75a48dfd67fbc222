"""A folder that is there whole or not at all: written beside its place, on the disk before it takes it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from g20desk.errors import Usage


def replace_folder(path: Path, files: Mapping[str, bytes], ours: Callable[[Path], bool]) -> None:
    """Write a folder of files, by their paths in it, in the place of one that is empty or `ours`. Raises Usage where something else
    stands there, or it can't be written; what stood there then stays."""
    path = Path(os.path.abspath(path))
    there = path.is_symlink() or path.exists()
    if there and not (path.is_dir() and not path.is_symlink() and (not any(path.iterdir()) or ours(path))):
        raise Usage("folder-taken", f"{path} holds something else, which stays as it is.", "Name a new folder.")
    new, old = (path.with_name(f".{path.name}.{os.getpid()}.{what}") for what in ("new", "old"))
    try:
        _write(new, files)
        if there:
            os.rename(path, old)
        try:
            os.rename(new, path)
        except OSError:
            if there:
                os.rename(old, path)
            raise
    except OSError as error:
        raise Usage(
            "export-failed", f"{path} can't be written: {error.strerror}.", "Name a folder where you may write."
        ) from error
    finally:
        for left in (new, old):
            if left.is_dir():
                shutil.rmtree(left)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """All files in a new folder, which nobody but its owner may read."""
    folder.mkdir(mode=0o700)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
