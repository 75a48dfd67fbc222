"""A file of settings that programs of several versions share: read field by field, so that one wrong value spoils no other, and
written so that nothing is lost that this program does not know. One that can't be read at all is put aside."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")


def read(path: Path, sound: Mapping[str, Callable[[Any], bool]]) -> dict[str, Any]:
    """What the file says of the fields in `sound`, where that holds of it; nothing where there is no such file, or it can't be
    read."""
    told = _told(path) or {}
    return {name: told[name] for name, holds in sound.items() if name in told and holds(told[name])}


def write(path: Path, changed: Mapping[str, Any]) -> None:
    """Set these fields and leave all others as they are, whoever wrote them. Raises OSError, and then it is as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(json.dumps({**(_told(path) or {}), **changed}, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def put_aside(path: Path) -> Path | None:
    """Where a file went that says nothing readable, so that it is told once and nothing in it is written over; None where it is
    sound, not there, or not ours to read or move."""
    if not path.is_file() or _told(path) is not None:
        return None
    aside = path.with_name(f"{path.name}.damaged")
    try:
        os.replace(path, aside)
    except OSError:
        return None
    return aside


def _told(path: Path) -> dict[str, Any] | None:
    """All that the file says; None where it can't be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except OSError:
        return {}
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def known(kind: type[_T], value: Mapping[str, Any]) -> _T:
    """A dataclass of what a newer program may have written: fields that it does not have are passed over."""
    return kind(**{one.name: value[one.name] for one in fields(kind) if one.name in value})  # type: ignore[arg-type]
